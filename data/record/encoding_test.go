package record

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

// Every encoding that can be named reads what it writes: the same records as the
// text in UTF-8.
func TestEveryEncodingReadsWhatItWrites(t *testing.T) {
	letters := map[string]string{
		"windows-1252": "Çağ", "iso-8859-1": "São José", "iso-8859-15": "Žœ€", "macintosh": "Cortés—Ñ", "windows-1250": "Łódź Kraków", "windows-1251": "Київ Донецьк",
		"windows-1253": "Αθήνα", "windows-1254": "İğdır", "windows-1255": "חיפה", "windows-1256": "كابل", "windows-1257": "Šiauliai", "windows-1258": "Đà",
		"utf-16le": "كابل Київ 北", "utf-16be": "كابل Київ 北", "utf-8": "كابل Київ 北",
	}
	letters["windows-1252"] = "Œuvre São"
	for _, name := range EncodingNames() {
		want, ok := letters[name]
		if !ok {
			t.Errorf("%s is not tested", name)
			continue
		}
		text := "date,place,killed\n2025-10-11,\"" + want + ", north\",3\n2025-10-12," + want + ",4–\n"
		text = strings.Replace(text, "4–", "4", 1)
		coded := text
		if name != "utf-8" {
			enc, ok := encodingOf(name)
			if !ok {
				t.Fatal(name)
			}
			var err error
			if coded, err = enc.NewEncoder().String(text); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		for _, as := range []string{name, strings.ToUpper(name)} {
			recs, res, err := readLaidOut(coded, Options{Encoding: as})
			if err != nil || len(recs) != 2 || recs[0].Text["place"] != want+", north" || recs[1].Text["place"] != want {
				t.Errorf("%s: %v %v %v", as, recs, res.Diagnostics, err)
			}
		}
	}
	for alias, name := range map[string]string{"latin-1": "iso-8859-1", "Latin1": "iso-8859-1", "cp1252": "windows-1252", "CP1256": "windows-1256"} {
		a, ok := encodingOf(alias)
		if b, _ := encodingOf(name); !ok || a != b {
			t.Errorf("%s is not %s", alias, name)
		}
	}
	for _, none := range []string{"", "utf-7", "cp", "latin", "windows1252", "ebcdic"} {
		if _, ok := encodingOf(none); ok {
			t.Errorf("%q is an encoding", none)
		}
	}
}

// Text that is not UTF-8 is refused with its first lines as each encoding reads
// them; those that read the same stand together.
func TestTextInAnotherEncodingIsShownAsEachWouldReadIt(t *testing.T) {
	_, _, err := readLaidOut("date,place,killed\n2025-10-11,Cort\xe9s,3\n", Options{})
	var input *InputError
	if !errors.As(err, &input) || input.Code != "unknown-text" || input.Line != 2 {
		t.Fatalf("%v", err)
	}
	for _, want := range []string{"1 line is not UTF-8 text", `line 2 as windows-1252 or windows-1256 or iso-8859-15: "5-10-11,Cortés,3"`, `line 2 as macintosh: "5-10-11,CortÈs,3"`, `line 2 as windows-1251: "5-10-11,Cortйs,3"`} {
		if !strings.Contains(input.Message, want) {
			t.Errorf("%s\nlacks %s", input.Message, want)
		}
	}
	var b strings.Builder
	b.WriteString("date,place,killed\n")
	for i := range 50 {
		fmt.Fprintf(&b, "2025-10-11,Cort\xe9s %d,3\n", i)
	}
	_, _, err = readLaidOut(b.String(), Options{})
	if !errors.As(err, &input) || !strings.HasPrefix(input.Message, "50 lines are not UTF-8 text") || strings.Contains(input.Message, "line 5 as") {
		t.Errorf("%v", err)
	}
	if len(input.Message) > 2000 {
		t.Errorf("a message of %d bytes", len(input.Message))
	}
}

// Whether a file is UTF-8 with damage or another encoding hangs on which lines are
// more; what is pure ASCII says nothing.
func TestDamageOrAnotherEncoding(t *testing.T) {
	row := func(place string) string { return "2025-10-11," + place + ",3\n" }
	for _, tt := range []struct {
		rows    string
		refused bool
	}{
		{row("Kel"), false},
		{row("São") + row("Cort\xe9s"), false},
		{row("Cort\xe9s"), true},
		{row("Cort\xe9s") + row("Jos\xe9") + row("São"), true},
		{strings.Repeat(row("Kel"), 1000) + row("Cort\xe9s"), true},
		{row("São") + row("São") + row("Cort\xe9s\xe8"), false},
		{row("\"" + strings.Repeat("x", 5000) + "é\""), false},                          // a letter beyond what is looked at
		{row(strings.Repeat("x", keptLine-len("2025-10-11,")-1) + "é"), false},          // one that it cuts
		{row(strings.Repeat("x", keptLine-len("2025-10-11,")-3) + "\U0001F600"), false}, // one of four bytes
	} {
		_, res, err := readLaidOut("date,place,killed\n"+tt.rows, Options{})
		if (err != nil) != tt.refused {
			t.Errorf("%.80q: %v", tt.rows, err)
		}
		if err == nil && !res.Ledger.Balances() {
			t.Errorf("%+v", res.Ledger)
		}
	}
}

// A compressed file that is damaged or ends early is an error, at whichever byte,
// and never fewer records; one that ends with something else behind it is an error.
func TestDamagedGzip(t *testing.T) {
	var b strings.Builder
	b.WriteString("date,place,killed\n")
	for i := range 200 {
		fmt.Fprintf(&b, "2025-10-%02d,Kel %d,%d\n", 1+i%28, i, i%9)
	}
	whole := gzipped(b.String())
	want, _, err := readLaidOut(whole, Options{})
	if err != nil || len(want) != 200 {
		t.Fatal(len(want), err)
	}
	for n := range len(whole) {
		if n < 2 {
			continue // too short to be known for gzip
		}
		_, _, err := readLaidOut(whole[:n], Options{})
		var input *InputError
		if !errors.As(err, &input) || input.Code != "unreadable" && input.Code != "not-csv" {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
	for n := 10; n < len(whole); n += 7 {
		damaged := []byte(whole)
		damaged[n] ^= 0x55
		recs, _, err := readLaidOut(string(damaged), Options{})
		if err == nil && !cmp.Equal(recs, want) {
			t.Fatalf("byte %d changed: %d records and no error", n, len(recs))
		}
	}
	// Two members are one file, as gzip has it.
	recs, _, err := readLaidOut(gzipped(b.String())+gzipped("2025-10-11,Tarmin,3\n"), Options{})
	if err != nil || len(recs) != 201 {
		t.Errorf("%d records, %v", len(recs), err)
	}
	if _, _, err := readLaidOut(whole+"rubbish", Options{}); err == nil {
		t.Error("what stands behind the last member is passed over")
	}
	var empty bytes.Buffer
	gzip.NewWriter(&empty).Close()
	if _, _, err := readLaidOut(empty.String(), Options{}); err == nil || !strings.Contains(err.Error(), "empty-file") {
		t.Errorf("%v", err)
	}
}

// A file that fails to be read ends with the cause, at whichever byte it fails,
// in the survey and in the reading, and gives no table.
func TestReadingThatFails(t *testing.T) {
	text := "date,place,killed\n2025-10-11,\"Kel\nAdar\",3\n2025-10-12,\"a \"\"b\"\"\",4\n"
	gone := errors.New("the disk is gone")
	for n := range len(text) + 1 {
		broken := func() io.Reader {
			return io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(gone))
		}
		_, err := Survey("f.csv", func() (io.ReadCloser, error) { return io.NopCloser(broken()), nil }, Options{})
		if !errors.Is(err, gone) {
			t.Fatalf("surveyed up to byte %d: %v", n, err)
		}
		_, err = Read(Source{"f.csv", broken()}, 0, Options{}, keepNothing)
		var input *InputError
		if !errors.Is(err, gone) || !errors.As(err, &input) || input.Code != "unreadable" {
			t.Fatalf("read up to byte %d: %v", n, err)
		}
		_, err = Propose("f.csv", func() (io.ReadCloser, error) { return io.NopCloser(broken()), nil }, Options{})
		if !errors.Is(err, gone) {
			t.Fatalf("proposed up to byte %d: %v", n, err)
		}
		if _, err = ReadAliases("aliases.csv", io.MultiReader(strings.NewReader("column,from,to\nparty,A,B\n"[:min(n, 25)]), iotest.ErrReader(gone))); !errors.Is(err, gone) {
			t.Fatalf("aliases up to byte %d: %v", n, err)
		}
	}
	for n := range len(text) {
		_, err := ReadParallel(File{"f.csv", brokenAt{strings.NewReader(text), int64(n), gone}, int64(len(text))}, 0, Options{}, []Worker{{data.NewDicts(), keepNothing}})
		if err == nil {
			t.Fatalf("read in parallel up to byte %d, and no error", n)
		}
	}
}

// A file of aliases that is not one is refused with its line, and never half used.
func TestAliasesThatAreRefused(t *testing.T) {
	const head = "column,from,to\n"
	for file, want := range map[string]string{
		"from,to\nA,B\n":                           "a.csv:1:1: a line of aliases has three cells: column, from, to [bad-aliases]",
		"column,of,to\nparty,A,B\n":                "a.csv:1:1: the first line of the aliases is not column,from,to [bad-aliases]",
		head + "party,A\n":                         "a.csv:2:1: a line of aliases has three cells: column, from, to [bad-aliases]",
		head + "party,A,B,C\n":                     "a.csv:2:1: a line of aliases has three cells: column, from, to [bad-aliases]",
		head + "killed,3,4\n":                      "a.csv:2:1: \"killed\" is not a column of names: use party or the native name of a text column [bad-aliases]",
		head + "\n\nparty,,B\n":                    "a.csv:4:1: a blank name cannot be replaced: it is not stated [bad-aliases]",
		head + "party,A,B\nparty,a,C\n":            "a.csv:3:1: \"a\" is to become both \"B\" and \"C\" [bad-aliases]",
		head + "party,A,B\nattributed_to,A,C\n":    "a.csv:3:1: \"A\" is to become both \"B\" and \"C\" [bad-aliases]",
		head + "party,\"A\" x,B\n":                 "a.csv:2:1: a line of aliases has three cells: column, from, to [bad-aliases]",
		head + "party,A\xe9,B\n":                   "a.csv:2:1: a line of aliases has three cells: column, from, to [bad-aliases]",
		head + "party,\"A,B\n":                     "a.csv:2:1: a line of aliases has three cells: column, from, to [bad-aliases]",
		"\xff\xfec\x00o\x00l\x00u\x00m\x00n\x00\n": "a.csv: this file is UTF-16 [utf-16]",
	} {
		_, err := ReadAliases("a.csv", strings.NewReader(file))
		if err == nil || !strings.HasPrefix(err.Error(), want[:strings.Index(want, " [")]) || !strings.Contains(err.Error(), want[strings.Index(want, "["):]) {
			t.Errorf("%q: %v\nwant %s", file, err, want)
		}
	}
	for file, n := range map[string]int{head: 0, head + "party,A,B\n": 1, head + "party,A,B\nparty,a,B\n\nplace,X,Y\n": 3, "\ufeff" + head + "PARTY, A ,  B\n": 1} {
		a, err := ReadAliases("a.csv", strings.NewReader(file))
		if err != nil || a.Len() != n {
			t.Errorf("%q: %d, %v", file, a.Len(), err)
		}
	}
}

// Aliases replace whole names, without regard to capitals, in lists one by one, and
// what they did is counted; a name that is replaced is not replaced again.
func TestWhatAliasesReplace(t *testing.T) {
	a, err := ReadAliases("a.csv", strings.NewReader("column,from,to\nparty,A,B\nparty,B,C\nparty,A;D,both\nplace,kel,Kel Adar\nsource,x,y\nparty,gone,\n"))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A": "B", "a": "B", "B": "C", "A;B": "B;C", "A + B": "B + C", "A + B;a": "B + C;B", "AA": "AA", "A;D": "both", "": "", "A ; D": "B; D", "gone": "", "gone;A": ";B", "?;A": "?;B"} {
		recs, res := mustReadLaidOut(t, "date,attributed_to,place,source,killed\n2025-10-11,"+cell+",KEL,X,3\n", Options{Aliases: a})
		if got := recs[0].Text["attributed_to"]; got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
		if recs[0].Text["place"] != "Kel Adar" || recs[0].Text["source"] != "y" {
			t.Errorf("%v", recs[0].Text)
		}
		if !slices.ContainsFunc(res.Noted, func(s string) bool {
			return strings.Contains(s, `place: "kel" became "Kel Adar" 1 time`) && strings.Contains(s, "replaced by the aliases of a.csv")
		}) {
			t.Errorf("%q", res.Noted)
		}
	}
	_, res := mustReadLaidOut(t, "date,attributed_to,killed\n2025-10-11,Z,3\n", Options{Aliases: a})
	if !slices.Contains(res.Noted, "none of the 6 aliases of a.csv occurs") {
		t.Errorf("%q", res.Noted)
	}
	// Many replacements are counted and cut.
	var file, rows strings.Builder
	for i := range 40 {
		fmt.Fprintf(&file, "place,P%d,Q%d\n", i, i)
		fmt.Fprintf(&rows, "2025-10-11,P%d,1\n", i)
	}
	a, err = ReadAliases("a.csv", strings.NewReader("column,from,to\n"+file.String()))
	if err != nil {
		t.Fatal(err)
	}
	_, res = mustReadLaidOut(t, "date,place,killed\n"+rows.String(), Options{Aliases: a})
	if !slices.ContainsFunc(res.Noted, func(s string) bool {
		return strings.HasPrefix(s, "40 names were replaced") && strings.HasSuffix(s, "; and 10 more")
	}) {
		t.Errorf("%q", res.Noted)
	}
}
