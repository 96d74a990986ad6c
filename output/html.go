package output

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// writeHTML writes a page as one self-contained file: no network, and a policy
// that forbids it. The stylesheet and the script are admitted by their hashes.
// Without the script the page is the whole report. Cells are what the script
// adds up, nil where there are none; why says why.
func writeHTML(p *page, cells []byte, why string) []byte {
	policy := "default-src 'none'; img-src data:; style-src '" + admission(stylesheet) + "'; script-src '" + admission(script) +
		"'; base-uri 'none'; form-action 'none'"
	var b strings.Builder
	b.Grow(len(cells) + len(stylesheet) + len(script) + 1<<19)
	b.WriteString("<!DOCTYPE html>\n<html lang=\"" + catalogue.Spoken() + "\">\n<head>\n<meta charset=\"utf-8\"/>\n" +
		"<meta http-equiv=\"Content-Security-Policy\" content=\"" + escapeHTML(policy) + "\"/>\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n" +
		"<meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n" +
		"<title>" + escapeHTML(p.Title) + "</title>\n<style>" + stylesheet + "</style>\n</head>\n<body>\n" +
		"<a class=\"skip\" href=\"#main\">" + said("html.skip") + "</a>\n<header>\n<h1 dir=\"auto\">" + escapeHTML(p.Title) + "</h1>\n</header>\n")
	htmlContents(&b, p)
	b.WriteString("<main id=\"main\">\n")
	anchors := p.anchors()
	htmlBlocks(&b, p.Lead, anchors)
	if anchors["method"] && anchors["data"] {
		b.WriteString("<p class=\"note\"><a href=\"#method\">" + said("page.how-the-figures-were-made") + "</a>; <a href=\"#data\">" + said("html.what-the-data-has") + "</a>.</p>\n")
	}
	for _, s := range p.Sections {
		b.WriteString("<section aria-labelledby=\"" + s.ID + "\" data-section=\"" + s.ID + "\">\n<h2 id=\"" + s.ID + "\">" + escapeHTML(s.Title) + "</h2>\n")
		htmlBlocks(&b, s.Blocks, anchors)
		if s.ID == "method" && cells == nil && why != "" {
			b.WriteString("<p class=\"note\">" + escapeHTML(catalogue.Say("html.no-cells", "why", why)) + "</p>\n")
		}
		b.WriteString("</section>\n")
	}
	b.WriteString("</main>\n<footer>\n<p>" + htmlLine(p.Foot) + "</p>\n</footer>\n")
	if cells != nil {
		b.WriteString("<script type=\"application/json\" id=\"cells\">\n")
		b.Write(cells)
		b.WriteString("</script>\n")
	}
	b.WriteString("<script type=\"application/json\" id=\"says\">\n")
	b.Write(saidByPage(cells != nil))
	b.WriteString("</script>\n<script>" + script + "</script>\n</body>\n</html>\n")
	return []byte(b.String())
}

// said is a text of the catalogue as HTML.
func said(id string) string { return escapeHTML(catalogue.Say(id)) }

// admission is how a policy admits an inline text.
func admission(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func htmlContents(b *strings.Builder, p *page) {
	b.WriteString("<nav aria-label=\"" + said("html.contents") + "\">\n<ul>\n")
	for _, s := range p.Sections {
		b.WriteString("<li><a href=\"#" + s.ID + "\">" + escapeHTML(s.Title) + "</a></li>\n")
	}
	b.WriteString("</ul>\n</nav>\n")
}

var roleClass = [...]string{plainRole: "", leadRole: "lead", noteRole: "note", warningRole: "warning"}

func htmlBlocks(b *strings.Builder, bs []block, anchors map[string]bool) {
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
			for i, it := range x.Items {
				id := ""
				if i < len(x.IDs) {
					id = " id=\"" + x.IDs[i] + "\""
				}
				b.WriteString("<li" + id + ">" + htmlLine(it) + "</li>\n")
			}
			b.WriteString("</ul>\n")
		case grid:
			htmlGrid(b, x, anchors)
		case picture:
			htmlPicture(b, x)
		}
	}
}

// htmlGrid writes a table that scrolls within its own box on a narrow screen.
func htmlGrid(b *strings.Builder, g grid, anchors map[string]bool) {
	id := "table-" + g.ID
	titled := ""
	if g.TitleOf != "" {
		titled = " data-by=\"" + g.TitleOf + "\""
	} else if g.Title != "" {
		titled = " data-title=\"" + escapeHTML(g.Title) + "\""
	}
	b.WriteString("<div class=\"scroll\" role=\"region\" aria-labelledby=\"" + id + "\" tabindex=\"0\">\n<table data-table=\"" + g.ID + "\"" + titled + ">\n<caption id=\"" +
		id + "\">" + escapeHTML(g.Caption) + ruleLink(g.ID, anchors) + "</caption>\n<thead>\n<tr>")
	for i, c := range g.Head {
		counts := ""
		if i < len(g.Counts) && g.Counts[i] != "" {
			counts = " data-counts=\"" + g.Counts[i] + "\""
		}
		b.WriteString("<th scope=\"col\"" + numberClass(c.Number) + counts + ">" + htmlLine(c.Title) + "</th>")
	}
	b.WriteString("</tr>\n</thead>\n<tbody>\n")
	for _, r := range g.Rows {
		b.WriteString("<tr")
		if r.Aside {
			b.WriteString(" class=\"aside\"")
		}
		if r.Measure != "" {
			b.WriteString(" data-measure=\"" + r.Measure + "\"")
		}
		b.WriteString(">")
		for i, c := range r.Cells {
			if i == 0 && anchors[r.Rule] {
				b.WriteString("<th scope=\"row\"><a href=\"#" + r.Rule + "\">" + htmlLine(c) + "</a></th>")
			} else if i == 0 {
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

// ruleLink links a table to the rule that a reader of it must know.
func ruleLink(id string, anchors map[string]bool) string {
	rule, words := "", ""
	switch kind, _, _ := strings.Cut(id, "-"); {
	case id == "by-party" || strings.HasSuffix(id, "-party"):
		rule, words = ruleParties, said("html.rule-parties")
	case kind == "by" && isPeriodTable(id):
		rule, words = rulePeriod, said("html.rule-period")
	case kind == "by":
		rule, words = ruleSums, said("html.rule-sums")
	case id == "deadliest-table":
		rule, words = ruleBounds, said("html.rule-bounds")
	}
	if !anchors[rule] {
		return ""
	}
	return " <a class=\"rule\" href=\"#" + rule + "\">" + words + "</a>"
}

func isPeriodTable(id string) bool {
	_, ok := stats.ParsePeriod(strings.TrimPrefix(id, "by-"))
	return ok
}

// htmlPicture writes a chart: as a drawing, whose words can be selected, or as a
// picture where there is none. A drawing bears its own title.
func htmlPicture(b *strings.Builder, p picture) {
	b.WriteString("<figure data-chart=\"" + p.ID + "\">\n")
	if p.SVG != nil {
		b.WriteString("<h3 class=\"unseen\" dir=\"auto\">" + escapeHTML(p.Title) + "</h3>\n")
		b.Write(p.SVG)
	} else {
		b.WriteString("<h3 dir=\"auto\">" + escapeHTML(p.Title) + "</h3>\n")
		b.WriteString("<img alt=\"" + escapeHTML(p.Alt) + "\" src=\"data:image/png;base64," + base64.StdEncoding.EncodeToString(p.PNG) + "\"/>\n")
	}
	b.WriteString("</figure>\n")
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
		case figureSpan: // its address leads the script to the records behind it
			b.WriteString("<span data-at=\"" + escapeHTML(s.Address) + "\">" + t + "</span>")
		default:
			b.WriteString(t)
		}
	}
	return b.String()
}

// escapeHTML makes a text mean only itself in HTML, as content or as a quoted
// attribute, with hidden characters shown.
func escapeHTML(s string) string { return html.EscapeString(data.Visible(oneLine(s))) }
