package record

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

// rowConformance are small files written for this suite, each with what a reader
// must make of every row: the record it is, the code by which it is set aside, or
// that it is none. The text \r, \0, \x.. stands for the byte.
var rowConformance = []struct {
	name string
	file string
	o    Options
	want string // by line; see fateOfRows
}{
	{
		name: "RFC 4180, 2.1: each record on a line of its own",
		file: `
date,place,killed
2025-10-11,Kel,3
2025-10-12,Tarmin,4
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "Tarmin" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "RFC 4180, 2.1: lines end in CRLF",
		file: `
date,place,killed\r
2025-10-11,Kel,3\r
2025-10-12,Tarmin,4\r
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "Tarmin" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "RFC 4180, 2.2: the last line may lack its end",
		file: `
date,place,killed
2025-10-11,Kel,3
2025-10-12,Tarmin,4`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "Tarmin" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "RFC 4180, 2.3: the header has the form of a record",
		file: `
"date","place","killed"
2025-10-11,Kel,3
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			1 = 1 + 0 + 0
`,
	},
	{
		name: "RFC 4180, 2.4: spaces belong to a field",
		file: `
date,place,killed
2025-10-11,  Kel  Adar ,3
 2025-10-12 ,Kel, 4 
`,
		want: `
			2 "Kel Adar" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "RFC 4180, 2.4: every line has as many fields",
		file: `
date,place,killed
2025-10-11,Kel,3,extra
2025-10-12,Kel
2025-10-13,Kel,5
`,
		want: `
			2:18 error wrong-field-count
			3 error wrong-field-count
			4 "Kel" 2025-10-13..2025-10-13 day||5 (5..5)
			3 = 1 + 2 + 0
`,
	},
	{
		name: "RFC 4180, 2.4: no comma after the last field",
		file: `
date,place,killed
2025-10-11,Kel,3,
2025-10-12,Kel,4
`,
		want: `
			2:18 error wrong-field-count
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 1 + 1 + 0
`,
	},
	{
		name: "RFC 4180, 2.5: fields may be in quotes",
		file: `
date,place,killed
"2025-10-11","Kel","3"
"2025-10-12",Kel,4
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "RFC 4180, 2.5: no quote in a field without quotes",
		file: `
date,place,killed
2025-10-11,Kel "Adar",3
2025-10-12,Kel,4
`,
		want: `
			2:12 error stray-quote
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 1 + 1 + 0
`,
	},
	{
		name: "RFC 4180, 2.5: nothing behind a closing quote",
		file: `
date,place,killed
2025-10-11,"Kel" Adar,3
2025-10-12,Kel,4
`,
		want: `
			2:12 error stray-quote
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 1 + 1 + 0
`,
	},
	{
		name: "RFC 4180, 2.6: commas and line ends in quotes",
		file: `
date,place,killed
2025-10-11,"Kel, north",3
2025-10-12,"Kel
Adar",4
2025-10-13,"Kel\r
Adar",5
`,
		want: `
			2 "Kel, north" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "Kel Adar" 2025-10-12..2025-10-12 day||4 (4..4)
			5 "Kel Adar" 2025-10-13..2025-10-13 day||5 (5..5)
			3 = 3 + 0 + 0
`,
	},
	{
		name: "RFC 4180, 2.7: a quote in quotes is doubled",
		file: `
date,place,killed
2025-10-11,"Kel ""Adar""",3
2025-10-12,"""",4
2025-10-13,"",5
`,
		want: `
			2 "Kel \"Adar\"" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "\"" 2025-10-12..2025-10-12 day||4 (4..4)
			4 2025-10-13..2025-10-13 day||5 (5..5)
			3 = 3 + 0 + 0
`,
	},
	{
		name: "a quote that is never closed costs the line it stands on",
		file: `
date,place,killed
2025-10-11,Kel,3
2025-10-12,"Kel,4
2025-10-13,Kel,5
2025-10-14,Kel,6
2025-10-15,Kel,7
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3:12 error unbalanced-quote
			4 "Kel" 2025-10-13..2025-10-13 day||5 (5..5)
			5 "Kel" 2025-10-14..2025-10-14 day||6 (6..6)
			6 "Kel" 2025-10-15..2025-10-15 day||7 (7..7)
			5 = 4 + 1 + 0
`,
	},
	{
		name: "a quote that another record closes costs the line it stands on",
		file: `
date,place,killed
2025-10-11,Kel,3
2025-10-12,"Kel,4
2025-10-13,Kel,5
2025-10-14,"Kel, Adar",6
2025-10-15,Kel,7
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3:12 error unbalanced-quote
			4 "Kel" 2025-10-13..2025-10-13 day||5 (5..5)
			5 "Kel, Adar" 2025-10-14..2025-10-14 day||6 (6..6)
			6 "Kel" 2025-10-15..2025-10-15 day||7 (7..7)
			5 = 4 + 1 + 0
`,
	},
	{
		name: "a quote that is never closed before lines that are no records hides them",
		file: `
date,place,killed
2025-10-11,Kel,3
2025-10-12,"Kel, the town
in the north, and 5 more places,4
2025-10-14,Kel,6
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3:12 error unbalanced-quote
			2 = 1 + 1 + 0
`,
	},
	{
		name: "an empty file",
		file: "",
		want: `
			0:0 stops the file: empty-file
`,
	},
	{
		name: "a header alone",
		file: `
date,killed
`,
		want: `
			0 warning no-records
			0 = 0 + 0 + 0
`,
	},
	{
		name: "line ends alone",
		file: `



`,
		want: `
			0:0 stops the file: empty-file
`,
	},
	{
		name: "a single column",
		file: `
killed
3
`,
		want: `
			1:0 stops the file: no-date-column
`,
	},
	{
		name: "blank lines and rows of commas",
		file: `
date,place,killed

2025-10-11,Kel,3
,,
  ,,
2025-10-12,Kel,4

`,
		want: `
			3 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			6 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			6 = 2 + 0 + 4
`,
	},
	{
		name: "a NUL in a cell",
		file: `
date,place,killed
2025-10-11,Ke\0l,3
2025-10-12,Kel,4
`,
		want: `
			2:12 error not-utf8
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 1 + 1 + 0
`,
	},
	{
		name: "bytes that are no UTF-8 among sound text",
		file: `
date,place,killed
2025-10-11,Perú,3
2025-10-12,Perú,3
2025-10-13,Cort\xe9s,4
`,
		want: `
			2 "Perú" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "Perú" 2025-10-12..2025-10-12 day||3 (3..3)
			4:12 error not-utf8
			3 = 2 + 1 + 0
`,
	},
	{
		name: "a byte order mark before a quoted header",
		file: `
\ufeff"date","killed"
2025-10-11,3
`,
		want: `
			2 2025-10-11..2025-10-11 day||3 (3..3)
			1 = 1 + 0 + 0
`,
	},
	{
		name: "mixed line ends",
		file: `
date,place,killed\r
2025-10-11,Kel,3
2025-10-12,Kel,4\r
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "header: capitals, blanks, line ends, signs",
		file: `
" DATE
",Place ?,"Killed\r
",#,Injured 
2025-10-11,Kel,3,1,2
`,
		want: `
			4 2025-10-11..2025-10-11 day||3 (3..3) injured:2 (2..2)
			1 = 1 + 0 + 0
`,
	},
	{
		name: "header: two columns for one field",
		file: `
date,place,killed,deaths
2025-10-11,Kel,3,3
`,
		want: `
			1:19 stops the file: ambiguous-columns
`,
	},
	{
		name: "header: doubled columns that no figure uses",
		file: `
date,killed,x,x
2025-10-11,3,1,2
`,
		want: `
			2 2025-10-11..2025-10-11 day||3 (3..3)
			1 = 1 + 0 + 0
`,
	},
	{
		name: "header: no-break spaces and hyphens",
		file: `
event\u00a0date,admin-1,killed
2025-10-11,North,3
`,
		want: `
			2 2025-10-11..2025-10-11 day||3 (3..3)
			1 = 1 + 0 + 0
`,
	},
	{
		name: "header: repeated among the records",
		file: `
date,place,killed
2025-10-11,Kel,3
date,place,killed
2025-10-12,Kel,4
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3 error repeated-header
			4 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			3 = 2 + 1 + 0
`,
	},
	{
		name: "header: absent",
		file: `
2025-10-11,Kel,3
2025-10-12,Kel,4
`,
		want: `
			1:1 stops the file: no-header
`,
	},
	{
		name: "header: below a title and a blank line",
		file: `
Incidents of October

date,place,killed
2025-10-11,Kel,3
`,
		want: `
			4 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			2 = 1 + 0 + 1
`,
	},
	{
		name: "header: above a row of HXL tags",
		file: `
date,place,killed
#date,#loc+name,#affected+killed
2025-10-11,Kel,3
`,
		want: `
			2 note tag-row
			3 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			1 = 1 + 0 + 0
`,
	},
	{
		name: "header: a name that may mean two things is not guessed",
		file: `
date,place,victims
2025-10-11,Kel,3
`,
		want: `
			1:0 stops the file: no-count-column
`,
	},
	{
		name: "totals: by the word",
		file: `
date,place,killed
2025-10-11,Kel,3
2025-10-12,Kel,4
Grand total,,7
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4)
			4 error total-row
			3 = 2 + 1 + 0
`,
	},
	{
		name: "totals: by their sums, without a word",
		file: `
date,place,killed,injured
2025-10-11,Kel,3,2
2025-10-12,Kel,4,5
,,7,7
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3) injured:2 (2..2)
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4) injured:5 (5..5)
			4 error total-row
			3 = 2 + 1 + 0
`,
	},
	{
		name: "totals: a last row that adds up nothing is an incident",
		file: `
date,place,killed,injured
2025-10-11,Kel,3,2
2025-10-12,Kel,4,5
,Kel,7,8
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3) injured:2 (2..2)
			3 "Kel" 2025-10-12..2025-10-12 day||4 (4..4) injured:5 (5..5)
			4 "Kel" -none none||7 (7..7) injured:8 (8..8)
			4:1 note undated
			3 = 3 + 0 + 0
`,
	},
	{
		name: "dates: ISO, with times, to the month, to the year, blank",
		file: `
date,killed
2025-10-11,1
2025-10-11T09:30:00Z,1
2025-10-11 00:00:00.000,1
2025-10,1
2025,1
,1
`,
		want: `
			2 2025-10-11..2025-10-11 day||1 (1..1)
			3 2025-10-11..2025-10-11 day||1 (1..1)
			4 2025-10-11..2025-10-11 day||1 (1..1)
			5 2025-10-01..2025-10-31 month||1 (1..1)
			6 2025-01-01..2025-12-31 year||1 (1..1)
			7 -none none||1 (1..1)
			7:1 note undated
			6 = 6 + 0 + 0
`,
	},
	{
		name: "dates: unknown, and what is none",
		file: `
date,killed
unknown,1
N/A,1
-,1
last week,1
2025-13-01,1
2025-02-30,1
`,
		want: `
			2 -none none||1 (1..1)
			2:1 note undated
			3 -none none||1 (1..1)
			3:1 note undated
			4 -none none||1 (1..1)
			4:1 note undated
			5:1 error bad-date
			6:1 error bad-date
			7:1 error bad-date
			6 = 3 + 3 + 0
`,
	},
	{
		name: "dates: day first, decided by one of them",
		file: `
date,killed
03/04/2025,1
13/04/2025,1
`,
		want: `
			2 2025-04-03..2025-04-03 day||1 (1..1)
			3 2025-04-13..2025-04-13 day||1 (1..1)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "dates: month first, decided by one of them",
		file: `
date,killed
03.04.2025,1
06.23.2025,1
`,
		want: `
			2 2025-03-04..2025-03-04 day||1 (1..1)
			3 2025-06-23..2025-06-23 day||1 (1..1)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "dates: both orders, refused",
		file: `
date,killed
13/04/2025,1
04/13/2025,1
`,
		want: `
			2:0 stops the file: ambiguous-dates
`,
	},
	{
		name: "dates: neither order, refused",
		file: `
date,killed
03/04/2025,1
05/06/2025,1
`,
		want: `
			2:0 stops the file: ambiguous-dates
`,
	},
	{
		name: "dates: in words",
		file: `
date,killed
"Friday, June 18, 2004",1
Sunday-November 19-1995,1
31-Jan-24,1
03 December 2020,1
"Monday, June 18, 2004",1
`,
		want: `
			2 2004-06-18..2004-06-18 day||1 (1..1)
			3 1995-11-19..1995-11-19 day||1 (1..1)
			4 2024-01-31..2024-01-31 day||1 (1..1)
			5 2020-12-03..2020-12-03 day||1 (1..1)
			6 2004-06-18..2004-06-18 day||1 (1..1)
			6:1 warning weekday-mismatch
			5 = 5 + 0 + 0
`,
	},
	{
		name: "dates: ranges",
		file: `
date,killed
12-14 June 2004,1
30 June to 2 July 2004,1
2004-06-12/2004-06-14,1
14-12 June 2004,1
`,
		want: `
			2 2004-06-12..2004-06-14 days||1 (1..1)
			3 2004-06-30..2004-07-02 days||1 (1..1)
			4 2004-06-12..2004-06-14 days||1 (1..1)
			5:1 error bad-date
			4 = 3 + 1 + 0
`,
	},
	{
		name: "dates: a first and a last day",
		file: `
date,date_end,killed
2025-10-11,2025-10-12,1
2025-10-11,2025-10-10,1
2025-10-11,soon,1
2025-10,2025-11,1
`,
		want: `
			2 2025-10-11..2025-10-12 day||1 (1..1)
			3:12 error date-order
			4:12 error bad-date
			5 2025-10-01..2025-11-30 month||1 (1..1)
			4 = 2 + 2 + 0
`,
	},
	{
		name: "dates: precision stated beside them",
		file: `
date,date_precision,killed
2025-10-11,month,1
2025-10-11,year,1
2025-10,day,1
2025-10-11,roughly,1
2025-10-11,none,1
`,
		want: `
			2 2025-10-01..2025-10-31 month||1 (1..1)
			3 2025-01-01..2025-12-31 year||1 (1..1)
			4 2025-10-01..2025-10-31 month||1 (1..1)
			4:9 warning precision-finer
			5 2025-10-11..2025-10-11 day||1 (1..1)
			5:12 warning unknown-word
			6 -none none||1 (1..1)
			6:1 note undated
			5 = 5 + 0 + 0
`,
	},
	{
		name: "dates: year, month and day apart",
		file: `
year,month,day,killed
2025,10,11,1
2025,10,0,1
2025,,,1
2025,Oct,11,1
0,0,0,1
2025,2,30,1
2025,0,5,1
`,
		want: `
			2 2025-10-11..2025-10-11 day||1 (1..1)
			3 2025-10-01..2025-10-31 month||1 (1..1)
			4 2025-01-01..2025-12-31 year||1 (1..1)
			5 2025-10-11..2025-10-11 day||1 (1..1)
			6 -none none||1 (1..1)
			6:1 note undated
			7:1 error bad-date
			8 2025-01-01..2025-12-31 year||1 (1..1)
			7 = 6 + 1 + 0
`,
	},
	{
		name: "dates: a spreadsheet's numbers are not guessed",
		file: `
date,killed
45941,1
2025-10-11,1
`,
		want: `
			2:1 error bad-date
			3 2025-10-11..2025-10-11 day||1 (1..1)
			2 = 1 + 1 + 0
`,
	},
	{
		name: "dates: a spreadsheet's numbers, told",
		o:    Options{Serials: true},
		file: `
date,killed
45941,1
2025-10-11,1
`,
		want: `
			2 2025-10-11..2025-10-11 day||1 (1..1)
			3 2025-10-11..2025-10-11 day||1 (1..1)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "counts: blank is unknown, zero is zero",
		file: `
date,killed
2025-10-11,
2025-10-11,0
2025-10-11,00
`,
		want: `
			2 2025-10-11..2025-10-11 day||unknown
			3 2025-10-11..2025-10-11 day||0 (0..0)
			4 2025-10-11..2025-10-11 day||0 (0..0)
			3 = 3 + 0 + 0
`,
	},
	{
		name: "counts: words for unknown",
		file: `
date,killed
2025-10-11,Unknown
2025-10-11,N/A
2025-10-11,-
2025-10-11,#N/A
2025-10-11,?
`,
		want: `
			2 2025-10-11..2025-10-11 day||unknown
			3 2025-10-11..2025-10-11 day||unknown
			4 2025-10-11..2025-10-11 day||unknown
			5 2025-10-11..2025-10-11 day||unknown
			6 2025-10-11..2025-10-11 day||unknown
			5 = 5 + 0 + 0
`,
	},
	{
		name: "counts: words that are no number",
		file: `
date,killed
2025-10-11,several
2025-10-11,dozens
2025-10-11,scores
2025-10-11,none
`,
		want: `
			2 2025-10-11..2025-10-11 day||unknown
			2:12 note count-word
			3 2025-10-11..2025-10-11 day||unknown
			3:12 note count-word
			4 2025-10-11..2025-10-11 day||unknown
			4:12 note count-word
			5 2025-10-11..2025-10-11 day||unknown
			5:12 warning ambiguous-none
			4 = 4 + 0 + 0
`,
	},
	{
		name: "counts: ACLED's words, asked for",
		o:    Options{Words: "acled"},
		file: `
date,killed
2025-10-11,several
2025-10-11,dozens
2025-10-11,Hundreds
2025-10-11,umpteen
`,
		want: `
			2 2025-10-11..2025-10-11 day||~3 (3..3)
			2:12 note count-imputed
			3 2025-10-11..2025-10-11 day||~12 (12..12)
			3:12 note count-imputed
			4 2025-10-11..2025-10-11 day||~100 (100..100)
			4:12 note count-imputed
			5:12 error bad-count
			4 = 3 + 1 + 0
`,
	},
	{
		name: "counts: ranges and bounds",
		file: `
date,killed
2025-10-11,4-7
2025-10-11,4 – 7
2025-10-11,200+
2025-10-11,>200
2025-10-11,at least 5
2025-10-11,more than 5
2025-10-11,up to 9
2025-10-11,about 10
2025-10-11,between 4 and 7
`,
		want: `
			2 2025-10-11..2025-10-11 day||4..7
			3 2025-10-11..2025-10-11 day||4..7
			4 2025-10-11..2025-10-11 day||200..200+
			5 2025-10-11..2025-10-11 day||200..200+
			6 2025-10-11..2025-10-11 day||5..5+
			7 2025-10-11..2025-10-11 day||5..5+
			8 2025-10-11..2025-10-11 day||0..9
			9 2025-10-11..2025-10-11 day||~10 (10..10)
			10 2025-10-11..2025-10-11 day||4..7
			9 = 9 + 0 + 0
`,
	},
	{
		name: "counts: decimals and thousands",
		file: `
date,killed
2025-10-11,3.5
2025-10-11,"1,204"
2025-10-11,"12,04"
2025-10-11,0.1234567
2025-10-11,3.
`,
		want: `
			2 2025-10-11..2025-10-11 day||3.500000 (3.500000..3.500000)
			3 2025-10-11..2025-10-11 day||1204 (1204..1204)
			4:12 error bad-count
			5 2025-10-11..2025-10-11 day||0.123457 (0.123457..0.123457)
			5:12 warning count-rounded
			6:12 error bad-count
			5 = 3 + 2 + 0
`,
	},
	{
		name: "counts: a thousands mark that is told",
		o:    Options{Mark: "."},
		file: `
date,killed
2025-10-11,1.204
2025-10-11,"12.345,5"
2025-10-11,12.04
`,
		want: `
			2 2025-10-11..2025-10-11 day||1204 (1204..1204)
			3 2025-10-11..2025-10-11 day||12345.500000 (12345.500000..12345.500000)
			4:12 error bad-count
			3 = 2 + 1 + 0
`,
	},
	{
		name: "counts: what no program may take for a number",
		file: `
date,killed
2025-10-11,1e3
2025-10-11,0x1F
2025-10-11,NaN
2025-10-11,Inf
2025-10-11,1_000
2025-10-11,٣
2025-10-11,-4
2025-10-11,99999999
2025-10-11,4-Jul
2025-10-11,0:00 AM
`,
		want: `
			2:12 error bad-count
			3:12 error bad-count
			4:12 error bad-count
			5:12 error bad-count
			6:12 error bad-count
			7:12 error bad-count
			8:12 error negative-count
			9:12 error absurd-count
			10:12 error bad-count
			11:12 error bad-count
			10 = 0 + 10 + 0
`,
	},
	{
		name: "counts: codes for unknown, told",
		o:    Options{Unknown: []string{"-9", "-99", "999"}},
		file: `
date,killed,injured
2025-10-11,-9,999
2025-10-11,-99,3
`,
		want: `
			2 2025-10-11..2025-10-11 day||unknown
			3 2025-10-11..2025-10-11 day||unknown injured:3 (3..3)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "counts: low, best and high",
		file: `
date,killed,killed_low,killed_high
2025-10-11,5,3,9
2025-10-11,,3,9
2025-10-11,,3,
2025-10-11,,,9
2025-10-11,5,9,3
2025-10-11,5,3,200+
2025-10-11,5,1-2,9
`,
		want: `
			2 2025-10-11..2025-10-11 day||5 (3..9)
			3 2025-10-11..2025-10-11 day||3..9
			4 2025-10-11..2025-10-11 day||3..3+
			5 2025-10-11..2025-10-11 day||0..9
			6:12 error count-order
			7 2025-10-11..2025-10-11 day||5 (3..200)+
			8:14 error bad-count
			7 = 5 + 2 + 0
`,
	},
	{
		name: "counts: low, best and high out of order, kept when told",
		o:    Options{KeepDisorder: true},
		file: `
date,killed,killed_low,killed_high
2025-10-11,5,9,3
`,
		want: `
			2 2025-10-11..2025-10-11 day||5 (9..3)
			2:12 warning count-order
			1 = 1 + 0 + 0
`,
	},
	{
		name: "counts: parts of a toll",
		file: `
date,killed,killed_civilians,killed_security,of_which_children
2025-10-11,9,4,3,2
2025-10-11,,4,3,
2025-10-11,9,,,
2025-10-11,,4,,
`,
		want: `
			2 2025-10-11..2025-10-11 day||9 (9..9) killed_civilians:4 (4..4) killed_security:3 (3..3) of_which_children:2 (2..2)
			3 2025-10-11..2025-10-11 day||7..7+ killed_civilians:4 (4..4) killed_security:3 (3..3)
			4 2025-10-11..2025-10-11 day||9 (9..9)
			5 2025-10-11..2025-10-11 day||4..4+ killed_civilians:4 (4..4)
			4 = 4 + 0 + 0
`,
	},
	{
		name: "counts: parts without a whole",
		file: `
date,killed_civilians,killed_security
2025-10-11,4,3
2025-10-11,4,
2025-10-11,,
`,
		want: `
			2 2025-10-11..2025-10-11 day||7 (7..7) killed_civilians:4 (4..4) killed_security:3 (3..3)
			3 2025-10-11..2025-10-11 day||4..4+ killed_civilians:4 (4..4)
			4 2025-10-11..2025-10-11 day||unknown
			3 = 3 + 0 + 0
`,
	},
	{
		name: "names: one spelling for spaces and letters put together",
		file: `
date,place,killed
2025-10-11,Kel\u00a0Adar,1
2025-10-11,Kel   Adar,1
2025-10-11,Kél,1
2025-10-11,Kél,1
`,
		want: `
			2 "Kel Adar" 2025-10-11..2025-10-11 day||1 (1..1)
			3 "Kel Adar" 2025-10-11..2025-10-11 day||1 (1..1)
			4 "Kél" 2025-10-11..2025-10-11 day||1 (1..1)
			5 "Kél" 2025-10-11..2025-10-11 day||1 (1..1)
			4 = 4 + 0 + 0
`,
	},
	{
		name: "places: coordinates",
		file: `
date,place,lat,lon,killed
2025-10-11,Kel,31.5,66.25,1
2025-10-11,Kel,31.5,,1
2025-10-11,Kel,95,66,1
2025-10-11,Kel,31°30',66,1
2025-10-11,Kel,,,1
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||1 (1..1)
			3 "Kel" 2025-10-11..2025-10-11 day||1 (1..1)
			3:21 warning bad-coordinates
			4 "Kel" 2025-10-11..2025-10-11 day||1 (1..1)
			4:16 warning bad-coordinates
			5 "Kel" 2025-10-11..2025-10-11 day||1 (1..1)
			5:16 warning bad-coordinates
			6 "Kel" 2025-10-11..2025-10-11 day||1 (1..1)
			5 = 5 + 0 + 0
`,
	},
	{
		name: "words: of closed lists",
		file: `
date,victim_type,status,geo_precision,killed
2025-10-11,Civilian,VERIFIED,admin1,1
2025-10-11,soldiers,reported,somewhere,1
2025-10-11,civilian,rumoured,exact,1
`,
		want: `
			2 2025-10-11..2025-10-11 day||1 (1..1)
			3 2025-10-11..2025-10-11 day||1 (1..1)
			3:12 warning unknown-word
			3:30 warning unknown-word
			4:21 error bad-status
			3 = 2 + 1 + 0
`,
	},
	{
		name: "accounts: attribution, suspicion and claim",
		file: `
date,attributed_to,attribution,claimed_by,killed
2025-10-11,Red Front,suspected,,1
2025-10-11,Red Front,stated,,1
2025-10-11,Red Front,perhaps,,1
2025-10-11,Red Front;Blue,,Blue,1
`,
		want: `
			2 2025-10-11..2025-10-11 day|attributed_to=Red Front (suspected)|1 (1..1)
			3 2025-10-11..2025-10-11 day|attributed_to=Red Front|1 (1..1)
			4 2025-10-11..2025-10-11 day|attributed_to=Red Front|1 (1..1)
			4:22 warning unknown-word
			5 2025-10-11..2025-10-11 day|attributed_to=Red Front;Blue claimed_by=Blue|1 (1..1)
			4 = 4 + 0 + 0
`,
	},
	{
		name: "rows of one death each",
		o:    Options{Deaths: true},
		file: `
date,place,name
2025-10-11,Kel,A
2025-10-11,Kel,B
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||1 (1..1)
			3 "Kel" 2025-10-11..2025-10-11 day||1 (1..1)
			2 = 2 + 0 + 0
`,
	},
	{
		name: "a list separated by something else",
		o:    Options{Lists: map[string]string{"attributed_to": ","}},
		file: `
date,perpetrator,killed
2025-10-11,"Red Front, Blue",1
`,
		want: `
			2 2025-10-11..2025-10-11 day|attributed_to=Red Front; Blue|1 (1..1)
			1 = 1 + 0 + 0
`,
	},
	{
		name: "a selection by a column of the file",
		o:    Options{Only: []string{"armed=no"}},
		file: `
date,armed,killed
2025-10-11,No,1
2025-10-11,Yes,1
2025-10-11, no ,1
`,
		want: `
			2 2025-10-11..2025-10-11 day||1 (1..1)
			4 2025-10-11..2025-10-11 day||1 (1..1)
			3 = 3 + 0 + 0
`,
	},
	{
		name: "semicolons, decimal commas are refused and not cut",
		file: `
date;place;killed
2025-10-11;Kel;3
2025-10-12;Kel;3,5
`,
		want: `
			2 "Kel" 2025-10-11..2025-10-11 day||3 (3..3)
			3:16 error bad-count
			2 = 1 + 1 + 0
`,
	},
	{
		name: "a sheet kept by hand",
		file: `
Incidents; kept by hand;;
;;;
Fecha;Lugar;Muertos;Heridos
11/10/2025;Kel;3;1
12/10/2025;Kel;4-7;
25/10/2025;Kel;varios;2
;;;
Total;;10;3
`,
		want: `
			4 "Kel" 2025-10-11..2025-10-11 day||3 (3..3) injured:1 (1..1)
			5 "Kel" 2025-10-12..2025-10-12 day||4..7
			6 "Kel" 2025-10-25..2025-10-25 day||unknown injured:2 (2..2)
			6:16 note count-word
			8 error total-row
			6 = 3 + 1 + 2
`,
	},
	{
		name: "a suicide attack sheet",
		file: `
S#,Date,Blast Day Type,City,Province,Killed Min,Killed Max,Injured Min,Injured Max
1,Sunday-November 19-1995,Holiday,Islamabad,Capital,14,15,,60
2,Monday-November 19-1995,Working Day,Islamabad,Capital,,3,0:00 AM,5
,,,,,14,18,,65
`,
		want: `
			2 "Islamabad" 1995-11-19..1995-11-19 day||14..15 injured:0..60
			3:3 warning weekday-mismatch
			3:60 error bad-count
			4 error total-row
			3 = 1 + 2 + 0
`,
	},
	{
		name: "a drone sheet with a misspelt column",
		o:    Options{Map: map[string]string{"killed_low": "Total Died Min", "killed_high": "Total Died Mix"}},
		file: `
S#,Date,Location,Province,Total Died Min,Total Died Mix,Injured Min,Injured Max,Women/Children
1,"Friday, June 18, 2004",Kel,North,5,8,1,2,Y
`,
		want: `
			2 "Kel" 2004-06-18..2004-06-18 day||5..8 injured:1..2
			1 = 1 + 0 + 0
`,
	},
}

var printFates = flag.Bool("fates", false, "print what is made of each fixture's rows")

// fateOfRows says of each row, by its line, what became of it, and at last the
// ledger: read = accepted + rejected + blank.
func fateOfRows(file string, o Options) string {
	recs, res, err := readLaidOut(file, o)
	if err != nil {
		var input *InputError
		if !errors.As(err, &input) {
			return err.Error()
		}
		return fmt.Sprintf("%d:%d stops the file: %s\n", input.Line, input.Column, input.Code)
	}
	type fate struct {
		line, column int
		text         string
	}
	var fates []fate
	for _, r := range recs {
		text := gist(r)
		if p := r.Text["place"]; p != "" {
			text = fmt.Sprintf("%q ", p) + text
		}
		fates = append(fates, fate{int(r.Line), 0, text})
	}
	for _, d := range res.Diagnostics {
		if d.Code != "unused-columns" {
			fates = append(fates, fate{d.Line, d.Column, d.Severity.String() + " " + d.Code})
		}
	}
	slices.SortStableFunc(fates, func(x, y fate) int {
		if x.line != y.line {
			return x.line - y.line
		}
		return x.column - y.column
	})
	var b strings.Builder
	for _, f := range fates {
		at := fmt.Sprint(f.line)
		if f.column > 0 {
			at += fmt.Sprintf(":%d", f.column)
		}
		fmt.Fprintf(&b, "%s %s\n", at, f.text)
	}
	l := res.Ledger
	fmt.Fprintf(&b, "%d = %d + %d + %d\n", l.Read, l.Accepted, l.Rejected, l.Blank)
	return b.String()
}

var unescape = strings.NewReplacer(`\r`, "\r", `\0`, "\x00", `\xe9`, "\xe9", `\ufeff`, "\ufeff", `\u00a0`, "\u00a0", `\t`, "\t")

func TestRowConformance(t *testing.T) {
	for _, tt := range rowConformance {
		t.Run(tt.name, func(t *testing.T) {
			file := unescape.Replace(strings.TrimPrefix(tt.file, "\n"))
			got := fateOfRows(file, tt.o)
			if *printFates {
				fmt.Fprintf(os.Stdout, "@@ %s\n%s", tt.name, got)
				return
			}
			want := strings.ReplaceAll(strings.TrimPrefix(tt.want, "\n"), "\t", "")
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// What is read of a fixture at any place by several workers is what is read of it
// in one pass, and what is converted reads back as the same.
func TestRowConformanceHoldsOnEveryPath(t *testing.T) {
	for _, tt := range rowConformance {
		file := unescape.Replace(strings.TrimPrefix(tt.file, "\n"))
		l, err := Survey("f.csv", opener(file), tt.o)
		if err != nil {
			continue
		}
		o := tt.o
		o.Layout = l
		recs, res, err := read(file, o)
		if l.Plain() && err == nil {
			for _, workers := range []int{1, 2} {
				fast, fastRes, err := readFast(file, workers, o)
				if errors.Is(err, ErrNotPlain) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", tt.name, err)
				}
				if diff := cmp.Diff(recs, fast); diff != "" || fastRes.Ledger != res.Ledger || !cmp.Equal(res.Diagnostics, fastRes.Diagnostics) {
					t.Errorf("%s by %d workers: %s\n%v\n%v", tt.name, workers, diff, res.Diagnostics, fastRes.Diagnostics)
				}
			}
		}
		if err != nil {
			continue
		}
		before, after, native := converted(t, file, tt.o)
		for i := range before {
			before[i].Line, before[i].Number = 0, 0
		}
		for i := range after {
			after[i].Line, after[i].Number = 0, 0
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("%s: %s\n%s", tt.name, diff, native)
		}
	}
}

// Every fixture, cut off at any byte, ends in a refusal or in a ledger that
// balances, with each position inside the file.
func TestRowConformanceCutOffAnywhere(t *testing.T) {
	for _, tt := range rowConformance {
		file := unescape.Replace(strings.TrimPrefix(tt.file, "\n"))
		for cut := range file {
			recs, res, err := readLaidOut(file[:cut], tt.o)
			if err != nil {
				var input *InputError
				if !errors.As(err, &input) || input.Line > strings.Count(file[:cut], "\n")+strings.Count(file[:cut], "\r")+1 {
					t.Errorf("%s cut at %d: %v", tt.name, cut, err)
				}
				continue
			}
			if !res.Ledger.Balances() || int64(len(recs)) != res.Ledger.Accepted-res.Ledger.SetAside {
				t.Errorf("%s cut at %d: %+v", tt.name, cut, res.Ledger)
			}
			lines := bytes.Count([]byte(file[:cut]), []byte("\n")) + bytes.Count([]byte(file[:cut]), []byte("\r")) + 1
			for _, d := range res.Diagnostics {
				if d.Line < 0 || d.Line > lines || d.Column < 0 || d.Column > cut+1 || d.Severity == data.Error && d.Line == 0 {
					t.Errorf("%s cut at %d: %+v", tt.name, cut, d)
				}
			}
		}
	}
}
