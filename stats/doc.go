// Package stats turns batches of incident records into tolls: accounts to one
// toll per incident, tallies by date, place and claimed perpetrator, tables of
// them, and comparisons between periods.
//
// It does no input or output, reads no clock and starts no goroutine. Every sum
// is an integer. An Accumulator merges with another of the same options, in any
// order and any grouping, to the same tables.
package stats
