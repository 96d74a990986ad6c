package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"toll/data"
	"toll/data/record"
	"toll/internal/catalogue"
	"toll/output"
	"toll/stats"

	"github.com/spf13/cobra"
)

// registerMinCell, registerRaw and registerNotes register the flags that say
// what of the data may be published, and how.
func (f *selectionFlags) registerMinCell(c *cobra.Command) {
	c.Flags().IntVar(&f.given.MinCell, "min-cell", 0, "withhold rows with a `figure` of incidents, killed or injured under this, with the others that\nwould give them away, and all that tells of single incidents")
}

func (f *selectionFlags) registerExperimental(c *cobra.Command, what string) {
	c.Flags().BoolVar(&f.given.Experimental, "experimental", false, "add estimates that rest on more assumptions, marked as such: "+what)
}

func (f *selectionFlags) registerRaw(c *cobra.Command) {
	c.Flags().BoolVar(&f.given.Raw, "raw", false, "write names into CSV files as they are, also those that a spreadsheet would run as formulas")
}

func (f *selectionFlags) registerNotes(c *cobra.Command, what string) {
	c.Flags().BoolVar(&f.given.ShowNotes, "show-notes", false, "print the notes of "+what+"; they may name victims (default: they are never printed)")
}

// overPublishing lays those flags over what toll.yaml says.
func (f *selectionFlags) overPublishing(c config, changed func(string) bool) config {
	if changed("min-cell") {
		c.MinCell = f.given.MinCell
	}
	if changed("experimental") {
		c.Experimental = f.given.Experimental
	}
	if changed("raw") {
		c.Raw = f.given.Raw
	}
	if changed("show-notes") {
		c.ShowNotes = f.given.ShowNotes
	}
	return c
}

// checkPublishing refuses options that cannot hold together.
func (c config) checkPublishing() error {
	switch {
	case c.MinCell < 0 || c.MinCell == 1 || c.MinCell > 1_000_000:
		return fmt.Errorf("min-cell %d: use 2 or more, such as 5", c.MinCell)
	case c.MinCell > 0 && c.ShowNotes:
		return errors.New("min-cell and show-notes: notes tell of single incidents, which min-cell withholds")
	}
	return nil
}

// publishingOptions lists those of the options that are in force.
func (c config) publishingOptions() (os []output.Option) {
	if c.MinCell > 0 {
		os = append(os, output.Option{Name: "min-cell", Value: fmt.Sprint(c.MinCell)})
	}
	if c.ShowNotes {
		os = append(os, output.Option{Name: "show-notes", Value: catalogue.Say("option.show-notes")})
	}
	if c.Experimental {
		os = append(os, output.Option{Name: "experimental", Value: catalogue.Say("option.experimental")})
	}
	if c.Raw {
		os = append(os, output.Option{Name: "raw", Value: catalogue.Say("option.raw")})
	}
	return os
}

// deadliestNotes reads the notes of the deadliest incidents, once more and by
// themselves: no tally ever holds them.
func deadliestNotes(d *dataset, r *stats.Report) ([]string, error) {
	ro, err := d.survey(record.Options{NoSum: true, KeepTexts: true})
	if err != nil {
		return nil, err
	}
	notes := make([][]string, len(r.Deadliest))
	x := examined{data: d, ro: ro, dicts: data.NewDicts()}
	err = x.pass(func(b *data.Batch) error {
		for i := range b.N {
			note := strings.TrimSpace(b.Notes.At(i))
			if note == "" {
				continue
			}
			for n := range r.Deadliest {
				of := &r.Deadliest[n]
				told := b.File == of.FileIndex && int(b.Line[i]) == of.Line || of.ID != "" && b.ID.At(i) == of.ID
				if told && !slices.Contains(notes[n], note) {
					notes[n] = append(notes[n], note)
				}
			}
		}
		return nil
	})
	out := make([]string, len(notes))
	for n := range notes {
		out[n] = strings.Join(notes[n], "; ")
	}
	return out, err
}
