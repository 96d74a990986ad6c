package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// committed reads the file in the repository.
func committed(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("../incidents.csv")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func records(t *testing.T) []record {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(committed(t))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0], header[:]) {
		t.Fatalf("header is %q", rows[0])
	}
	var rs []record
	for _, row := range rows[1:] {
		rs = append(rs, record(row))
	}
	return rs
}

func TestRegeneratesTheCommittedFile(t *testing.T) {
	var got bytes.Buffer
	if err := Generate(&got); err != nil {
		t.Fatal(err)
	}
	want := committed(t)
	if bytes.Equal(got.Bytes(), want) {
		return
	}
	a, b := strings.Split(got.String(), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("line %d differs\n generated %s\n committed %s", i+1, a[i], b[i])
		}
	}
	t.Fatalf("generated %d lines, committed %d", len(a), len(b))
}

func TestIsPlainlySynthetic(t *testing.T) {
	for i, r := range records(t) {
		if !strings.HasPrefix(r[source], "Synthetic") || !strings.HasPrefix(r[incidentID], "SYN-") {
			t.Errorf("line %d does not say that it is synthetic: %q", i+2, r)
		}
		for _, c := range strings.Join(r[:], "") {
			if unicode.IsLetter(c) && !unicode.Is(unicode.Latin, c) {
				t.Errorf("line %d: %q is not a Latin letter", i+2, c)
			}
		}
	}
}

func TestIncidentsAndAccounts(t *testing.T) {
	rows := map[string]int{}
	last, statuses := "", map[string]int{}
	for _, r := range records(t) {
		if rows[r[incidentID]] > 0 && r[incidentID] != last {
			t.Errorf("the accounts of %s are apart", r[incidentID])
		}
		last = r[incidentID]
		rows[last]++
		statuses[r[status]]++
	}
	several := 0
	for id, n := range rows {
		if n > 4 {
			t.Errorf("%s has %d accounts", id, n)
		}
		if n > 1 {
			several++
		}
	}
	if len(rows) != incidents || several != 26 {
		t.Errorf("%d incidents, %d of them with several accounts", len(rows), several)
	}
	for _, s := range []string{"", "reported", "verified", "disputed", "denied", "retracted", "superseded"} {
		if statuses[s] == 0 {
			t.Errorf("no row has the status %q", s)
		}
	}
}

func TestDates(t *testing.T) {
	precisions, crossing := map[string]int{}, 0
	days := map[string]bool{}
	for _, r := range records(t) {
		precisions[r[datePrecision]]++
		from, to := r[date], r[dateEnd]
		if len(from) != 10 {
			continue
		}
		if to == "" {
			to = from
		}
		days[from] = true
		if from < iso(firstDay) || from > iso(lastDay) || to < from {
			t.Errorf("%s: %s to %s", r[incidentID], from, to)
		}
		if from <= iso(quietTo) && to >= iso(quietFrom) {
			t.Errorf("%s falls in the quiet spell", r[incidentID])
		}
		if from[:7] != to[:7] {
			crossing++
		}
		if on := r[reportedOn]; on < from || on > iso(lastDay) {
			t.Errorf("%s: reported on %q", r[incidentID], on)
		}
	}
	for p, n := range map[string]int{"days": 12, "week": 4, "month": 5, "year": 3, "none": 3} {
		if precisions[p] != n {
			t.Errorf("%d rows of precision %s, want %d", precisions[p], p, n)
		}
	}
	if crossing != 4 || !days[iso(firstDay)] || !days[iso(lastDay)] {
		t.Errorf("%d incidents cross a month's end; first day %t, last day %t", crossing, days[iso(firstDay)], days[iso(lastDay)])
	}
}

func TestCountsAndSubsets(t *testing.T) {
	spellings := map[string]*regexp.Regexp{
		"integer": regexp.MustCompile(`^\d+$`), "blank": regexp.MustCompile(`^$`),
		"en dash": regexp.MustCompile(`^\d+–\d+$`), "hyphen": regexp.MustCompile(`^\d+-\d+$`),
		"plus": regexp.MustCompile(`^\d+\+$`), "more than": regexp.MustCompile(`^(>|more than )\d+$`),
		"at least": regexp.MustCompile(`^at least \d+$`), "up to": regexp.MustCompile(`^up to \d+$`),
		"about": regexp.MustCompile(`^(~|about )\d+$`), "word": regexp.MustCompile(`^(several|some|unknown|dozens)$`),
	}
	seen := map[string]int{}
	for _, r := range records(t) {
		for _, c := range []int{killed, injured} {
			known := false
			for name, re := range spellings {
				if re.MatchString(r[c]) {
					seen[name]++
					known = true
				}
			}
			if !known {
				t.Errorf("%s: count %q", r[incidentID], r[c])
			}
			if lo, hi := r[c+1], r[c+2]; lo != "" {
				best := r[c]
				if best == "" {
					best = lo
					seen["bounds only"]++
				}
				if n(lo) > n(best) || n(best) > n(hi) {
					t.Errorf("%s: %s, %s, %s are out of order", r[incidentID], lo, best, hi)
				}
			}
		}
		parts := n(r[killedCivilians]) + n(r[killedSecurity]) + n(r[killedMilitants]) + n(r[killedUnknown])
		if r[killed] != "" && parts > n(r[killed]) {
			t.Errorf("%s: parts of %d in a total of %s", r[incidentID], parts, r[killed])
		}
		if whole := max(n(r[killed]), parts); r[ofWhichWomen] != "" && (n(r[ofWhichWomen]) > whole || n(r[ofWhichChildren]) > whole) {
			t.Errorf("%s: the subset exceeds the whole", r[incidentID])
		}
	}
	for name := range spellings {
		if seen[name] == 0 {
			t.Errorf("no count is spelt as %s", name)
		}
	}
	if seen["bounds only"] == 0 {
		t.Error("no count has bounds without a best figure")
	}
}

// n reads a count; what is not a plain number is 0.
func n(s string) int {
	v, _ := strconv.Atoi(s)
	return v
}

// TestShape checks what the charts rely on: the size of the total, and that the
// two deadliest months are those of the siege and of the market strike.
func TestShape(t *testing.T) {
	total, months, counted := 0, map[string]int{}, map[string]bool{}
	for _, r := range records(t) {
		if counted[r[incidentID]] || r[status] == "superseded" || r[status] == "retracted" {
			continue
		}
		counted[r[incidentID]] = true
		dead := n(r[killed])
		if dead == 0 {
			dead = n(r[killedCivilians]) + n(r[killedSecurity]) + n(r[killedMilitants]) + n(r[killedUnknown])
		}
		total += dead
		if len(r[date]) == 10 {
			months[r[date][:7]] += dead
		}
	}
	if total < 1800 || total > 2500 {
		t.Errorf("%d killed", total)
	}
	var order []string
	for m := range months {
		order = append(order, m)
	}
	slices.SortFunc(order, func(a, b string) int { return months[b] - months[a] })
	if order[0] != "2024-07" || order[1] != "2025-03" || 4*months[order[1]] < 5*months[order[2]] {
		t.Errorf("the deadliest months are %v (%d, %d, %d)", order[:3], months[order[0]], months[order[1]], months[order[2]])
	}
}

func TestVariety(t *testing.T) {
	distinct := map[int]map[string]bool{}
	cols := []int{admin1, admin2, place, geoPrecision, eventType, weapon, attributedTo, claimedBy, involved, victimType}
	for _, c := range cols {
		distinct[c] = map[string]bool{}
	}
	contested, joint, unattributed := 0, 0, 0
	for _, r := range records(t) {
		for _, c := range cols {
			distinct[c][r[c]] = true
		}
		switch {
		case r[attributedTo]+r[claimedBy]+r[involved] == "":
			unattributed++
		case strings.Contains(r[attributedTo]+r[claimedBy], ";"):
			joint++
		case r[attributedTo] != "" && r[claimedBy] != "" && r[attributedTo] != r[claimedBy]:
			contested++
		}
	}
	for _, p := range provinces {
		if !distinct[admin1][p.name] {
			t.Errorf("nothing happens in %s", p.name)
		}
	}
	for c, want := range map[int]int{admin2: 34, geoPrecision: 8, eventType: numEvents, victimType: 5} {
		if len(distinct[c]) != want {
			t.Errorf("%d distinct values of %s, want %d", len(distinct[c]), header[c], want)
		}
	}
	if contested < 10 || joint < 10 || unattributed < 10 {
		t.Errorf("%d contested, %d joint, %d unattributed", contested, joint, unattributed)
	}
}
