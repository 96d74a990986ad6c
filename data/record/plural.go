package record

import "toll/data"

// were writes a number of things and that they were or was.
func were(n int64, noun string) string {
	if n == 1 {
		return data.Number(n, noun) + " was"
	}
	return data.Number(n, noun) + " were"
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
