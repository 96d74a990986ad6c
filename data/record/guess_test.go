package record

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// In every language a sheet of the usual columns is read as it stands.
func TestUsualNamesInEveryLanguage(t *testing.T) {
	for language, header := range map[string]string{
		"English": "Date,Place,Killed,Injured", "Spanish": "Fecha,Lugar,Muertos,Heridos", "French": "Date,Lieu,Tués,Blessés", "Portuguese": "Data do fato,Cidade,Mortos,Feridos",
		"Italian": "Date,Luogo,Morti,Feriti", "German": "Datum,Ort,Tote,Verletzte", "Turkish": "Tarih,Yer,Ölü,Yaralı", "Russian": "Дата,Место,Убито,Ранено", "Ukrainian": "Дата,Місце,Загиблі,Поранені",
		"Arabic": "التاريخ,المكان,القتلى,الجرحى", "Persian": "تاریخ,محل,کشته ها,زخمی ها", "Urdu": "تاریخ,مقام,جاں بحق,زخمی",
	} {
		for how, h := range map[string]string{"as it is": header, "in capitals": strings.ToUpper(header), "taken apart": norm.NFD.String(header), "with spaces": strings.ReplaceAll(header, ",", " , ")} {
			if how == "in capitals" && language == "Turkish" {
				continue // İ and I are other letters there
			}
			recs, res, err := readLaidOut(h+"\n2025-10-11,Kel,3,1\n", Options{})
			if err != nil || len(recs) != 1 || show(recs[0].Counts["killed"]) != "3 (3..3)" || show(recs[0].Counts["injured"]) != "1 (1..1)" || recs[0].Text["place"] != "Kel" || len(res.Unused) > 0 {
				t.Errorf("%s, %s: %v %v %v", language, how, recs, res.Unused, err)
			}
		}
	}
}

// Victims are asked about in every language, and never taken for killed.
func TestVictimsAreAskedAboutInEveryLanguage(t *testing.T) {
	for _, word := range append(strings.Split(unsureTongues, "|"), "Victims", "Víctimas", "victimes", "Vítimas", "casualties") {
		lines, _ := proposed(t, "date,"+word+"\n2025-10-11,3\n", Options{})
		if lines[1] != "killed or injured? < "+word {
			t.Errorf("%s: %q", word, lines)
		}
		_, _, err := readLaidOut("date,"+word+"\n2025-10-11,3\n", Options{})
		if err == nil || !strings.Contains(err.Error(), "no-count-column") {
			t.Errorf("%s: %v", word, err)
		}
		recs, _ := mustReadLaidOut(t, "date,"+word+"\n2025-10-11,3\n", Options{Map: map[string]string{"injured": word}})
		if show(recs[0].Counts["injured"]) != "1" && show(recs[0].Counts["injured"]) != "3 (3..3)" {
			t.Errorf("%s: %v", word, recs)
		}
	}
}

// No word stands for two fields, in whatever language; none is both known and asked
// about, or a native name of another field.
func TestNoWordOfAnyLanguageStandsForTwoFields(t *testing.T) {
	seen := map[string]Field{}
	for f, words := range tongues {
		for w := range strings.SplitSeq(words, "|") {
			key := plainLetters(foldName(w))
			if other, ok := seen[key]; ok && other != f {
				t.Errorf("%s is %s and %s", w, other, f)
			}
			seen[key] = f
			if otherTongues[key] != f {
				t.Errorf("%s is %s elsewhere, and %s here", w, otherTongues[key], f)
			}
			if _, ok := unsure[key]; ok {
				t.Errorf("%s is known and asked about", w)
			}
			if native, ok := fieldByName[key]; ok && native != f {
				t.Errorf("%s is %s by its native name", w, native)
			}
			if _, ok := partAliases[key]; ok {
				t.Errorf("%s is part of a date", w)
			}
		}
	}
	for key := range unsure {
		if _, ok := fieldByName[key]; ok {
			t.Errorf("%s is asked about and is a native name", key)
		}
	}
}
