package output

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Class says what kind of thing has drifted.
type Class string

// The classes of drift, those a reader should see first first.
const (
	DriftNumber  Class = "number"  // a figure is another
	DriftInput   Class = "input"   // a file the briefing was made from is another
	DriftText    Class = "text"    // the same figures in other words or bytes
	DriftPixels  Class = "pixels"  // a chart shows the same figures in other pixels
	DriftMissing Class = "missing" // a file of the briefing is not there
	DriftExtra   Class = "extra"   // a file is there that is none of the briefing's
)

var classOrder = []Class{DriftNumber, DriftInput, DriftText, DriftPixels, DriftMissing, DriftExtra}

// Drift is one difference between a committed briefing and what its inputs make.
type Drift struct {
	Class   Class
	Path    string // relative to the briefing, or of an input as the manifest names it
	Line    int    // in the file, 0 where it has none
	Address string // of a figure
	Was, Is string // as committed; as the inputs make it
	Message string
	// Because names the records that changed and add to the figure.
	Because []string

	cell bool // the address is that of a cell of a table
}

// Verification is what came of comparing a briefing.
type Verification struct {
	Dir     string
	Drifts  []Drift
	Remarks []string // what differs and is no drift
	Figures int      // figures compared
	Files   int
	Trouble error // why the briefing could not be made again
}

// The verdicts on a briefing.
const (
	VerdictSame    = "reproduced"
	VerdictBytes   = "same numbers, other bytes"
	VerdictDrift   = "drift"
	VerdictTrouble = "could not be made again"
)

// Verdict sums a verification up.
func (v *Verification) Verdict() string {
	switch {
	case v.Trouble != nil:
		return VerdictTrouble
	case slices.ContainsFunc(v.Drifts, func(d Drift) bool { return d.Class != DriftText && d.Class != DriftPixels }):
		return VerdictDrift
	case len(v.Drifts) > 0 || len(v.Remarks) > 0:
		return VerdictBytes
	}
	return VerdictSame
}

func (v *Verification) add(d Drift) { v.Drifts = append(v.Drifts, d) }

// VerifyOptions say how exact a comparison is. Numbers are always exact.
type VerifyOptions struct {
	// PixelTolerance is by how much a pixel's channels may differ, of 255.
	PixelTolerance int
}

// Verify compares a briefing as it stands in a directory with the bundle that
// its inputs make now. Without a bundle only the files are held against their
// manifest.
func Verify(k *Kept, now *Bundle, o VerifyOptions) *Verification {
	v := &Verification{Dir: k.Dir, Files: len(k.Manifest.Paths())}
	if now == nil {
		v.Figures = k.figures()
		v.verifyFiles(k)
	} else {
		v.verifyBundle(k, now, o)
	}
	v.sort()
	return v
}

// sort puts drifts by class, numbers first, and then by where they are. What
// checks of two files found alike is said once.
func (v *Verification) sort() {
	slices.SortStableFunc(v.Drifts, func(a, b Drift) int {
		return cmp.Or(cmp.Compare(slices.Index(classOrder, a.Class), slices.Index(classOrder, b.Class)),
			cmp.Compare(weight(a.Address), weight(b.Address)), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Address, b.Address))
	})
	v.Drifts = slices.CompactFunc(v.Drifts, func(a, b Drift) bool {
		return a.Class == b.Class && a.Path == b.Path && a.Line == b.Line && a.Address == b.Address && a.Message == b.Message
	})
}

// weight orders addresses by what a reader looks at first: the total, then time,
// place and party, then the rest; what accounts say of each incident, and what
// has no address, comes last.
func weight(address string) int {
	table, _, _ := strings.Cut(address, "/")
	switch {
	case table == "" || !strings.Contains(address, "/"):
		return 7
	case table == "total":
		return 0
	case claimTables[table]:
		return 6
	}
	for i, group := range [][]string{{"by-day", "by-week", "by-month", "by-quarter", "by-year"}, {"by-country", "by-admin1", "by-admin2", "by-place"}, {"by-party"}} {
		if slices.Contains(group, table) {
			return i + 1
		}
	}
	return 5
}

func (v *Verification) verifyBundle(k *Kept, now *Bundle, o VerifyOptions) {
	b, _ := now.File(ManifestName)
	m, err := ParseManifest(b)
	if err != nil {
		v.Trouble = err
		return
	}
	v.compareInputs(k.Manifest, m)
	held := v.inputsHold()
	moved := v.compareCells(k.Manifest, m, figuresOf(k.Manifest, m, k.file, func(p string) []byte {
		b, _ := now.File(p)
		return b
	}))
	if moved && held {
		v.Remarks = append(v.Remarks, "every input is as it was: a figure of the manifest was edited, or toll reckons otherwise by now")
	}
	v.compareCharts(k, now, m, o)
	v.compareTexts(k, now, m, moved)
	v.strays(k, m.Paths())
	if string(k.Bytes) != string(b) && len(v.Drifts) == 0 {
		v.add(Drift{Class: DriftText, Path: ManifestName, Message: "holds the same in other bytes"})
	}
}

// compareInputs compares the files the briefing was made from.
func (v *Verification) compareInputs(was, is *Manifest) {
	old := map[string]ManifestInput{}
	for _, in := range was.Inputs {
		old[in.Name] = in
	}
	for _, in := range is.Inputs {
		o, ok := old[in.Name]
		delete(old, in.Name)
		switch {
		case !ok:
			v.add(Drift{Class: DriftInput, Path: in.Name, Message: "is in the folder and not in the briefing"})
		case o.SHA256 != in.SHA256:
			v.add(Drift{Class: DriftInput, Path: in.Name, Was: o.SHA256, Is: in.SHA256, Message: changedInput(o, in)})
		case o.Profile != in.Profile || !maps.Equal(o.Mapping, in.Mapping):
			v.add(Drift{Class: DriftInput, Path: in.Name, Message: "its columns are understood otherwise"})
		}
	}
	for name := range old {
		v.add(Drift{Class: DriftInput, Path: name, Message: "was read for the briefing and is no longer there"})
	}
	for _, name := range slices.Sorted(maps.Keys(union(was.Beside, is.Beside))) {
		if was.Beside[name] != is.Beside[name] {
			v.add(Drift{Class: DriftInput, Path: name, Was: was.Beside[name], Is: is.Beside[name], Message: "is not the file the briefing was made with"})
		}
	}
}

func changedInput(was, is ManifestInput) string {
	s := "is not the file the briefing was made from"
	if was.Records != is.Records {
		return fmt.Sprintf("%s: %d records then, %d now", s, was.Records, is.Records)
	}
	return fmt.Sprintf("%s, though it has %d records as before", s, is.Records)
}

// union returns the keys of two maps.
func union[V any](a, b map[string]V) map[string]bool {
	keys := map[string]bool{}
	for k := range a {
		keys[k] = true
	}
	for k := range b {
		keys[k] = true
	}
	return keys
}

// compareCells compares every figure by its address and reports whether any is
// another.
func (v *Verification) compareCells(was, is *Manifest, f figuresBy) bool {
	n := len(v.Drifts)
	v.Figures = len(f.was) + f.same + len(was.Statistics)
	for a := range union(f.was, f.is) {
		if x, y := f.was[a], f.is[a]; x != y {
			w, i := cellOr(string(x), a), cellOr(string(y), a)
			table, _, _ := strings.Cut(a, "/")
			v.add(Drift{Class: DriftNumber, Path: cmp.Or(f.path[table], ManifestName), Address: a, Was: w, Is: i, Message: "was " + w + ", is " + i, cell: true})
		}
	}
	for a := range union(was.Statistics, is.Statistics) {
		if x, y := was.Statistics[a], is.Statistics[a]; x != y {
			w, i := cmp.Or(string(x), "none"), cmp.Or(string(y), "none")
			sheet, _, _ := strings.Cut(a, "/")
			v.add(Drift{Class: DriftNumber, Path: tablePath(sheet), Address: a, Was: w, Is: i, Message: "was " + w + ", is " + i})
		}
	}
	for c := range union(was.Ledger, is.Ledger) {
		if x, y := was.Ledger[c], is.Ledger[c]; x != y {
			v.add(Drift{Class: DriftNumber, Path: ManifestName, Address: "ledger/" + c, Was: fmt.Sprint(x), Is: fmt.Sprint(y), Message: fmt.Sprintf("was %d, is %d", x, y)})
		}
	}
	return len(v.Drifts) > n
}

// cellOr writes a cell that may be left out: as zero, or, where it stands for a
// whole row, as the row's absence.
func cellOr(v, address string) string {
	switch {
	case v != "":
		return v
	case strings.HasSuffix(address, "/incidents"):
		return "no row"
	}
	return "0"
}

// strays reports files that are missing or not the briefing's.
func (v *Verification) strays(k *Kept, wanted map[string]bool) {
	listed := k.Manifest.Paths()
	for _, p := range slices.Sorted(maps.Keys(union(listed, wanted))) {
		f, there := k.Files[p]
		switch {
		case there && f.Link:
			v.add(Drift{Class: DriftMissing, Path: p, Message: "is a link and no file"})
		case there && !wanted[p]:
			v.add(Drift{Class: DriftExtra, Path: p, Message: "is no longer made"})
		case !there && listed[p]:
			v.add(Drift{Class: DriftMissing, Path: p, Message: "is listed in the manifest and not there"})
		case !there:
			v.add(Drift{Class: DriftMissing, Path: p, Message: "is made now and was not committed"})
		}
	}
	for _, p := range slices.Sorted(maps.Keys(k.Files)) {
		if !listed[p] && !wanted[p] {
			v.add(Drift{Class: DriftExtra, Path: p, Message: "is not a file of the briefing"})
		}
	}
}

// verifyFiles holds the files against their manifest, without the data.
func (v *Verification) verifyFiles(k *Kept) {
	for _, p := range slices.Sorted(maps.Keys(k.Manifest.Texts)) {
		if f, ok := k.Files[p]; ok && !f.Link && hash(f.Data) != k.Manifest.Texts[p] {
			v.add(Drift{Class: DriftText, Path: p, Message: "is not the file that the manifest lists"})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(k.Manifest.Charts)) {
		f, ok := k.Files[picturePath(id)]
		if !ok || f.Link {
			continue
		}
		switch h, err := pixelsSHA256(f.Data); {
		case err != nil:
			v.add(Drift{Class: DriftPixels, Path: picturePath(id), Message: "cannot be read as a picture"})
		case h != k.Manifest.Charts[id].Pixels:
			v.add(Drift{Class: DriftPixels, Path: picturePath(id), Message: "has other pixels than the manifest says"})
		}
	}
	v.strays(k, k.Manifest.Paths())
}
