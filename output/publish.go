package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrRefused says that a briefing was not published because something in its
// place is not the program's to replace. Nothing was changed.
var ErrRefused = errors.New("refused to publish")

// PublishResult says what became of the files. All paths are relative to Dir.
type PublishResult struct {
	Dir       string
	Unchanged bool     // the same bundle was there already; nothing was written
	Written   []string // files of the bundle, when they were written
	Removed   []string // files of the earlier bundle that this one lacks
	Kept      []string // files of others, left as they were
	// Warnings are about what went wrong once the new files were in place.
	Warnings []string
}

// Publish puts a bundle into a directory. After it, or after a crash at any
// moment of it, the directory holds the old set of files or the new one, never
// parts of both: the new set is written beside the directory, synchronised to
// disk and exchanged with it in one step. Where the system has no such step, the
// files are renamed one by one with the manifest last, so that a mixture is
// seen when the manifest is checked.
//
// A directory that holds files but no manifest of a briefing is refused unless
// force is set, as is one that holds a file of another's under a name the bundle
// needs. Other files are kept. Only files that the old manifest lists are ever
// removed, and no symbolic link is followed.
func Publish(dir string, b *Bundle, force bool) (PublishResult, error) {
	p := &publisher{bundle: b, force: force, hook: func(string, string) error { return nil }}
	return p.publish(dir)
}

// publisher carries one publication. Every step that touches the disk passes
// through hook first, which tests use to fail at each of them in turn.
type publisher struct {
	bundle *Bundle
	force  bool
	hook   func(step, path string) error
	// rename forces the way without an exchange of directories.
	rename bool

	root  *os.Root // the parent of the directory
	base  string   // the directory's name in it
	stage string   // the staging directory, by its path in it
	lock  *os.File

	old    map[string]bool // files of the earlier bundle
	others []string        // files, links and empty directories of others
	dirs   []string        // directories found, each before what it holds
	result PublishResult
}

func (p *publisher) publish(dir string) (PublishResult, error) {
	p.result = PublishResult{Dir: dir}
	full, err := filepath.Abs(dir)
	if err != nil {
		return p.result, err
	}
	parent, base := filepath.Split(full)
	if base == "" {
		return p.result, fmt.Errorf("%w: %s is no directory for a briefing", ErrRefused, dir)
	}
	p.base = base
	if err := p.checkBundle(); err != nil {
		return p.result, err
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return p.result, err
	}
	if p.root, err = os.OpenRoot(parent); err != nil {
		return p.result, err
	}
	defer p.root.Close()
	if err := p.survey(); err != nil {
		return p.result, err
	}
	p.sweep()
	if p.same() {
		p.result.Unchanged, p.result.Kept = true, p.others
		return p.result, nil
	}
	err = p.replace()
	return p.result, err
}

// checkBundle makes sure that no file of the bundle can leave the directory.
func (p *publisher) checkBundle() error {
	seen := map[string]bool{}
	for i, f := range p.bundle.Files {
		if !isBundlePath(f.Path) || seen[f.Path] {
			return fmt.Errorf("%w: %q is no file of a briefing", ErrDocument, f.Path)
		}
		if last := i == len(p.bundle.Files)-1; last != (f.Path == ManifestName) {
			return fmt.Errorf("%w: the manifest must be its last file", ErrDocument)
		}
		seen[f.Path] = true
	}
	if len(seen) == 0 {
		return fmt.Errorf("%w: it has no files", ErrDocument)
	}
	return nil
}

// survey looks at what is in the way and refuses what is not the program's.
func (p *publisher) survey() error {
	p.old = map[string]bool{}
	at, err := p.root.Lstat(p.base)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case at.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%w: %s is a symbolic link", ErrRefused, p.result.Dir)
	case !at.IsDir():
		return fmt.Errorf("%w: %s is not a directory", ErrRefused, p.result.Dir)
	}
	files, err := p.walk()
	if err != nil {
		return err
	}
	if err := p.readOld(files); err != nil {
		return err
	}
	return p.sortOut(files)
}

// readOld reads what the manifest in the directory lists.
func (p *publisher) readOld(files map[string]fs.FileMode) error {
	mode, ok := files[ManifestName]
	if !ok {
		return nil
	}
	if !mode.IsRegular() {
		return fmt.Errorf("%w: %s in %s is not a regular file", ErrRefused, ManifestName, p.result.Dir)
	}
	b, err := p.root.ReadFile(filepath.Join(p.base, ManifestName))
	if err != nil {
		return err
	}
	if now, ok := p.bundle.File(ManifestName); ok && bytes.Equal(b, now) {
		for _, f := range p.bundle.Files {
			p.old[f.Path] = true
		}
		return nil
	}
	m, err := ParseManifest(b)
	if err != nil {
		if p.force {
			return nil
		}
		return fmt.Errorf("%w: %s: %v", ErrRefused, p.result.Dir, err)
	}
	p.old = m.Paths()
	return nil
}

// sortOut parts the files found into those of the old bundle and those of
// others.
func (p *publisher) sortOut(files map[string]fs.FileMode) error {
	var clash []string
	for path, mode := range files {
		_, wanted := p.bundle.File(filepath.ToSlash(path))
		switch {
		case p.old[filepath.ToSlash(path)] && !mode.IsDir():
		case wanted && mode.IsDir():
			return fmt.Errorf("%w: %s in %s is a directory", ErrRefused, path, p.result.Dir)
		case (path == "tables" || path == "charts") && !mode.IsDir():
			return fmt.Errorf("%w: %s in %s is not a directory", ErrRefused, path, p.result.Dir)
		case wanted && p.holds(path):
			// A publication that was interrupted got as far as this file.
		case wanted:
			clash = append(clash, path)
		default:
			p.others = append(p.others, path)
		}
	}
	slices.Sort(clash)
	slices.Sort(p.others)
	if p.force {
		return nil
	}
	if len(p.old) == 0 && len(files) > 0 {
		return fmt.Errorf("%w: %s holds files and no manifest of a briefing; choose another directory, or force it", ErrRefused, p.result.Dir)
	}
	if len(clash) > 0 {
		return fmt.Errorf("%w: %s in %s is not listed in its manifest and would be overwritten; move it, or force it", ErrRefused, clash[0], p.result.Dir)
	}
	return nil
}

// walk lists everything in the directory but directories that hold something.
func (p *publisher) walk() (map[string]fs.FileMode, error) {
	found := map[string]fs.FileMode{}
	var visit func(dir string) error
	visit = func(dir string) error {
		entries, err := p.entries(filepath.Join(p.base, dir))
		if err != nil {
			return err
		}
		p.dirs = append(p.dirs, dir)
		if len(entries) == 0 && dir != "" && dir != "tables" && dir != "charts" {
			found[dir] = fs.ModeDir
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			switch {
			case !e.IsDir():
				found[path] = e.Type()
			case dir == "" && strings.HasPrefix(path, p.stagePrefix()): // left by a killed run
			default:
				if err := visit(path); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return found, visit("")
}

func (p *publisher) entries(dir string) ([]fs.DirEntry, error) {
	f, err := p.root.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	es, err := f.ReadDir(-1)
	slices.SortFunc(es, func(a, b fs.DirEntry) int { return bytes.Compare([]byte(a.Name()), []byte(b.Name())) })
	return es, err
}

// same reports whether the directory holds this very bundle already.
func (p *publisher) same() bool {
	if len(p.old) != len(p.bundle.Files) {
		return false
	}
	return !slices.ContainsFunc(p.bundle.Files, func(f File) bool { return !p.holds(filepath.FromSlash(f.Path)) })
}

// holds reports whether a file of the bundle is in the directory with the same
// contents.
func (p *publisher) holds(path string) bool {
	want, _ := p.bundle.File(filepath.ToSlash(path))
	at := filepath.Join(p.base, path)
	i, err := p.root.Lstat(at)
	if err != nil || !i.Mode().IsRegular() || i.Size() != int64(len(want)) {
		return false
	}
	b, err := p.root.ReadFile(at)
	return err == nil && bytes.Equal(b, want)
}
