// Package house tests the rules of the house: which package may import which.
package house

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed lists, for each package, what of this module it may import. The
// arrows go one way: data, stats, then charts and output, then cmd.
var allowed = map[string][]string{
	"toll/data":               {},
	"toll/data/record":        {"toll/data"},
	"toll/data/check":         {"toll/data"},
	"toll/stats":              {"toll/data", "toll/internal/catalogue", "toll/internal/together"},
	"toll/charts":             {"toll/stats", "toll/data", "toll/internal/catalogue"},
	"toll/output":             {"toll/stats", "toll/data", "toll/internal/catalogue", "toll/internal/together"},
	"toll/internal/catalogue": {},

	"toll/internal/together": {},
	"toll/internal/cells":    {"toll/stats", "toll/data/record", "toll/data"},
}

// onlyIn lists the packages that alone may import a dependency.
var onlyIn = map[string][]string{
	"github.com/gocarina/gocsv": {"toll/data/record", "toll/output"},
	"gonum.org/v1/plot":         {"toll/charts"},
	"gonum.org/v1/gonum":        {"toll/stats"},
	"github.com/spf13/cobra":    {"toll/cmd/toll"},
	"github.com/goccy/go-yaml":  {"toll/cmd/toll"},
}

// never lists what a package must not reach for: stats does no input or output
// and reads no clock.
var never = map[string][]string{
	"toll/data":  {"os", "io", "time", "net", "net/http", "math/rand"},
	"toll/stats": {"os", "io", "time", "net", "net/http", "math/rand", "math/rand/v2"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "toll/...").Output()
	if err != nil {
		t.Skipf("go list does not run here: %v", err)
	}
	var ps []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return ps
		} else if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
}

func TestArrows(t *testing.T) {
	ps := packages(t)
	for name := range allowed {
		if !slices.ContainsFunc(ps, func(p listed) bool { return p.ImportPath == name }) {
			t.Errorf("no package %s: the rules speak of a room that is not there", name)
		}
	}
	for _, p := range ps {
		for _, i := range p.Imports {
			if may, ruled := allowed[p.ImportPath]; ruled && (i == "toll" || strings.HasPrefix(i, "toll/")) && !slices.Contains(may, i) {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
			if strings.HasPrefix(i, "toll/cmd") {
				t.Errorf("%s imports the command %s", p.ImportPath, i)
			}
			if slices.Contains(never[p.ImportPath], i) {
				t.Errorf("%s imports %s, which it must do without", p.ImportPath, i)
			}
			for dep, rooms := range onlyIn {
				if (i == dep || strings.HasPrefix(i, dep+"/")) && !slices.Contains(rooms, p.ImportPath) && !under(p.ImportPath, rooms) {
					t.Errorf("%s imports %s, which lives in %v", p.ImportPath, i, rooms)
				}
			}
		}
	}
}

func under(p string, rooms []string) bool {
	return slices.ContainsFunc(rooms, func(r string) bool { return strings.HasPrefix(p, r+"/") })
}
