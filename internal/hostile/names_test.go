package hostile

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// corpus reads names.txt.
func corpus(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("names.txt")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	seen := map[string]bool{}
	for i, line := range strings.Split(string(b), "\n") {
		if !strings.HasPrefix(line, `"`) {
			continue
		}
		s, err := strconv.Unquote(line)
		if err != nil || seen[s] {
			t.Fatalf("names.txt:%d: %v, or twice", i+1, err)
		}
		seen[s] = true
		names = append(names, s)
	}
	if len(names) != 200 {
		t.Fatalf("%d names", len(names))
	}
	return append(names, strings.Repeat("A", 3000), strings.Repeat("|", 300), strings.Repeat("طالبان ", 200))
}

// harmless gives as many names that mean nothing.
func harmless(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("Name %d", i+1))
	}
	return names
}

// dataset writes records in which every name stands in every column that takes
// one, and some incidents are told by several accounts.
func dataset(t testing.TB, dir string, names []string) {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Write([]string{"incident_id", "date", "country", "admin1", "admin2", "place", "lat", "lon", "event_type", "attributed_to", "claimed_by", "victim_side",
		"killed", "injured", "source", "source_side", "reported_on", "notes"})
	at := func(i int) string { return names[i%len(names)] }
	for i, n := range names {
		killed := strconv.Itoa(1 + (i*7)%23)
		if i%5 == 0 {
			killed = "4-9"
		}
		side := at(i + 6)
		if i%4 == 0 {
			side = at(i + 4) // the side's own word on its losses
		}
		row := func(shift int, source string) []string {
			return []string{n, fmt.Sprintf("2025-%02d-%02d", 1+i%10, 1+i%28), at(i / 20 * 20), at(i + 1), at(i + 2), n, fmt.Sprintf("%d.5", 30+i%9), fmt.Sprintf("%d.25", 60+i%9), at(i % 12), n,
				[]string{"", at(i + 3)}[i%2], at(i + 4), killed, strconv.Itoa(i % 7), source, side, "2025-12-01", at(i + 7)}
		}
		w.Write(row(0, at(i+5)))
		if i%4 == 0 {
			x := row(1, at(i+9))
			x[12], x[15] = strconv.Itoa(30+i%9), n // what the party named says of it
			w.Write(x)
		}
	}
	w.Flush()
	write(t, filepath.Join(dir, "incidents.csv"), b.String())
}

func write(t testing.TB, path, s string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
		t.Fatal(err)
	}
}
