package browser

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestServedPageReloads has the page that toll serve shows follow its file: with
// the view kept, through a fault in the data and back.
func TestServedPageReloads(t *testing.T) {
	chromium(t)
	toll(t, root, "help") // built
	dir := t.TempDir()
	csv := filepath.Join(dir, "incidents.csv")
	head, row := "date,admin1,killed,injured,party\n", "2025-01-02,North,3,1,Blue\n"
	write := func(s string) {
		t.Helper()
		if err := os.WriteFile(csv, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(head + row)

	serve := exec.Command(built.path, "serve", csv)
	out, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = serve.Process.Kill(); _ = serve.Wait() })
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Fields(said)[1]

	b := open(t, 1200, 900)
	b.do(chromedp.Navigate(at + "#?admin1=North"))
	b.await(`document.body && document.body.dataset.ready === "yes"`)
	shows := func(selected string) {
		t.Helper()
		b.await(`document.body && document.body.dataset.ready === "yes" && (document.querySelector("#ask .selected") || document.body).innerText.startsWith("` + selected + `")`)
	}
	shows("Selected: province North. 1 of 1 incident.")

	write(head + row + "2025-01-05,South,2,0,Red\n")
	shows("Selected: province North. 1 of 2 incidents.")

	write("")
	b.await(`document.body && document.body.innerText.includes("cannot be made")`)

	write(head + row + row[:8] + "03" + row[10:] + "2025-01-05,South,2,0,Red\n")
	shows("Selected: province North. 2 of 3 incidents.")
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.errors {
		if !strings.Contains(e, "status of 500") { // that the briefing could not be made is an error to a browser too
			t.Errorf("the console says: %s", e)
		}
	}
}
