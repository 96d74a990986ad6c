// Package data says what an incident record is: counts that may be unknown,
// dates that may be imprecise, places, parties, and the columnar Batch that
// carries records from a reader to the tallies.
//
// The package does no input or output and reads no clock. Its zero values mean
// "not stated": a blank is never a zero.
package data
