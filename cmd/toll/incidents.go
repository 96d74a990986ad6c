package main

import (
	"maps"
	"slices"

	"toll/data"
	"toll/data/record"
	"toll/stats"
)

// examined is a dataset read to look at its incidents one by one: more slowly
// than for a report, and by the same rules.
type examined struct {
	data   *dataset
	ro     record.Options
	report *stats.Report
	alone  *stats.Alone
	shared map[uint64]struct{} // ids that several records have
	dicts  *data.Dicts
}

// examine reads a dataset twice: for the ids that repeat, and for the report.
// Texts, notes and addresses, are kept only on demand.
func examine(d *dataset, so stats.Options, texts bool) (*examined, error) {
	ro, err := d.survey(record.Options{Profile: d.config.Profile, NoSum: true, KeepTexts: texts})
	if err != nil {
		return nil, err
	}
	x := &examined{data: d, ro: ro, dicts: data.NewDicts()}
	level, provinces := "admin1", false
	so.RememberIDs = true
	first := stats.NewAccumulator(so)
	if err := x.pass(func(b *data.Batch) error {
		provinces = provinces || b.Codes[data.ColAdmin1] != nil
		level = crossLevelOf(b, level, provinces)
		return first.Add(b)
	}); err != nil {
		return nil, err
	}
	x.shared = maps.Clone(first.Repeats())
	so.Repeated = x.shared
	acc := stats.NewAccumulator(so)
	if err := acc.SetCrossLevel(level); err != nil {
		return nil, err
	}
	if err := x.pass(acc.Add); err != nil {
		return nil, err
	}
	if x.report, err = acc.Report(); err != nil {
		return nil, err
	}
	x.alone = acc.Alone(x.report)
	return x, nil
}

// pass hands over every record that was accepted, in the order of the files.
func (x *examined) pass(emit func(*data.Batch) error) error {
	for i, in := range x.data.inputs {
		if _, err := readInput(in, i, x.ro, []record.Worker{{Dicts: x.dicts, Emit: emit}}, nil); err != nil {
			return err
		}
	}
	return nil
}

// each hands over the records of every incident, those of one record as they
// come and then those of several, by their ids.
func (x *examined) each(f func(records []*data.Batch) error) error {
	several := map[string][]*data.Batch{}
	err := x.pass(func(b *data.Batch) error {
		for i := range b.N {
			id := b.ID.Bytes(i)
			if _, ok := x.shared[stats.HashID(id)]; ok && len(id) > 0 {
				several[string(id)] = append(several[string(id)], stats.Cut(b, i))
				continue
			}
			if err := f([]*data.Batch{stats.Cut(b, i)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(several)) {
		if err := f(several[id]); err != nil {
			return err
		}
	}
	return nil
}
