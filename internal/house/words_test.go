package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"toll/internal/catalogue"
)

// speaking are the packages that make what a reader of a briefing reads.
var speaking = []string{"stats", "charts", "output"}

// silent are files whose words are the program's own and in no briefing: what
// commands say of a briefing (verify, diff, expect, publishing), what is written
// for machines, and the shell of a page that cannot be made.
var silent = []string{"output/verify.go", "output/verifycharts.go", "output/verifyfiles.go", "output/verifyformat.go", "output/verifykept.go", "output/verifywhy.go",
	"output/diff.go", "output/linemarks.go", "output/stage.go", "output/discard.go", "output/expect.go", "output/reloading.go",
	"output/html.go", "output/style.go", "output/pngtext.go", "output/markdown.go", "charts/svg.go", "charts/png.go", "charts/basemap.go", "charts/typeface.go", "charts/colour.go"}

// unspoken are literals that read like words and are none of a language: ids of
// rows, codes and heads of columns in files, and names.
var unspoken = []string{
	"(not stated)", "(no day)", "(no month)", "(source not stated)", // ids of rows
	"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", // of the days of the week
	"day and point", "day and place", "day and area", "not comparable", // codes of matched.csv
	"Incidents", "Number killed unknown", "Only a range, no best figure", "Number killed is a minimum", "No party named", "Placed only to an area", "Dated to no single day", // heads of coverage.csv
	"%04d-%02d-XX", "%04d-XX", "Natural Earth 1:50m, version 4.1", "missingValues", "Title", "Description", "Source", "Creation Time",
}

var (
	letters = regexp.MustCompile(`[A-Za-z]{2}`)
	codes   = regexp.MustCompile("^[a-z0-9_./:%#=+*,;\\-{}\"<>&\\\\ \n\t\\[\\]()|!?'@^$~`]*$")
	prose   = regexp.MustCompile(`[a-z]+[ ,;]+[a-z(]|^[ ,;:]+[a-z]|[a-z] $`)
)

// reads reports whether a literal reads like words for a reader.
func reads(s string) bool {
	return letters.MatchString(s) && (!codes.MatchString(s) || prose.MatchString(s)) && !slices.Contains(unspoken, s)
}

// each calls f with the files of the packages that speak.
func each(t *testing.T, f func(path string, set *token.FileSet, file *ast.File)) {
	t.Helper()
	set := token.NewFileSet()
	for _, dir := range speaking {
		files, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", dir, len(files), err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			f(dir+"/"+filepath.Base(path), set, file)
		}
	}
}

// called is what a call calls: "catalogue.Say", "say".
func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if p, ok := f.X.(*ast.Ident); ok {
			return p.Name + "." + f.Sel.Name
		}
	}
	return ""
}

// toMachines are calls whose words are for machines or programmers.
var toMachines = []string{"errors.New", "fmt.Errorf", "panic", "regexp.MustCompile"}

// Every word that a reader of a briefing meets is in the catalogue: no literal of
// the packages that make briefings reads like words, but for those listed.
func TestEveryWordIsInTheCatalogue(t *testing.T) {
	used := map[string]bool{}
	each(t, func(path string, set *token.FileSet, file *ast.File) {
		if slices.Contains(silent, path) {
			used[path] = true
			return
		}
		tags := map[ast.Node]bool{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.FuncDecl:
				if x.Name.Name == "Error" { // of an error, as errors.New
					return false
				}
			case *ast.Field:
				if x.Tag != nil {
					tags[x.Tag] = true
				}
			case *ast.CallExpr:
				if name := called(x); slices.Contains(toMachines, name) {
					return false
				} else if spoken := strings.HasPrefix(name, "catalogue.Say") || name == "say" || name == "sayOf" || name == "with"; spoken {
					for _, a := range x.Args { // ids, and the names of parts
						if b, ok := a.(*ast.BasicLit); ok {
							tags[b] = true
						}
					}
				}
			case *ast.BasicLit:
				if x.Kind != token.STRING || tags[x] {
					return true
				}
				s, err := strconv.Unquote(x.Value)
				if err != nil {
					t.Fatal(err)
				}
				if slices.Contains(unspoken, s) {
					used[s] = true
				}
				if reads(s) {
					t.Errorf("%s: %q is not in the catalogue", set.Position(x.Pos()), s)
				}
			}
			return true
		})
	})
	for _, s := range slices.Concat(unspoken, silent) {
		if !used[s] && !slices.Contains([]string{"Title", "Description", "Source", "Creation Time"}, s) {
			t.Errorf("%q is an exception to nothing", s)
		}
	}
}

var aPart = regexp.MustCompile(`\{([A-Za-z0-9]+)\}`)

// A text that is asked for by its id is there, and gets the parts that it names
// and no others.
func TestTextsGetTheirParts(t *testing.T) {
	texts := catalogue.Texts()
	asked := 0
	each(t, func(path string, set *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name, first := called(c), 1
			switch name {
			case "catalogue.Say", "say":
			case "catalogue.SayOf", "sayOf":
				first = 2
			default:
				return true
			}
			id, ok := literal(c.Args[0])
			if !ok {
				return true
			}
			text := texts[id]
			if first == 2 {
				text = texts[id+".other"]
			}
			if text == "" {
				t.Errorf("%s: there is no text %q", set.Position(c.Pos()), id)
				return true
			}
			asked++
			var got []string
			for i, a := range c.Args[first:] {
				if w, ok := a.(*ast.CallExpr); ok && called(w) == "with" {
					a = w.Args[0]
				} else if strings.HasPrefix(name, "catalogue.") && i%2 == 1 {
					continue
				}
				part, ok := literal(a)
				if !ok {
					return true // the parts are put together elsewhere
				}
				got = append(got, part)
			}
			var want []string
			for _, m := range aPart.FindAllStringSubmatch(text, -1) {
				want = append(want, m[1])
			}
			slices.Sort(got)
			slices.Sort(want)
			if got, want := slices.Compact(got), slices.Compact(want); !slices.Equal(got, want) && !unneeded(got, want) {
				t.Errorf("%s: %s gets %q and names %q", set.Position(c.Pos()), id, got, want)
			}
			return true
		})
	})
	if asked < 500 {
		t.Errorf("%d texts are asked for by name", asked)
	}
}

// unneeded reports whether all parts that a text names are there: a sentence of
// which a language's form for one needs less gets more.
func unneeded(got, want []string) bool {
	return !slices.ContainsFunc(want, func(p string) bool { return !slices.Contains(got, p) })
}

func literal(e ast.Expr) (string, bool) {
	b, ok := e.(*ast.BasicLit)
	if !ok || b.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(b.Value)
	return s, err == nil
}
