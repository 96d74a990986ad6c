package record

import "toll/data"

// layoutCodes concern how a file is written and mapped.
var layoutCodes = []Code{
	{"ambiguous-dates", data.Error, true, "day and month cannot be told apart",
		"03/04/2025 is two days, two months apart. The whole column decides, and this one does not.",
		"date\n03/04/2025\n05/06/2025",
		"say which comes first: --date-order dmy or --date-order mdy"},
	{"bad-aliases", data.Error, true, "the file of aliases cannot be read",
		"A name that is replaced by mistake moves every figure of that name.",
		"column,from,to\nparty,FARC-EP",
		"give each line three cells: column, from, to"},
	{"too-many-names", data.Error, true, "a column of names has more than a million different ones",
		"It holds something else than names, and would fill the memory.",
		"notes mapped to place",
		"map another column, or leave the field unread: --map place="},
	{"unknown-column", data.Error, true, "a mapping or a condition names a column that is not there",
		"An option without effect would give other figures than those asked for.",
		"--map killed=Fatalties",
		"use a name of the header as it is written there"},
	{"unknown-encoding", data.Error, true, "there is no such encoding",
		"The letters of names depend on it.",
		"--encoding latin",
		"use one of the encodings listed"},
	{"unknown-text", data.Error, true, "the file is not UTF-8, and its encoding is not told",
		"The same bytes are other letters in other encodings, and nothing in the file says which.",
		"Cort\\xe9s in Windows-1252",
		"say which encoding reads right: --encoding windows-1252"},
	{"unpacks-too-large", data.Error, true, "a compressed file unpacks beyond all proportion",
		"Records of incidents shrink about elevenfold. What unpacks to more than a hundred times its size is not that.",
		"10 MB that unpack to 10 GB",
		"unpack the file and look at it"},

	{"weekday-mismatch", data.Warning, false, "the weekday written does not fit the date",
		"One of the two is a slip; the date is kept.",
		"Monday, June 18, 2004",
		"check the day against the source"},

	{"count-imputed", data.Note, false, "a word that was read as a number, because it was asked for",
		"ACLED's codebook reads dozens as 12. It is a convention, and no report of twelve.",
		"killed = dozens, with --words acled",
		"leave --words out to treat the toll as not stated"},
}
