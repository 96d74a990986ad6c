// Package browser drives report.html in Chromium. It is a module of its own, so
// that what drives a browser is no dependency of toll.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// root is the top of the repository, seen from here.
const root = "../.."

var built struct {
	once sync.Once
	path string
	err  error
}

// toll runs the program, built once, in a folder.
func toll(t testing.TB, dir string, args ...string) string {
	t.Helper()
	built.once.Do(func() {
		d, err := os.MkdirTemp("", "toll-browser")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(d, "toll")
		c := exec.Command("go", "build", "-o", built.path, "./cmd/toll")
		c.Dir = root
		if out, err := c.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%v: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	c := exec.Command(built.path, args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) { // 1: findings in the data
		t.Fatalf("toll %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// TestMain removes what toll was built into.
func TestMain(m *testing.M) {
	code := m.Run()
	if built.path != "" {
		os.RemoveAll(filepath.Dir(built.path))
	}
	os.Exit(code)
}

// chromium finds the browser, or skips.
func chromium(t testing.TB) string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	t.Skip("no Chromium here: the page is not driven")
	return ""
}

// tab is an open page, with what its console said.
type tab struct {
	testing.TB
	ctx    context.Context
	mu     sync.Mutex
	errors []string
}

// open opens a browser of a size, without any network but the file.
func open(t testing.TB, width, height int, options ...chromedp.ExecAllocatorOption) *tab {
	t.Helper()
	all := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.WindowSize(width, height), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), append(all, options...)...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc, chromedp.WithErrorf(func(string, ...any) {})) // events it does not know
	t.Cleanup(end)
	ctx, cancel := context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(cancel)
	b := &tab{TB: t, ctx: ctx}
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			b.said(e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			b.said(fmt.Sprint("console.", e.Type))
		case *log.EventEntryAdded:
			b.said(e.Entry.Text)
		}
	})
	b.do(chromedp.EmulateViewport(int64(width), int64(height)), log.Enable())
	return b
}

func (b *tab) said(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.errors = append(b.errors, s)
}

func (b *tab) do(actions ...chromedp.Action) {
	b.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// visit opens a report and waits until its script is done.
func (b *tab) visit(report, hash string) {
	b.Helper()
	b.do(chromedp.Navigate("file://" + report + hash))
	b.await("document.body.dataset.ready === 'yes'")
}

// see changes what the address bar asks for and waits until it is shown.
func (b *tab) see(hash string) {
	b.Helper()
	b.eval(nil, "location.hash = %q", hash)
	b.await("document.body.dataset.shown === location.hash")
}

// await waits until an expression is true.
func (b *tab) await(expression string) {
	b.Helper()
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		var yes bool
		if b.eval(&yes, "!!(%s)", expression); yes {
			return
		}
	}
	b.quiet()
	b.Fatalf("it never comes to %s", expression)
}

// eval works out an expression in the page.
func (b *tab) eval(into any, format string, args ...any) {
	b.Helper()
	expression := format
	if len(args) > 0 {
		expression = fmt.Sprintf(format, args...)
	}
	if into == nil {
		var ignored any
		into = &ignored
		expression += "\n;0"
	}
	b.do(chromedp.Evaluate(expression, into))
}

// text is the text of the first element that a selector finds.
func (b *tab) text(selector string) string {
	b.Helper()
	var s string
	b.eval(&s, "((e) => e ? e.innerText : '(nothing)')(document.querySelector(%q))", selector)
	return s
}

// scheme makes the reader prefer light or dark.
func (b *tab) scheme(name string) {
	b.Helper()
	b.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}))
}

// quiet fails where the console has said anything.
func (b *tab) quiet() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.errors) > 0 {
		b.Errorf("the console says: %s", strings.Join(b.errors, "\n"))
	}
}

// briefing makes a report and returns the path of its page.
func briefing(t testing.TB, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	toll(t, root, append([]string{"report", "-o", filepath.Join(dir, "out")}, args...)...)
	return filepath.Join(dir, "out", "report.html")
}

// shot writes pictures of the page into the folder that TOLL_SHOTS names, of
// 2,000 pixels each, or with 0 one of the window.
func (b *tab) shot(name string, screens int) {
	b.Helper()
	dir := os.Getenv("TOLL_SHOTS")
	if dir == "" {
		return
	}
	if screens == 0 { // the window as it is
		b.do(chromedp.ActionFunc(func(ctx context.Context) error {
			png, err := page.CaptureScreenshot().Do(ctx)
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, name+".png"), png, 0o666)
		}))
		return
	}
	var width float64
	b.eval(&width, "innerWidth")
	for i := range screens {
		b.do(chromedp.ActionFunc(func(ctx context.Context) error {
			png, err := page.CaptureScreenshot().WithCaptureBeyondViewport(true).
				WithClip(&page.Viewport{Y: float64(i) * 2000, Width: width, Height: 2000, Scale: 1}).Do(ctx)
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, i)), png, 0o666)
		}))
	}
}
