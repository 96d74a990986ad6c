// Package record turns CSV files of violent incidents into columnar batches.
//
// A file passes through four steps, each with a seam of its own. A scanner cuts
// the bytes into raw fields and knows the physical line and byte column of each.
// A plan says once, from the header, which column carries which field of the
// record. gocsv maps the raw fields to a Row by that plan. A decoder turns the
// cells of a Row into typed columns.
//
// Bad data is never an error of the program: what is wrong with a record is a
// data.Diagnostic with a stable code (see Codes), and a record that cannot be
// trusted is set aside and counted in the ledger. Only input that cannot be read
// as a table at all is an *InputError.
package record
