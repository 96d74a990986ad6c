package stats

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"toll/data"
)

// sparseRecords makes a dataset with many small cells: months, provinces and
// parties of very different sizes.
func sparseRecords(r *rand.Rand, n int) []rec {
	pick := func(prefix string, n int) string {
		i := int(r.ExpFloat64() * float64(n) / 3)
		return fmt.Sprintf("%s%d", prefix, min(i, n-1))
	}
	var rs []rec
	for range n {
		x := rec{date: fmt.Sprintf("2024-%02d-%02d", 1+min(11, int(r.ExpFloat64()*4)), 1+r.IntN(28)), country: "A", admin1: pick("P", 6), attributed: pick("X", 5), event: pick("E", 3),
			killed: data.Exactly(int64(r.IntN(9))), injured: data.Exactly(int64(r.IntN(4)))}
		switch r.IntN(10) {
		case 0:
			x.attributed = ""
		case 1:
			x.date = "2024-03"
		case 2:
			x.killed = data.Between(1, 9)
		case 3:
			x.admin1 = ""
		}
		rs = append(rs, x)
	}
	return rs
}

// knowledge is what a reader of published tables can write down: sums over the
// rows that there may be, as equations with rational numbers.
type knowledge struct {
	unknown map[string]int
	rows    [][]*big.Rat // coefficients
}

func (k *knowledge) add(parts []string) {
	row := make([]*big.Rat, 0, len(k.unknown))
	for range k.unknown {
		row = append(row, new(big.Rat))
	}
	for _, p := range parts {
		row[k.unknown[p]].Add(row[k.unknown[p]], big.NewRat(1, 1))
	}
	k.rows = append(k.rows, row)
}

// solved returns the unknowns whose value follows, by elimination over the
// rationals: those whose unit vector lies in the space of the equations.
func (k *knowledge) solved() map[int]bool {
	n := len(k.unknown)
	at := 0
	for col := 0; col < n && at < len(k.rows); col++ {
		p := slices.IndexFunc(k.rows[at:], func(r []*big.Rat) bool { return r[col].Sign() != 0 })
		if p < 0 {
			continue
		}
		k.rows[at], k.rows[at+p] = k.rows[at+p], k.rows[at]
		lead := new(big.Rat).Inv(k.rows[at][col])
		for _, c := range k.rows[at] {
			c.Mul(c, lead)
		}
		for i, r := range k.rows {
			if i == at || r[col].Sign() == 0 {
				continue
			}
			f := new(big.Rat).Set(r[col])
			for j := range r {
				r[j].Sub(r[j], new(big.Rat).Mul(f, k.rows[at][j]))
			}
		}
		at++
	}
	found := map[int]bool{}
	for _, r := range k.rows[:at] {
		one := -1
		for j, c := range r {
			if c.Sign() != 0 {
				if one >= 0 {
					one = -2
					break
				}
				one = j
			}
		}
		if one >= 0 {
			found[one] = true
		}
	}
	return found
}

// recover tries to work out figures of the whole report from what is published of
// it, and returns the addresses of small rows that it can. The reader is taken to
// know which rows there are, and the total.
func recoverSmall(whole, published *Report, least int) (found []string) {
	k := knowledge{unknown: map[string]int{}}
	name := func(t *Table, r Row) string { return Address(t.ID, r.Keys, "") }
	small := map[string]bool{}
	margins := map[string]*Table{}
	for _, t := range published.Tables {
		full := whole.Table(t.ID)
		for _, r := range full.Rows {
			k.unknown[name(t, r)] = len(k.unknown)
			small[name(t, r)] = few(&r.Tally, least)
		}
		if len(t.Dims) == 1 {
			margins[t.Dims[0].ID] = t
		}
	}
	for _, t := range published.Tables {
		full := whole.Table(t.ID)
		var all, withheld []string
		for _, r := range full.Rows {
			all = append(all, name(t, r))
			if _, ok := find(t, r.Keys); ok {
				k.add([]string{name(t, r)})
			} else {
				withheld = append(withheld, name(t, r))
			}
		}
		k.add(all)
		if len(withheld) > 0 {
			k.add(withheld)
		}
		if len(t.Dims) < 2 {
			continue
		}
		for d := range t.Dims {
			m := margins[t.Dims[d].ID]
			if m == nil {
				continue
			}
			for _, row := range whole.Table(m.ID).Rows {
				var line []string
				for _, r := range full.Rows {
					if r.Keys[d].ID == row.Keys[0].ID {
						line = append(line, name(t, r))
					}
				}
				if len(line) > 0 {
					// line − row = 0
					k.add(line)
					last := k.rows[len(k.rows)-1]
					last[k.unknown[name(m, row)]].Sub(last[k.unknown[name(m, row)]], big.NewRat(1, 1))
				}
			}
		}
	}
	solved := k.solved()
	for a, i := range k.unknown {
		if small[a] && solved[i] {
			found = append(found, a)
		}
	}
	return found
}

func find(t *Table, keys []Key) (Row, bool) {
	var ids []string
	for _, k := range keys {
		ids = append(ids, k.ID)
	}
	return t.Find(ids...)
}

// onlySmall withholds the small rows and no other, as is often thought enough.
func onlySmall(r *Report, least int) *Report {
	out := *r
	out.Tables = nil
	for _, t := range publishable(r) {
		p := *t
		p.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(x Row) bool { return few(&x.Tally, least) })
		out.Tables = append(out.Tables, &p)
	}
	return &out
}

// What is withheld cannot be worked out from what is published, and no small
// figure is published; where only the small rows are withheld, it can.
func TestWithheldCellsCannotBeRecovered(t *testing.T) {
	leaks, tried, shown, all := 0, 0, 0, 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 7))
		whole := tallyOf(t, DefaultOptions(), sparseRecords(r, 40+r.IntN(160)))
		least := []int{3, 5, 11}[seed%3]
		p, err := whole.Withhold(least)
		if err != nil {
			if !errors.Is(err, ErrAllFew) {
				t.Fatal(err)
			}
			continue
		}
		tried++
		if len(recoverSmall(whole, onlySmall(whole, least), least)) > 0 {
			leaks++
		}
		if got := recoverSmall(whole, p, least); len(got) > 0 {
			t.Errorf("seed %d, under %d: %v can be worked out", seed, least, got)
		}
		for _, x := range p.Tables {
			for _, row := range x.Rows {
				if few(&row.Tally, least) {
					t.Errorf("seed %d: %s shows %+v, under %d", seed, Address(x.ID, row.Keys, ""), row.Tally, least)
				}
			}
			shown += len(x.Rows)
			all += len(whole.Table(x.ID).Rows)
		}
	}
	if tried < 20 || leaks < tried/2 {
		t.Errorf("%d datasets were tried, %d leak where only small rows are withheld: the search finds too little", tried, leaks)
	}
	t.Logf("%d datasets; withholding small rows alone leaks in %d; %d of %d rows are published", tried, leaks, shown, all)
	if shown*10 < all {
		t.Errorf("only %d of %d rows are published", shown, all)
	}
}

// Tables still add up, and what tells of single incidents is gone.
func TestWithholdKeepsSums(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	whole := tallyOf(t, DefaultOptions(), sparseRecords(r, 300))
	p, err := whole.Withhold(5)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range p.Tables {
		var sum Tally
		for _, row := range x.Rows {
			sum.plus(&row.Tally)
		}
		if sum != whole.Total {
			t.Errorf("%s adds up to %+v, not %+v", x.ID, sum, whole.Total)
		}
	}
	if len(p.Deadliest)+len(p.Disagreements) > 0 || p.Quality != (Quality{Incidents: whole.Quality.Incidents}) || p.MinCell != 5 {
		t.Errorf("%+v", p)
	}
	for _, id := range []string{"by-day", "by-year", "by-severity", "by-point", "by-account"} {
		if p.Table(id) != nil {
			t.Errorf("%s is published", id)
		}
	}
	if len(whole.Deadliest) == 0 || whole.MinCell != 0 || whole.Table("by-day") == nil {
		t.Error("the report itself was changed")
	}
}

func TestWithholdTable(t *testing.T) {
	month := func(m string, n, killed int) (rs []rec) {
		for i := range n {
			k := killed / n
			if i == 0 {
				k += killed % n
			}
			rs = append(rs, rec{date: m + "-05", attributed: "X", killed: data.Exactly(int64(k))})
		}
		return rs
	}
	shownMonths := func(r *Report) string {
		var s []string
		if tab := r.Table("by-month"); tab != nil {
			for _, x := range tab.Rows {
				s = append(s, fmt.Sprintf("%s %d/%d", x.Keys[0].ID, x.Tally.Incidents, Persons(x.Tally.Killed.Best)))
			}
		}
		return strings.Join(s, ", ")
	}
	for _, x := range []struct {
		name   string
		months [][2]int // incidents, killed
		least  int
		want   string
	}{
		{"nothing is small", [][2]int{{6, 30}, {7, 20}}, 5, "2024-01 6/30, 2024-02 7/20"},
		{"one small row takes the next smallest with it", [][2]int{{6, 30}, {2, 20}, {7, 20}}, 5, "2024-03 7/20, (withheld) 8/50"},
		{"two small rows protect each other only if they are not few together", [][2]int{{6, 30}, {3, 20}, {4, 20}}, 5, "2024-01 6/30, (withheld) 7/40"},
		{"few together take a third", [][2]int{{6, 30}, {1, 20}, {2, 20}, {9, 90}}, 5, "2024-04 9/90, (withheld) 9/70"},
		{"few killed in many incidents are few", [][2]int{{6, 30}, {8, 2}, {7, 20}, {9, 60}}, 5, "2024-03 7/20, 2024-04 9/60, (withheld) 14/32"},
		{"none killed is not few", [][2]int{{6, 30}, {8, 0}}, 5, "2024-01 6/30, 2024-02 8/0"},
		{"where one of two is small, both go", [][2]int{{6, 30}, {2, 20}}, 5, ""},
		{"a quiet month is no protection", [][2]int{{6, 30}, {0, 0}, {2, 20}, {7, 30}}, 5, "2024-02 0/0, 2024-04 7/30, (withheld) 8/50"},
	} {
		var rs []rec
		for i, m := range x.months {
			rs = append(rs, month(fmt.Sprintf("2024-%02d", i+1), m[0], m[1])...)
		}
		o := DefaultOptions()
		o.Period = ByMonth
		p, err := tallyOf(t, o, rs).Withhold(x.least)
		if err != nil {
			t.Fatal(err)
		}
		if got := shownMonths(p); got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
	if _, err := tallyOf(t, DefaultOptions(), month("2024-01", 3, 90)).Withhold(5); !errors.Is(err, ErrAllFew) {
		t.Errorf("a total of three incidents is published: %v", err)
	}
}

// The arithmetic of the field is that of the integers modulo the prime.
func TestFieldArithmetic(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	p := big.NewInt(prime)
	for range 200 {
		a, b := r.Uint64N(prime-1)+1, r.Uint64N(prime)
		want := new(big.Int).Mul(new(big.Int).SetUint64(a), new(big.Int).SetUint64(b))
		if got := times(a, b); got != want.Mod(want, p).Uint64() {
			t.Fatalf("%d × %d is %d, want %s", a, b, got, want)
		}
		if times(a, inverse(a)) != 1 {
			t.Fatalf("1/%d is %d", a, inverse(a))
		}
	}
}

// A field that comes to a report is not published until somebody has thought
// about it.
func TestWithheldReportsHoldNothingUnconsidered(t *testing.T) {
	whole := tallyOf(t, DefaultOptions(), sparseRecords(rand.New(rand.NewPCG(3, 3)), 300))
	p, err := whole.Withhold(5)
	if err != nil {
		t.Fatal(err)
	}
	considered := []string{"Period", "First", "Last", "Total", "Tables", "MultiAccount", "Directed", "HasInjured", "Quality", "Ledger", "MinCell"}
	v := reflect.ValueOf(*p)
	for i := range v.NumField() {
		if f := v.Type().Field(i); !v.Field(i).IsZero() && !slices.Contains(considered, f.Name) {
			t.Errorf("%s is published: %v", f.Name, v.Field(i))
		}
	}
}

// crossed makes records of pairs of month and party, so many of each.
func crossed(pairs map[string]int) (rs []rec) {
	for _, p := range slices.Sorted(maps.Keys(pairs)) {
		month, party, _ := strings.Cut(p, " ")
		for range pairs[p] {
			rs = append(rs, rec{date: "2024-" + month + "-05", attributed: party, killed: data.Exactly(5)})
		}
	}
	return rs
}

// Two squares of small cells that are joined by one: every line has two of them
// or more, and yet the one that joins them follows from all lines together.
func TestChainsOfSumsAreFollowed(t *testing.T) {
	pairs := map[string]int{}
	for m := 1; m <= 4; m++ {
		for x := 1; x <= 4; x++ {
			pairs[fmt.Sprintf("%02d X%d", m, x)] = 10
		}
	}
	for _, p := range []string{"01 X1", "01 X2", "02 X1", "02 X2", "02 X3", "03 X3", "03 X4", "04 X3", "04 X4"} {
		pairs[p] = 4
	}
	o := DefaultOptions()
	o.Period = ByMonth
	whole := tallyOf(t, o, crossed(pairs))
	if got := recoverSmall(whole, onlySmall(whole, 5), 5); len(got) != 1 || got[0] != "period-party/2024-02/X3/" {
		t.Fatalf("the chain gives %v", got)
	}
	p, err := whole.Withhold(5)
	if err != nil {
		t.Fatal(err)
	}
	if got := recoverSmall(whole, p, 5); len(got) > 0 {
		t.Errorf("%v can be worked out", got)
	}
	tb := p.Table("period-party")
	if tb == nil || len(tb.Rows) != 16-10+1 {
		t.Errorf("not one cell more is withheld: %+v", tb)
	}
	for _, id := range []string{"by-month", "by-party"} {
		if len(p.Table(id).Rows) != 4 {
			t.Errorf("%s has %d rows", id, len(p.Table(id).Rows))
		}
	}
}

// A table by two keys gives way where one by one key would have to.
func TestTablesByOneKeyComeFirst(t *testing.T) {
	o := DefaultOptions()
	o.Period = ByMonth
	whole := tallyOf(t, o, crossed(map[string]int{"01 X1": 3, "01 X2": 20, "02 X1": 20}))
	p, err := whole.Withhold(5)
	if err != nil {
		t.Fatal(err)
	}
	if p.Table("period-party") != nil {
		t.Errorf("%+v", p.Table("period-party").Rows)
	}
	if m, x := p.Table("by-month"), p.Table("by-party"); m == nil || x == nil || len(m.Rows) != 2 || len(x.Rows) != 2 {
		t.Errorf("%+v, %+v", m, x)
	}
	if got := recoverSmall(whole, p, 5); len(got) > 0 {
		t.Errorf("%v can be worked out", got)
	}
}
