package output

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"toll/data"
	"toll/stats"
)

// Document is all that a briefing says.
type Document struct {
	Name      string // file-like name of the briefing, such as "example"
	Title     string
	Source    string // whose data it is, for readers
	Synthetic bool   // the data is made up, for tests or for show
	Raw       bool   // CSV cells bear names as they are, also those that a spreadsheet would run
	Report    *stats.Report

	Inputs  []Input
	Options []Option // what was in force, in a fixed order

	Folder   string    // of the dataset, where it was given as one
	Beside   []Beside  // files beside the records that bear on the briefing
	Settings []Setting // the options as given, by which to make the briefing again

	Sides []SideRecord // of a comparison: the two datasets

	// Notes are those of the deadliest incidents, where they are to be shown.
	Notes []string

	Figures []Figure
	Omitted []Omitted // charts that the data could not fill

	Diagnostics      []data.Diagnostic
	DiagnosticCounts []CodeCount // every diagnostic, also those cut from Diagnostics
}

// Input is one file that the briefing was made from.
type Input struct {
	Name    string // relative path with forward slashes
	SHA256  string // lower-case hexadecimal
	Bytes   int64
	Records int64
	Profile string // how the columns were understood: "native", "ucdp-ged", …
	Why     string // why that profile was chosen
	Mapping []MappedColumn
	Unused  []string  // columns of the file that were not read
	Notes   []string  // what else is to be said of how it was read
	Lines   LineMarks // by which verify says which lines have changed
}

// MappedColumn says which column of the file a field was read from.
type MappedColumn struct{ Field, Column string }

// Option is an option in force, whether given or by default.
type Option struct{ Name, Value string }

// Beside is a file that stands beside the records, such as toll.yaml.
type Beside struct{ Name, SHA256 string }

// Setting is an option as it was given: a string, a whole number, a truth value,
// a list of strings or pairs of them.
type Setting struct {
	Name  string
	Value any
}

// Figure is a chart with the numbers that were drawn.
type Figure struct {
	ID, Kind                    string
	Title, Subtitle, Note, Alt  string
	PNG                         []byte
	SVG                         []byte // the same chart for report.html
	Columns                     []string
	Rows                        [][]string
	PixelsSHA256, PlottedSHA256 string
	// Draw draws the chart and sets PNG, SVG and the hashes; nil where that is done.
	// Render calls it, while it writes what needs no drawing.
	Draw func(*Figure) error
}

// Omitted is a chart that was not drawn, and why.
type Omitted struct{ ID, Why string }

// CodeCount counts the diagnostics of one code.
type CodeCount struct {
	Code     string
	Severity data.Severity
	Title    string // what the code means, as a phrase: "date could not be read"
	N        int64
}

// ErrDocument says that a document cannot be written as it stands. It is a
// mistake of the program, not of the data.
var ErrDocument = errors.New("the briefing cannot be written")

// idForm is what the id of a table or chart looks like. Ids become file names,
// so nothing that comes from the data may be one.
var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// reserved are names that some systems keep for devices.
var reserved = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

const maxID = 60

func checkID(id string) error {
	if len(id) > maxID || !idForm.MatchString(id) || reserved.MatchString(id) {
		return fmt.Errorf("%w: %q cannot be a file name", ErrDocument, id)
	}
	return nil
}

// check reports whether ids can be file names and are used once, and whether
// inputs are named in a way that means the same on another machine.
func (d *Document) check() error {
	if d.Report == nil {
		return fmt.Errorf("%w: it has no report", ErrDocument)
	}
	tables, figures := map[string]bool{}, map[string]bool{}
	for _, t := range d.Report.Tables {
		if err := checkID(t.ID); err != nil {
			return err
		}
		if tables[t.ID] {
			return fmt.Errorf("%w: two tables are called %q", ErrDocument, t.ID)
		}
		tables[t.ID] = true
	}
	for _, s := range d.Report.Sheets {
		if err := checkID(s.ID); err != nil {
			return err
		}
		if tables[s.ID] {
			return fmt.Errorf("%w: two tables are called %q", ErrDocument, s.ID)
		}
		tables[s.ID] = true
	}
	for _, f := range d.Figures {
		if err := checkID(f.ID); err != nil {
			return err
		}
		if figures[f.ID] {
			return fmt.Errorf("%w: two charts are called %q", ErrDocument, f.ID)
		}
		figures[f.ID] = true
	}
	for _, in := range d.Inputs {
		if !isRelative(in.Name) {
			return fmt.Errorf("%w: input %q is not named by a relative path", ErrDocument, in.Name)
		}
	}
	return nil
}

// isRelative reports whether a name means the same on another machine.
func isRelative(name string) bool {
	return !path.IsAbs(name) && !strings.Contains(name, `\`) && (len(name) < 2 || name[1] != ':')
}

// fileName returns how the briefing names a file that a diagnostic speaks of:
// as the inputs do, and never by a path of the machine it was made on.
func (d *Document) fileName(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	for _, in := range d.Inputs {
		if in.Name == file {
			return file
		}
	}
	return path.Base(file)
}

// inputName returns the name of an input by its number.
func (d *Document) inputName(i int) string {
	if i < 0 || i >= len(d.Inputs) {
		return ""
	}
	return d.Inputs[i].Name
}
