package record

import (
	"fmt"
	"strings"

	"toll/data"
)

// orderEvidence counts what the dates of a column say about their order. A
// number above 12 is no month, and one such date decides for all.
type orderEvidence struct {
	dayFirst, monthFirst int // dates that only one order can read
	either               int // dates that both read, as different days
	firstDay, firstMonth sighting
	firstEither          sighting
}

// sighting is where something was seen first.
type sighting struct {
	line int
	text string
}

func (s *sighting) see(line int, text string) {
	if s.line == 0 {
		*s = sighting{line, text}
	}
}

// weigh takes a cell into account.
func (e *orderEvidence) weigh(cell []byte, line int) {
	if len(cell) > maxDateText {
		return
	}
	s := strings.TrimSpace(string(cell))
	parts := []string{s}
	if a, b, ok := cutRange(s); ok {
		parts = []string{a, b}
	}
	for _, p := range parts {
		w, ok := splitDate(p)
		n := w.numbers
		if !ok || w.month > 0 || len(n) != 3 || n[2].digits != 4 || n[0].digits > 2 || n[1].digits > 2 {
			continue
		}
		a, b := n[0].value, n[1].value
		switch {
		case a > 12 && b <= 12:
			e.dayFirst++
			e.firstDay.see(line, s)
		case b > 12 && a <= 12:
			e.monthFirst++
			e.firstMonth.see(line, s)
		case a != b && a <= 12 && b <= 12:
			e.either++
			e.firstEither.see(line, s)
		}
	}
}

// numeric reports whether the column has dates whose order matters at all.
func (e *orderEvidence) numeric() bool { return e.dayFirst+e.monthFirst+e.either > 0 }

// decide returns the order, or why there is none.
func (e *orderEvidence) decide() (o Order, said string, ok bool) {
	switch {
	case !e.numeric():
		return OrderUnknown, "", true
	case e.dayFirst > 0 && e.monthFirst > 0:
		return OrderUnknown, fmt.Sprintf("%s can only be day first (line %d: %s) and %d only month first (line %d: %s)",
			data.Number(int64(e.dayFirst), "date"), e.firstDay.line, e.firstDay.text, e.monthFirst, e.firstMonth.line, e.firstMonth.text), false
	case e.dayFirst > 0:
		return DayFirst, fmt.Sprintf("dates are day first: %d of them cannot be month first (line %d: %s), and none speaks against it",
			e.dayFirst, e.firstDay.line, e.firstDay.text), true
	case e.monthFirst > 0:
		return MonthFirst, fmt.Sprintf("dates are month first: %d of them cannot be day first (line %d: %s), and none speaks against it",
			e.monthFirst, e.firstMonth.line, e.firstMonth.text), true
	}
	return OrderUnknown, fmt.Sprintf("%s can be read with either first (line %d: %s), and none decides it",
		data.Number(int64(e.either), "date"), e.firstEither.line, e.firstEither.text), false
}
