package data

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"killed", "killed", 0}, {"kiled", "killed", 1}, {"kliled", "killed", 1}, {"perpetrater", "perpetrator", 1},
		{"date", "", 4}, {"", "date", 4}, {"abc", "ca", 3}, {"Łódź", "Lodz", 3}, {"Kel", "Kél", 1}, {"kitten", "sitting", 3},
		{strings.Repeat("x", 100), "date", 100}, {strings.Repeat("x", 100), strings.Repeat("x", 99), 1}} {
		if got := Distance([]rune(tt.a), []rune(tt.b)); got != tt.want {
			t.Errorf("%s, %s: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestDistanceIsADistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abcé")), 0, 9, -1)
		a, b := []rune(word.Draw(t, "a")), []rune(word.Draw(t, "b"))
		d := Distance(a, b)
		if d != Distance(b, a) || d > max(len(a), len(b)) || d < len(a)-len(b) || (d == 0) != (string(a) == string(b)) {
			t.Fatalf("%q, %q: %d", string(a), string(b), d)
		}
		if want := alignment(a, b); d != want {
			t.Fatalf("%q, %q: %d, by the definition %d", string(a), string(b), d, want)
		}
		// A letter put between two that are swapped takes their swap apart.
		i := rapid.IntRange(0, len(b)).Draw(t, "at")
		if more := append(append(append([]rune{}, b[:i]...), 'z'), b[i:]...); Distance(b, more) != 1 || Distance(a, more) > d+2 || Distance(a, more) < d-1 {
			t.Fatalf("%q, %q: %d", string(a), string(more), Distance(a, more))
		}
	})
}

// alignment is the distance as it is defined, from the last letters on.
func alignment(a, b []rune) int {
	seen := map[[2]int]int{}
	var of func(i, j int) int
	of = func(i, j int) int {
		if i == 0 || j == 0 {
			return i + j
		}
		if d, ok := seen[[2]int{i, j}]; ok {
			return d
		}
		d := of(i-1, j-1)
		if a[i-1] != b[j-1] {
			d++
		}
		d = min(d, of(i-1, j)+1, of(i, j-1)+1)
		if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
			d = min(d, of(i-2, j-2)+1)
		}
		seen[[2]int{i, j}] = d
		return d
	}
	return of(len(a), len(b))
}

func TestNearest(t *testing.T) {
	names := []string{"", "Kel Adar", "Kel Bor", "North", "UNAMA", "Pajhwok Afghan News", "Kabul", "18"}
	for name, want := range map[string]string{
		"kel adr": "[Kel Adar Kel Bor]", "UNMAA": "[UNAMA]", "pajhwok": "[Pajhwok Afghan News]", "Kandahar": "[]", "": "[]", "kel": "[Kel Adar Kel Bor]", "kabul": "[Kabul]", "no": "[]", "17": "[]",
	} {
		if got := fmt.Sprint(Nearest(name, names)); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
	if got := Nearest("Kel", []string{"Kel1", "Kel2", "Kel3", "Kel4", "Kel2"}); fmt.Sprint(got) != "[Kel1 Kel2 Kel3]" {
		t.Error(got)
	}
}
