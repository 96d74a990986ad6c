package browser

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
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
	b.do(performance.Enable().WithTimeDomain(performance.EnableTimeDomainThreadTicks))
	b.visit(report, "")
	var paint, ready float64
	b.await(`performance.getEntriesByName("first-contentful-paint").length > 0`)
	b.eval(&paint, `performance.getEntriesByName("first-contentful-paint")[0].startTime`)
	b.eval(&ready, `performance.now()`)
	t.Logf("%d bytes; first paint after %.0f ms, answering after at most %.0f ms", info.Size(), paint, ready)
	work := b.worked()
	t.Logf("opening took the page %.2f s of work", work)
	var took string
	for _, hash := range []string{"#?", "#?from=2019-01-01&to=2020-12-31", "#?party=" + b.text("select[name=party] option:nth-child(9)"), "#?policy=conservative"} {
		b.see(hash)
		b.eval(&took, "document.body.dataset.took")
		now := b.worked()
		t.Logf("%s: %s ms, of which the page worked %.2f s", hash, took, now-work)
		work = now
	}
	b.quiet()
}

// worked is the processor time that the page has taken so far, in seconds: unlike
// the time that passes, much the same on a busy machine.
func (b *tab) worked() (seconds float64) {
	b.Helper()
	b.do(chromedp.ActionFunc(func(ctx context.Context) error {
		all, err := performance.GetMetrics().Do(ctx)
		for _, m := range all {
			if m.Name == "TaskDuration" {
				seconds = m.Value
			}
		}
		return err
	}))
	return seconds
}
