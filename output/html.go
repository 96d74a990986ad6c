package output

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"strings"

	"toll/data"
)

// writeHTML writes a page as one self-contained file: no script, no network, and
// a policy that forbids both. The stylesheet is admitted by its hash.
func writeHTML(p *page) []byte {
	sum := sha256.Sum256([]byte(stylesheet))
	policy := "default-src 'none'; img-src data:; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'"
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n" +
		"<meta http-equiv=\"Content-Security-Policy\" content=\"" + escapeHTML(policy) + "\"/>\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n" +
		"<meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n" +
		"<title>" + escapeHTML(p.Title) + "</title>\n<style>" + stylesheet + "</style>\n</head>\n<body>\n" +
		"<a class=\"skip\" href=\"#main\">Skip to the briefing</a>\n<header>\n<h1 dir=\"auto\">" + escapeHTML(p.Title) + "</h1>\n</header>\n")
	htmlContents(&b, p)
	b.WriteString("<main id=\"main\">\n")
	htmlBlocks(&b, p.Lead)
	for _, s := range p.Sections {
		b.WriteString("<section aria-labelledby=\"" + s.ID + "\">\n<h2 id=\"" + s.ID + "\">" + escapeHTML(s.Title) + "</h2>\n")
		htmlBlocks(&b, s.Blocks)
		b.WriteString("</section>\n")
	}
	b.WriteString("</main>\n<footer>\n<p>" + htmlLine(p.Foot) + "</p>\n</footer>\n</body>\n</html>\n")
	return []byte(b.String())
}

func htmlContents(b *strings.Builder, p *page) {
	b.WriteString("<nav aria-label=\"Contents\">\n<ul>\n")
	for _, s := range p.Sections {
		b.WriteString("<li><a href=\"#" + s.ID + "\">" + escapeHTML(s.Title) + "</a></li>\n")
	}
	b.WriteString("</ul>\n</nav>\n")
}

var roleClass = [...]string{plainRole: "", leadRole: "lead", noteRole: "note", warningRole: "warning"}

func htmlBlocks(b *strings.Builder, bs []block) {
	for _, x := range bs {
		switch x := x.(type) {
		case paragraph:
			class := ""
			if c := roleClass[x.Role]; c != "" {
				class = " class=\"" + c + "\""
			}
			b.WriteString("<p" + class + ">" + htmlLine(x.Text) + "</p>\n")
		case list:
			b.WriteString("<ul>\n")
			for _, it := range x.Items {
				b.WriteString("<li>" + htmlLine(it) + "</li>\n")
			}
			b.WriteString("</ul>\n")
		case grid:
			htmlGrid(b, x)
		case picture:
			htmlPicture(b, x)
		}
	}
}

// htmlGrid writes a table that scrolls within its own box on a narrow screen.
func htmlGrid(b *strings.Builder, g grid) {
	id := "table-" + g.ID
	b.WriteString("<div class=\"scroll\" role=\"region\" aria-labelledby=\"" + id + "\" tabindex=\"0\">\n<table>\n<caption id=\"" +
		id + "\">" + escapeHTML(g.Caption) + "</caption>\n<thead>\n<tr>")
	for _, c := range g.Head {
		b.WriteString("<th scope=\"col\"" + numberClass(c.Number) + ">" + htmlLine(c.Title) + "</th>")
	}
	b.WriteString("</tr>\n</thead>\n<tbody>\n")
	for _, r := range g.Rows {
		if r.Aside {
			b.WriteString("<tr class=\"aside\">")
		} else {
			b.WriteString("<tr>")
		}
		for i, c := range r.Cells {
			if i == 0 {
				b.WriteString("<th scope=\"row\">" + htmlLine(c) + "</th>")
			} else {
				b.WriteString("<td" + numberClass(i < len(g.Head) && g.Head[i].Number) + ">" + htmlLine(c) + "</td>")
			}
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table>\n</div>\n")
}

func numberClass(number bool) string {
	if number {
		return " class=\"n\""
	}
	return ""
}

func htmlPicture(b *strings.Builder, p picture) {
	b.WriteString("<figure>\n<h3 dir=\"auto\">" + escapeHTML(p.Title) + "</h3>\n")
	b.WriteString("<img alt=\"" + escapeHTML(p.Alt) + "\" src=\"data:image/png;base64," + base64.StdEncoding.EncodeToString(p.PNG) + "\"/>\n</figure>\n")
}

// htmlLine writes a line. Names are isolated, so that a name written from right
// to left leaves the words around it where they are.
func htmlLine(l line) string {
	var b strings.Builder
	for _, s := range l {
		t := escapeHTML(s.Text)
		switch s.Kind {
		case nameSpan:
			if t = escapeHTML(strings.TrimSpace(s.Text)); t != "" {
				b.WriteString("<bdi>" + t + "</bdi>")
			}
		case strongSpan:
			b.WriteString("<strong>" + t + "</strong>")
		case fileSpan:
			b.WriteString("<a href=\"" + t + "\">" + t + "</a>")
		case codeSpan:
			b.WriteString("<code>" + t + "</code>")
		default:
			b.WriteString(t)
		}
	}
	return b.String()
}

// escapeHTML makes a text mean only itself in HTML, as content or as a quoted
// attribute, with hidden characters shown.
func escapeHTML(s string) string { return html.EscapeString(data.Visible(oneLine(s))) }
