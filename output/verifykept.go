package output

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Kept is a briefing as it stands in a directory.
type Kept struct {
	Dir      string
	Manifest *Manifest
	Bytes    []byte // of the manifest
	Files    map[string]KeptFile
}

// KeptFile is a file of a directory. Only files that the manifest lists, and
// those a bundle could hold, are read.
type KeptFile struct {
	Data []byte
	Link bool // a symbolic link, which is never followed
}

// file returns the contents of a file, nothing where it is not there or a link.
func (k *Kept) file(p string) []byte {
	if f := k.Files[p]; !f.Link {
		return f.Data
	}
	return nil
}

// maxKept bounds how much of one file is read: no briefing has a file as large.
const maxKept = 1 << 30

// ReadKept reads a briefing from a directory.
func ReadKept(dir string) (*Kept, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, plain(err)
	}
	defer root.Close()
	k := &Kept{Dir: filepath.ToSlash(dir), Files: map[string]KeptFile{}}
	if k.Bytes, err = readKept(root, ManifestName); err != nil {
		return nil, fmt.Errorf("%s: %w", k.Dir, plain(err))
	}
	if k.Manifest, err = ParseManifest(k.Bytes); err != nil {
		return nil, fmt.Errorf("%s: %w", k.Dir, err)
	}
	err = fs.WalkDir(root.FS(), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f := KeptFile{Link: !e.Type().IsRegular()}
		if !f.Link && isBundlePath(p) {
			if f.Data, err = readKept(root, filepath.FromSlash(p)); err != nil {
				return err
			}
		}
		k.Files[p] = f
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.Dir, plain(err))
	}
	return k, nil
}

func readKept(root *os.Root, name string) ([]byte, error) {
	at, err := root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !at.Mode().IsRegular() || at.Size() > maxKept {
		return nil, fmt.Errorf("%s is not a file of a briefing", name)
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxKept))
}

// plain leaves the name of the system call out of an error.
func plain(err error) error {
	if pe, ok := err.(*fs.PathError); ok {
		return fmt.Errorf("%s: %w", filepath.ToSlash(pe.Path), pe.Err)
	}
	return err
}
