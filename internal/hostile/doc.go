// Package hostile holds 200 names that mean harm and the test that sends them
// through everything toll writes. It is a module of its own, so that the parsers
// by which it reads that back are no dependency of toll.
package hostile
