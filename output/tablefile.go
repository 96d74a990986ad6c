package output

import "toll/stats"

// TableFile returns the file of one table as a briefing has it.
func TableFile(t *stats.Table, hasInjured bool) (File, error) {
	b, err := writeTableCSV(t, hasInjured)
	return File{tablePath(t.ID), b}, err
}
