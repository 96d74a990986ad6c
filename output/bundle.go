package output

import (
	"cmp"
	"path"
	"slices"
	"sync"

	"toll/internal/together"
)

// Bundle is a briefing in memory: the files of one directory.
type Bundle struct {
	Files []File // by path, the manifest last
}

// File is a file of a bundle. Path is relative, with forward slashes.
type File struct {
	Path string
	Data []byte
}

// File returns the contents of a file of the bundle.
func (b *Bundle) File(path string) ([]byte, bool) {
	for _, f := range b.Files {
		if f.Path == path {
			return f.Data, true
		}
	}
	return nil, false
}

// Render writes a document into memory: report.md, report.html, report.json,
// tables/*.csv, charts/*.png, charts/*.csv, datapackage.json and manifest.json. Nothing but the
// document reaches the bundle. Charts that are not drawn yet are drawn; the files
// are made several at once, and are the same by any number of processors.
func Render(d *Document) (*Bundle, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	var p *page
	var cells []byte
	var why string
	var figures []byte
	fs := newFiles()
	tasks := []func() error{ // the longest first
		func() error { cells, why = embedCells(d); return nil },
		func() error {
			p = compose(d)
			fs.add("report.md", writeMarkdown(p))
			return nil
		},
	}
	for i := range d.Figures {
		tasks = append(tasks, func() error { return fs.addFigure(&d.Figures[i], d.Raw) })
	}
	tasks = append(tasks, func() (err error) {
		figures, err = cellsJSON(d.Report)
		return err
	}, func() error {
		fs.add("report.json", writeReportJSON(d))
		return nil
	})
	for _, s := range d.Report.Sheets {
		tasks = append(tasks, func() error { return fs.addMade(SheetFile(s, d.Raw)) })
	}
	for _, t := range d.Report.Tables {
		tasks = append(tasks, func() error {
			return fs.addMade(TableFile(t, d.Report.InjuredIn(t), d.Raw))
		})
	}
	if err := together.Run(tasks...); err != nil {
		return nil, err
	}
	p.draw(d.Figures)
	fs.add("report.html", writeHTML(p, cells, why))
	pack, err := writePackage(d, fs)
	if err != nil {
		return nil, err
	}
	fs.add(PackageName, pack)
	fs.add(ManifestName, writeManifest(d, figures, fs))
	return fs.bundle(), nil
}

// files are those of a bundle as they are made, each with its hash.
type files struct {
	mu   sync.Mutex
	list []File
	sums map[string]string // of all but pictures, by path
}

func newFiles() *files { return &files{sums: map[string]string{}} }

func (fs *files) add(name string, b []byte) {
	sum := ""
	if path.Ext(name) != ".png" {
		sum = hash(b)
	}
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.list = append(fs.list, File{name, b})
	if sum != "" {
		fs.sums[name] = sum
	}
}

func (fs *files) addMade(f File, err error) error {
	if err == nil {
		fs.add(f.Path, f.Data)
	}
	return err
}

// addFigure draws a chart that is not drawn yet, and adds its files.
func (fs *files) addFigure(f *Figure, raw bool) error {
	if f.Draw != nil {
		if err := f.Draw(f); err != nil {
			return err
		}
		f.Draw = nil
	}
	b, err := writePlottedCSV(f, raw)
	if err != nil {
		return err
	}
	fs.add(picturePath(f.ID), f.PNG)
	fs.add(plottedPath(f.ID), b)
	return nil
}

// bundle puts the files in order: by path, the manifest last.
func (fs *files) bundle() *Bundle {
	slices.SortFunc(fs.list, func(a, b File) int {
		if last := a.Path == ManifestName; last != (b.Path == ManifestName) {
			if last {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Path, b.Path)
	})
	return &Bundle{Files: fs.list}
}
