package output

import (
	"strings"

	"toll/data"
)

// writeMarkdown writes a page as GitHub-flavoured Markdown without raw HTML.
func writeMarkdown(p *page) []byte {
	var b strings.Builder
	b.WriteString("# " + markdownText(p.Title) + "\n")
	markdownBlocks(&b, p.Lead)
	for _, s := range p.Sections {
		b.WriteString("\n## " + markdownText(s.Title) + "\n")
		markdownBlocks(&b, s.Blocks)
	}
	b.WriteString("\n---\n\n" + markdownLine(p.Foot) + "\n")
	return []byte(b.String())
}

func markdownBlocks(b *strings.Builder, bs []block) {
	for _, x := range bs {
		b.WriteByte('\n')
		switch x := x.(type) {
		case paragraph:
			b.WriteString(markdownParagraph(x) + "\n")
		case list:
			for _, it := range x.Items {
				b.WriteString("- " + atStart(markdownLine(it)) + "\n")
			}
		case grid:
			markdownGrid(b, x)
		case picture:
			b.WriteString("### " + markdownText(x.Title) + "\n\n")
			b.WriteString("![" + markdownText(x.Alt) + "](" + picturePath(x.ID) + ")\n")
		}
	}
}

func markdownParagraph(p paragraph) string {
	s := atStart(markdownLine(p.Text))
	if p.Role == warningRole {
		return "> " + s
	}
	return s
}

// markdownGrid writes a table under its caption, numbers flush right.
func markdownGrid(b *strings.Builder, g grid) {
	b.WriteString("**" + markdownText(g.Caption) + "**\n\n|")
	for _, c := range g.Head {
		b.WriteString(" " + markdownLine(c.Title) + " |")
	}
	b.WriteString("\n|")
	for _, c := range g.Head {
		if c.Number {
			b.WriteString("---:|")
		} else {
			b.WriteString("---|")
		}
	}
	b.WriteByte('\n')
	for _, r := range g.Rows {
		b.WriteByte('|')
		for _, c := range r.Cells {
			b.WriteString(" " + markdownLine(c) + " |")
		}
		b.WriteByte('\n')
	}
}

// markdownLine writes a line. Stress and links are the briefing's own: data
// reaches a line only through escapeMarkdown.
func markdownLine(l line) string {
	var b strings.Builder
	for i := 0; i < len(l); i++ {
		switch s := l[i]; s.Kind {
		case strongSpan:
			b.WriteString("**" + escapeMarkdown(s.Text) + "**")
		case fileSpan:
			b.WriteString("[" + s.Text + "](" + s.Text + ")")
		case codeSpan:
			b.WriteString(markdownCode(s.Text))
		case nameSpan:
			b.WriteString(markdownText(s.Text))
		default: // figures and dates are part of the words around them
			text := s.Text
			for i+1 < len(l) && saysPlainly(l[i+1].Kind) {
				i++
				text += l[i].Text
			}
			b.WriteString(escapeMarkdown(text))
		}
	}
	return b.String()
}

func saysPlainly(k spanKind) bool { return k == wordsSpan || k == figureSpan || k == dateSpan }

// markdownCode writes a code, an address or an option of the program's own. What
// is not plainly one is written as text: within code, a bar would end a cell and
// a backslash would be shown.
func markdownCode(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=") == "" && s != "" {
		return "`" + s + "`"
	}
	return escapeMarkdown(s)
}

// markdownText writes a text that stands alone, as a heading or a name.
func markdownText(s string) string { return atStart(escapeMarkdown(strings.TrimSpace(s))) }

// atStart makes escaped text harmless at the start of a block: spaces would make
// it code, and a colon a definition where those are known.
func atStart(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, ":") {
		return `\` + s
	}
	return s
}

// markdownMarks are the marks that can mean something anywhere in a line of
// Markdown: emphasis, links, code, raw HTML, tables, strikethrough, mathematics,
// mentions and issue numbers.
const markdownMarks = "\\`*_{}[]<>&|~$@#^"

// escapeMarkdown makes a text mean only itself, wherever it stands in a line:
// line breaks become spaces, hidden characters are shown, and every mark that
// Markdown could act on is escaped. Marks that only matter at the start of a
// line or within a bare address stay readable elsewhere, as in 2025-10.
func escapeMarkdown(s string) string {
	s = data.Visible(oneLine(s))
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if marks(s, i) {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// marks reports whether the byte at i could mean something to Markdown.
func marks(s string, i int) bool {
	switch c := s[i]; c {
	case '-', '+', '=':
		return i == 0
	case ':':
		return opensName(s[i+1:])
	case '.', ')': // 1. of a list, www.
		return opensItem(s, i) || (c == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www"))
	default:
		return strings.IndexByte(markdownMarks, c) >= 0
	}
}

// opensName reports whether what follows a colon makes it part of http:// or
// opens a :smile:.
func opensName(rest string) bool {
	word, _, closed := strings.Cut(rest, ":")
	return strings.HasPrefix(rest, "//") || closed && word != "" && !strings.Contains(word, " ")
}

// opensItem reports whether the mark at i ends a number that would open an item
// of a numbered list.
func opensItem(s string, i int) bool {
	return i > 0 && digitsOnly(s[:i]) && (i+1 == len(s) || s[i+1] == ' ')
}

func digitsOnly(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// oneLine turns every line break, tab and other break into a space.
func oneLine(s string) string {
	s = strings.ReplaceAll(s, "\r\n", " ")
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r', '\t', '\v', '\f', 0x85, 0x2028, 0x2029:
			return ' '
		}
		return r
	}, s)
}
