package record

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCSVSpectrum reads the csv-spectrum files, whose JSON twins hold one object
// for each record under the header.
func TestCSVSpectrum(t *testing.T) {
	files, _ := filepath.Glob(shared(t, "csv-corpora", "csv-spectrum", "csvs", "*.csv"))
	if len(files) != 12 {
		t.Fatalf("%d files", len(files))
	}
	for _, name := range files {
		base := strings.TrimSuffix(filepath.Base(name), ".csv")
		t.Run(base, func(t *testing.T) {
			recs := scanFile(t, name)
			if base == "location_coordinates" {
				// Not RFC 4180: quotes stand within a plain cell, and it is not
				// UTF-8. Its twin is of another record. It must be located.
				if r := recs[1]; r.Fault != strayQuote || r.Field != 1 || r.Where.line != 2 {
					t.Errorf("%+v", r)
				}
				return
			}
			var want []map[string]string
			readJSON(t, filepath.Join(filepath.Dir(name), "..", "json", base+".json"), &want)
			got := []map[string]string{}
			for _, r := range recs[1:] {
				m := map[string]string{}
				for i, c := range r.Cells {
					m[recs[0].Cells[i]] = c
				}
				got = append(got, m)
			}
			// The twins have LF for a CRLF within quotes; the scanner keeps the bytes.
			if diff := cmp.Diff(want, got, lfOnly); diff != "" {
				t.Errorf("(-json +csv)\n%s", diff)
			}
		})
	}
}

var lfOnly = cmp.Transformer("lf", func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") })

// TestCSVTestData reads the RFC 4180 cases. Valid ones equal their JSON twins;
// bad ones have a fault with a position, or a number of cells that is not the
// header's.
func TestCSVTestData(t *testing.T) {
	files, _ := filepath.Glob(shared(t, "csv-corpora", "csv-test-data", "csv", "*.csv"))
	if len(files) != 25 {
		t.Fatalf("%d files", len(files))
	}
	for _, name := range files {
		base := strings.TrimSuffix(filepath.Base(name), ".csv")
		t.Run(base, func(t *testing.T) {
			recs := scanFile(t, name)
			switch {
			case strings.HasPrefix(base, "bad-header-"):
				if base == "bad-header-no-header" || base == "bad-header-wrong-header" {
					// Sound CSV; what is missing are the names foo, bar, baz.
					if len(recs) > 0 && cmp.Equal(recs[0].Cells, []string{"foo", "bar", "baz"}) {
						t.Errorf("%v", recs[0])
					}
					return
				}
				for _, r := range recs[1:] {
					if len(r.Cells) == len(recs[0].Cells) {
						t.Errorf("%v has as many cells as the header", r)
					}
				}
			case strings.HasPrefix(base, "bad-"):
				for _, r := range recs {
					if r.Fault != sound && r.Where.line > 0 && r.Where.col > 0 {
						return
					}
				}
				t.Errorf("no fault found: %v", recs)
			case strings.HasPrefix(base, "header-"):
				var want []map[string]string
				readJSON(t, filepath.Join(filepath.Dir(name), "..", "json", base+".json"), &want)
				got := []map[string]string{}
				for _, r := range recs[1:] {
					m := map[string]string{}
					for i, c := range r.Cells {
						m[recs[0].Cells[i]] = c
					}
					got = append(got, m)
				}
				if diff := cmp.Diff(want, got, lfOnly); diff != "" {
					t.Errorf("(-json +csv)\n%s", diff)
				}
			default:
				var want [][]string
				readJSON(t, filepath.Join(filepath.Dir(name), "..", "json", base+".json"), &want)
				got := [][]string{}
				for _, r := range recs {
					got = append(got, r.Cells)
				}
				if diff := cmp.Diff(want, got, lfOnly); diff != "" {
					t.Errorf("(-json +csv)\n%s", diff)
				}
			}
		})
	}
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func scanFile(t *testing.T, name string) []scanned {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	recs, err := scanAll(f, ',')
	if err != nil {
		t.Fatal(err)
	}
	return recs
}

// TestFilesByOthersAreReadOrRefused reads every file of the shared data whole:
// none may be read in silence as something it is not.
func TestFilesByOthersAreReadOrRefused(t *testing.T) {
	files, _ := filepath.Glob(shared(t, "data", "*.csv"))
	got := map[string]string{}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, res, err := read(string(b), Options{})
		if err != nil {
			got[filepath.Base(name)] = err.(*InputError).Code
			continue
		}
		if !res.Ledger.Balances() {
			t.Errorf("%s: %+v", name, res.Ledger)
		}
		got[filepath.Base(name)] = res.Profile
	}
	want := map[string]string{"ucdp_ged_pakistan.csv": "ucdp-ged", "cnmh_massacres.csv": "no-date-column", "colombia_masacres.csv": "no-count-column",
		"cpost_suicide_attacks.csv": "no-count-column", "police_killings_2015.csv": "no-count-column"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
