package browser

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// TestSpeed opens the page of 100,000 records, chooses, and says how long each
// took. TOLL_LARGE names a file to read instead of one made here.
func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("a report of 100,000 records is made")
	}
	path := os.Getenv("TOLL_LARGE")
	if path == "" {
		path = filepath.Join(t.TempDir(), "large.csv")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		w, r := bufio.NewWriter(f), rand.New(rand.NewPCG(3, 4))
		fmt.Fprintln(w, "date,country,admin1,admin2,place,event_type,attributed_to,killed_low,killed,killed_high,injured")
		for range 100_000 {
			p, k := r.IntN(200), r.IntN(12)
			fmt.Fprintf(w, "%04d-%02d-%02d,Country %d,Province %d,District %d.%d,Village %d.%d,Kind %d,Party %d,%d,%d,%d,%d\n", 2015+r.IntN(10), 1+r.IntN(12), 1+r.IntN(28),
				p%9, p, p, r.IntN(8), p, r.IntN(140), r.IntN(9), r.IntN(150), k, k+r.IntN(2), k+r.IntN(5), r.IntN(30))
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	report := briefing(t, path, "--by", "month")
	info, err := os.Stat(report)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 3_000_000 {
		t.Errorf("the page takes %d bytes", info.Size())
	}
	b := open(t, 1200, 900)
	b.visit(report, "")
	var paint, ready float64
	b.eval(&paint, `performance.getEntriesByName("first-contentful-paint")[0].startTime`)
	b.eval(&ready, `performance.now()`)
	t.Logf("%d bytes; first paint after %.0f ms, answering after at most %.0f ms", info.Size(), paint, ready)
	var took string
	for _, hash := range []string{"#?", "#?from=2019-01-01&to=2020-12-31", "#?party=" + b.text("select[name=party] option:nth-child(9)"), "#?policy=conservative"} {
		b.see(hash)
		b.eval(&took, "document.body.dataset.took")
		t.Logf("%s: %s ms", hash, took)
	}
	b.quiet()
}
