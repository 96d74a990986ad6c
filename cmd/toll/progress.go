package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// counting tells progress how much of a file was read.
type counting struct {
	io.Reader
	read func(int64)
}

func (c counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if n > 0 && c.read != nil {
		c.read(int64(n))
	}
	return n, err
}

// countingAt is counting for a file that is read in several places at once.
type countingAt struct {
	io.ReaderAt
	read func(int64)
}

func (c countingAt) ReadAt(p []byte, at int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, at)
	if n > 0 && c.read != nil {
		c.read(int64(n))
	}
	return n, err
}

// progressAfter is how long work lasts before it is worth a bar.
const progressAfter = time.Second

// progressOn returns a function that shows progress over total bytes, which any
// goroutine may call, and one that clears it; both without effect unless w is a
// terminal.
func progressOn(w io.Writer, total int64) (func(int64), func()) {
	f, ok := w.(*os.File)
	if !ok {
		return nil, func() {}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil, func() {}
	}
	start := time.Now()
	var mu sync.Mutex
	var bar *progressbar.ProgressBar
	var done int64
	return func(n int64) {
			mu.Lock()
			defer mu.Unlock()
			done += n
			if bar == nil && time.Since(start) >= progressAfter {
				bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription("reading"),
					progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
			}
			if bar != nil {
				_ = bar.Set64(min(done, total))
			}
		}, func() {
			if bar != nil {
				_ = bar.Finish()
			}
		}
}
