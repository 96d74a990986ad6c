package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"toll/output"

	"github.com/spf13/cobra"
)

// lookEvery is how often the inputs are looked at for a change.
const lookEvery = 500 * time.Millisecond

func serveCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var drawing drawingFlags
	var port int
	var show bool
	c := &cobra.Command{
		Use:   "serve FILE.csv… | FOLDER",
		Short: "Show the briefing in a browser, and again whenever its inputs change",
		Long: `Makes the briefing in memory and serves it on this machine alone. When a file of
the dataset changes the briefing is made again and the page reloads. Nothing is
written. Stop it with Ctrl-C.`,
		Example: `  toll serve data/durand-line-2025
  toll serve incidents.csv --by week --port 8321 --open`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if slices.Contains(args, "-") {
				return errors.New("the standard input cannot be watched: name files or a folder")
			}
			make := func() (*output.Bundle, error) {
				d, err := sel.open(s.in, args, cmd.Flags().Changed)
				if err != nil {
					return nil, err
				}
				d.config = drawing.over(d.config, cmd.Flags().Changed)
				b, err := build(d, func(int64) {})
				if err != nil {
					return nil, err
				}
				return b.files, nil
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
			defer stop()
			l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", fmt.Sprint(port)))
			if err != nil {
				return err
			}
			v := newServer(l.Addr().(*net.TCPAddr).Port, make)
			v.remake()
			at := "http://" + l.Addr().String() + "/"
			fmt.Fprintln(s.out, "serving "+at+" (Ctrl-C stops)")
			if show {
				if err := openBrowser(at); err != nil {
					fmt.Fprintln(s.err, "toll: "+err.Error())
				}
			}
			watched := slices.Clone(args)
			if sel.config != "" {
				watched = append(watched, sel.config)
			}
			go v.watch(ctx, watched)
			return v.serve(ctx, l)
		},
	}
	sel.register(c)
	sel.registerMinCell(c)
	sel.registerNotes(c, "the deadliest incidents")
	drawing.register(c)
	c.Flags().IntVar(&port, "port", 0, "listen on this `port` of 127.0.0.1 (default: any that is free)")
	c.Flags().BoolVar(&show, "open", false, "open the page in the browser")
	return c
}

// server holds a briefing in memory and tells the pages that show it of a new one.
type server struct {
	hosts []string // what a browser may call this machine
	make  func() (*output.Bundle, error)

	mu      sync.Mutex
	files   *output.Bundle
	trouble error
	made    int           // how often it was made
	changed chan struct{} // closed when there is a new briefing
}

func newServer(port int, make func() (*output.Bundle, error)) *server {
	v := &server{make: make, changed: newSignal()}
	for _, h := range []string{"127.0.0.1", "localhost"} {
		v.hosts = append(v.hosts, fmt.Sprintf("%s:%d", h, port))
	}
	return v
}

func newSignal() chan struct{} { return make(chan struct{}) }

// remake makes the briefing again. Where that fails, the page says why.
func (v *server) remake() {
	files, err := v.make()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.files, v.trouble = files, err
	v.made++
	close(v.changed)
	v.changed = newSignal()
}

func (v *server) now() (files *output.Bundle, made int, changed <-chan struct{}, trouble error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.files, v.made, v.changed, v.trouble
}

// watch makes the briefing again when a file or what a folder holds has changed.
func (v *server) watch(ctx context.Context, paths []string) {
	was := stampOf(paths)
	for tick := time.NewTicker(lookEvery); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
			if is := stampOf(paths); is != was {
				was = is
				v.remake()
			}
		}
	}
}

// stampOf sums up the files at some paths, and those of folders and beside files,
// by name, size and time.
func stampOf(paths []string) string {
	var b strings.Builder
	for _, p := range paths {
		info, err := os.Stat(p)
		dir := p
		if err == nil && !info.IsDir() {
			dir = filepath.Dir(p)
			fmt.Fprintln(&b, p, info.Size(), info.ModTime().UnixNano())
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			fmt.Fprintln(&b, p, "is not there")
			continue
		}
		for _, e := range entries {
			beside := dir == p || slices.Contains(besides, e.Name())
			if info, err := e.Info(); err == nil && beside && !info.IsDir() {
				fmt.Fprintln(&b, e.Name(), info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	return b.String()
}

func (v *server) serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{Handler: v, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() {
		<-ctx.Done()
		_ = h.Close() // what is open then is a page that waits
	}()
	if err := h.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// ServeHTTP serves the files of the briefing. A request that names another host is
// refused: a page elsewhere whose name is made to lead here may not read it.
func (v *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	switch {
	case !slices.Contains(v.hosts, r.Host):
		http.Error(w, "this is not "+v.hosts[0], http.StatusForbidden)
		return
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		http.Error(w, "only reading is possible here", http.StatusMethodNotAllowed)
		return
	case r.URL.Path == "/events":
		v.events(w, r)
		return
	}
	files, made, _, trouble := v.now()
	if trouble != nil {
		h.Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write(output.TroublePage(trouble, made))
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "report.html"
	}
	b, ok := files.File(name)
	if !ok {
		http.NotFound(w, r)
		return
	}
	if name == "report.html" {
		b = output.Reloading(b, made)
	}
	h.Set("Content-Type", contentType(name))
	_, _ = w.Write(b)
}

func contentType(name string) string {
	switch filepath.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".json":
		return "application/json"
	case ".png":
		return "image/png"
	case ".csv":
		return "text/csv; charset=utf-8"
	}
	return "text/plain; charset=utf-8"
}

// events tells a page when there is a new briefing, as server-sent events.
func (v *server) events(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "events cannot be sent", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprint(w, ": waiting\n\n")
	flusher.Flush()
	_, made, changed, _ := v.now()
	if since := r.URL.Query().Get("since"); since != "" && since != strconv.Itoa(made) {
		fmt.Fprint(w, "data: reload\n\n") // it was made again before the page asked
		return
	}
	select {
	case <-changed:
		fmt.Fprint(w, "data: reload\n\n")
		flusher.Flush()
	case <-r.Context().Done():
	}
}
