package main

import (
	"cmp"
	"fmt"
	"slices"

	"toll/data"
	"toll/output"
)

// maxTraced bounds how many incidents are reckoned by themselves to tell what
// moved a figure.
const maxTraced = 2000

// explainDrift says which records changed, and which figures they add to.
func explainDrift(v *output.Verification, m *output.Manifest, d *dataset) error {
	var changed []output.ChangedPlaces
	at := map[int][]output.LineChange{} // by the input's number
	for i := range d.inputs {
		in := &d.inputs[i]
		was := slices.IndexFunc(m.Inputs, func(x output.ManifestInput) bool { return x.Name == in.name })
		if was < 0 {
			continue
		}
		if sum, err := fileSHA256(in.name); err != nil || sum == m.Inputs[was].SHA256 {
			continue
		}
		f, err := in.open()
		if err != nil {
			return err
		}
		cs, ok := m.Inputs[was].Lines.ChangedLines(f)
		f.Close()
		if ok {
			changed = append(changed, output.ChangedPlaces{Input: in.name, Changes: cs})
			at[i] = cs
		}
	}
	if len(changed) == 0 {
		return nil
	}
	names, err := traced(d, at)
	if err != nil {
		return err
	}
	v.Explain(changed, func(address string) []string { return names[address] })
	return nil
}

// traced names, for every figure, the records that stand at changed lines and
// belong to incidents that add to it.
func traced(d *dataset, at map[int][]output.LineChange) (map[string][]string, error) {
	so, err := d.config.selection()
	if err != nil {
		return nil, err
	}
	x, err := examine(d, so, false)
	if err != nil {
		return nil, err
	}
	touched, err := x.recordsAt(at)
	if err != nil {
		return nil, err
	}
	names, n := map[string][]string{}, 0
	err = x.each(func(records []*data.Batch) error {
		var places []place
		for _, b := range records {
			if p := (place{b.File, int(b.Line[0])}); touched[p] {
				places = append(places, p)
			}
		}
		if n++; len(places) == 0 || n > maxTraced {
			n--
			return nil
		}
		r, err := x.alone.Report(records)
		if err != nil {
			return err
		}
		output.EachFigure(r, func(a string, v int64) {
			if v == 0 {
				return
			}
			for _, p := range places {
				if s := fmt.Sprintf("%s:%d", x.data.inputs[p.file].name, p.line); !slices.Contains(names[a], s) {
					names[a] = append(names[a], s)
				}
			}
		})
		return nil
	})
	return names, err
}

// place is where a record begins.
type place struct{ file, line int }

// recordsAt finds the records that stand, in whole or in part, on changed lines.
func (x *examined) recordsAt(at map[int][]output.LineChange) (map[place]bool, error) {
	begins := map[int][]int{}
	if err := x.pass(func(b *data.Batch) error {
		for _, l := range b.Line {
			begins[b.File] = append(begins[b.File], int(l))
		}
		return nil
	}); err != nil {
		return nil, err
	}
	found := map[place]bool{}
	for file, cs := range at {
		lines := begins[file]
		slices.Sort(lines)
		for _, c := range cs {
			i, exact := slices.BinarySearchFunc(lines, c.First, cmp.Compare[int])
			if !exact && c.First <= c.Last {
				i-- // the record that begins above and may reach down to the line
			}
			for i = max(i, 0); i < len(lines) && lines[i] <= c.Last; i++ {
				found[place{file, lines[i]}] = true
			}
		}
	}
	return found, nil
}
