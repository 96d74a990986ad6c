package record

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"toll/data"
)

// provocations give for every code that concerns a record a file that earns it.
var provocations = map[string]string{
	"absurd-count":      "date,killed\n2025-10-11,20251011\n",
	"ambiguous-none":    "date,killed\n2025-10-11,none\n",
	"bad-coordinates":   "date,killed,lat,lon\n2025-10-11,1,95.1,1\n",
	"bad-count":         "date,killed\n2025-10-11,1e3\n",
	"bad-date":          "date,killed\n03/04/2025,3\n",
	"bad-report-date":   "date,killed,reported_on\n2025-10-11,3,yesterday\n",
	"bad-status":        "date,killed,status\n2025-10-11,3,maybe\n",
	"count-order":       "date,killed_low,killed_high\n2025-10-11,12,7\n",
	"count-rounded":     "date,killed\n2025-10-11,0.33333333\n",
	"count-word":        "date,killed\n2025-10-11,dozens\n",
	"date-order":        "date,date_end,killed\n2025-10-12,2025-10-11,3\n",
	"near-miss-column":  "date,killed,atributed_to\n2025-10-11,3,A\n",
	"negative-count":    "date,killed\n2025-10-11,-9\n",
	"no-records":        "date,killed\n",
	"not-utf8":          "date,place,killed\n2025-10-11,Cort\xe9s,3\n",
	"precision-finer":   "date,date_precision,killed\n2025-10,day,3\n",
	"repeated-header":   "date,killed\ndate,killed\n",
	"stray-quote":       "date,place,killed\n2025-10-11,\"He said \"no\"\",3\n",
	"tag-row":           "date,killed\n#date,#affected+killed\n2025-10-11,3\n",
	"total-row":         "date,place,killed\n,Total,412\n",
	"unbalanced-quote":  "date,place,killed\n2025-10-11,\"border,23\n",
	"undated":           "date,killed\n,3\n",
	"unknown-word":      "date,killed,victim_type\n2025-10-11,3,people\n",
	"unused-columns":    "date,killed,weather\n2025-10-11,3,rain\n",
	"wrong-field-count": "date,place,killed\n2025-10-11,Kabul,1,204\n",
}

// laidOutCodes are earned only where options say more of the file.
var laidOutCodes = map[string]bool{"weekday-mismatch": true, "count-imputed": true}

func TestEveryCodeOfARecordCanBeEarned(t *testing.T) {
	for _, c := range Codes() {
		if c.File || laidOutCodes[c.Name] {
			continue // earned in dialect_test.go
		}
		in, ok := provocations[c.Name]
		if !ok {
			t.Errorf("nothing earns %s", c.Name)
			continue
		}
		_, res := mustRead(t, in)
		i := slices.IndexFunc(res.Diagnostics, func(d data.Diagnostic) bool { return d.Code == c.Name })
		if i < 0 {
			t.Errorf("%s is not earned: %v", c.Name, res.Diagnostics)
			continue
		}
		if d := res.Diagnostics[i]; d.Severity != c.Severity {
			t.Errorf("%s is a %s, the table says %s", c.Name, d.Severity, c.Severity)
		}
		if (c.Severity == data.Error) != (res.Ledger.Rejected == 1) {
			t.Errorf("%s is a %s, rejected %d", c.Name, c.Severity, res.Ledger.Rejected)
		}
	}
}

func TestCodesAreDocumented(t *testing.T) {
	name := regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, c := range Codes() {
		if !name.MatchString(c.Name) || seen[c.Name] {
			t.Errorf("name %q", c.Name)
		}
		seen[c.Name] = true
		if c.Title == "" || c.Why == "" || c.Example == "" || c.Fix == "" {
			t.Errorf("%s is not documented: %+v", c.Name, c)
		}
		if strings.HasSuffix(c.Title, ".") || strings.HasSuffix(c.Fix, ".") || !strings.HasSuffix(strings.TrimRight(c.Why, `"`), ".") {
			t.Errorf("%s: a title or fix is no sentence, a reason is: %+v", c.Name, c)
		}
		if got, ok := LookupCode(c.Name); !ok || got != c {
			t.Errorf("LookupCode(%s) is %+v", c.Name, got)
		}
	}
	if _, ok := LookupCode("no-such-code"); ok {
		t.Error("a code that does not exist is found")
	}
	if got := Codes(); !got[0].File || got[len(got)-1].Severity != data.Note {
		t.Error("codes are not in their order")
	}
}

func TestOnlyCodesOfTheTableAreUsed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	use := regexp.MustCompile(`(?:code:|Code:|is\.code =|reject\(|newInputError\([^"]*|refuse\([^"]*|missing\([^"]*|about\([^"]*) ?"([a-z0-9-]+)"`)
	used := map[string]bool{}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range use.FindAllSubmatch(src, -1) {
			used[string(m[1])] = true
			if _, ok := LookupCode(string(m[1])); !ok {
				t.Errorf("%s uses %s, which is not in the table", f, m[1])
			}
		}
	}
	for _, c := range Codes() {
		if !used[c.Name] && c.Name != "utf-16" && c.Name != "not-csv" {
			t.Errorf("%s is in the table and nowhere used", c.Name)
		}
	}
}

func TestUnknownProfile(t *testing.T) {
	_, _, err := read(small, Options{Profile: "ucdp"})
	var input *InputError
	if !errors.As(err, &input) || input.Code != "unknown-profile" || input.Hint != "the profiles are "+strings.Join(profileNames(), ", ") {
		t.Errorf("%v", err)
	}
}
