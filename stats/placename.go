package stats

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"toll/data"
)

// kindsOfPlace are words that say what kind of place a name is of. Datasets add
// and drop them: "Kurram agency", "Kurram". They are left out where they stand at
// the end of a name.
var kindsOfPlace = []string{"agency", "area", "capital", "city", "county", "department", "district", "division", "governorate", "municipality",
	"oblast", "province", "region", "state", "tehsil", "territory", "town", "village"}

// nameKey is the form in which names of two datasets are compared: letters and
// digits alone, without case, accents or the signs between words.
func nameKey(s string) string { return strings.Join(nameWords(s), "") }

func nameWords(s string) []string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '‘', r == 'ʼ', r == '`':
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFKD.String(s))
	return strings.Fields(plain)
}

// placeKey is nameKey without words for a kind of place at the end.
func placeKey(s string) string {
	words := nameWords(s)
	for len(words) > 1 && slices.Contains(kindsOfPlace, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, "")
}

// noParties are names that name nobody in particular.
var noParties = []string{"", "unknown", "unknowngroup", "unknownperpetrator", "unidentified", "unidentifiedarmedgroup", "unidentifiedgunmen",
	"unidentifiedmilitants", "notstated", "civilians", "other", "others"}

// partyKeys are the forms in which a party's name is compared: the whole, what
// stands in brackets and what stands outside, and the two sides of a pair such
// as "Government of Hest - Northern Front". Names that name nobody have none.
func partyKeys(names []string) []string {
	var keys []string
	for _, n := range names {
		for _, side := range append(strings.Split(n, " - "), n) {
			keys = append(keys, nameKey(side))
			if before, rest, ok := strings.Cut(side, "("); ok {
				inside, after, _ := strings.Cut(rest, ")")
				keys = append(keys, nameKey(before+" "+after), nameKey(inside))
			}
		}
	}
	slices.Sort(keys)
	return slices.DeleteFunc(slices.Compact(keys), func(k string) bool { return slices.Contains(noParties, k) })
}

// shareName reports whether two sorted lists have an entry in common.
func shareName(a, b []string) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			return true
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return false
}

// cosines holds the cosine of each whole degree of latitude in millionths: a
// table of integers, so that a distance is the same on every processor.
var cosines = func() (c [91]int64) {
	for i := range c {
		c[i] = int64(math.Round(math.Cos(float64(i)*math.Pi/180) * 1e6))
	}
	return c
}()

// metresPerDegree is a degree of a great circle on a sphere of the Earth's mean
// radius, 6,371.0088 km.
const metresPerDegree = 111_195

// distance returns about how far apart two points are, in metres, and false
// where one is not stated. Latitude and longitude are in millionths of a degree.
// It is the equirectangular approximation at the mean latitude taken to the
// whole degree, good to some per cent over the few kilometres it is asked about.
func distance(lat1, lon1, lat2, lon2 int32) (int64, bool) {
	if lat1 == data.NoCoord || lon1 == data.NoCoord || lat2 == data.NoCoord || lon2 == data.NoCoord {
		return 0, false
	}
	dlat := abs64(int64(lat1) - int64(lat2))
	dlon := abs64(int64(lon1) - int64(lon2))
	if dlon > 180_000_000 { // across the date line
		dlon = 360_000_000 - dlon
	}
	mean := Ratio(abs64(int64(lat1)+int64(lat2)), 2_000_000)
	north := Ratio(dlat*metresPerDegree, 1_000_000)
	east := Ratio(Ratio(dlon*metresPerDegree, 1_000_000)*cosines[min(mean, 90)], 1_000_000)
	return isqrt(north*north + east*east), true
}

func abs64(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}

// isqrt is the whole part of a square root, by Newton's method in integers.
func isqrt(n int64) int64 {
	if n < 2 {
		return max(n, 0)
	}
	x := int64(1) << 32
	for {
		y := (x + n/x) / 2
		if y >= x {
			return x
		}
		x = y
	}
}
