package data

import "strconv"

// Number writes how many there are of what a noun names: 1 row, 2 rows.
func Number(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.FormatInt(n, 10) + " " + noun
}
