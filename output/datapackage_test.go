package output

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
)

// The package describes every table, every column of it and the type of every
// cell.
func TestPackageDescribesTheTables(t *testing.T) {
	b := render(t, sample())
	var p struct {
		Resources []struct {
			Path, Hash string
			Schema     struct {
				Fields []struct{ Name, Type, Description string }
			}
		}
	}
	if err := json.Unmarshal([]byte(fileOf(t, b, PackageName)), &p); err != nil {
		t.Fatal(err)
	}
	tables := 0
	for _, f := range b.Files {
		if strings.HasPrefix(f.Path, "tables/") {
			tables++
		}
	}
	if len(p.Resources) != tables {
		t.Errorf("%d of %d tables are described", len(p.Resources), tables)
	}
	for _, r := range p.Resources {
		text := fileOf(t, b, r.Path)
		if r.Hash != "sha256:"+hash([]byte(text)) {
			t.Errorf("%s: the hash is of another file", r.Path)
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for j, f := range r.Schema.Fields {
			if f.Name != rows[0][j] || f.Description == "" {
				t.Errorf("%s: column %q is described as %+v", r.Path, rows[0][j], f)
			}
			for _, row := range rows[1:] {
				if c := row[j]; c != "" && (f.Type == "integer" && !digitsOnly(c) || f.Type == "number" && !isNumber(c)) {
					t.Errorf("%s: %s has %q and is of type %s", r.Path, f.Name, c, f.Type)
				}
			}
		}
	}
}
