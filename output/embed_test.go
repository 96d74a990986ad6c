package output

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"

	"toll/data"
	"toll/stats"
)

// rolled is a document whose report has a roll: two incidents of one record and
// one that two records tell.
func rolled(place, party string) *Document {
	d := sample()
	key := stats.Key{ID: party, Label: party}
	at := data.Date{Start: 20_000, End: 20_001}
	toll := data.Exactly(3)
	d.Report.Roll = &stats.Roll{
		Policies: []stats.Policy{{}, must(stats.ParsePolicy("conservative")), must(stats.ParsePolicy("admission"))},
		Paths:    [][4]string{{"Kélundra", "", "", ""}, {"Kélundra", "North", "", place}}, Events: []string{"", "raid"},
		Namings: []stats.Naming{{Key: unattributed}, {Key: key, Basis: stats.Basis{Claimed: 1}, Names: []string{party}}},
		Tolls:   []data.Count{{}, toll, data.Between(2, 5)},
		Singles: []stats.Single{
			{Line: 2, Date: at, Path: 1, Naming: 1, Event: 1, Killed: 2, Injured: 1, AsWeighed: [2]int32{2, 1}},
			{Line: 3, Date: data.NoDate, Killed: 1, AsWeighed: [2]int32{1, 0}, Admission: true},
		},
		Told: []stats.Told{{ID: "x", Accounts: []stats.Account{{Telling: stats.Telling{Line: 4, Source: "S", ReportedOn: data.NoDay, Killed: toll}, Fates: []stats.Fate{{Used: true, Why: "w"}, {}, {}}}},
			Variants: []stats.Variant{{Groups: []int{0}, Date: at, Outcomes: []stats.Outcome{{Killed: toll}, {Killed: toll}, {}}}}}},
	}
	return d
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

func readCells(t *testing.T, d *Document) (c pageCells) {
	t.Helper()
	b, why := embedCells(d)
	if why != "" {
		t.Fatal(why)
	}
	var fields struct {
		Texts, Args []string
		Kept        packed
		Paths       [4]packed
		Start, Line packed
		Policies    []policyCell
		Shown       map[int]string
	}
	if err := json.Unmarshal(b, &fields); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	kept, last := unpack(t, fields.Kept), []uint16(nil)
	for i, s := range fields.Texts {
		last = append(last[:kept[i]:kept[i]], utf16.Encode([]rune(s))...)
		c.Texts = append(c.Texts, string(utf16.Decode(last)))
	}
	c.Paths, c.Start, c.Line, c.Policies, c.Shown, c.Args = fields.Paths, fields.Start, fields.Line, fields.Policies, fields.Shown, fields.Args
	return c
}

func TestCellsHoldWhatTheRollHolds(t *testing.T) {
	c := readCells(t, rolled("Nordhausen", "Red Front"))
	places := unpack(t, c.Paths[3])
	if len(places) != 2 || c.Texts[places[1]] != "Nordhausen" || c.Texts[places[0]] != "" {
		t.Errorf("the places are %v of %q", places, c.Texts)
	}
	if s := unpack(t, c.Start); s[0] != 20_000+dayZero || s[1] != noStart {
		t.Errorf("the days are %v", s)
	}
	if l := unpack(t, c.Line); l[0] != 2 || l[1] != 3 {
		t.Errorf("the lines are %v", l)
	}
	if p := c.Policies; len(p) != 3 || len(p[0].Map) != 0 || len(p[1].Map) == 0 || p[2].Except == nil {
		t.Errorf("the policies are %+v", p)
	}
}

func TestCellsShortenTextsByCharacters(t *testing.T) {
	for _, names := range [][2]string{{"é1", "é2"}, {"😀a", "😀b"}, {"😀", "😁"}, {"\xffa", "\xffb"}, {"قندهار", "قندوز"}} {
		c := readCells(t, rolled(names[0], names[1]))
		found := 0
		for _, s := range c.Texts {
			for _, n := range names {
				if s == strings.ToValidUTF8(n, "\uFFFD") {
					found++
				}
			}
		}
		if found != 2 {
			t.Errorf("%q are not among %q", names, c.Texts)
		}
	}
}

func TestCellsCannotEndTheirElement(t *testing.T) {
	for _, h := range hostile {
		b, why := embedCells(rolled(h, h+"!"))
		if why != "" {
			t.Fatal(why)
		}
		if strings.ContainsAny(string(b), "<>&\u2028\u2029") {
			t.Errorf("%q stands in the page as it is", h)
		}
	}
}

func TestPageSaysWhyItHasNoCells(t *testing.T) {
	d := sample()
	d.Report.Roll = &stats.Roll{Why: "there are too many incidents"}
	h := fileOf(t, render(t, d), "report.html")
	if !strings.Contains(h, "This page does not carry its incidents, for there are too many incidents") || strings.Contains(h, `id="cells"`) {
		t.Error("the page does not say that it cannot be asked")
	}
}

// What would hide or turn text is written as an escape, and reads back as it was.
func TestEscapeHidden(t *testing.T) {
	for _, s := range []string{"plain", "\u202egnp.exe", "a\u200bb\u00adc\u061c", "\U000e0041tag", "\ufeff\u2066x\u2069", "طالبان\u200c", "\u0085\u009b", "\ufffd"} {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		e := escapeHidden(b)
		var back string
		if err := json.Unmarshal(e, &back); err != nil || back != s {
			t.Errorf("%q is read back from %s as %q: %v", s, e, back, err)
		}
		if v := data.Visible(string(e)); v != string(e) {
			t.Errorf("%q is written with %s", s, v)
		}
	}
}
