package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// compareTexts compares the text files as they stand with those made now. Where
// figures have moved, the files that repeat them follow, and are not taken apart.
func (v *Verification) compareTexts(k *Kept, now *Bundle, m *Manifest, moved bool) {
	for _, p := range slices.Sorted(maps.Keys(m.Texts)) {
		f, there := k.Files[p]
		want, _ := now.File(p)
		if !there || f.Link || bytes.Equal(f.Data, want) {
			continue
		}
		if moved && hash(f.Data) == k.Manifest.Texts[p] {
			v.add(Drift{Class: DriftText, Path: p, Message: "changes with the figures"})
			continue
		}
		d := compareText(p, f.Data, want)
		if len(d) == 0 {
			d = []Drift{{Class: DriftText, Path: p, Message: "says the same in other bytes"}}
		}
		v.Drifts = append(v.Drifts, d...)
	}
}

// maxPerFile bounds how many differences of one file are listed.
const maxPerFile = 20

// compareText says how a file as committed differs from the one made now.
func compareText(p string, was, is []byte) (ds []Drift) {
	switch path.Ext(p) {
	case ".csv":
		ds = compareCSV(p, was, is)
	case ".json":
		ds = compareJSON(p, was, is)
	default:
		ds = compareLines(p, was, is)
	}
	if len(ds) > maxPerFile {
		more := len(ds) - maxPerFile
		ds = append(ds[:maxPerFile], Drift{Class: ds[maxPerFile-1].Class, Path: p, Message: fmt.Sprintf("and %d more differences", more)})
	}
	return ds
}

// classOf says whether two values differ as figures.
func classOf(was, is string) Class {
	if isNumber(was) || isNumber(is) {
		return DriftNumber
	}
	return DriftText
}

func says(was, is string) string { return fmt.Sprintf("says %q, should say %q", was, is) }

// compareCSV compares cell by cell where the shape is the same.
func compareCSV(p string, was, is []byte) (ds []Drift) {
	a, errA := csv.NewReader(bytes.NewReader(was)).ReadAll()
	b, errB := csv.NewReader(bytes.NewReader(is)).ReadAll()
	if errA != nil || errB != nil || len(a) != len(b) || len(a) == 0 || len(a[0]) != len(b[0]) {
		return compareLines(p, was, is)
	}
	for i := range b {
		for j := range b[i] {
			if a[i][j] != b[i][j] {
				ds = append(ds, Drift{Class: classOf(a[i][j], b[i][j]), Path: p, Line: i + 1, Address: b[0][j], Was: a[i][j], Is: b[i][j], Message: says(a[i][j], b[i][j])})
			}
		}
	}
	return ds
}

// compareJSON compares value by value.
func compareJSON(p string, was, is []byte) []Drift {
	a, errA := decodeAny(was)
	b, errB := decodeAny(is)
	if errA != nil || errB != nil {
		return compareLines(p, was, is)
	}
	var ds []Drift
	compareValues(a, b, "", func(at, x, y string, number bool) {
		d := Drift{Class: DriftText, Path: p, Address: at, Was: x, Is: y, Message: says(x, y)}
		if number {
			d.Class, d.Message = DriftNumber, "says "+x+", should say "+y
		}
		ds = append(ds, d)
	})
	return ds
}

func decodeAny(b []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	err = d.Decode(&v)
	return v, err
}

// compareValues tells each pair of plain values that differ, by the address of
// the row it stands in or else by its way through the file.
func compareValues(a, b any, at string, differ func(at, was, is string, number bool)) {
	switch x := a.(type) {
	case map[string]any:
		if y, ok := b.(map[string]any); ok {
			if s, ok := y["address"].(string); ok {
				at = s
			}
			for _, k := range slices.Sorted(maps.Keys(union(x, y))) {
				compareValues(x[k], y[k], below(at, k), differ)
			}
			return
		}
	case []any:
		if y, ok := b.([]any); ok && len(x) == len(y) {
			for i := range x {
				compareValues(x[i], y[i], fmt.Sprintf("%s[%d]", at, i), differ)
			}
			return
		}
	}
	x, y := plainValue(a), plainValue(b)
	if x != y {
		_, n := a.(json.Number)
		_, m := b.(json.Number)
		differ(at, x, y, n || m)
	}
}

// below extends an address: the measure's parts are joined by a dot, as in
// "by-month/2025-10/killed.high".
func below(at, key string) string {
	switch {
	case at == "":
		return key
	case strings.HasSuffix(at, "/killed"), strings.HasSuffix(at, "/injured"), strings.HasSuffix(at, "/basis"):
		return at + "." + key
	}
	return at + "/" + key
}

func plainValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case string:
		return v
	case json.Number:
		return v.String()
	}
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}

var (
	digits   = regexp.MustCompile(`[0-9][0-9,.]*`)
	embedded = regexp.MustCompile(`data:image/png;base64,[A-Za-z0-9+/=]*`)
)

// compareLines compares two texts line by line. Pictures that stand within the
// text are compared by themselves, as files.
func compareLines(p string, was, is []byte) []Drift {
	a := strings.Split(embedded.ReplaceAllString(string(was), "picture"), "\n")
	b := strings.Split(embedded.ReplaceAllString(string(is), "picture"), "\n")
	if slices.Equal(a, b) {
		return []Drift{{Class: DriftText, Path: p, Message: "holds other bytes of a picture"}}
	}
	var ds []Drift
	for i := range max(len(a), len(b)) {
		x, y := lineAt(a, i), lineAt(b, i)
		if strings.TrimRight(x, "\r") == strings.TrimRight(y, "\r") {
			continue
		}
		d := Drift{Class: DriftText, Path: p, Line: i + 1, Was: x, Is: y, Message: says(excerpt(x, y), excerpt(y, x))}
		if !slices.Equal(digits.FindAllString(x, -1), digits.FindAllString(y, -1)) {
			d.Class = DriftNumber
		}
		ds = append(ds, d)
		if len(a) != len(b) {
			d.Message += fmt.Sprintf(", and has %d lines of %d", len(a), len(b))
			return []Drift{d}
		}
	}
	return ds
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// excerpt cuts a line to what is around its first difference from another.
func excerpt(s, other string) string {
	r, o := []rune(s), []rune(other)
	at := 0
	for at < len(r) && at < len(o) && r[at] == o[at] {
		at++
	}
	from, to := max(0, at-25), min(len(r), at+35)
	cut := string(r[from:to])
	if from > 0 {
		cut = "…" + cut
	}
	if to < len(r) {
		cut += "…"
	}
	return cut
}
