package output

import (
	"cmp"
	"slices"
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
// document reaches the bundle.
func Render(d *Document) (*Bundle, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	p := compose(d)
	cells, why := embedCells(d)
	files := []File{
		{"report.md", writeMarkdown(p)},
		{"report.html", writeHTML(p, cells, why)},
		{"report.json", writeReportJSON(d)},
	}
	for _, t := range d.Report.Tables {
		b, err := writeTableCSV(t, csvForm{d.Report.InjuredIn(t), d.Raw})
		if err != nil {
			return nil, err
		}
		files = append(files, File{tablePath(t.ID), b})
	}
	for _, s := range d.Report.Sheets {
		f, err := SheetFile(s, d.Raw)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	for i := range d.Figures {
		f := &d.Figures[i]
		b, err := writePlottedCSV(f, d.Raw)
		if err != nil {
			return nil, err
		}
		files = append(files, File{picturePath(f.ID), f.PNG}, File{plottedPath(f.ID), b})
	}
	pack, err := writePackage(d, files)
	if err != nil {
		return nil, err
	}
	files = append(files, File{PackageName, pack})
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	m, err := writeManifest(d, files)
	if err != nil {
		return nil, err
	}
	return &Bundle{Files: append(files, File{ManifestName, m})}, nil
}
