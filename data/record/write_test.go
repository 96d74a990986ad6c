package record

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"toll/data"
)

// converted reads a text, writes it as the native CSV and reads that.
func converted(t interface {
	Helper()
	Fatal(...any)
}, text string, o Options) (before, after []flat, native string) {
	t.Helper()
	o.KeepTexts = true
	l, err := Survey("f.csv", opener(text), o)
	if err != nil {
		t.Fatal(err)
	}
	o.Layout = l
	var out bytes.Buffer
	var w *Writer
	_, err = Read(Source{Name: "f.csv", R: strings.NewReader(text)}, 0, o, func(b *data.Batch) error {
		if w == nil {
			columns := map[string]bool{}
			BatchColumns(b, columns)
			var err error
			if w, err = NewWriter(&out, columns); err != nil {
				return err
			}
		}
		for i := range b.N {
			before = append(before, flatten(b, i))
		}
		return w.Write(b)
	})
	if err != nil {
		t.Fatal(err)
	}
	if w == nil {
		return nil, nil, ""
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	after, res, err := read(out.String(), Options{KeepTexts: true, KeepDisorder: true})
	if err != nil {
		t.Fatal(err, out.String())
	}
	if res.Ledger.Rejected > 0 {
		t.Fatal(fmt.Sprint(res.Diagnostics), out.String())
	}
	return before, after, out.String()
}

// same ignores where a record stands in its file.
var same = cmpopts.IgnoreFields(flat{}, "Line")

func TestConvertedFilesReadTheSame(t *testing.T) {
	for _, tt := range fixtures {
		before, after, native := converted(t, tt.file, tt.o)
		if diff := cmp.Diff(before, after, same); diff != "" {
			t.Errorf("%s\n%s\n%s", tt.name, diff, native)
		}
	}
	for name, text := range fastTests {
		if strings.Contains(text, "\xff") || strings.TrimSpace(text) == "" {
			continue
		}
		before, after, native := converted(t, text, Options{})
		if diff := cmp.Diff(before, after, same); diff != "" {
			t.Errorf("%s\n%s\n%s", name, diff, native)
		}
	}
}

func TestConvertedPublishedFilesReadTheSame(t *testing.T) {
	for file, o := range map[string]Options{
		"ucdp_ged_pakistan.csv":    {},
		"cnmh_massacres.csv":       {Map: map[string]string{"year": "ANNOH", "month": "MESH", "day": "DIAH", "killed": "NumeroVictimasCaso"}},
		"colombia_masacres.csv":    {Map: map[string]string{"killed": "VICTIMAS"}},
		"police_killings_2015.csv": {Deaths: true, Encoding: "macintosh"},
	} {
		b, err := os.ReadFile(filepath.Join(shared(t), "data", file))
		if err != nil {
			t.Fatal(err)
		}
		before, after, _ := converted(t, string(b), o)
		if diff := cmp.Diff(before, after, same); diff != "" || len(before) < 300 {
			t.Errorf("%s: %d records\n%s", file, len(before), diff[:min(len(diff), 2000)])
		}
	}
}

// Any record that can be read can be written and read again as the same.
func TestConvertIsTheIdentity(t *testing.T) {
	counts := rapid.SampledFrom([]string{"", "0", "5", "4-7", "200+", "up to 30", "~10", "about 4-7", "at least 3", "0.25", "unknown", "1,204", "4-4", "4-7+", "~up to 5"})
	dates := rapid.SampledFrom([]string{"", "2025-10-11", "2025-10", "2025", "31-Jan-24", "12-14 June 2004", "June 2004", "2025-10-11T04:00"})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString("incident_id,date,date_end,date_precision,place,attributed_to,killed,killed_low,killed_high,killed_civilians,injured,injured_militants,of_which_women,lat,lon,status,reported_on,notes\n")
		for i := range rapid.IntRange(1, 5).Draw(t, "rows") {
			cells := []string{fmt.Sprint(i), dates.Draw(t, "date"), rapid.SampledFrom([]string{"", "2025-12-31"}).Draw(t, "end"),
				rapid.SampledFrom([]string{"", "days", "week", "month", "year"}).Draw(t, "precision"),
				rapid.SampledFrom([]string{"", "Kel Adar", "São João", " a  b "}).Draw(t, "place"), rapid.SampledFrom([]string{"", "Red;Blue"}).Draw(t, "party")}
			for range 7 {
				cells = append(cells, counts.Draw(t, "count"))
			}
			cells = append(cells, "-1.5", "0.000001", rapid.SampledFrom([]string{"", "disputed"}).Draw(t, "status"), "2025-10-12", rapid.StringMatching(`[a-z "\n,;]{0,12}`).Draw(t, "notes"))
			for j, c := range cells {
				if j > 0 {
					b.WriteByte(',')
				}
				b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
			}
			b.WriteByte('\n')
		}
		before, after, native := converted(t, b.String(), Options{})
		if diff := cmp.Diff(before, after, same); diff != "" {
			t.Fatalf("%s\n%s\n%s", diff, b.String(), native)
		}
	})
}
