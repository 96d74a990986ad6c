package record

import (
	"slices"

	"toll/data"
)

// Code documents one kind of diagnostic. The table is the only place where
// codes are defined; `toll check --explain` and the manual are made from it.
type Code struct {
	Name     string        // stable, kebab-case
	Severity data.Severity // Error: the record, or the file, is set aside
	File     bool          // it concerns the whole file, which is then not read
	Title    string
	Why      string // why it matters for the figures
	Example  string // what it looks like in a file
	Fix      string // what to do; the hint where there is no better one
}

// Codes returns the table of codes: first those that stop a file, then by
// severity and name.
func Codes() []Code {
	out := slices.Concat(fileCodes, layoutCodes, recordCodes)
	slices.SortStableFunc(out, func(a, b Code) int {
		if a.File != b.File {
			if a.File {
				return -1
			}
			return 1
		}
		return int(b.Severity) - int(a.Severity)
	})
	return out
}

// LookupCode returns the entry of a code.
func LookupCode(name string) (Code, bool) {
	c, ok := codeByName[name]
	return c, ok
}

var codeByName = func() map[string]Code {
	m := map[string]Code{}
	for _, c := range slices.Concat(fileCodes, layoutCodes, recordCodes) {
		m[c.Name] = c
	}
	return m
}()

// fileCodes stop a file: it cannot be read as a table of incidents.
var fileCodes = []Code{
	{"ambiguous-columns", data.Error, true, "two columns for one field",
		"Taking either would be a guess, and the figures would hang on it.",
		"date,killed,deaths",
		"rename the column that is not meant"},
	{"bad-delimiter", data.Error, true, "the delimiter cannot separate cells",
		"Only a single ASCII character other than a quote or a line end can.",
		"--delimiter '\"'",
		"use a comma, a semicolon, a tab or a bar"},
	{"cr-line-ends", data.Error, true, "lines end in a carriage return alone",
		"An old Macintosh format; read by the usual rules, the whole file is one row.",
		"saved as \"CSV (Macintosh)\"",
		"save it as CSV UTF-8"},
	{"empty-file", data.Error, true, "the file holds nothing",
		"An empty file is more often a failed download than a period without violence.",
		"a file of zero bytes",
		"check where the file came from; a file without incidents still has a header"},
	{"field-too-long", data.Error, true, "a cell is longer than 1 MiB",
		"A quote that is never closed swallows the records after it; reading on would hide them.",
		`2025-10-11,"border clash,23`,
		"look for a missing quote at the position given"},
	{"no-count-column", data.Error, true, "no column says how many were killed or injured",
		"Without one there is no toll to report.",
		"date,place,notes",
		"name a column killed, killed_low and killed_high, or injured"},
	{"no-date-column", data.Error, true, "no column says when it happened",
		"Without one no incident belongs to a period.",
		"place,killed",
		"name the column of dates: date"},
	{"no-header", data.Error, true, "the first row is not a header",
		"Columns are matched by name, never by position.",
		"2025-10-11,Spin Boldak,23",
		"put a row of column names first, such as date,place,killed"},
	{"not-csv", data.Error, true, "the file is not a CSV file",
		"Its bytes are those of another format.",
		"a workbook renamed to .csv",
		"save it as CSV in UTF-8"},
	{"bad-header", data.Error, true, "the header cannot be read",
		"Without a sound header no cell has a name.",
		`date,"place,killed`,
		"mend the quotes of the first row and save the file as UTF-8"},
	{"record-too-long", data.Error, true, "a record is longer than 16 MiB",
		"It is not a record of an incident; a quote is probably missing.",
		"a record with thousands of cells of text",
		"look for a missing quote at the position given"},
	{"too-many-columns", data.Error, true, "a record has more than 4,096 cells",
		"It is not a table of incidents.",
		"a row of commas",
		"check that the file has line ends and the right delimiter"},
	{"unknown-profile", data.Error, true, "there is no such profile",
		"A profile says what the columns and codes of a published dataset mean.",
		"--profile ucdp",
		"use one of the profiles listed"},
	{"unreadable", data.Error, true, "the file could not be read to its end",
		"Half a file gives half a toll.",
		"a disk or network error",
		"copy the file again and retry"},
	{"utf-16", data.Error, true, "the file is UTF-16",
		"Its letters take two bytes each, which would make every cell unreadable.",
		"\"Unicode text\" saved by a spreadsheet",
		"save it as CSV UTF-8"},
	{"wrong-delimiter", data.Error, true, "cells are separated by another character",
		"Read with the wrong one, the whole file is a single column.",
		"date;place;killed",
		"give the delimiter that the file uses"},
}
