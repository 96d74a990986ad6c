package main

import (
	"fmt"
	"slices"
	"strings"

	"toll/data"
	"toll/stats"
)

// remarkUnmatched says which names in the options no record has, and what may
// have been meant.
func (r *reading) remarkUnmatched(so stats.Options, only []string) {
	all := r.report.Unmatched
	cellsOf := func(name string) (cells []string) {
		for _, res := range r.results {
			cells = append(cells, res.Cells[name]...)
		}
		return cells
	}
	met := map[string]bool{}
	for _, c := range only {
		name, value, _ := strings.Cut(c, "=")
		met[name] = met[name] || slices.Contains(cellsOf(name), strings.ToLower(strings.TrimSpace(value)))
	}
	for _, c := range only {
		name, value, _ := strings.Cut(c, "=")
		if value = strings.ToLower(strings.TrimSpace(value)); value != "" && !slices.Contains(cellsOf(name), value) {
			all = append(all, stats.Unmatched{Option: "where", Name: c, Near: data.Nearest(value, cellsOf(name)), Partly: met[name]})
		}
	}
	for _, u := range all {
		rule := noMatch
		if u.Partly {
			rule = noMatchOfSeveral
		}
		d := data.Diagnostic{Severity: rule.Severity, Code: rule.Name, Field: u.Option, Value: u.Name, Hint: rule.Fix,
			Message: fmt.Sprintf("--%s %s: no record has it", u.Option, u.Name)}
		if u.Option == "policy" {
			d.Message = fmt.Sprintf("--policy %s: no record has the source or side %q", so.Policy, u.Name)
		}
		if len(u.Near) > 0 {
			d.Hint = "is it " + strings.Join(u.Near, ", or ") + "?"
		}
		r.diagnostics = append(r.diagnostics, d)
		r.counts[d.Code]++
	}
}
