package hostile

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// made is what toll made of one dataset.
type made struct {
	t    *testing.T
	dir  string
	toll string
	said map[string]string // what each command wrote to the terminal
}

// build builds the program under test.
func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "toll")
	c := exec.Command("go", "build", "-o", program, "./cmd/toll")
	c.Dir = filepath.Join("..", "..")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// run runs toll; findings, which exit with 1, are to be expected.
func (m *made) run(args ...string) string {
	m.t.Helper()
	var out, said bytes.Buffer
	c := exec.Command(m.toll, args...)
	c.Dir, c.Stdout, c.Stderr = m.dir, &out, &said
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		m.t.Errorf("toll %q: %v: %s", args, err, said.String())
	}
	key := strings.Join(args, " ")
	m.said[key] = said.String()
	return out.String()
}

// runAll runs every command that writes something for people or for programs.
func runAll(t *testing.T, program string, names []string, title string) *made {
	m := &made{t: t, dir: t.TempDir(), toll: program, said: map[string]string{}}
	dataset(t, filepath.Join(m.dir, "data", "set"), names)
	quoted, err := json.Marshal(title)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(m.dir, "data", "set", "toll.yaml"), "title: "+string(quoted)+"\nsource: "+string(quoted)+"\n")
	terminal := func(args ...string) { m.said["stdout of "+strings.Join(args, " ")] = m.run(args...) }
	file := func(name string, args ...string) { write(t, filepath.Join(m.dir, "said", name), m.run(args...)) }
	terminal("report", "data/set", "--show-notes", "--top", "50")
	terminal("verify")
	terminal("explain", "total/killed.high", "data/set", "--limit", "300", "--show-notes")
	terminal("explain", "output/set/charts/timeseries.png")
	terminal("check", "data/set", "--suggest")
	terminal("map", "data/set/incidents.csv")
	for _, f := range []string{"json", "csv", "sarif", "github"} {
		file("check."+f, "check", "data/set", "--format", f)
	}
	for _, kind := range []string{"timeseries", "perpetrators", "locations", "locations-perpetrators", "claims", "map"} {
		terminal("chart", kind, "data/set", "--format", "svg", "-o", kind+".svg")
	}
	file("convert.csv", "convert", "data/set")
	terminal("tables", "data/set", "-o", "tables")

	// One figure changed: what verify and diff say of it.
	before := filepath.Join(m.dir, "before", "set")
	if err := os.CopyFS(before, os.DirFS(filepath.Join(m.dir, "data", "set"))); err != nil {
		t.Fatal(err)
	}
	p := filepath.Join(m.dir, "data", "set", "incidents.csv")
	b, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	write(t, p, strings.ReplaceAll(string(b), ",4-9,", ",4-10,"))
	terminal("verify")
	for _, f := range []string{"json", "github", "junit", "sarif"} {
		file("verify."+f, "verify", "--format", f)
	}
	file("diff.md", "diff", "before/set", "data/set")
	terminal("compare", "before/set", "data/set", "-o", "compared")
	return m
}

// files lists what was made, by path.
func (m *made) files() map[string][]byte {
	all := map[string][]byte{}
	err := filepath.WalkDir(m.dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(m.dir, p)
		if err != nil {
			return err
		}
		if !e.Type().IsRegular() {
			m.t.Errorf("%s is no file", rel)
		}
		all[filepath.ToSlash(rel)], err = os.ReadFile(p)
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return all
}

// TestHostileNames sends the names through every output and reads it back. What
// may stand in a file is learned from the same made of names that mean nothing.
func TestHostileNames(t *testing.T) {
	program := build(t)
	names := corpus(t)
	tame := runAll(t, program, harmless(len(names)), "A plain title")
	wild := runAll(t, program, names, "</title><script>alert(\"t\")</script> | =1+1 @x \u202e")
	was, is := tame.files(), wild.files()
	for p := range is {
		if _, ok := was[p]; !ok && !strings.HasPrefix(p, "output/set/charts/") {
			t.Errorf("a file %q was made", p)
		}
	}
	tags := learn(t, was)
	for p, b := range is {
		switch {
		case strings.HasPrefix(p, "data/") || strings.HasPrefix(p, "before/"):
		case path.Ext(p) == ".md":
			checkMarkdown(t, p, b)
		case path.Ext(p) == ".html":
			checkHTML(t, p, b, tags)
		case path.Ext(p) == ".json" || path.Ext(p) == ".sarif":
			checkJSON(t, p, b)
		case path.Ext(p) == ".csv":
			checkCSV(t, p, b, p != "said/convert.csv")
		case path.Ext(p) == ".png":
			checkPNG(t, p, b)
		case path.Ext(p) == ".svg" || path.Ext(p) == ".junit":
			checkXML(t, p, b, elements(t, was, path.Ext(p)))
		case path.Ext(p) == ".github":
			checkCommands(t, p, string(b))
		default:
			t.Errorf("%s is not looked at", p)
		}
	}
	for command, s := range wild.said {
		checkTerminal(t, command, s)
	}
	checkKept(t, names, is)
}

// checkKept makes sure that names are escaped and not dropped: each that the
// reader took is in the JSON and CSV as it was written.
func checkKept(t *testing.T, names []string, files map[string][]byte) {
	var r struct {
		Tables []struct {
			ID   string
			Rows []struct{ Keys []struct{ Label string } }
		}
	}
	if err := json.Unmarshal(files["output/set/report.json"], &r); err != nil {
		t.Fatal(err)
	}
	labels := map[string]bool{}
	for _, x := range r.Tables {
		for _, row := range x.Rows {
			for _, k := range row.Keys {
				labels[k.Label] = true
			}
		}
	}
	whole := string(files["output/set/report.json"])
	var lost []string
	for _, n := range names {
		quoted, err := json.Marshal(strings.TrimSpace(n))
		if err != nil {
			t.Fatal(err)
		}
		if !labels[n] && !labels[strings.TrimSpace(n)] && !strings.Contains(whole, string(quoted)) {
			lost = append(lost, n)
		}
	}
	t.Logf("%d of %d names stand in report.json as they were written; %d were split, joined or refused by the reader: %.200q", len(names)-len(lost), len(names), len(lost), lost)
	if len(lost) > 40 {
		t.Errorf("%d names are lost: %q", len(lost), lost)
	}
}

// acts reports a character that a terminal acts on, or that hides or turns text.
func acts(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == '\u200b' || r == '\ufeff' || r >= 0xE0000 && r <= 0xE007F
}

func checkPlain(t *testing.T, where, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%s is no UTF-8", where)
	}
	if i := strings.IndexFunc(s, acts); i >= 0 {
		t.Errorf("%s holds %U: %.60q", where, []rune(s[i:])[0], s[max(0, i-20):])
	}
}

func checkTerminal(t *testing.T, command, s string) {
	checkPlain(t, "what toll "+command+" wrote", s)
	for line := range strings.Lines(s) {
		if strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##[") {
			t.Errorf("toll %s wrote a line that a CI system runs: %q", command, line)
		}
	}
}

// command is a workflow command as toll means it.
var command = regexp.MustCompile(`^::(error|warning|notice)( (file=[^,:]*(,line=\d+)?(,col=\d+)?,)?title=[^:,]*)?::`)

func checkCommands(t *testing.T, p, s string) {
	checkPlain(t, p, s)
	for line := range strings.Lines(s) {
		if strings.HasPrefix(strings.TrimLeft(line, ""), "::") && !command.MatchString(line) {
			t.Errorf("%s: %q", p, line)
		}
	}
}

// checkMarkdown parses a file with GitHub's extensions and goes through all of
// it: nothing may be there that toll does not write.
func checkMarkdown(t *testing.T, p string, b []byte) {
	checkPlain(t, p, string(b))
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	doc := md.Parser().Parse(text.NewReader(b))
	tables := 0
	err := ast.Walk(doc, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if !enter {
			return ast.WalkContinue, nil
		}
		switch x := n.(type) {
		case *ast.Document, *ast.Heading, *ast.Paragraph, *ast.TextBlock, *ast.Text, *ast.String, *ast.Emphasis, *ast.List, *ast.ListItem, *ast.CodeSpan, *ast.ThematicBreak,
			*extast.Table, *extast.TableHeader, *extast.TableCell:
			if _, ok := n.(*extast.Table); ok {
				tables++
			}
		case *extast.TableRow:
			line := ""
			if c := x.FirstChild(); c != nil {
				if s := c.Lines(); s.Len() > 0 {
					at := s.At(0)
					line = string(at.Value(b))
				}
			}
			if head := x.Parent().FirstChild(); head.ChildCount() != x.ChildCount() {
				t.Errorf("%s: a row of %d cells in a table of %d: %.80q", p, x.ChildCount(), head.ChildCount(), line)
			}
		case *ast.Link:
			if to := string(x.Destination); !regexp.MustCompile(`^(manifest\.json|report\.(json|html|md)|(tables|charts)/[a-z0-9-]+\.(csv|png)|#[a-z0-9-]*)$`).MatchString(to) {
				t.Errorf("%s: a link to %q", p, to)
			}
		case *ast.Image:
			if to := string(x.Destination); !regexp.MustCompile(`^charts/[a-z0-9-]+\.png$`).MatchString(to) {
				t.Errorf("%s: a picture %q", p, to)
			}
		case *ast.RawHTML:
			if s := string(x.Segments.Value(b)); s != "<!-- -->" && !regexp.MustCompile(`^</?(details|summary|br|bdi|a id="[a-z0-9-]+"|a)( open)?/?>$`).MatchString(s) {
				t.Errorf("%s: raw HTML %.80q", p, s)
			}
		case *ast.HTMLBlock:
			if s := string(x.Lines().Value(b)); !regexp.MustCompile(`^\s*(</?(details|summary)>[^<]*)+\s*$`).MatchString(s) {
				t.Errorf("%s: a block of HTML %.80q", p, s)
			}
		default:
			//lint:ignore SA1019 the one way to the text of any node
			t.Errorf("%s: %s %.80q", p, n.Kind(), string(n.Text(b)))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if tables == 0 {
		t.Errorf("%s has no tables", p)
	}
	if strings.Contains(p, "diff") && regexp.MustCompile(`(^|[^\w&])[@#]\w`).Match(b) {
		t.Errorf("%s mentions somebody", p)
	}
}

// grammar is what an HTML file may hold: elements with their attributes, and the
// texts of its scripts and styles.
type grammar struct {
	tags  map[string]bool
	plain map[string]bool
}

func learn(t *testing.T, files map[string][]byte) grammar {
	g := grammar{map[string]bool{}, map[string]bool{}}
	for p, b := range files {
		if path.Ext(p) == ".html" {
			walkHTML(t, b, func(tag, content string) { g.tags[tag] = true; g.plain[content] = true })
		}
	}
	return g
}

// walkHTML calls f with every element as "tag attribute…", and what a script or
// style holds.
func walkHTML(t *testing.T, b []byte, f func(tag, content string)) {
	doc, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		switch n.Type {
		case html.ElementNode:
			tag := n.Data
			for _, a := range n.Attr {
				if a.Key != "font-style" { // words that stand for a name that cannot be drawn
					tag += " " + a.Key
				}
			}
			content := ""
			if (n.Data == "script" || n.Data == "style") && n.FirstChild != nil {
				content = n.FirstChild.Data
				if slices.Contains(n.Attr, html.Attribute{Key: "type", Val: "application/json"}) {
					checkJSON(t, "the data of a page", []byte(content)) // which runs nothing
					content = ""
				}
			}
			f(tag, content)
			for _, a := range n.Attr {
				if slices.Contains([]string{"href", "src", "action", "srcset", "xlink:href", "style", "content", "http-equiv"}, a.Key) {
					f(a.Key+"="+cut(a.Val), "")
				}
			}
		case html.CommentNode:
			f("<!--"+n.Data, "")
		}
	}
}

// cut leaves of an address what says where it leads.
func cut(s string) string {
	if strings.HasPrefix(s, "data:image/png;base64,") {
		return "picture"
	}
	if regexp.MustCompile(`^#[a-z0-9-]*$`).MatchString(s) {
		return "#"
	}
	if regexp.MustCompile(`^(tables|charts)/[a-z0-9-]+\.(csv|png)$`).MatchString(s) {
		return "file"
	}
	return regexp.MustCompile(`[0-9]+(\.[0-9]+)?`).ReplaceAllString(s, "0")
}

func checkHTML(t *testing.T, p string, b []byte, g grammar) {
	checkPlain(t, p, string(b))
	if len(g.tags) < 20 {
		t.Fatalf("only %d elements were learned", len(g.tags))
	}
	var strange []string
	walkHTML(t, b, func(tag, content string) {
		if !g.tags[tag] && !slices.Contains(strange, tag) {
			strange = append(strange, tag)
		}
		if content != "" && !g.plain[content] {
			t.Errorf("%s: a script or style %.100q", p, content)
		}
	})
	for _, s := range strange {
		t.Errorf("%s holds %.120q", p, s)
	}
	if !bytes.Contains(b, []byte("Content-Security-Policy")) {
		t.Errorf("%s has no content-security policy", p)
	}
}

func checkJSON(t *testing.T, p string, b []byte) {
	if !json.Valid(b) || !utf8.Valid(b) {
		t.Errorf("%s is no JSON", p)
	}
	if bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' && r != '\n' }) {
		t.Errorf("%s holds a control character as it is", p)
	}
}

// formula is how a cell begins that a spreadsheet would run.
var formula = regexp.MustCompile("^[\\s\u00a0\ufeff\u200b]*[=+\\-@＝＋－＠\t\r\n]")

func checkCSV(t *testing.T, p string, b []byte, guarded bool) {
	r := csv.NewReader(bytes.NewReader(b))
	rows, err := r.ReadAll()
	if err != nil {
		t.Errorf("%s: %v", p, err)
		return
	}
	for i, row := range rows {
		for _, c := range row {
			if guarded && formula.MatchString(c) && !regexp.MustCompile(`^-[0-9.]+$`).MatchString(c) {
				t.Errorf("%s:%d: a spreadsheet would run %.60q", p, i+1, c)
			}
		}
	}
}

func checkPNG(t *testing.T, p string, b []byte) {
	if _, err := png.Decode(bytes.NewReader(b)); err != nil {
		t.Errorf("%s: %v", p, err)
	}
	described := false
	for rest := b[8:]; len(rest) >= 12; {
		n := binary.BigEndian.Uint32(rest)
		kind, body := string(rest[4:8]), rest[8:8+n]
		rest = rest[n+12:]
		switch kind {
		case "iTXt":
			key, body, _ := bytes.Cut(body, []byte{0})
			part := bytes.SplitN(body, []byte{0}, 5) // flags, language, key in it, text
			described = described || string(key) == "Description" && len(part) == 5 && len(part[4]) > 0
			checkPlain(t, p+": "+string(key), string(part[len(part)-1]))
		case "tEXt", "zTXt":
			t.Errorf("%s has a text of another kind", p)
		}
	}
	if !described {
		t.Errorf("%s says nothing of itself", p)
	}
}

// elements collects the elements, with their attributes, of XML files of a kind.
func elements(t *testing.T, files map[string][]byte, ext string) map[string]bool {
	all := map[string]bool{}
	for p, b := range files {
		if path.Ext(p) == ext {
			walkXML(t, p, b, func(tag string) { all[tag] = true })
		}
	}
	return all
}

func walkXML(t *testing.T, p string, b []byte, f func(string)) {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", p, err)
			return
		}
		switch x := tok.(type) {
		case xml.StartElement:
			f(x.Name.Local)
			for _, a := range x.Attr {
				f("@" + a.Name.Local)
				if a.Name.Local == "href" || a.Name.Local == "style" || a.Name.Local == "xmlns" {
					f(a.Name.Local + "=" + a.Value)
				}
			}
		case xml.Directive:
			f("<!" + string(x))
		case xml.Comment:
			f("<!--" + string(x))
		}
	}
}

func checkXML(t *testing.T, p string, b []byte, known map[string]bool) {
	checkPlain(t, p, string(b))
	walkXML(t, p, b, func(tag string) {
		if !known[tag] && tag != "@font-style" { // words that stand for a name that cannot be drawn
			t.Errorf("%s holds %.80q", p, tag)
		}
	})
}
