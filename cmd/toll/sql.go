package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// dialect is how a database writes what is asked of it.
type dialect struct {
	name        string
	text, whole string // types
	sum         string // of a column of counts, exact or an error, never a wrapped number
	create      string // what stands after the columns
	load        string // how the files of toll cells are loaded

}

var dialects = []dialect{
	{name: "postgres", text: "text NOT NULL", whole: "bigint NOT NULL", sum: "sum(%s)", // of bigint it is numeric
		load: `\copy toll_cells from 'part.csv' with (format csv, header true)`},
	{name: "duckdb", text: "VARCHAR NOT NULL", whole: "BIGINT NOT NULL", sum: "sum(%s)", // of BIGINT it is HUGEINT
		load: `INSERT INTO toll_cells SELECT * FROM read_csv('*.csv', header = true, all_varchar = true, filename = false);`},
	{name: "clickhouse", text: "String", whole: "Int64", sum: "sum(toInt256(%s))", create: " ENGINE = MergeTree ORDER BY (kind, period, party)", // of Int64 it would wrap
		load: `INSERT INTO toll_cells FROM INFILE 'part.csv' FORMAT CSVWithNames`},
	{name: "bigquery", text: "STRING NOT NULL", whole: "INT64 NOT NULL", sum: "SUM(CAST(%s AS BIGNUMERIC))",
		load: `bq load --source_format=CSV --skip_leading_rows=1 DATASET.toll_cells 'gs://BUCKET/*.csv'`},
	{name: "spark", text: "STRING NOT NULL", whole: "BIGINT NOT NULL", sum: "sum(CAST(%s AS DECIMAL(38,0)))", create: " USING csv OPTIONS (path '/path/of/the/csv/files', header 'true')", // of BIGINT it may wrap
		load: "the table reads the files where they lie"},
}

func sqlCommand(s *streams) *cobra.Command {
	var name string
	c := &cobra.Command{
		Use:   "sql --dialect postgres|bigquery|clickhouse|duckdb|spark",
		Short: "Print the tables and the query that merge cells in a database",
		Long: `Prints what a database needs to merge what toll cells has written of parts: the
definitions of the tables, the query that finds incidents told by two parts, and the
query that adds the cells up. Cells are whole numbers: persons in millionths. Sums
are wider than the numbers added, so that none wraps. Nothing is connected to.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			var names []string
			for _, d := range dialects {
				if names = append(names, d.name); d.name == name {
					_, err := s.out.Write([]byte(d.script()))
					return err
				}
			}
			return fmt.Errorf("dialect %q: use %s", name, strings.Join(names, ", "))
		},
	}
	c.Flags().StringVar(&name, "dialect", "", "`database`: postgres, bigquery, clickhouse, duckdb or spark")
	_ = c.RegisterFlagCompletionFunc("dialect", cobra.FixedCompletions([]string{"postgres", "bigquery", "clickhouse", "duckdb", "spark"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// The columns of the files that toll cells writes.
var (
	cellKeys   = []string{"kind", "period", "country", "admin1", "admin2", "place", "party"}
	cellCounts = func() []string {
		cs := []string{"incidents"}
		for _, of := range []string{"killed", "injured"} {
			for _, c := range []string{"low", "best", "high", "unknown", "open", "no_best", "fatal"} {
				cs = append(cs, of+"_"+c)
			}
		}
		return cs
	}()
	idColumns = []string{"prefix", "width", "first_number", "last_number"}
)

// script is the whole of what is printed.
func (d dialect) script() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("-- Load what `toll cells part.cells` wrote, one file for each part:")
	line("--   %s", d.load)
	line("-- and likewise what `toll cells part.cells --ids` wrote, into toll_ids.")
	line("CREATE TABLE toll_cells (")
	for _, k := range cellKeys {
		line("  %s %s,", k, d.text)
	}
	for i, c := range cellCounts {
		line("  %s %s%s", c, d.whole, comma(i < len(cellCounts)-1))
	}
	line(")%s;", d.create)
	ids := d
	ids.create = strings.Replace(d.create, "(kind, period, party)", "(prefix, width, first_number)", 1)
	ids.create = strings.Replace(ids.create, "/csv/", "/ids/", 1)
	line("CREATE TABLE toll_ids (")
	line("  prefix %s,", d.text)
	line("  width %s,", d.whole)
	line("  first_number %s,", d.whole)
	line("  last_number %s", d.whole)
	line(")%s;", ids.create)
	line("")
	line("-- Spans of ids that two parts tell. It must return nothing: their incidents")
	line("-- would count twice.")
	line("SELECT a.prefix, a.width, a.first_number, a.last_number, b.first_number AS other_first, b.last_number AS other_last")
	line("FROM (SELECT t.*, row_number() OVER (ORDER BY prefix, width, first_number, last_number) AS n FROM toll_ids t) a")
	line("JOIN (SELECT t.*, row_number() OVER (ORDER BY prefix, width, first_number, last_number) AS n FROM toll_ids t) b")
	line("  ON a.prefix = b.prefix AND a.width = b.width")
	line("WHERE a.n < b.n AND a.first_number <= b.last_number AND b.first_number <= a.last_number;")
	line("")
	line("-- The cells of the whole. Figures are in millionths of a person; best is the")
	line("-- figure of a row only where no_best is 0.")
	line("SELECT %s,", strings.Join(cellKeys, ", "))
	for i, c := range cellCounts {
		line("  %s AS %s%s", fmt.Sprintf(d.sum, c), c, comma(i < len(cellCounts)-1))
	}
	line("FROM toll_cells")
	line("GROUP BY %s", strings.Join(cellKeys, ", "))
	line("ORDER BY %s;", strings.Join(cellKeys, ", "))
	return b.String()
}

func comma(more bool) string {
	if more {
		return ","
	}
	return ""
}
