package charts

// rowName is the name of a row as it is set: on one line, or rather than cut on
// two smaller ones where the row is high enough, and on a smaller one where not.
type rowName struct {
	lines []string
	size  float64
}

// The type of a name on two lines, and the room those need.
const (
	twoLineType    = footerType
	twoLineLeading = 22
	twoLinePitch   = 45
)

// rowNames sets the names of rows within a width. Names that had to be cut stay
// apart: see shortened.
func rowNames(names []string, st style, width, pitch float64) []rowName {
	short := shortened(names, st, width)
	out := make([]rowName, len(names))
	seen := map[string]int{}
	var smaller []string
	for i, n := range names {
		out[i] = rowName{[]string{short[i]}, st.size}
		if short[i] == n {
			continue
		}
		small := st
		small.size = twoLineType
		if pitch < twoLinePitch {
			if smaller == nil {
				smaller = shortened(names, small, width)
			}
			out[i] = rowName{[]string{smaller[i]}, twoLineType}
			continue
		}
		ls := balanced(n, small, width)
		if len(ls) > 2 {
			ls = cutToTwo(n, small, width)
		}
		out[i] = rowName{ls, twoLineType}
		seen[key2(ls)]++
	}
	for i, n := range names {
		if ls := out[i].lines; len(ls) == 2 && seen[key2(ls)] > 1 {
			small := st
			small.size = twoLineType
			rest := n[min(len(ls[0]), len(n)):]
			out[i].lines = []string{ls[0], fitMiddle(rest, small, width)}
		}
	}
	return out
}

func key2(ls []string) string {
	s := ""
	for _, l := range ls {
		s += l + "\n"
	}
	return s
}

// cutToTwo gives each side of a name of several parties a line of its own, and
// cuts any other name at the end of the second.
func cutToTwo(n string, st style, width float64) []string {
	if a, joiner, b, ok := sides(n); ok {
		j := joiner[:len(joiner)-1]
		return []string{fit(a, st, width-st.width(j)) + j, fit(b, st, width)}
	}
	ls := wrap(n, st, width)
	rest := ls[1]
	for _, l := range ls[2:] {
		rest += " " + l
	}
	return []string{ls[0], fit(rest, st, width)}
}

// width is that of the widest line.
func (r rowName) width(st style) float64 {
	st.size = r.size
	w := 0.0
	for _, l := range r.lines {
		w = max(w, st.width(l))
	}
	return w
}

// drawName sets a name left of x, centred on mid.
func (s *sheet) drawName(st style, x, mid float64, r rowName) {
	st.size = r.size
	up := float64(0.5 * float64(twoLineLeading*float64(len(r.lines)-1)))
	s.lines("name", st, x, mid+float64(0.355*st.size)-up, twoLineLeading, right, r.lines)
}
