package output

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// stagePrefix begins the name of the directory in which a set of files is made
// ready, beside the one it will take the place of.
func (p *publisher) stagePrefix() string { return "." + p.base + ".toll-" }

// replace writes the new set beside the old one and puts it in its place. Until
// the exchange, an error leaves the old set as it was; after it, the new set
// stands and what goes wrong is a warning.
func (p *publisher) replace() error {
	p.stage = p.stagePrefix() + rand.Text()
	err := p.makeReady()
	if err == nil {
		err = p.putInPlace()
	}
	if p.lock != nil {
		defer p.lock.Close()
	}
	if err != nil {
		p.discard(p.stage)
		return err
	}
	for _, f := range p.bundle.Files {
		p.result.Written = append(p.result.Written, f.Path)
	}
	for path := range p.old {
		if _, ok := p.bundle.File(path); !ok {
			p.result.Removed = append(p.result.Removed, path)
		}
	}
	slices.Sort(p.result.Removed)
	p.result.Kept = p.others
	return nil
}

// makeReady writes the bundle and carries the files of others into the staging
// directory, and has all of it on disk before it returns.
func (p *publisher) makeReady() error {
	if err := p.makeStage(); err != nil {
		return err
	}
	dirs := []string{p.stage}
	for _, d := range []string{"tables", "charts"} {
		if d = filepath.Join(p.stage, d); p.needs(filepath.Base(d)) {
			dirs = append(dirs, d)
			if err := p.do("mkdir", d, func() error { return p.root.Mkdir(d, 0o755) }); err != nil {
				return err
			}
		}
	}
	if err := p.writeAll(); err != nil {
		return err
	}
	if !p.rename {
		if err := p.carryOthers(); err != nil {
			return err
		}
	}
	for _, d := range dirs {
		if err := p.syncDir(d); err != nil {
			return err
		}
	}
	return nil
}

// makeStage makes the staging directory beside the published one, or within it
// where its parent takes no new directory; then the two cannot be exchanged.
func (p *publisher) makeStage() error {
	mkdir := func() error {
		return p.do("mkdir", p.stage, func() error { return p.root.Mkdir(p.stage, 0o755) })
	}
	err := mkdir()
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		if at, e := p.root.Lstat(p.base); e == nil && at.IsDir() {
			p.stage, p.rename = filepath.Join(p.base, p.stage), true
			err = mkdir()
		}
	}
	if err == nil {
		p.lock = lockDir(p.root, p.stage)
	}
	return err
}

// carryOthers brings the files of others into the staging directory, which will
// be the published one.
func (p *publisher) carryOthers() error {
	for _, o := range p.others {
		if err := p.carry(o); err != nil {
			return fmt.Errorf("cannot keep %s: %w", o, err)
		}
	}
	return p.carryModes()
}

// carryModes gives the staged directories the permissions of those they take
// the place of: a directory closed to others must stay closed.
func (p *publisher) carryModes() error {
	for i := len(p.dirs) - 1; i >= 0; i-- {
		d := p.dirs[i]
		at, err := p.root.Lstat(filepath.Join(p.base, d))
		if err != nil {
			return err
		}
		to := filepath.Join(p.stage, d)
		if _, err := p.root.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		mode := at.Mode() & (fs.ModePerm | fs.ModeSetgid | fs.ModeSticky)
		if err := p.do("chmod", to, func() error { return p.root.Chmod(to, mode) }); err != nil {
			return err
		}
	}
	return nil
}

// needs reports whether the bundle has files in this directory.
func (p *publisher) needs(dir string) bool {
	return slices.ContainsFunc(p.bundle.Files, func(f File) bool { return strings.HasPrefix(f.Path, dir+"/") })
}

// do runs one step on the disk.
func (p *publisher) do(step, path string, f func() error) error {
	if err := p.hook(step, path); err != nil {
		return err
	}
	return f()
}

// syncing is how many files are synchronised to disk at once: a disk that is asked
// for many together writes its own records once for all of them.
const syncing = 16

// writeAll writes the files of the bundle and has them on disk. Files are written
// in their order, while those before are synchronised.
func (p *publisher) writeAll() error {
	var wg sync.WaitGroup
	errs := make([]error, len(p.bundle.Files))
	places := make(chan struct{}, syncing)
	var err error
	for i, f := range p.bundle.Files {
		path := filepath.Join(p.stage, filepath.FromSlash(f.Path))
		var file *os.File
		if file, err = p.write(path, f.Data); err != nil {
			break
		}
		if err = p.hook("sync", path); err != nil {
			file.Close()
			break
		}
		places <- struct{}{}
		wg.Go(func() {
			if errs[i] = file.Sync(); errs[i] == nil {
				errs[i] = file.Close()
			} else {
				file.Close()
			}
			<-places
		})
	}
	wg.Wait()
	return cmp.Or(err, errors.Join(errs...))
}

// write creates a file that must not exist.
func (p *publisher) write(path string, data []byte) (f *os.File, err error) {
	err = p.do("create", path, func() (err error) {
		f, err = p.root.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err = p.do("write", path, func() error { _, err := f.Write(data); return err }); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// syncDir has the names in a directory on disk. A system that cannot
// synchronise a directory has nothing to be asked for.
func (p *publisher) syncDir(dir string) error {
	return p.do("syncdir", dir, func() error {
		f, err := p.root.Open(dir)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, os.ErrInvalid) && !errors.Is(err, fs.ErrPermission) {
			return err
		}
		return nil
	})
}

// carry brings a file of another's into the staging directory: as a second name
// of the same file, so that nothing of it changes, or as a copy where the disk
// has no second names.
func (p *publisher) carry(path string) error {
	from, to := filepath.Join(p.base, path), filepath.Join(p.stage, path)
	if err := p.makeParents(filepath.Dir(path)); err != nil {
		return err
	}
	at, err := p.root.Lstat(from)
	if err != nil {
		return err
	}
	if at.IsDir() {
		return p.makeParents(path)
	}
	err = p.do("link", to, func() error { return p.root.Link(from, to) })
	if err == nil || !at.Mode().IsRegular() {
		return err
	}
	return p.do("copy", to, func() error { return p.copy(from, to, at.Mode().Perm()) })
}

func (p *publisher) makeParents(dir string) error {
	if dir == "." {
		return nil
	}
	return p.do("mkdir", filepath.Join(p.stage, dir), func() error { return p.root.MkdirAll(filepath.Join(p.stage, dir), 0o755) })
}

func (p *publisher) copy(from, to string, mode fs.FileMode) error {
	in, err := p.root.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := p.root.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if _, err = io.Copy(out, in); err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	return err
}

// putInPlace makes the staged set the published one.
func (p *publisher) putInPlace() error {
	err := p.do("place", p.base, func() error {
		if _, err := p.root.Lstat(p.base); errors.Is(err, fs.ErrNotExist) {
			return p.root.Rename(p.stage, p.base)
		} else if p.rename {
			return errNoExchange
		}
		return exchange(p.root, p.stage, p.base)
	})
	if errors.Is(err, errNoExchange) {
		return p.renameEach()
	}
	if err != nil {
		return err
	}
	if err := p.syncDir("."); err != nil {
		p.warn("the new files are in place, but the disk has not confirmed it", err)
	}
	p.discard(p.stage)
	return nil
}

// errNoExchange says that the system cannot exchange two directories in one step.
var errNoExchange = errors.New("the system cannot exchange directories")

// renameEach puts the staged files in place one by one and removes what the old
// manifest lists and the new one lacks, the manifest last. Files of others stay
// where they are.
func (p *publisher) renameEach() error {
	for _, d := range []string{"tables", "charts"} {
		if !p.needs(d) {
			continue
		}
		if err := p.do("mkdir", filepath.Join(p.base, d), func() error { return p.root.MkdirAll(filepath.Join(p.base, d), 0o755) }); err != nil {
			return err
		}
	}
	for i, f := range p.bundle.Files {
		if f.Path == ManifestName {
			p.removeStale()
		}
		path := filepath.FromSlash(f.Path)
		if err := p.do("rename", path, func() error {
			return p.root.Rename(filepath.Join(p.stage, path), filepath.Join(p.base, path))
		}); err != nil {
			if i > 0 {
				return fmt.Errorf("only some files were replaced; publish again: %w", err)
			}
			return err
		}
	}
	for _, d := range []string{filepath.Join(p.base, "tables"), filepath.Join(p.base, "charts"), p.base} {
		if err := p.syncDir(d); err != nil && !errors.Is(err, fs.ErrNotExist) {
			p.warn("the new files are in place, but the disk has not confirmed it", err)
		}
	}
	p.discard(p.stage)
	return nil
}

// removeStale removes the files of the old bundle that the new one lacks.
func (p *publisher) removeStale() {
	for _, path := range slices.Sorted(maps.Keys(p.old)) {
		if _, ok := p.bundle.File(path); !ok {
			p.remove(filepath.Join(p.base, filepath.FromSlash(path)))
		}
	}
}

func (p *publisher) warn(what string, err error) {
	p.result.Warnings = append(p.result.Warnings, what+": "+err.Error())
}

// remove removes one file; that it cannot is worth a warning and no more.
func (p *publisher) remove(path string) {
	if err := p.do("remove", path, func() error { return p.root.Remove(path) }); err != nil && !errors.Is(err, fs.ErrNotExist) {
		p.warn("an old file is left", err)
	}
}
