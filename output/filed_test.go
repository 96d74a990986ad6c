package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// villages returns the sample with a table of n places, some of whose names a
// spreadsheet would run and some that an address has to escape.
func villages(n int) *Document {
	d := sample()
	t := &stats.Table{ID: "by-place", Title: "By place", Dims: []stats.Dim{{ID: "place", Title: "Place"}}}
	for i := range n {
		id := fmt.Sprintf("Kélundra/Lakeside/%04d", i)
		switch i % 50 {
		case 1:
			id = "=" + id
		case 2:
			id = "'=" + id
		case 3:
			id = `"quoted", ` + id
		case 4:
			id = "'" + id
		}
		var x stats.Tally
		k, j := data.Between(int64(i%7), int64(i%7+i%3)), data.Count{}
		if i%5 == 0 {
			k = data.Count{}
		}
		x.Add(&k, &j)
		t.Rows = append(t.Rows, stats.Row{Keys: []stats.Key{{ID: id, Label: "Village"}}, Tally: x})
	}
	d.Report.Tables = append(d.Report.Tables, t)
	return d
}

// What a table's file says is what the manifest lists of it: the two ways to a
// figure cannot come apart.
func TestFilesHaveTheFiguresOfTheManifest(t *testing.T) {
	d := villages(MaxListed)
	b := render(t, d)
	m := manifestOf(t, b)
	if len(m.Filed) > 0 {
		t.Fatalf("a table of %d rows is not listed", MaxListed)
	}
	for _, table := range d.Report.Tables {
		file := fileOf(t, b, tablePath(table.ID))
		head, _, _ := strings.Cut(file, "\n")
		columns := strings.Split(head, ",")
		want := map[string]json.Number{}
		for a, v := range m.Cells {
			// No file has a column of incidents in which somebody was injured for
			// certain, and only that by party says what names rest on.
			measure := strings.Replace(a[strings.LastIndexByte(a, '/')+1:], ".", "_", 1)
			if strings.HasPrefix(a, table.ID+"/") && slices.Contains(columns, measure) {
				want[a] = v
			}
		}
		if len(want) < 3*len(table.Rows) {
			t.Fatalf("%s has %d figures", table.ID, len(want))
		}
		got, err := readFiled(table.ID, []byte(file), false)
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(got, want) {
			for a := range union(got, want) {
				if got[a] != want[a] {
					t.Errorf("%s is %q in the file and %q in the manifest", a, got[a], want[a])
				}
			}
		}
	}
}

func TestLongTablesAreNotListed(t *testing.T) {
	b := render(t, villages(MaxListed+1))
	m := manifestOf(t, b)
	if m.Filed["by-place"] != MaxListed+1 || len(m.Filed) != 1 {
		t.Errorf("filed are %v", m.Filed)
	}
	for a := range m.Cells {
		if strings.HasPrefix(a, "by-place/") {
			t.Fatalf("%s is listed", a)
		}
	}
	var r struct {
		Tables []struct {
			ID, File string
			RowCount int `json:"row_count"`
			Rows     []any
		}
	}
	if err := json.Unmarshal([]byte(fileOf(t, b, "report.json")), &r); err != nil {
		t.Fatal(err)
	}
	for _, x := range r.Tables {
		if x.File != "tables/"+x.ID+".csv" || x.ID != "by-place" && len(x.Rows) != x.RowCount {
			t.Errorf("%s has %d rows of %d, and the rest in %s", x.ID, len(x.Rows), x.RowCount, x.File)
		}
		if x.ID == "by-place" && (x.Rows != nil || x.RowCount != MaxListed+1) {
			t.Errorf("by-place has %d rows of %d", len(x.Rows), x.RowCount)
		}
	}
}

// kept publishes a document and reads it back.
func kept(t *testing.T, d *Document) *Kept {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "b")
	if _, err := Publish(dir, render(t, d), false); err != nil {
		t.Fatal(err)
	}
	return keptIn(t, dir)
}

func keptIn(t *testing.T, dir string) *Kept {
	t.Helper()
	k, err := ReadKept(dir)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A figure of a table that is not listed is named by its address when it moves,
// as any other is: also when the table has grown too long to be listed, or no
// longer is.
func TestVerifyNamesFiguresThatAreNotListed(t *testing.T) {
	const at = "by-place/=Kélundra%2FLakeside%2F0001/killed.high"
	for _, rows := range [][2]int{{2500, 2500}, {MaxListed, MaxListed + 1}, {MaxListed + 1, MaxListed}} {
		k := kept(t, villages(rows[0]))
		same := Verify(k, render(t, villages(rows[0])), VerifyOptions{})
		if same.Verdict() != VerdictSame || same.Figures < 4*rows[0]*4/5 || same.Figures != k.figures() {
			t.Errorf("%v: the same is %s with %d figures", rows, same.Verdict(), same.Figures)
		}
		d := villages(rows[1])
		d.Report.Table("by-place").Rows[1].Tally.Killed.High += data.Unit
		now := render(t, d)
		v := Verify(k, now, VerifyOptions{})
		i := slices.IndexFunc(v.Drifts, func(d Drift) bool { return d.Address == at })
		if i < 0 || v.Drifts[i].Class != DriftNumber || v.Drifts[i].Was != "2" || v.Drifts[i].Is != "3" {
			t.Fatalf("%v: drifts are %+v", rows, v.Drifts[:min(len(v.Drifts), 9)])
		}
		var places []string
		for _, d := range v.Drifts {
			if strings.HasSuffix(d.Address, "/incidents") && strings.HasPrefix(d.Address, "by-place/") {
				places = append(places, d.Address)
			}
		}
		if want := max(rows[0], rows[1]) - min(rows[0], rows[1]); len(places) != want {
			t.Errorf("%v: %d rows appear or go, want %d: %v", rows, len(places), want, places)
		}
		moved := CompareKept(k, kept(t, d))
		if !slices.ContainsFunc(moved, func(f FigureDiff) bool { return f.Address == at && f.Was == 2*data.Unit && f.Is == 3*data.Unit }) {
			t.Errorf("%v: the figures that moved are %+v", rows, moved[:min(len(moved), 9)])
		}
	}
}

// A file that was edited by hand or is missing says nothing of the figures that
// were published: what became of it is told once, as a difference of the file.
func TestVerifyOfAnEditedLongTable(t *testing.T) {
	d := villages(2500)
	k := kept(t, d)
	at := filepath.Join(filepath.FromSlash(k.Dir), "tables", "by-place.csv")
	b, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(strings.Replace(string(b), "0006,Village,1,6,,6,", "0006,Village,1,7,,6,", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	v := Verify(keptIn(t, k.Dir), render(t, d), VerifyOptions{})
	if len(v.Drifts) != 1 || v.Drifts[0].sentence() != `tables/by-place.csv:8: killed_low says "7", should say "6"` {
		t.Errorf("edited: %+v", v.Drifts)
	}
	v = Verify(keptIn(t, k.Dir), nil, VerifyOptions{})
	if i := slices.IndexFunc(v.Drifts, func(d Drift) bool { return d.Path == "tables/by-place.csv" }); i < 0 || v.Drifts[i].Class != DriftText {
		t.Errorf("edited, without data: %+v", v.Drifts)
	}
	if err := os.Remove(at); err != nil {
		t.Fatal(err)
	}
	v = Verify(keptIn(t, k.Dir), render(t, d), VerifyOptions{})
	if len(v.Drifts) != 1 || v.Drifts[0].Class != DriftMissing {
		t.Errorf("missing: %+v", v.Drifts)
	}
}

func TestTwoRowsOfOneAddressAreRefusedInALongTable(t *testing.T) {
	d := villages(2500)
	table := d.Report.Table("by-place")
	table.Rows = append(table.Rows, table.Rows[7])
	if _, err := Render(d); !errors.Is(err, ErrDocument) {
		t.Errorf("%v", err)
	}
}

// What guard makes of two texts is never the same, so that a key is read back as
// it was.
func FuzzUnguard(f *testing.F) {
	for _, s := range []string{"", "a", "=a", "'=a", "''=a", "'a", "\u200b=1", `"=1`, "＝1", "\t1", " \n", "-", "'-5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := unguard(guard(s)); got != s {
			t.Errorf("%q became %q and then %q", s, guard(s), got)
		}
	})
}

// Whatever a file holds, reading its figures ends, and without a panic.
func FuzzReadFiled(f *testing.F) {
	f.Add("place,incidents,killed_low\na,1,2\n")
	f.Add("incidents\n1\n")
	f.Add("place,place_label,partial,incidents,killed_no_best\na,b,c,1,\n\"")
	f.Fuzz(func(t *testing.T, s string) {
		cells, err := readFiled("by-place", []byte(s), false)
		for a := range cells {
			if err == nil && !strings.HasPrefix(a, "by-place/") {
				t.Errorf("the address %q", a)
			}
		}
	})
}
