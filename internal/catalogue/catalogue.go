// Package catalogue holds what a briefing says: the sentences, titles, heads and
// notes of its report, tables, charts and page, in one language. Each has a stable
// id, and parts in braces that are named: "At least {low} people". What depends on
// a number has a form for each of the language's plurals, "id.one" and "id.other"
// in English.
//
// A process speaks one language, as it has one locale: Speak chooses it before a
// briefing is begun, and nothing changes it while one is made. Ids, codes, column
// names and the names of the data are no words of a language and are not here.
package catalogue

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// language is a catalogue: texts by their ids, and which plural a number takes.
type language struct {
	tag    string
	texts  map[string]string
	plural func(n int64) string
}

// languages are the catalogues by the tag that --lang takes (BCP 47).
var languages = map[string]*language{"en": {"en", union(englishReport, englishCompared, englishTables, englishCharts, englishPage, englishScript), oneOrOther}}

// spoken is the language of the process.
var spoken = languages["en"]

// union puts the parts of a catalogue together. An id in two of them is a fault of
// the program, which a test finds.
func union(parts ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}

func oneOrOther(n int64) string {
	if n == 1 {
		return "one"
	}
	return "other"
}

// Languages lists the tags that Speak takes.
func Languages() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(languages)), func(tag string) bool { return tag == Bracketed })
}

// Speak chooses the language of the process; blank is English.
func Speak(tag string) error {
	if tag == "" {
		tag = "en"
	}
	l, ok := languages[tag]
	if !ok {
		return fmt.Errorf("lang %q: there is no catalogue of that language; use %s", tag, strings.Join(Languages(), " or "))
	}
	spoken = l
	return nil
}

// Spoken is the tag of the language of the process.
func Spoken() string { return spoken.tag }

// Text returns a text with its parts in braces, and false where there is none.
func Text(id string) (string, bool) {
	t, ok := spoken.texts[id]
	return t, ok
}

// Texts are the texts of the language of the process, by their ids.
func Texts() map[string]string { return maps.Clone(spoken.texts) }

// Plural is the id of the form that a number takes: "id.one".
func Plural(id string, n int64) string { return id + "." + spoken.plural(n) }

// Say is the text of an id with its parts, given by name and value in turn. A text
// or part that there is none of is a fault of the program, and is shown as what is
// missing.
func Say(id string, parts ...string) string {
	text, ok := spoken.texts[id]
	if !ok {
		return "{" + id + "}"
	}
	if strings.IndexByte(text, '{') < 0 {
		return text
	}
	var b strings.Builder
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			break
		}
		var name string
		name, text, _ = strings.Cut(rest, "}")
		b.WriteString(part(name, parts))
	}
	return b.String()
}

func part(name string, parts []string) string {
	for i := 0; i+1 < len(parts); i += 2 {
		if parts[i] == name {
			return parts[i+1]
		}
	}
	return "{" + name + "}"
}

// SayOf is a text whose wording depends on a number.
func SayOf(id string, n int64, parts ...string) string { return Say(Plural(id, n), parts...) }

// Month names a month of the year from 1: "January", and ShortMonth as tables and
// axes write it: "Jan".
func Month(m int) string      { return Say("month." + strconv.Itoa(m)) }
func ShortMonth(m int) string { return Say("month.short." + strconv.Itoa(m)) }
