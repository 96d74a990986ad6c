package record

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plainLetters lowers the letters of a word and takes their accents off, so that
// "Décembre" is found under "decembre". It compares; it never changes what is kept.
func plainLetters(s string) string {
	if isPlainLower(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func isPlainLower(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

// monthLists are the months in the languages of the datasets that are read:
// English, Spanish, French and Portuguese.
var monthLists = []string{
	"january february march april may june july august september october november december",
	"jan feb mar apr may jun jul aug sep oct nov dec",
	"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	"ene feb mar abr may jun jul ago set oct nov dic",
	"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
	"janv fevr mars avr mai juin juil aout sept oct nov dec",
	"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
	"jan fev mar abr mai jun jul ago set out nov dez",
}

// weekdayLists are the days of the week, Monday first.
var weekdayLists = []string{
	"monday tuesday wednesday thursday friday saturday sunday",
	"mon tue wed thu fri sat sun",
	"mon tues weds thurs fri sat sun",
	"lunes martes miercoles jueves viernes sabado domingo",
	"lundi mardi mercredi jeudi vendredi samedi dimanche",
	"segunda terca quarta quinta sexta sabado domingo",
}

var weekdayWords = append([]string{""}, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

var (
	monthNames   = numbered(monthLists)
	weekdayNames = numbered(weekdayLists)
)

// numbered gives each word of the lists its place, from 1. No word stands at two
// places; a test holds that.
func numbered(lists []string) map[string]int {
	m := map[string]int{}
	for _, l := range lists {
		for i, w := range strings.Fields(l) {
			m[w] = i + 1
		}
	}
	return m
}
