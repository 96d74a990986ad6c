package output

import "toll/stats"

// TableFile returns the file of one table as a briefing has it.
// Raw names are not kept from being run by a spreadsheet.
func TableFile(t *stats.Table, hasInjured, raw bool) (File, error) {
	b, err := writeTableCSV(t, csvForm{hasInjured, raw})
	return File{tablePath(t.ID), b}, err
}
