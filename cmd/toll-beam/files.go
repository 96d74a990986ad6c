package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"toll/internal/cells"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/gcs"
)

// remote reports whether a path is of a store that Beam knows, such as gs://.
func remote(path string) bool { return strings.Contains(path, "://") }

// opener opens the files of shards. One in a store is copied to the worker's disk
// first, for a part of it is read at any place.
func opener(ctx context.Context) cells.Open {
	return func(path string) (cells.File, int64, error) {
		if !remote(path) {
			return openLocal(path)
		}
		fs, err := filesystem.New(ctx, path)
		if err != nil {
			return nil, 0, err
		}
		defer fs.Close()
		r, err := fs.OpenRead(ctx, path)
		if err != nil {
			return nil, 0, err
		}
		defer r.Close()
		return spool(r)
	}
}

func openLocal(path string) (cells.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	return cells.Opened(f)
}

// spooled is a copy that goes when it is closed.
type spooled struct{ *os.File }

// Close removes the copy.
func (s spooled) Close() error { return errors.Join(s.File.Close(), os.Remove(s.Name())) }

func spool(r io.Reader) (cells.File, int64, error) {
	f, err := os.CreateTemp("", "toll-*.csv")
	if err != nil {
		return nil, 0, err
	}
	n, err := io.Copy(f, r)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, 0, errors.Join(err, spooled{f}.Close())
	}
	return spooled{f}, n, nil
}

// store writes a file whole or not at all. A store of objects shows none before
// it is written; a folder gets it by renaming.
func store(ctx context.Context, path string, b []byte) error {
	if remote(path) {
		fs, err := filesystem.New(ctx, path)
		if err != nil {
			return err
		}
		defer fs.Close()
		return filesystem.Write(ctx, fs, path, b)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".toll-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = io.Copy(f, bytes.NewReader(b))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
