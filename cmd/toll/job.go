package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"toll/data/record"
	"toll/internal/cells"
	"toll/stats"
)

// job says what a dataset's parts must share, so that they can be merged: the
// options, and the small files beside the records.
func (d *dataset) job(so stats.Options, once bool) (cells.Job, error) {
	j := cells.Job{Tally: so, Once: once}
	if d.config.ShowNotes {
		return j, fmt.Errorf("show-notes: notes may name victims, and no cells carry them")
	}
	var err error
	if j.Reading, err = d.config.reading(record.Options{}); err != nil {
		return j, err
	}
	set := map[string]any{}
	for _, s := range d.config.settings() {
		set[s.Name] = s.Value
	}
	if j.Settings, err = json.Marshal(set); err != nil {
		return j, err
	}
	for _, f := range d.beside {
		j.Beside = append(j.Beside, cells.Beside{Name: f.name, SHA256: f.sha256})
	}
	if d.aliasPath != "" {
		b, err := os.ReadFile(d.aliasPath)
		if err != nil {
			return j, plainPathError(err)
		}
		j.Aliases = &cells.Text{Name: shownName(d.aliasPath), Data: string(b)}
	}
	return j, nil
}

// shards lists the files of a dataset, in the order of their names.
func (d *dataset) shards() ([]cells.Shard, error) {
	var all []cells.Shard
	for _, in := range d.inputs {
		if in.path == "" {
			return nil, fmt.Errorf("the standard input has no parts that could be told apart: give files")
		}
		all = append(all, cells.Shard{Path: in.path, Name: in.name})
	}
	slices.SortFunc(all, func(a, b cells.Shard) int { return strings.Compare(a.Name, b.Name) })
	for i := range all[1:] {
		if all[i].Name == all[i+1].Name {
			return nil, fmt.Errorf("%s and %s are both named %s: start toll in a folder above both", all[i].Path, all[i+1].Path, all[i].Name)
		}
	}
	return all, nil
}

// openFile opens a file of a shard.
func openFile(path string) (cells.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, plainPathError(err)
	}
	return cells.Opened(f)
}

// readPlan reads what toll plan wrote.
func readPlan(path string) (*cells.Plan, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, plainPathError(err)
	}
	p, err := cells.ParsePlan(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return p, nil
}
