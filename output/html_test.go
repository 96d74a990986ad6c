package output

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// elements reads the elements of an HTML text in order, with their attributes,
// and fails where tags do not match.
func elements(t testing.TB, s string) []xml.StartElement {
	t.Helper()
	s = regexp.MustCompile(`(?s)(<script[^>]*>).*?</script>`).ReplaceAllString(s, "$1</script>") // no text of a script is markup
	dec := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(s, "<!DOCTYPE html>\n")))
	dec.Entity = xml.HTMLEntity
	var out []xml.StartElement
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := tok.(xml.StartElement); ok {
			out = append(out, e.Copy())
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// tags lists the elements with their attributes' names, and the values of those
// that no text of the data may set.
func tags(t testing.TB, s string) []string {
	var out []string
	for _, e := range elements(t, s) {
		x := e.Name.Local
		for _, a := range e.Attr {
			x += " " + a.Name.Local
			if a.Name.Local != "alt" {
				x += "=" + a.Value
			}
		}
		out = append(out, x)
	}
	return out
}

func TestHTMLIsSelfContained(t *testing.T) {
	h := fileOf(t, render(t, sample()), "report.html")
	outside := strings.ReplaceAll(h, `http://www.w3.org/2000/svg`, "") // a name, and no address
	for _, bad := range []string{"javascript:", "@import", "url(", "style=", "onload", "http://", "https://", "//cdn", "eval(", "innerHTML", "fetch(", "XMLHttpRequest"} {
		if strings.Contains(outside, bad) {
			t.Errorf("report.html holds %q", bad)
		}
	}
	var policy string
	for _, e := range elements(t, h) {
		if attr(e, "http-equiv") == "Content-Security-Policy" {
			policy = attr(e, "content")
		}
		if src := attr(e, "src"); src != "" && !strings.HasPrefix(src, "data:image/png;base64,") {
			t.Errorf("%s loads %q", e.Name.Local, src)
		}
	}
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(h)
	if len(style) != 2 {
		t.Fatal("there is no style")
	}
	sum := sha256.Sum256([]byte(style[1]))
	scripts := regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllStringSubmatch(h, -1)
	if len(scripts) != 1 {
		t.Fatalf("there are %d scripts", len(scripts))
	}
	run := sha256.Sum256([]byte(scripts[0][1]))
	for _, want := range []string{"default-src 'none'", "img-src data:", "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		"script-src 'sha256-" + base64.StdEncoding.EncodeToString(run[:]) + "'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %q", policy, want)
		}
	}
}

func TestHTMLHasLandmarksAndScopes(t *testing.T) {
	es := elements(t, fileOf(t, render(t, sample()), "report.html"))
	ids, count := map[string]bool{}, map[string]int{}
	for _, e := range es {
		count[e.Name.Local]++
		if id := attr(e, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements are called %q", id)
			}
			ids[id] = true
		}
		switch e.Name.Local {
		case "th":
			if s := attr(e, "scope"); s != "col" && s != "row" {
				t.Error("a head of a table has no scope")
			}
		case "img":
			if attr(e, "alt") == "" {
				t.Error("a picture has no alternative text")
			}
		case "html":
			if attr(e, "lang") != "en" {
				t.Error("the language is not said")
			}
		}
	}
	for _, e := range es {
		if h := attr(e, "href"); strings.HasPrefix(h, "#") && !ids[h[1:]] {
			t.Errorf("%s leads nowhere", h)
		}
		if l := attr(e, "aria-labelledby"); l != "" && !ids[l] {
			t.Errorf("nothing is called %s", l)
		}
	}
	for _, one := range []string{"main", "nav", "header", "footer", "h1"} {
		if count[one] != 1 {
			t.Errorf("there are %d of %s", count[one], one)
		}
	}
	if count["table"] != count["caption"] || count["table"] != count["thead"] || count["table"] < 10 {
		t.Errorf("%d tables, %d captions, %d heads", count["table"], count["caption"], count["thead"])
	}
}

func TestHostileNamesLeaveTheHTMLAsItIs(t *testing.T) {
	want := tags(t, fileOf(t, render(t, poison(sample(), func(string) string { return "harmless" })), "report.html"))
	for _, h := range hostile {
		got := tags(t, fileOf(t, render(t, poison(sample(), func(string) string { return h })), "report.html"))
		if !slices.Equal(got, want) {
			t.Errorf("%q changes the form of report.html", h)
		}
	}
}

func TestHTMLLineIsReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := hostileName().Draw(rt, "name")
		var b strings.Builder
		b.WriteString("<p>" + htmlLine(join(words("before "), name(s), words(" after"))) + "</p>")
		dec := xml.NewDecoder(strings.NewReader(b.String()))
		dec.Entity = xml.HTMLEntity
		var read []string
		for {
			tok, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				rt.Fatalf("%q: %v", s, err)
			}
			if e, ok := tok.(xml.StartElement); ok {
				read = append(read, e.Name.Local)
			}
		}
		if want := []string{"p", "bdi"}; strings.TrimSpace(s) != "" && !slices.Equal(read, want) {
			rt.Fatalf("%q gives %v", s, read)
		}
	})
}

// TestMarkdownAndHTMLSayTheSame compares the words of the two reports, which
// come from the same page.
func TestMarkdownAndHTMLSayTheSame(t *testing.T) {
	p := compose(sample())
	h := fileOf(t, render(t, sample()), "report.html")
	md := fileOf(t, render(t, sample()), "report.md")
	check := func(bs []block) {
		for _, x := range bs {
			var ls []line
			switch x := x.(type) {
			case paragraph:
				ls = []line{x.Text}
			case list:
				ls = x.Items
			case grid:
				for _, r := range x.Rows {
					ls = append(ls, r.Cells...)
				}
			}
			for _, l := range ls {
				if !strings.Contains(h, htmlLine(l)) {
					t.Errorf("report.html lacks %q", text(l))
				}
				if !strings.Contains(md, markdownLine(l)) {
					t.Errorf("report.md lacks %q", text(l))
				}
			}
		}
	}
	check(p.Lead)
	for _, s := range p.Sections {
		check(s.Blocks)
	}
}

// TestHTMLNamesAreIsolated has a name from right to left beside figures: it must
// stand in an element of its own, so that the figures keep their places.
func TestHTMLNamesAreIsolated(t *testing.T) {
	d := sample()
	table := d.Report.Table("by-admin1")
	table.Rows[0].Keys[0].Label = "قندهار"
	h := fileOf(t, render(t, d), "report.html")
	for _, want := range []string{`<th scope="row"><bdi>قندهار</bdi></th>`, `<h1 dir="auto">`} {
		if !strings.Contains(h, want) {
			t.Errorf("report.html lacks %s", want)
		}
	}
	if strings.Contains(h, "<bdi>Not stated</bdi>") {
		t.Error("the briefing's own words are taken for a name")
	}
}
