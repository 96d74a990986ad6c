package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"toll/stats"

	"github.com/spf13/cobra"
)

func cellsCommand(s *streams) *cobra.Command {
	var ids bool
	var out string
	c := &cobra.Command{
		Use:   "cells PART.cells",
		Short: "Write cells as CSV of whole numbers, for a database",
		Long: `Writes the cells of a part as CSV: what it counts, by period, place and party, as
whole numbers, persons in millionths. toll sql prints the tables that take it.

Only records counted at once are cells. Parts made without --told-once hold records
that wait for other accounts of their incidents; a database cannot weigh accounts.`,
		Example: `  toll partial part.csv --told-once --by month | toll cells - > part.csv
  toll cells part.cells --ids > part.ids.csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			all, err := readCells(args, s.in)
			if err != nil {
				return err
			}
			if n := all.Tally.Held(); n > 0 {
				return fmt.Errorf("%s records wait for other accounts of their incidents, which only toll merge can weigh: make the part with --told-once", stats.Number(int64(n)))
			}
			b := cellsCSV(all.Tally)
			if ids {
				b = spansCSV(all.Tally)
			}
			return writeOut(s.out, out, b)
		},
	}
	c.Flags().BoolVar(&ids, "ids", false, "write the ids counted instead, as spans of numbers, by which a database finds incidents told by two parts")
	c.Flags().StringVarP(&out, "output", "o", "", "write to this `file` (default: the standard output)")
	return c
}

// quotedCell writes a text so that every database reads it as a text: in quotes,
// never empty.
func quotedCell(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func cellsCSV(p *stats.Partial) []byte {
	var b bytes.Buffer
	b.WriteString(strings.Join(append(append([]string(nil), cellKeys...), cellCounts...), ",") + "\n")
	p.EachCell(func(r stats.CellRow) {
		for _, k := range []string{r.Kind, r.Period, r.Country, r.Admin1, r.Admin2, r.Place, r.Party} {
			b.WriteString(quotedCell(k) + ",")
		}
		fmt.Fprint(&b, r.Tally.Incidents)
		for _, s := range []stats.Sum{r.Tally.Killed, r.Tally.Injured} {
			for _, n := range []int64{s.Low, s.Best, s.High, int64(s.Unknown), int64(s.Open), int64(s.NoBest), int64(s.Fatal)} {
				b.WriteString("," + strconv.FormatInt(n, 10))
			}
		}
		b.WriteByte('\n')
	})
	return b.Bytes()
}

func spansCSV(p *stats.Partial) []byte {
	var b bytes.Buffer
	b.WriteString(strings.Join(idColumns, ",") + "\n")
	p.EachSpan(func(prefix string, width int, first, last uint64) {
		fmt.Fprintf(&b, "%s,%d,%d,%d\n", quotedCell(prefix+"|"), width, first, last)
	})
	return b.Bytes()
}
