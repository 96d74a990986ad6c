package house

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"toll/internal/catalogue"
)

// unspokenByPage are literals of the page's script that read like words and are
// none of a language: ids of rows, classes and selectors.
var unspokenByPage = []string{"(not stated)", "-XX-XX", "-XX", "-W", "Markdown", "CSV", "NFKC",
	"tick end", "tick mid", "tick ", "end", "note command", "note left", "note instead", "note drawn", "svg, img", "p, ul", "thead, tbody", "nav ul", "thead th", "tbody th", "2d"}

// jsLiterals returns the string literals of a script, without their quotes, and the
// lines they stand in. It knows comments and regular expressions from both.
func jsLiterals(t *testing.T, name, src string) (out []string, lines []int) {
	t.Helper()
	line, last := 1, byte('(') // the last byte that is no space
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c == '\n':
			line++
		case strings.HasPrefix(src[i:], "//"):
			for i+1 < len(src) && src[i+1] != '\n' {
				i++
			}
		case c == '"' || c == '\'' || c == '`' || c == '/' && strings.IndexByte("(,=:[!&|?{};>", last) >= 0:
			from, class := i+1, false
			for i++; i < len(src) && (src[i] != c || class); i++ {
				switch {
				case src[i] == '\\':
					i++
				case src[i] == '\n' && c != '`':
					t.Fatalf("%s:%d: a literal does not end", name, line)
				case c == '/' && src[i] == '[':
					class = true
				case src[i] == ']':
					class = false
				}
			}
			if c != '/' {
				out, lines = append(out, src[from:i]), append(lines, line)
			}
			last = c
		case c != ' ' && c != '\t':
			last = c
		}
	}
	return out, lines
}

var jsProse = regexp.MustCompile(`\p{L}[,;:.]? \p{L}|\p{Lu}\p{Ll}|^[ ,;:]*[ ,;:]\p{Ll}+|\p{Ll} $|[“”]\p{L}`)

// scripts calls f with the literals of the page's script, file by file.
func scripts(t *testing.T, f func(name string, literals []string, lines []int)) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "output", "page", "*.js"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		literals, lines := jsLiterals(t, filepath.Base(path), string(b))
		f(filepath.Base(path), literals, lines)
	}
}

// Every word that the page says is in the catalogue: no literal of its script
// reads like words, but for those listed.
func TestThePageSaysNothingOfItsOwn(t *testing.T) {
	used := map[string]bool{}
	scripts(t, func(name string, literals []string, lines []int) {
		for i, s := range literals {
			if slices.Contains(unspokenByPage, s) {
				used[s] = true
			} else if jsProse.MatchString(s) {
				t.Errorf("output/page/%s:%d: %q is not in the catalogue", name, lines[i], s)
			}
		}
	})
	for _, s := range unspokenByPage {
		if !used[s] {
			t.Errorf("%q is an exception to nothing", s)
		}
	}
	for _, s := range []string{"Close", " killed", "not known", "week of ", "“Filter”", ", reported", "Rows with "} {
		if !jsProse.MatchString(s) {
			t.Errorf("%q does not read like words", s)
		}
	}
}

var jsID = regexp.MustCompile(`^(control|script|people|extent|toll|unknown|open|headline|incidents|cover|month|period|periods|date|level|table|page)(\.[A-Za-z0-9-]+)*\.?$`)

// What the page asks for by name is in the catalogue, and what the catalogue has
// for its script alone is asked for: by its whole id, or by what it begins with.
func TestThePageAsksForWhatThereIs(t *testing.T) {
	texts := catalogue.Texts()
	var asked, begun []string
	scripts(t, func(name string, literals []string, lines []int) {
		for i, s := range literals {
			if !strings.Contains(s, ".") && s != "incidents" && s != "people" || !jsID.MatchString(s) {
				continue
			}
			there := false
			for id := range texts {
				there = there || id == s || id == s+".other" || strings.HasSuffix(s, ".") && strings.HasPrefix(id, s) || strings.HasSuffix(s, "-") && strings.HasPrefix(id, s)
			}
			if !there {
				t.Errorf("output/page/%s:%d: there is no text %q", name, lines[i], s)
			}
			if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "-") {
				begun = append(begun, s)
			} else {
				asked = append(asked, s)
			}
		}
	})
	for id := range texts {
		if !strings.HasPrefix(id, "control.") && !strings.HasPrefix(id, "script.") || slices.Contains(asked, id) {
			continue
		}
		if !slices.ContainsFunc(begun, func(s string) bool { return s != "script." && strings.HasPrefix(id, s) }) &&
			!slices.Contains([]string{"script.killed", "script.injured", "script.killed-and-injured"}, id) { // by what is counted
			t.Errorf("the page does not say %q", id)
		}
	}
	if len(asked) < 100 || len(begun) < 8 {
		t.Errorf("the page asks for %d texts, and %d by what they begin with", len(asked), len(begun))
	}
}
