// Toll turns CSV records of violent incidents into the figures, charts and
// written summary of a briefing.
//
//	toll report incidents.csv
//
// It exits with 0 when all is well, 1 when the data has findings, 2 when it
// could not do what was asked.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"toll/data"
	"toll/data/record"

	"github.com/spf13/cobra"
)

// The exit codes, which scripts rely on.
const (
	exitClean    = 0 // done, and nothing to remark
	exitFindings = 1 // done, and some records were rejected or are doubtful
	exitTrouble  = 2 // not done: usage, input or output
)

// errFindings ends a command that did its work and has something to report.
var errFindings = errors.New("findings")

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the whole program, without the process around it.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := rootCommand(&streams{stdin, stdout, stderr})
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	}
	fmt.Fprintln(stderr, "toll: "+data.Visible(err.Error()))
	if c := (*configError)(nil); errors.As(err, &c) {
		for _, line := range c.lines {
			fmt.Fprintln(stderr, "    "+data.Visible(line))
		}
	}
	if in := (*record.InputError)(nil); errors.As(err, &in) && in.Hint != "" {
		fmt.Fprintln(stderr, "    hint: "+data.Visible(in.Hint))
	}
	return exitTrouble
}

// streams are the standard streams of a run.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func rootCommand(s *streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "toll",
		Short: "Figures, charts and a written briefing from CSV records of violent incidents",
		Long: `Toll adds up casualties by date, location and claimed perpetrator, as ranges, and
says who said so. A blank is unknown and never zero; records that share an
incident id are one incident; what is set aside is listed.

Exit codes: 0 clean, 1 findings in the data, 2 usage, input or output trouble.`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(reportCommand(s), tablesCommand(s), chartCommand(s), verifyCommand(s), explainCommand(s))
	root.AddCommand(diffCommand(s), compareCommand(s), serveCommand(s))
	root.AddCommand(checkCommand(s), mapCommand(s), convertCommand(s))
	root.AddCommand(planCommand(s), partialCommand(s), mergeCommand(s), cellsCommand(s), sqlCommand(s))
	return root
}
