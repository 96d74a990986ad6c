package output

// page is a report as a tree: what it says, without how it is written. The
// Markdown and the HTML writer walk the same page.
type page struct {
	Title    string
	Lead     []block // before the first section
	Sections []section
	Foot     line
}

// anchors are the ids of the page's sections and of the items of its lists.
func (p *page) anchors() map[string]bool {
	ids := map[string]bool{}
	for _, s := range p.Sections {
		ids[s.ID] = true
		for _, b := range s.Blocks {
			if l, ok := b.(list); ok {
				for _, id := range l.IDs {
					ids[id] = true
				}
			}
		}
	}
	return ids
}

// section is a part of the page with a heading of its own.
type section struct {
	ID, Title string
	Blocks    []block
}

// block is a paragraph, list, grid or picture.
type block interface{ block() }

// paragraph is running text. Role says what it is for.
type paragraph struct {
	Role role
	Text line
}

type role uint8

const (
	plainRole   role = iota
	leadRole         // the headline
	noteRole         // beside a table or chart
	warningRole      // what nobody may overlook
)

// list is a bulleted list. IDs are anchors of its items, where it has any.
type list struct {
	Items []line
	IDs   []string
}

// grid is a table as shown. ID is its anchor.
type grid struct {
	ID, Caption string
	Head        []column
	Rows        []gridRow
	Counts      []string // what each column counts, as addresses name it: "killed.unknown"; blank for others
	Title       string   // of a table by two keys, without what it counts
	TitleOf     string   // the text that is its title by another period, if it is by period
}

// column heads a column of a grid. Numbers are set flush right.
type column struct {
	Title  line
	Number bool
}

// gridRow is a row of a grid; its first cell heads the row. Aside marks a row
// that stands for something missing.
type gridRow struct {
	Cells []line
	Aside bool
	Rule  string // anchor of the rule that a reader of the row must know
	// Measure is what a row of key figures counts, for the script of the page.
	Measure string
}

// picture is a chart, with what it is called and how it would be read aloud.
type picture struct {
	ID, Title, Alt string
	PNG, SVG       []byte
}

// draw puts the drawings into the pictures of a page that was composed while they
// were drawn.
func (p *page) draw(figures []Figure) {
	for _, s := range p.Sections {
		for i, b := range s.Blocks {
			pic, ok := b.(picture)
			if !ok {
				continue
			}
			for n := range figures {
				if f := &figures[n]; f.ID == pic.ID {
					pic.PNG, pic.SVG = f.PNG, f.SVG
					s.Blocks[i] = pic
				}
			}
		}
	}
}

func (paragraph) block() {}
func (list) block()      {}
func (grid) block()      {}
func (picture) block()   {}

// line is text that knows which of its parts are names from the data.
type line []span

// span is a piece of a line. Address is that of the cell that a figure says; Args
// are the parts of a message, and Count is what its wording depends on.
type span struct {
	Kind    spanKind
	Text    string
	Address string
	Args    []arg
	Count   int64
}

// arg is a part of a message, by its name in the catalogue's sentence.
type arg struct {
	name string
	line line
}

type spanKind uint8

const (
	wordsSpan   spanKind = iota // the briefing's own words and figures
	nameSpan                    // text from the data, of any script and direction
	strongSpan                  // the briefing's own words, stressed
	fileSpan                    // a file of the bundle, by its path
	codeSpan                    // an address, code or option of the program's own
	figureSpan                  // a figure, with the address of its cell
	dateSpan                    // a date, or a period's name
	messageSpan                 // a sentence of the catalogue, by its id (see say.go)
	capitalSpan                 // its one part, begun with a capital letter
)

func words(s string) line  { return line{{Kind: wordsSpan, Text: s}} }
func name(s string) line   { return line{{Kind: nameSpan, Text: s}} }
func strong(s string) line { return line{{Kind: strongSpan, Text: s}} }
func file(s string) line   { return line{{Kind: fileSpan, Text: s}} }
func code(s string) line   { return line{{Kind: codeSpan, Text: s}} }
func date(s string) line   { return line{{Kind: dateSpan, Text: s}} }

// figure is a figure as a sentence says it, with the address of its cell: every
// number of the prose is one.
func figure(s, address string) line { return line{{Kind: figureSpan, Text: s, Address: address}} }

// join puts lines one after another.
func join(parts ...line) line {
	var l line
	for _, p := range parts {
		l = append(l, p...)
	}
	return l
}
