package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// discard removes a staging directory, which after the exchange holds the old
// set of files. It removes files of a bundle and second names of files that are
// still in the published directory, and nothing else: whatever somebody put
// there in between stays, with a warning.
func (p *publisher) discard(stage string) {
	if _, err := p.root.Lstat(stage); err != nil {
		return
	}
	listed := p.listedIn(stage)
	var visit func(dir string)
	visit = func(dir string) {
		entries, err := p.entries(filepath.Join(stage, dir))
		if err != nil {
			return
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			switch {
			case e.IsDir():
				visit(path)
			case listed(filepath.ToSlash(path)) || p.published(stage, path):
				p.remove(filepath.Join(stage, path))
			}
		}
		if err := p.do("rmdir", filepath.Join(stage, dir), func() error { return p.root.Remove(filepath.Join(stage, dir)) }); err != nil && dir == "" && !errors.Is(err, fs.ErrNotExist) {
			p.warn("the earlier files are left in "+stage, err)
		}
	}
	visit("")
}

// listedIn returns which paths of a staging directory are files of a bundle: by
// its manifest, or by their form where it has none yet, because the manifest is
// the last file to be written.
func (p *publisher) listedIn(stage string) func(string) bool {
	b, err := p.root.ReadFile(filepath.Join(stage, ManifestName))
	if err != nil {
		return isBundlePath
	}
	m, err := ParseManifest(b)
	if err != nil {
		return isBundlePath
	}
	paths := m.Paths()
	return func(path string) bool { return paths[path] }
}

// published reports whether a file of a staging directory is, under the same
// path, in the published directory too.
func (p *publisher) published(stage, path string) bool {
	a, err := p.root.Lstat(filepath.Join(stage, path))
	if err != nil {
		return false
	}
	b, err := p.root.Lstat(filepath.Join(p.base, path))
	if err != nil {
		return false
	}
	return os.SameFile(a, b) || (a.Mode() == b.Mode() && a.Mode().IsRegular() && a.Size() == b.Size() && p.equal(filepath.Join(stage, path), filepath.Join(p.base, path)))
}

func (p *publisher) equal(a, b string) bool {
	x, err := p.root.ReadFile(a)
	if err != nil {
		return false
	}
	y, err := p.root.ReadFile(b)
	return err == nil && string(x) == string(y)
}

// sweep discards what a publication that was killed left beside the directory or
// within it. The staging directory of one that is still at work is locked.
func (p *publisher) sweep() {
	for _, dir := range []string{".", p.base} {
		entries, err := p.entries(dir)
		if err != nil {
			continue
		}
		for _, e := range entries {
			stage := filepath.Join(dir, e.Name())
			if !e.IsDir() || !strings.HasPrefix(e.Name(), p.stagePrefix()) {
				continue
			}
			if l := lockDir(p.root, stage); l != nil {
				p.discard(stage)
				l.Close()
			}
		}
	}
}
