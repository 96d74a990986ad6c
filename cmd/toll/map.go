package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"toll/data"
	"toll/data/record"

	"github.com/spf13/cobra"
)

func mapCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var to string
	c := &cobra.Command{
		Use:   "map FILE.csv",
		Short: "Propose which column is what, as a toll.yaml",
		Long: `Looks at the header and the first records of a file and prints a toll.yaml: the
columns whose names say what they are, those that may be something and need your
word, as lines to uncomment, and those that nothing is known of. Nothing that is
doubtful is mapped by itself.`,
		Example: `  toll map massacres.csv
  toll map massacres.csv -o toll.yaml`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := sel.open(s.in, args, cmd.Flags().Changed)
			if err != nil {
				return err
			}
			ro, err := d.config.reading(record.Options{})
			if err != nil {
				return err
			}
			p, err := record.Propose(d.inputs[0].name, d.inputs[0].open, ro)
			if err != nil {
				return err
			}
			out, done, err := s.openOutput(to)
			if err != nil {
				return err
			}
			return errors.Join(writeProposal(out, p), done())
		},
	}
	sel.registerRecords(c)
	c.Flags().StringVarP(&to, "output", "o", "", "write into this new `file` (default: the standard output)")
	return c
}

// writeProposal writes a proposal as YAML that toll reads.
func writeProposal(w io.Writer, p *record.Proposal) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s, read as %s: %s\n", oneLine(p.Name), p.Profile, oneLine(p.Why))
	for _, s := range p.Said {
		fmt.Fprintf(&b, "# %s\n", oneLine(s))
	}
	if p.Deaths {
		b.WriteString("# No column counts people. If each row is one person killed:\n#rows: deaths\n")
	}
	b.WriteString("map:\n")
	known := false
	for _, c := range p.Columns {
		switch {
		case c.Field == "":
		case p.Profile != "native": // to map it would undo what the profile puts together
			fmt.Fprintf(&b, "  # by the profile: %s: %s  # %s\n", c.Field, quoteYAML(c.Column), samplesOf(c))
		default:
			known = true
			fmt.Fprintf(&b, "  %s: %s  # %s\n", c.Field, quoteYAML(c.Column), samplesOf(c))
		}
	}
	for _, c := range p.Columns {
		for _, f := range c.Unsure {
			fmt.Fprintf(&b, "  #%s: %s  # is it? %s\n", f, quoteYAML(c.Column), samplesOf(c))
		}
	}
	text := b.String()
	if !known {
		text = strings.Replace(text, "map:\n", "map: {}  # take the braces off when you uncomment a line\n", 1)
	}
	b.Reset()
	b.WriteString(text)
	for _, c := range p.Columns {
		if c.Field == "" && len(c.Unsure) == 0 {
			fmt.Fprintf(&b, "# not placed: %s  # %s\n", quoteYAML(c.Column), samplesOf(c))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func samplesOf(c record.ProposedColumn) string {
	if len(c.Samples) == 0 {
		return "blank"
	}
	return oneLine(strings.Join(c.Samples, " | "))
}

func oneLine(s string) string { return data.Visible(strings.Join(strings.Fields(s), " ")) }

// quoteYAML writes a string as a double-quoted YAML scalar, which is a JSON one.
func quoteYAML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7F || r >= 0x80 && r < 0xA0 || r == 0x2028 || r == 0x2029 || r == 0xFEFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + `"`
}
