package output

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"toll/internal/catalogue"
)

// say is a sentence of the catalogue with its parts. A page holds sentences by
// their ids, and is put into words by speak: what a briefing says does not depend
// on the language.
func say(id string, args ...arg) line {
	return line{{Kind: messageSpan, Text: id, Args: args, Count: noCount}}
}

// sayOf is a sentence whose wording depends on a number.
func sayOf(id string, n int64, args ...arg) line {
	return line{{Kind: messageSpan, Text: id, Args: args, Count: n}}
}

const noCount = -1

// with is a part of a sentence.
func with(name string, l line) arg { return arg{name, l} }

// capital begins a line with a capital letter.
func capital(l line) line { return line{{Kind: capitalSpan, Args: []arg{{"", l}}}} }

// spoken puts a line into words.
func spoken(l line) line {
	var out line
	for _, s := range l {
		switch s.Kind {
		case messageSpan:
			out = append(out, message(s)...)
		case capitalSpan:
			inner := spoken(s.Args[0].line)
			for i := range inner {
				if inner[i].Kind == wordsSpan || inner[i].Kind == figureSpan {
					inner[i].Text = capitalized(inner[i].Text)
				}
				if inner[i].Text != "" {
					break
				}
			}
			out = append(out, inner...)
		default:
			out = append(out, s)
		}
	}
	return out
}

func capitalized(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// message puts one sentence into words. A sentence or part that there is none of
// is a fault of the program, and is shown as what is missing.
func message(s span) line {
	id := s.Text
	if s.Count != noCount {
		id = catalogue.Plural(id, s.Count)
	}
	text, ok := catalogue.Text(id)
	if !ok {
		return words(fmt.Sprintf("{%s}", id))
	}
	if s.Address != "" { // a figure that there is a word for
		return figure(text, s.Address)
	}
	var out line
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		out = append(out, stressed(before)...)
		if !found {
			break
		}
		var part string
		part, text, _ = strings.Cut(rest, "}")
		out = append(out, partOf(s, part)...)
	}
	return out
}

// partOf is one part of a sentence.
func partOf(s span, name string) line {
	for _, a := range s.Args {
		if a.name == name {
			return spoken(a.line)
		}
	}
	return words("{" + name + "}")
}

// stressed turns **words** into stressed ones.
func stressed(s string) line {
	var l line
	for i, part := range strings.Split(s, "**") {
		switch {
		case part == "":
		case i%2 == 1:
			l = append(l, span{Kind: strongSpan, Text: part})
		default:
			l = append(l, span{Kind: wordsSpan, Text: part})
		}
	}
	return l
}

// speak puts every line of a page into words.
func speak(p *page) {
	blocks := func(bs []block) {
		for i, b := range bs {
			switch b := b.(type) {
			case paragraph:
				b.Text = spoken(b.Text)
				bs[i] = b
			case list:
				for n := range b.Items {
					b.Items[n] = spoken(b.Items[n])
				}
			case grid:
				for n := range b.Head {
					b.Head[n].Title = spoken(b.Head[n].Title)
				}
				for _, r := range b.Rows {
					for n := range r.Cells {
						r.Cells[n] = spoken(r.Cells[n])
					}
				}
			}
		}
	}
	blocks(p.Lead)
	for _, s := range p.Sections {
		blocks(s.Blocks)
	}
	p.Foot = spoken(p.Foot)
}
