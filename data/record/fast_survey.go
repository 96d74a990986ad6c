package record

import "io"

// SurveyHead is Survey by the beginning of the file alone, which for most files
// is all there is to find out. Where Doubtful says so of what was then read, a
// Survey of the whole file may find another layout, and the reading is void.
func SurveyHead(name string, open func() (io.ReadCloser, error), o Options) (*Layout, error) {
	s := &survey{name: name, open: open, o: o, l: &Layout{Delimiter: o.delimiter()}}
	if err := s.bytes(); err != nil {
		return nil, err
	}
	s.l.Orders = map[string]Order{}
	return s.l, nil
}

// Doubtful reports whether a reading met what a survey of the whole file is for:
// dates whose order of day and month it weighs, a row of totals, which has no
// date, and text that may be in another encoding.
func Doubtful(r *Result) bool {
	for _, code := range []string{"bad-date", "bad-report-date", "undated", "total-row", "not-utf8", "stray-quote", "unbalanced-quote"} {
		if r.Counts[code] > 0 {
			return true
		}
	}
	return false
}
