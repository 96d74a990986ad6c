package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"toll/output"
)

// served starts a server of a folder with one file and returns where it is.
func served(t *testing.T) (v *server, at, csv string) {
	t.Helper()
	dir := t.TempDir()
	csv = filepath.Join(dir, "incidents.csv")
	if err := os.WriteFile(csv, []byte("date,killed\n2025-01-01,3\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	v = newServer(l.Addr().(*net.TCPAddr).Port, func() (*output.Bundle, error) {
		d, err := openDataset([]string{dir}, "", nil)
		if err != nil {
			return nil, err
		}
		b, err := build(d, func(int64) {})
		if err != nil {
			return nil, err
		}
		return b.files, nil
	})
	v.remake()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go v.watch(ctx, []string{dir})
	go func() { done <- v.serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return v, "http://" + l.Addr().String(), csv
}

func get(t *testing.T, url, host string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		r.Host = host
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(b)
}

func TestServeShowsTheBriefingAndReloads(t *testing.T) {
	_, at, csv := served(t)
	status, _, page := get(t, at+"/", "")
	if status != 200 || !strings.Contains(page, ">3</span> people were reported killed") || !strings.Contains(page, `EventSource("/events?since=1")`) || !strings.Contains(page, "connect-src &#39;self&#39;") {
		t.Fatalf("%d: %.400s", status, page)
	}
	if status, head, md := get(t, at+"/report.md", ""); status != 200 || !strings.HasPrefix(head.Get("Content-Type"), "text/plain") || strings.Contains(md, "EventSource") {
		t.Errorf("report.md: %d, %v", status, head)
	}
	events, err := http.Get(at + "/events?since=1")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	if err := os.WriteFile(csv, []byte("date,killed\n2025-01-01,3\n2025-01-02,4\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	told := make(chan string, 1)
	go func() {
		s := bufio.NewScanner(events.Body)
		for s.Scan() {
			if strings.HasPrefix(s.Text(), "data:") {
				told <- s.Text()
			}
		}
	}()
	select {
	case e := <-told:
		if e != "data: reload" {
			t.Errorf("the page is told %q", e)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the page is not told of the change")
	}
	if _, _, page := get(t, at+"/report.html", ""); !strings.Contains(page, ">7</span> people were reported killed") {
		t.Error("the page is the old one")
	}
	if _, _, e := get(t, at+"/events?since=1", ""); !strings.Contains(e, "data: reload") {
		t.Error("a page that is behind is not told so at once")
	}
}

func TestServeIsOfThisMachineAlone(t *testing.T) {
	v, at, _ := served(t)
	for _, host := range []string{"evil.example", "evil.example:80", "127.0.0.1:1", "localhost", "127.0.0.1.evil.example"} {
		if status, _, body := get(t, at+"/report.json", host); status != http.StatusForbidden || strings.Contains(body, "killed") {
			t.Errorf("by the name %s: %d %.80s", host, status, body)
		}
	}
	if status, _, _ := get(t, at+"/", v.hosts[1]); status != 200 {
		t.Errorf("by the name %s: %d", v.hosts[1], status)
	}
	for _, p := range []string{"/../serve.go", "/tables/../report.json", "/none", "/%2e%2e/x"} {
		if status, _, _ := get(t, at+p, ""); status == 200 {
			t.Errorf("%s is served", p)
		}
	}
	res, err := http.Post(at+"/", "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	if res.Body.Close(); res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("writing gives %d", res.StatusCode)
	}
}

func TestServeSaysWhatIsWrong(t *testing.T) {
	v := newServer(1, func() (*output.Bundle, error) { return nil, errors.New("no <script>column</script>") })
	v.remake()
	h := http.Server{Handler: v}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = h.Serve(l) }()
	defer h.Close()
	status, _, page := get(t, "http://"+l.Addr().String()+"/", "localhost:1")
	if status != http.StatusInternalServerError || !strings.Contains(page, "no &lt;script&gt;column") || strings.Contains(page, "<script>column") || !strings.Contains(page, "EventSource") {
		t.Errorf("%d: %s", status, page)
	}
}

// TestOpenRunsTheBrowserThatIsNamed has BROWSER name a program, and CI forbid it.
func TestOpenRunsTheBrowserThatIsNamed(t *testing.T) {
	t.Setenv("CI", "true")
	t.Setenv("BROWSER", "/nonexistent/browser")
	if err := openBrowser("x.html"); !errors.Is(err, errNoBrowser) {
		t.Errorf("in continuous integration: %v", err)
	}
	t.Setenv("CI", "")
	if err := openBrowser("x.html"); err == nil {
		t.Error("a browser that is not there is opened")
	}
}
