package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"toll/stats"
)

// MaxListed is how many rows a table may have for report.json and manifest.json
// to list its figures. The figures of a longer one stand in its file alone, which
// the manifest holds by its hash: villages and pairs of place and party by the ten
// thousand would make those two files many times as long as the tables.
const MaxListed = 2000

// isFiled reports whether a table's figures stand in its file alone.
func isFiled(t *stats.Table) bool { return len(t.Rows) > MaxListed }

// filedJSON lists the tables whose figures stand in their files alone, with the
// number of their rows.
func filedJSON(r *stats.Report) lines {
	all := lines{}
	for _, t := range r.Tables {
		if isFiled(t) {
			all[t.ID] = len(t.Rows)
		}
	}
	return all
}

// checkFiled makes sure that no two rows of a table that is not listed have the
// same address.
func checkFiled(t *stats.Table) error {
	seen := make(map[string]struct{}, len(t.Rows))
	for i := range t.Rows {
		id := t.Rows[i].Keys[0].ID
		if len(t.Dims) > 1 {
			id = rowAddress(t.ID, t.Rows[i].Keys)
		}
		seen[id] = struct{}{}
		if len(seen) <= i {
			return fmt.Errorf("%w: two rows of %s have the keys of %q", ErrDocument, t.ID, id)
		}
	}
	return nil
}

// readFiled reads the figures of a table's file by their addresses, as the
// manifest would list them.
func readFiled(table string, file []byte, raw bool) (map[string]json.Number, error) {
	r := csv.NewReader(bytes.NewReader(file))
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return nil, err
	}
	columns := slices.Clone(head)
	first := slices.Index(columns, "incidents")
	if first < 0 {
		return nil, fmt.Errorf("%w: %s has no column of incidents", ErrManifest, tablePath(table))
	}
	cells := map[string]json.Number{}
	var keys []stats.Key
	for row, err := r.Read(); row != nil; row, err = r.Read() {
		if err != nil {
			return nil, err
		}
		keys = keys[:0]
		for i, name := range columns[:first] {
			if name != "partial" && !strings.HasSuffix(name, "_label") {
				id := row[i]
				if !raw {
					id = unguard(id)
				}
				keys = append(keys, stats.Key{ID: id})
			}
		}
		at := stats.Address(table, keys, "")
		for i, name := range columns[first:] {
			if v := row[first+i]; v != "" && (v != "0" || i == 0) {
				cells[at+measureOf(name)] = json.Number(strings.Clone(v))
			}
		}
	}
	return cells, nil
}

// measureOf returns the last part of an address for a column of figures.
func measureOf(column string) string {
	if kind, rest, ok := strings.Cut(column, "_"); ok && (kind == "killed" || kind == "injured") {
		return kind + "." + rest
	}
	return column
}

// figuresBy are the figures of two briefings that can be compared by address:
// what their manifests list, and of the tables that one of them does not list
// the figures in its file. A file that is the same in both is left out.
type figuresBy struct {
	was, is map[string]json.Number
	path    map[string]string // by table: its file, where that has figures
	same    int               // figures of files left out
}

// figuresOf collects the figures of two briefings; was and is read a file by
// its path. A file that is not there, or not the one its manifest lists, tells
// nothing of the figures that were published: its table is left out, and what
// became of the file is found by comparing files.
func figuresOf(was, is *Manifest, wasFile, isFile func(string) []byte) figuresBy {
	f := figuresBy{maps.Clone(was.Cells), maps.Clone(is.Cells), map[string]string{}, 0}
	if f.was == nil {
		f.was = map[string]json.Number{}
	}
	if f.is == nil {
		f.is = map[string]json.Number{}
	}
	for _, table := range slices.Sorted(maps.Keys(union(was.Filed, is.Filed))) {
		p := tablePath(table)
		x, okX := filedIn(was, table, wasFile(p))
		y, okY := filedIn(is, table, isFile(p))
		switch {
		case !okX || !okY:
			f.leaveOut(table)
		case was.Filed[table] > 0 && was.Texts[p] == is.Texts[p]:
			f.same += len(x)
		default:
			maps.Copy(f.was, x)
			maps.Copy(f.is, y)
			f.path[table] = p
		}
	}
	return f
}

// filedIn returns the figures of a table that a manifest does not list, nothing
// for one that it does; false where its file is not as the manifest has it.
func filedIn(m *Manifest, table string, file []byte) (map[string]json.Number, bool) {
	if m.Filed[table] == 0 {
		return nil, true
	}
	if file == nil || hash(file) != m.Texts[tablePath(table)] {
		return nil, false
	}
	cells, err := readFiled(table, file, m.Raw)
	return cells, err == nil
}

// figures is how many figures a briefing has, as far as its files are there.
func (k *Kept) figures() int {
	n := len(k.Manifest.Cells)
	for table := range k.Manifest.Filed {
		cells, _ := filedIn(k.Manifest, table, k.file(tablePath(table)))
		n += len(cells)
	}
	return n
}

func (f *figuresBy) leaveOut(table string) {
	of := func(a string, _ json.Number) bool { return strings.HasPrefix(a, table+"/") }
	maps.DeleteFunc(f.was, of)
	maps.DeleteFunc(f.is, of)
}

// unguard takes back what guard has done.
func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && guard(rest) == s {
		return rest
	}
	return s
}
