package output

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// Citation is a figure in a sentence of a briefing, with the address of its cell.
type Citation struct {
	Sentence string // the whole of it
	Text     string // the figure as the sentence says it
	Address  string
}

// Citations lists every figure in the prose of a briefing, that is in its
// paragraphs and lists, and the passages with a digit that are neither a figure
// nor a date, a name or a sentence of the method: there should be none.
func Citations(d *Document) (cited []Citation, loose []string) { return citationsOf(compose(d)) }

func citationsOf(p *page) (cited []Citation, loose []string) {
	own := ownPassages()
	inProse(p, func(l line) {
		whole := ""
		for _, s := range l {
			whole += s.Text
		}
		for _, s := range l {
			switch {
			case s.Kind == figureSpan:
				cited = append(cited, Citation{whole, s.Text, s.Address})
			case (s.Kind == wordsSpan || s.Kind == strongSpan) && strings.ContainsAny(s.Text, "0123456789") && !own[s.Text]:
				loose = append(loose, s.Text)
			}
		}
	})
	return cited, loose
}

// inProse calls f with every line of the paragraphs and lists of a page.
func inProse(p *page, f func(line)) {
	blocks := func(bs []block) {
		for _, b := range bs {
			switch b := b.(type) {
			case paragraph:
				f(b.Text)
			case list:
				for _, it := range b.Items {
					f(it)
				}
			}
		}
	}
	blocks(p.Lead)
	for _, s := range p.Sections {
		blocks(s.Blocks)
	}
	f(p.Foot)
}

// ownPassages are the passages between the parts of the catalogue's sentences.
func ownPassages() map[string]bool {
	own := map[string]bool{}
	for _, s := range catalogue.Texts() {
		for s != "" {
			before, rest, _ := strings.Cut(s, "{")
			for _, x := range stressed(before) {
				own[x.Text] = true
				own[capitalized(x.Text)] = true
			}
			_, s, _ = strings.Cut(rest, "}")
		}
	}
	return own
}

// CitedCells returns the figures that sentences may cite, by address, in units of
// 1/data.Unit: those of the manifest, what became of the records, what they lack,
// and the numbers of the method.
func CitedCells(d *Document) map[string]int64 {
	cells := map[string]int64{}
	put := func(a string, v int64) { cells[a] = v }
	r := d.Report
	EachFigure(r, put)
	EachStatistic(r, put)
	l, q := r.Ledger, r.Quality
	for a, n := range map[string]int64{"ledger/records_read": l.Read, "ledger/files": l.Files, "ledger/accepted": l.Accepted, "ledger/rejected": l.Rejected, "ledger/blank": l.Blank,
		"ledger/outside_selection": l.SetAside, "ledger/sum": l.Accepted + l.Rejected + l.Blank, "ledger/counted": l.Accepted - l.SetAside,
		"quality/incidents": int64(q.Incidents), "quality/multi_account": int64(q.MultiAccount), "quality/accounts": int64(q.Accounts), "quality/withdrawn": int64(q.Withdrawn),
		"quality/approximate": int64(q.Approximate), "quality/spans": int64(q.Spans), "quality/straddling": int64(q.Straddling), "quality/no_location": int64(q.NoLocation),
		"quality/low_above_best": int64(q.LowAboveBest), "quality/best_above_high": int64(q.BestAboveHigh), "quality/low_above_high": int64(q.LowAboveHigh),
		"rule/min-base": stats.MinBase, "rule/resamples": stats.BootstrapResamples, "rule/seed": stats.BootstrapSeed, "rule/safe-share": stats.SafeShare, "rule/min-cell": int64(r.MinCell - 1), "folded/more": int64(len(r.Folded) - mostFolded)} {
		put(a, n*data.Unit)
	}
	return cells
}

var numeral = regexp.MustCompile(`[−-]?[0-9][0-9,]*(\.[0-9]+)?`)

// Check reports what is wrong with a citation: its address names no cell, or a
// number of its text is none of the cells' there. A number may be rounded as far
// as it is written.
func (c Citation) Check(cells map[string]int64, d *Document) error {
	kind, table, _ := strings.Cut(c.Address, "/")
	if kind == "rows" || kind == "columns" {
		return c.checkRest(table, d.Report)
	}
	var values []float64
	for _, a := range []string{c.Address, c.Address + ".low", c.Address + ".best", c.Address + ".high"} {
		if v, ok := cells[a]; ok {
			values = append(values, float64(v)/data.Unit)
		}
	}
	if len(values) == 0 {
		return fmt.Errorf("%q in %q: there is no cell %q", c.Text, c.Sentence, c.Address)
	}
	for _, n := range numeral.FindAllString(c.Text, -1) {
		v, err := strconv.ParseFloat(strings.NewReplacer(",", "", "−", "-").Replace(n), 64)
		if err != nil {
			return err
		}
		half := 0.5
		if _, decimals, ok := strings.Cut(n, "."); ok {
			half = 0.5 * math.Pow10(-len(decimals))
		}
		if strings.HasPrefix(c.Text, "<") && values[0] < v {
			continue
		}
		if !closeTo(values, v, half) {
			return fmt.Errorf("%q in %q: the cell %s is %v", c.Text, c.Sentence, c.Address, values)
		}
	}
	return nil
}

// closeTo reports whether a number is one of the values, rounded. A fall by 7 is
// written without its sign.
func closeTo(values []float64, v, half float64) bool {
	for _, x := range values {
		if math.Abs(x-v) <= half+0.001*half+1e-6 || math.Abs(-x-v) <= half+0.001*half+1e-6 {
			return true
		}
	}
	return false
}

// checkRest checks a count of rows or columns that are not shown: it is less than
// the table has.
func (c Citation) checkRest(table string, r *stats.Report) error {
	n, err := strconv.Atoi(strings.ReplaceAll(c.Text, ",", ""))
	rows := len(r.Disagreements)
	if t := r.Table(table); t != nil {
		rows = len(t.Rows)
	} else if s := r.Sheet(table); s != nil {
		rows = len(s.Rows)
	}
	if err != nil || n < 1 || n >= rows {
		return cmp.Or(err, fmt.Errorf("%q in %q: the table has %d rows", c.Text, c.Sentence, rows))
	}
	return nil
}
