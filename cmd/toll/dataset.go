package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"toll/data/record"
)

// dataset is what a command works on: CSV files read as one, and what their
// toll.yaml says.
type dataset struct {
	name   string
	inputs []input
	config config

	aliases *record.AliasFile // of the aliases.csv beside the records

	aliasPath  string   // where that lies
	folder     string   // where the dataset was given as a folder
	beside     []beside // files that bear on the briefing and hold no records
	population string   // the file of inhabitants beside the records
	expect     string   // file of pinned figures, "" where there is none
}

// input is one CSV file.
type input struct {
	name string // as it is named in outputs and messages: relative, with slashes
	open func() (io.ReadCloser, error)
	size int64  // bytes, or -1 where not known
	path string // where it lies; "" for the standard input

	layout *record.Layout // how it is written; nil until surveyed
	whole  bool           // the survey was of the whole file
}

// besides are the CSV files that stand beside a dataset's records and hold none.
var besides = []string{"aliases.csv", "expect.csv", "population.csv"}

// openDataset resolves the arguments of a command: CSV files, "-" for the
// standard input, or one folder with CSV files and perhaps a toll.yaml.
func openDataset(args []string, configPath string, stdin io.Reader) (*dataset, error) {
	d := &dataset{}
	dir := ""
	var seen []os.FileInfo
	for _, arg := range args {
		if arg == "-" {
			in, err := spool(stdin)
			if err != nil {
				return nil, err
			}
			d.inputs = append(d.inputs, in)
			continue
		}
		info, err := os.Stat(arg)
		if err != nil {
			return nil, plainPathError(err)
		}
		for _, other := range seen {
			if os.SameFile(info, other) {
				return nil, fmt.Errorf("%s is given twice: its incidents would count twice", arg)
			}
		}
		seen = append(seen, info)
		if !info.IsDir() {
			d.inputs = append(d.inputs, fileInput(arg, info.Size()))
			continue
		}
		if len(args) > 1 {
			return nil, fmt.Errorf("%s is a folder: give one folder, or files", arg)
		}
		dir = arg
		if err := d.addFolder(arg); err != nil {
			return nil, err
		}
	}
	d.name = defaultName(args, dir)
	if configPath == "" && dir != "" {
		if p := filepath.Join(dir, "toll.yaml"); exists(p) {
			configPath = p
		}
	}
	if dir != "" {
		d.folder = shownName(dir)
	}
	if configPath != "" {
		if err := d.addBeside(configPath); err != nil {
			return nil, err
		}
		c, err := readConfig(configPath)
		if err != nil {
			return nil, plainPathError(err)
		}
		d.config = c
	}
	if err := d.readAliases(args, dir); err != nil {
		return nil, err
	}
	if err := d.addBesides(args, dir); err != nil {
		return nil, err
	}
	if d.config.Name != "" {
		d.name = slug(d.config.Name)
	}
	return d, nil
}

func (d *dataset) addFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return plainPathError(err)
	}
	for _, e := range entries {
		name := strings.ToLower(e.Name())
		if e.IsDir() || !isTable(name) || slices.Contains(besides, name) {
			continue
		}
		p := filepath.Join(dir, e.Name())
		info, err := os.Stat(p)
		if err != nil {
			return plainPathError(err)
		}
		d.inputs = append(d.inputs, fileInput(p, info.Size()))
	}
	if len(d.inputs) == 0 {
		return fmt.Errorf("%s holds no CSV file of incidents", dir)
	}
	return nil
}

func fileInput(path string, size int64) input {
	return input{name: shownName(path), path: path, size: size, open: func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		return f, plainPathError(err)
	}}
}

// spoolMemory is how much of the standard input is held in memory.
const spoolMemory = 16 << 20

// spool keeps the standard input, which is read more than once: in memory while
// it is small, else in a temporary file that goes with the process.
func spool(r io.Reader) (input, error) {
	var head bytes.Buffer
	n, err := io.CopyN(&head, r, spoolMemory)
	if err == nil {
		return spoolFile(io.MultiReader(&head, r))
	}
	if err != io.EOF {
		return input{}, fmt.Errorf("reading the standard input: %w", err)
	}
	return spooledInput(bytes.NewReader(head.Bytes()), n), nil
}

// spoolFile keeps what is read in a file without a name.
func spoolFile(r io.Reader) (input, error) {
	f, err := os.CreateTemp("", "toll-stdin-*")
	if err != nil {
		return input{}, fmt.Errorf("keeping the standard input: %w", plainPathError(err))
	}
	_ = os.Remove(f.Name()) // it is open, and gone once it is closed
	n, err := io.Copy(f, r)
	if err != nil {
		return input{}, fmt.Errorf("keeping the standard input: %w", plainPathError(err))
	}
	return spooledInput(f, n), nil
}

func spooledInput(at io.ReaderAt, n int64) input {
	return input{name: "stdin", size: n, open: func() (io.ReadCloser, error) {
		return spooled{io.NewSectionReader(at, 0, n)}, nil
	}}
}

// spooled is an input that was kept.
type spooled struct{ *io.SectionReader }

// Close does nothing.
func (spooled) Close() error { return nil }

// shownName names a file as outputs do: relative to the working directory where
// it lies below it, else by its last element. No output holds a path of the
// machine it was made on.
func shownName(path string) string {
	abs, err := filepath.Abs(path)
	if err == nil {
		if wd, err := os.Getwd(); err == nil {
			if rel, err := filepath.Rel(wd, abs); err == nil && filepath.IsLocal(rel) {
				return filepath.ToSlash(rel)
			}
		}
	}
	return filepath.Base(path)
}

// defaultName names the briefing after its folder or first file.
func defaultName(args []string, dir string) string {
	from := dir
	if from == "" {
		from = args[0]
	}
	if from == "-" {
		return "stdin"
	}
	if abs, err := filepath.Abs(from); err == nil {
		from = abs
	}
	base := filepath.Base(from)
	if dir == "" {
		base = strings.TrimSuffix(base, ".gz")
		base = strings.TrimSuffix(base, filepath.Ext(base))
	}
	return slug(base)
}

// slug turns a name into one that is safe as a folder's name everywhere.
func slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	if t := strings.Trim(b.String(), "-"); t != "" {
		return t
	}
	return "report"
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// plainPathError says what is wrong with a path without the name of the system
// call.
func plainPathError(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return fmt.Errorf("%s: %w", pe.Path, pe.Err)
	}
	return err
}
