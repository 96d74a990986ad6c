package output

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"toll/data"
	"toll/stats"
)

func TestEscapeMarkdown(t *testing.T) {
	for s, want := range map[string]string{
		"Spin Boldak": "Spin Boldak", "2025-10": "2025-10", "St. John (north)": "St. John (north)", "4–7": "4–7", "0.8 %": "0.8 %",
		"Source: x": "Source: x", "A + B": "A + B",
		"a|b": `a\|b`, `a\b`: `a\\b`, "<b>": `\<b\>`, "*a* _b_ ~c~ `d`": "\\*a\\* \\_b\\_ \\~c\\~ \\`d\\`", "[x](y)": `\[x\](y)`, "&lt;": `\&lt;`,
		"@user #1 $x$": `\@user \#1 \$x\$`, "http://e": `http\://e`, ":smile:": `\:smile:`, "a:b": "a:b", "a.csv:14, a.csv:20": "a.csv:14, a.csv:20", "::": "::", "www.e": `www\.e`, "WWW.e": `WWW\.e`, "{{x}}": `\{\{x\}\}`,
		"- a": `\- a`, "+ a": `\+ a`, "=": `\=`, "1. a": `1\. a`, "12) a": `12\) a`, "1.5": "1.5", "# a": `\# a`, "> a": `\> a`,
		"a\nb": "a b", "a\r\nb": "a b", "a\tb": "a b", "a\u2028b": "a b", "\u202egnp": "⟨U+202E⟩gnp", "\x1b[1m": `⟨U+001B⟩\[1m`, "\xff": "⟨U+FFFD⟩",
		"کابل\u200cی": "کابل\u200cی",
	} {
		if got := escapeMarkdown(s); got != want {
			t.Errorf("%q is written %q, want %q", s, got, want)
		}
	}
}

// cells splits a table row as GitHub does: at bars that no backslash escapes.
func cells(row string) []string {
	var out []string
	var b strings.Builder
	for i := 0; i < len(row); i++ {
		switch {
		case row[i] == '\\' && i+1 < len(row):
			b.WriteString(row[i : i+2])
			i++
		case row[i] == '|':
			out = append(out, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteByte(row[i])
		}
	}
	return out[1:] // before the first bar stands nothing
}

// unescape takes the backslashes away and reports a mark that had none.
func unescape(s string) (text string, bare byte) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
		case strings.IndexByte(markdownMarks, s[i]) >= 0:
			return "", s[i]
		}
		b.WriteByte(s[i])
	}
	return b.String(), 0
}

// checkMarkdownCell reports how a name fails to be only itself in a table cell.
func checkMarkdownCell(s string) string {
	p := &page{Title: s, Sections: []section{{Title: s, Blocks: []block{
		grid{Caption: s, Head: []column{{Title: name(s)}, {words("n"), true}}, Rows: []gridRow{{Cells: []line{name(s), words("7")}}}}}}}}
	out := string(writeMarkdown(p))
	if strings.Count(out, "\n") != strings.Count(string(writeMarkdown(&page{Title: "a", Sections: []section{{Title: "a", Blocks: []block{
		grid{Caption: "a", Head: []column{{Title: name("a")}, {words("n"), true}}, Rows: []gridRow{{Cells: []line{name("a"), words("7")}}}}}}}})), "\n") {
		return "it breaks lines"
	}
	var rows []string
	for l := range strings.Lines(out) {
		if strings.HasPrefix(l, "|") {
			rows = append(rows, strings.TrimSuffix(l, "\n"))
		}
	}
	if len(rows) != 3 {
		return "the table has not three rows"
	}
	for _, r := range rows {
		if got := cells(r); len(got) != 2 {
			return "the row " + r + " has not two cells"
		}
	}
	got, bare := unescape(cells(rows[2])[0])
	if bare != 0 {
		return "the mark " + string(bare) + " stands bare"
	}
	if want := strings.TrimSpace(data.Visible(oneLine(strings.TrimSpace(s)))); got != want {
		return "it reads " + got + " and not " + want
	}
	return ""
}

func TestNoNameBreaksATable(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := hostileName().Draw(rt, "name")
		if wrong := checkMarkdownCell(s); wrong != "" {
			rt.Fatalf("%q: %s", s, wrong)
		}
	})
}

func FuzzMarkdownCell(f *testing.F) {
	for _, s := range []string{"", "a|b", "\\|", "a\\", "`|`", "<script>", "[a](b)", "\r\n|x|", "\xff\xfe|", "1.", "-", "www.a", "a:b:c", "\u2028|"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if wrong := checkMarkdownCell(s); wrong != "" {
			t.Fatalf("%q: %s", s, wrong)
		}
	})
}

// poison puts another text in place of every text of a document that comes from
// the data or from its user.
func poison(d *Document, f func(string) string) *Document {
	change := func(ss ...*string) {
		for _, s := range ss {
			if *s != "" {
				*s = f(*s)
			}
		}
	}
	change(&d.Title, &d.Source, &d.Name)
	for i := range d.Inputs {
		change(&d.Inputs[i].Profile, &d.Inputs[i].Why)
		for j := range d.Inputs[i].Mapping {
			change(&d.Inputs[i].Mapping[j].Column)
		}
		for j := range d.Inputs[i].Unused {
			change(&d.Inputs[i].Unused[j])
		}
	}
	for i := range d.Options {
		change(&d.Options[i].Value)
	}
	for i := range d.Figures {
		x := &d.Figures[i]
		change(&x.Title, &x.Subtitle, &x.Note, &x.Alt)
		for _, r := range x.Rows {
			for j := range r {
				change(&r[j])
			}
		}
	}
	for i := range d.Omitted {
		change(&d.Omitted[i].Why)
	}
	for _, t := range d.Report.Tables {
		for i := range t.Rows {
			t.Rows[i].Keys = slices.Clone(t.Rows[i].Keys)
			for j := range t.Rows[i].Keys {
				if k := &t.Rows[i].Keys[j]; isNamed(*k) && t.Dims[j].ID != "period" {
					change(&k.Label)
				}
			}
		}
	}
	for i := range d.Report.Deadliest {
		x := &d.Report.Deadliest[i]
		change(&x.ID, &x.Country, &x.Admin1, &x.Admin2, &x.Place, &x.EventType, &x.Source, &x.Party.Label)
	}
	for i := range d.Report.Disagreements {
		x := &d.Report.Disagreements[i]
		change(&x.ID, &x.Used)
		for j := range x.Values {
			change(&x.Values[j])
		}
	}
	return d
}

// skeleton is what a Markdown text is made of, without its words: how each line
// starts, and how many cells a row has.
func skeleton(md string) []string {
	var out []string
	for l := range strings.Lines(md) {
		l = strings.TrimSuffix(l, "\n")
		switch {
		case strings.HasPrefix(l, "|"):
			out = append(out, strings.Repeat("|", len(cells(l))))
		case strings.HasPrefix(l, "#"), strings.HasPrefix(l, "- "), strings.HasPrefix(l, "> "):
			out = append(out, l[:strings.IndexByte(l, ' ')+1])
		case strings.HasPrefix(l, "!["):
			out = append(out, "![")
		case l == "":
			out = append(out, "")
		default:
			out = append(out, "text")
		}
	}
	return out
}

// hostile are names that try to be more than names; each is put in every place
// of a whole briefing.
var hostile = []string{"<script>alert(1)</script>|<img src=x>", "|\n|---|\n| x |", "](javascript:alert(1))", "`code` ``|``", "\u202eevil\u2069", "a\\", "&lt;b&gt;", "\"><b>", "--> <!--",
	"=HYPERLINK(\"http://e\")", "- item", "# head", "> quote", "1. item", "* * *", ": term", "    code", "\t- item", "![x](http://e/x.png)", "<https://e>", "http://e.example", "الطالبان", "Łódź – Kyïv"}

// bareMark finds the beginning of an element, or of a link that leads elsewhere
// than into the bundle.
var bareMark = regexp.MustCompile(`(^|[^\\])<|[^\\]\]\([^tcrm]`)

func TestHostileNamesLeaveTheMarkdownAsItIs(t *testing.T) {
	want := skeleton(fileOf(t, render(t, poison(sample(), func(string) string { return "harmless" })), "report.md"))
	for _, h := range hostile {
		md := fileOf(t, render(t, poison(sample(), func(string) string { return h })), "report.md")
		if d := cmp.Diff(want, skeleton(md)); d != "" {
			t.Errorf("%q changes the form of report.md:\n%s", h, d)
		}
		if i := bareMark.FindStringIndex(md); i != nil {
			t.Errorf("%q stands bare in report.md: %q", h, md[max(0, i[0]-20):i[1]])
		}
	}
}

func TestMarkdownLine(t *testing.T) {
	l := join(strong("Now"), words(" in "), name(" a*b "), words(", see "), file("tables/x.csv"), words(" and "), code("a.b-c"), words(", "), code("x`y|z"))
	if got, want := markdownLine(l), "**Now** in a\\*b, see [tables/x.csv](tables/x.csv) and `a.b-c`, x\\`y\\|z"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNamesOfPeriodsAndMissingThingsAreNotNames(t *testing.T) {
	for _, c := range []struct {
		k    stats.Key
		want line
	}{
		{stats.Key{ID: "a", Label: "A"}, name("A")},
		{stats.Key{ID: "a"}, name("a")},
		{stats.Key{}, words("(blank)")},
		{stats.Key{ID: "x", Label: "Not stated", Kind: stats.Unstated}, date("Not stated")},
		{stats.Key{ID: "x", Label: "Involving A", Kind: stats.Involved}, name("Involving A")},
	} {
		if got := keyLabel(c.k); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v is %v", c.k, got)
		}
	}
}
