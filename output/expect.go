package output

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"toll/data"
	"toll/stats"
)

// Expectation pins a published figure: the toll, or count of incidents, that a
// row of a table must have. It is a line of expect.csv.
type Expectation struct {
	File string
	Line int
	// Address is a row's toll, "total/killed", or a single figure,
	// "total/killed.low" or "total/incidents".
	Address   string
	Low, High string // as decimals; blank is not pinned, and a plus after High says open-ended
	Note      string
}

// ErrExpect says that a file of pinned figures cannot be read.
var ErrExpect = errors.New("cannot be read as pinned figures")

// ReadExpectations reads a file of pinned figures, with the columns address, low,
// high and note.
func ReadExpectations(name string, b []byte) ([]Expectation, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\uFEFF"))))
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s %w: %v", name, ErrExpect, err)
	}
	if want := []string{"address", "low", "high", "note"}; !slices.Equal(head, want) {
		return nil, fmt.Errorf("%s %w: its columns are %s, and should be %s", name, ErrExpect, strings.Join(head, ","), strings.Join(want, ","))
	}
	var all []Expectation
	for {
		row, err := r.Read()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s %w: %v", name, ErrExpect, err)
		}
		line, _ := r.FieldPos(0)
		e := Expectation{name, line, strings.TrimSpace(row[0]), strings.TrimSpace(row[1]), strings.TrimSpace(row[2]), row[3]}
		if !isNumber(e.Low) || !isNumber(strings.TrimSuffix(e.High, "+")) && e.High != "" {
			return nil, fmt.Errorf("%s:%d %w: low is a number, and high a number, one with a plus for “or more”, or blank", name, line, ErrExpect)
		}
		all = append(all, e)
	}
}

// Unmet is a pinned figure that does not hold.
type Unmet struct {
	Expectation
	Is string // what the report says
}

// String says what was pinned and what is.
func (u Unmet) String() string {
	s := fmt.Sprintf("%s:%d: %s is pinned to %s and is %s", u.File, u.Line, u.Address, u.wanted(), u.Is)
	if u.Note != "" {
		s += " (" + u.Note + ")"
	}
	return data.Visible(s)
}

func (e *Expectation) wanted() string {
	switch {
	case e.High == "" || e.High == e.Low:
		return e.Low
	case e.High == e.Low+"+":
		return e.High
	}
	return e.Low + "–" + e.High
}

// CheckExpectations returns the pinned figures that a report does not have.
func CheckExpectations(es []Expectation, r *stats.Report) []Unmet {
	if len(es) == 0 {
		return nil
	}
	rows := map[string]stats.Tally{"total": r.Total}
	for _, t := range r.Tables {
		for _, x := range t.Rows {
			rows[rowAddress(t.ID, x.Keys)] = x.Tally
		}
	}
	var unmet []Unmet
	for _, e := range es {
		if is := e.found(rows, r.HasInjured); is != "" {
			unmet = append(unmet, Unmet{e, is})
		}
	}
	return unmet
}

// found returns what stands where a figure is pinned, or "" where it holds.
func (e *Expectation) found(rows map[string]stats.Tally, hasInjured bool) string {
	i := strings.LastIndexByte(e.Address, '/')
	if i < 0 {
		return "no address"
	}
	t, ok := rows[e.Address[:i]]
	if !ok {
		return "not in the report"
	}
	want := e.wanted()
	if measure := e.Address[i+1:]; measure != "killed" && measure != "injured" {
		for _, m := range measures(t, stats.Basis{}, hasInjured) {
			if m.name == measure && string(m.value) != want {
				return string(m.value)
			} else if m.name == measure {
				return ""
			}
		}
		return "no figure of a row"
	}
	s := t.Killed
	if strings.HasSuffix(e.Address, "/injured") {
		s = t.Injured
	}
	if s.Known(t.Incidents) == 0 && t.Incidents > 0 {
		return "unknown"
	}
	is := Expectation{Low: decimal(s.Low), High: decimal(s.High)}
	if s.Open > 0 {
		is.High += "+"
	}
	if got := is.wanted(); got != want {
		return got
	}
	return ""
}

// AddUnmet adds pinned figures that do not hold.
func (v *Verification) AddUnmet(unmet []Unmet) {
	for _, u := range unmet {
		v.add(Drift{Class: DriftNumber, Path: "", Address: u.Address, Was: u.wanted(), Is: u.Is, Message: fmt.Sprintf("is pinned to %s by %s:%d and is %s", u.wanted(), u.File, u.Line, u.Is)})
	}
	v.sort()
}
