package record

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"toll/data"
)

// Numbers grouped by a declared mark are those numbers; what is not grouped by
// threes is refused, and no mark that was not declared is taken for one.
func TestDeclaredThousandsMarks(t *testing.T) {
	grouped := func(n int64, mark string) string {
		return strings.ReplaceAll(thousands(n), ",", mark)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, data.MaxCount).Draw(t, "n")
		mark := rapid.SampledFrom([]string{".", " ", "'", "\u00A0", "\u202F", "’"}).Draw(t, "mark")
		written := mark
		switch mark { // one space, and one apostrophe, is as good as another
		case " ", "\u00A0", "\u202F":
			written = rapid.SampledFrom([]string{" ", "\u00A0", "\u202F"}).Draw(t, "space")
		case "'", "’":
			written = rapid.SampledFrom([]string{"'", "’"}).Draw(t, "apostrophe")
		}
		for cell, want := range map[string]data.Count{
			grouped(n, written):                         data.Exactly(n),
			fmt.Sprint(n):                               data.Exactly(n),
			" " + grouped(n, written) + " ":             data.Exactly(n),
			grouped(n, written) + "+":                   data.AtLeast(n),
			"at least " + grouped(n, written):           data.AtLeast(n),
			grouped(n, written) + "–" + fmt.Sprint(n+1): data.Between(n, n+1),
		} {
			if n == data.MaxCount && strings.Contains(cell, "–") {
				continue
			}
			plain, ok := unmark([]byte(cell), mark)
			c, is := parseCount(plain)
			if !ok || is.found() || c.Settle() != want {
				t.Fatalf("%q with the mark %q is %s %v, want %s", cell, mark, show(c.Settle()), is, show(want))
			}
		}
	})
	for _, tt := range []struct{ cell, mark, want string }{
		{"1.204,5", ".", "1204.500000 (1204.500000..1204.500000)"}, {"1.204,", ".", "bad-count"}, {"1.20", ".", "bad-count"}, {"1.2045", ".", "bad-count"}, {"1204.300", ".", "bad-count"}, {"c. 10", ".", "~10 (10..10)"},
		{"12.04", ".", "bad-count"}, {"1 20", " ", "bad-count"}, {"1 2045", " ", "bad-count"}, {"12 045 000", " ", "absurd-count"}, {"1 204-1 300", " ", "1204..1300"},
		{"1 204 - 1 300", " ", "1204..1300"}, {"4 7", " ", "bad-count"}, {"1,204", ".", "1.204000 (1.204000..1.204000)"}, {"3.", ".", "bad-count"}, {"1,204", " ", "1204 (1204..1204)"}, {"1'204", "'", "1204 (1204..1204)"},
		{"1204'300", "'", "bad-count"}, {"'204", "'", "bad-count"}, {"1.204.300", ".", "1204300 (1204300..1204300)"}, {"1.204.30", ".", "bad-count"}, {"200 +", " ", "200..200+"}, {"", ".", "unknown"}, {"several", ".", "count-word"},
	} {
		plain, ok := unmark([]byte(tt.cell), tt.mark)
		c, is := parseCount(plain)
		got := show(c.Settle())
		switch {
		case !ok:
			got = "bad-count"
		case is.found():
			got = is.code
		}
		if got != tt.want {
			t.Errorf("%q with the mark %q is %s, want %s", tt.cell, tt.mark, got, tt.want)
		}
	}
}

// Best, low and high of every form, against what each says by itself: no bound is
// lost, none is made, and none makes another unsaid.
func TestTollsOfThreeColumns(t *testing.T) {
	cells := []string{"", "0", "3", "5", "9", "4–7", "5+", "up to 6", "~5", "unknown"}
	for _, best := range cells {
		for _, low := range cells {
			for _, high := range cells {
				recs, res := mustRead(t, fmt.Sprintf("date,killed,killed_low,killed_high\n2025-10-11,%s,%s,%s\n", best, low, high))
				b, _ := parseCount([]byte(best))
				l, _ := parseCount([]byte(low))
				h, _ := parseCount([]byte(high))
				oneBound := func(c data.Count, open bool) (n int64, ok, bad bool) {
					switch {
					case !c.Stated():
						return 0, false, false
					case c.Flags&data.HasBest != 0:
						return c.Best, true, false
					case c.Flags&data.HasLow != 0 && c.Flags&data.HasHigh == 0: // "5+"
						return c.Low, true, false
					case !open && c.Flags&data.HasLow == 0: // "up to 6" is a high alone
						return c.High, true, false
					}
					return 0, false, true
				}
				ln, hasLow, badLow := oneBound(l, true)
				hn, hasHigh, badHigh := oneBound(h, false)
				where := fmt.Sprintf("killed %q, low %q, high %q: %v", best, low, high, res.Diagnostics)
				if badLow || badHigh {
					if res.Counts["bad-count"] == 0 || len(recs) != 0 {
						t.Fatalf("a range for a bound is taken: %s", where)
					}
					continue
				}
				if len(recs) == 0 {
					if res.Counts["count-order"] == 0 {
						t.Fatal(where)
					}
					continue
				}
				got := recs[0].Counts["killed"]
				if !got.Ordered() {
					t.Fatalf("%s is out of order: %s", show(got), where)
				}
				if got.Stated() != (b.Stated() || hasLow || hasHigh) {
					t.Fatalf("%s: %s", show(got), where)
				}
				if hasLow && got.Low != ln || hasHigh && got.High != hn {
					t.Fatalf("%s does not have its bounds: %s", show(got), where)
				}
				if (b.Flags&data.HasBest != 0) != got.BestStated() || got.BestStated() && got.Best != b.Best {
					t.Fatalf("%s does not have its best: %s", show(got), where)
				}
				if h.Flags&data.Open != 0 && !got.IsOpen() {
					t.Fatalf("%s is not open: %s", show(got), where)
				}
			}
		}
	}
}

// A toll that is stated only in parts is their sum: open where one is not known or
// where a whole is left blank, and never zero for want of a cell.
func TestTollsInParts(t *testing.T) {
	names := []string{"killed_civilians", "killed_security", "killed_militants", "killed_unknown", "killed_side_a", "killed_side_b"}
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 6, rapid.ID[string]).Draw(t, "columns")
		whole := rapid.Bool().Draw(t, "a column for the whole")
		header, row := []string{"date"}, []string{"2025-10-11"}
		low, high, known, unknown, open := int64(0), int64(0), 0, 0, false
		for _, c := range columns {
			n := rapid.Int64Range(0, 20).Draw(t, c)
			cell := ""
			switch rapid.IntRange(0, 3).Draw(t, c+" is") {
			case 0:
				unknown++
			case 1:
				cell, low, high, known = fmt.Sprint(n), low+n, high+n, known+1
			case 2:
				cell, low, high, known = fmt.Sprintf("%d-%d", n, n+2), low+n, high+n+2, known+1
			case 3:
				cell, low, high, known, open = fmt.Sprintf("%d+", n), low+n, high+n, known+1, true
			}
			header, row = append(header, c), append(row, cell)
		}
		if whole {
			header, row = append(header, "killed"), append(row, "")
		}
		recs, res, err := read(strings.Join(header, ",")+"\n"+strings.Join(row, ",")+"\n", Options{})
		if err != nil || len(recs) != 1 {
			t.Fatalf("%v %v", res.Diagnostics, err)
		}
		got := recs[0].Counts["killed"]
		if known == 0 {
			if got.Stated() {
				t.Fatalf("%s of nothing", show(got))
			}
			return
		}
		if got.Low != low*data.Unit || got.IsOpen() != (open || unknown > 0 || whole) || !got.IsOpen() && got.High != high*data.Unit {
			t.Fatalf("%s is %s, want %d..%d", strings.Join(row, ","), show(got), low, high)
		}
	})
}

// A code for unknown is no figure, wherever it stands, and only where it is one.
func TestCodesForUnknown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom([]string{"-9", "-99", "999", "9999", "0", "88", "n.k.", "*"}).Draw(t, "code")
		killed := rapid.SampledFrom([]string{code, " " + code, "3", "", "4–7"}).Draw(t, "killed")
		injured := rapid.SampledFrom([]string{code, "1", "9990"}).Draw(t, "injured")
		recs, res, err := readLaidOut("date,lat,lon,place,killed,injured\n2025-10-11,"+code+","+code+","+code+","+killed+","+injured+"\n2025-10-12,1,2,Kel,3,1\n", Options{Unknown: []string{code}})
		if err != nil || len(recs) != 2 {
			t.Fatalf("%v %v", res.Diagnostics, err)
		}
		for name, cell := range map[string]string{"killed": killed, "injured": injured} {
			c, _ := parseCount([]byte(cell))
			if strings.TrimSpace(cell) == code {
				c = data.Count{}
			}
			if got := recs[0].Counts[name]; got != c.Settle() {
				t.Fatalf("%q, with the code %q, is %s", cell, code, show(got))
			}
		}
		if recs[0].Lat != data.NoCoord || recs[0].Text["place"] != code || len(res.Diagnostics) != 0 {
			t.Fatalf("%v %v", recs[0], res.Diagnostics)
		}
	})
}

// What --where asks of a column that no field has: records are counted, left out
// or in, whatever else is wrong with them.
func TestRecordsSelectedByAnyColumn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := []string{"Yes", "yes ", "No", "", "maybe"}
		asked := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"yes", "NO", "", "none such"}), 1, 3, rapid.ID[string]).Draw(t, "asked")
		var only []string
		for _, a := range asked {
			only = append(only, "armed="+a)
		}
		var b strings.Builder
		b.WriteString("date,killed,armed\n")
		var in, out int64
		for i := range rapid.IntRange(0, 20).Draw(t, "rows") {
			v := rapid.SampledFrom(values).Draw(t, "value")
			fmt.Fprintf(&b, "2025-10-11,%d,%s\n", i, v)
			if slices.ContainsFunc(asked, func(a string) bool { return strings.EqualFold(a, strings.TrimSpace(v)) }) {
				in++
			} else {
				out++
			}
		}
		recs, res, err := readLaidOut(b.String(), Options{Only: only})
		if err != nil || int64(len(recs)) != in || res.Ledger.SetAside != out || !res.Ledger.Balances() {
			t.Fatalf("%d records, want %d and %d left out: %+v %v", len(recs), in, out, res.Ledger, err)
		}
		if slices.Contains(res.Unused, "armed") {
			t.Fatal("the column is said to be unread")
		}
		if out > 0 && !slices.ContainsFunc(res.Noted, func(s string) bool { return strings.Contains(s, "left out by the condition armed=") }) {
			t.Fatalf("%q", res.Noted)
		}
	})
	for _, only := range []string{"weather=rain", "=x", "weather"} {
		if _, _, err := readLaidOut("date,killed\n2025-10-11,3\n", Options{Only: []string{only}}); err == nil || !strings.Contains(err.Error(), "unknown-column") {
			t.Errorf("%s: %v", only, err)
		}
	}
	// Two columns narrow, two values of one widen.
	recs, _ := mustReadLaidOut(t, "date,killed,a,b\n2025-10-11,1,x,y\n2025-10-11,2,x,z\n2025-10-11,3,w,y\n", Options{Only: []string{"a=x", "b=y", "b=z"}})
	if len(recs) != 2 {
		t.Errorf("%v", recs)
	}
}

// A last row without a date that states the sum of every column is a row of totals,
// in any form of number; one that differs in any is an incident.
func TestRowsOfTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mark := rapid.SampledFrom([]string{"", ".", " "}).Draw(t, "mark")
		number := func(n int64) string {
			if mark == "" {
				return fmt.Sprint(n)
			}
			return strings.ReplaceAll(thousands(n), ",", mark)
		}
		var b strings.Builder
		b.WriteString("date,place,killed,injured\n")
		var killed, injured int64
		n := rapid.IntRange(2, 8).Draw(t, "rows")
		seen := [2]int{}
		for range n {
			k, j := rapid.Int64Range(0, 5000).Draw(t, "killed"), rapid.Int64Range(0, 5000).Draw(t, "injured")
			kc, jc := number(k), number(j)
			switch rapid.IntRange(0, 5).Draw(t, "blank") {
			case 0:
				k, kc = 0, ""
			case 1:
				j, jc = 0, "-9"
			}
			if kc != "" {
				seen[0]++
			}
			if jc != "-9" {
				seen[1]++
			}
			killed, injured = killed+k, injured+j
			fmt.Fprintf(&b, "2025-10-11,Kel,%s,%s\n", kc, jc)
		}
		off := rapid.SampledFrom([]int64{0, 0, 1, -1}).Draw(t, "off")
		fmt.Fprintf(&b, ",,%s,%s\n", number(killed), number(max(0, injured+off)))
		recs, res, err := readLaidOut(b.String(), Options{Mark: mark, Unknown: []string{"-9"}})
		if err != nil || !res.Ledger.Balances() {
			t.Fatal(err)
		}
		sums := (seen[0] >= 2 && killed > 0 || seen[1] >= 2 && injured > 0) && max(0, injured+off) == injured
		if got := res.Counts["total-row"] == 1; got != sums || len(recs) != n+1-int(res.Counts["total-row"]) {
			t.Fatalf("a row of totals: %v, want %v\n%s%v", got, sums, b.String(), res.Diagnostics)
		}
	})
}

// One table in every dress at once: delimiters, line ends, quotes, a title, tags,
// marks, encodings and compression, crossed. What is read is the same.
func TestAllDressesCrossed(t *testing.T) {
	rows := [][]string{{"date", "place", "killed", "notes"}, {"2025-10-11", "São, João; a|b", "3", "x\ny"}, {"2025-10-12", "Žižek", "4–7", ""}, {"", "", "", ""}, {"12/13/2025", "Kel\tAdar", "200+", "\"z\""}}
	var want []flat
	n := 0
	for _, delim := range []string{",", ";", "\t", "|"} {
		for _, eol := range []string{"\n", "\r\n"} {
			for _, title := range []string{"", "Incidents" + eol + eol} {
				for _, tags := range []bool{false, true} {
					for _, as := range []string{"", "mark", "utf-16", "utf-16 big"} {
						for _, zip := range []bool{false, true} {
							text := title
							for i, r := range rows {
								var cells []string
								for _, c := range r {
									if strings.ContainsAny(c, "\n\""+delim) {
										c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
									}
									cells = append(cells, c)
								}
								text += strings.Join(cells, delim) + eol
								if i == 0 && tags {
									text += "#date" + delim + delim + "#affected" + delim + eol
								}
							}
							switch as {
							case "mark":
								text = "\ufeff" + text
							case "utf-16":
								text = inUTF16(text, false)
							case "utf-16 big":
								text = inUTF16(text, true)
							}
							if zip {
								var b bytes.Buffer
								z := gzip.NewWriter(&b)
								z.Write([]byte(text))
								z.Close()
								text = b.String()
							}
							recs, res, err := readLaidOut(text, Options{KeepTexts: true})
							if err != nil || len(recs) != 3 {
								t.Fatalf("%q %q title %q tags %v %s %v: %d records, %v %v", delim, eol, title, tags, as, zip, len(recs), res.Diagnostics, err)
							}
							for i := range recs {
								recs[i].Line = 0
							}
							if want == nil {
								want = recs
							}
							if diff := cmp.Diff(want, recs); diff != "" {
								t.Fatalf("%q %q title %q tags %v %s %v:\n%s", delim, eol, title, tags, as, zip, diff)
							}
							n++
						}
					}
				}
			}
		}
	}
	if n != 4*2*2*2*4*2 || want[0].Text["place"] != "São, João; a|b" || want[2].Text["place"] != "Kel Adar" {
		t.Errorf("%d dresses, %v", n, want)
	}
}

// Parts are written as they are read, and nothing else is read as one.
func TestPartsAreWrittenAsTheyAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mark := func(label string, from int64) Mark {
			m := Mark{At: from + rapid.Int64Range(1, 1<<40).Draw(t, label), Line: rapid.IntRange(1, 1<<30).Draw(t, label+" line")}
			copy(m.Sum[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, label+" sum"))
			return m
		}
		p := Part{From: mark("from", -1)}
		p.To = mark("to", p.From.At)
		got, ok := ParsePart(p.String())
		if !ok || got != p {
			t.Fatalf("%s is read as %v, %v", p, got, ok)
		}
		s := []byte(p.String())
		at := rapid.IntRange(0, len(s)-1).Draw(t, "at")
		s[at] = rapid.SampledFrom([]byte("0f-/ x+")).Draw(t, "byte")
		if q, ok := ParsePart(string(s)); ok && q.String() != string(s) {
			t.Fatalf("%s is read as %s", s, q)
		}
	})
}
