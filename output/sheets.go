package output

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"
)

// listed reports whether report.json and the manifest have every cell of a sheet.
// The long ones stand in their files alone.
func listed(s *stats.Sheet) bool {
	return s.ID != "rolling" && s.ID != "precision" && len(s.Rows) <= MaxListed
}

// writeSheetCSV writes a sheet: the ids of its keys, their labels, then the
// figures. A figure that there is none of is blank.
func writeSheetCSV(s *stats.Sheet, f csvForm) ([]byte, error) {
	var head bytes.Buffer
	w := csv.NewWriter(&head)
	var names []string
	for _, d := range s.Dims {
		names = append(names, d.ID, d.ID+"_label")
	}
	for _, c := range s.Columns {
		names = append(names, strings.ReplaceAll(c.ID, ".", "_"))
	}
	if err := w.Write(names); err != nil {
		return nil, err
	}
	w.Flush()
	b := head.Bytes()
	texts := keyTexts{f, map[string]string{}}
	for i, r := range s.Rows {
		b = roomFor(b, i, len(s.Rows))
		from := len(b)
		for _, k := range r.Keys {
			b = append(texts.append(b, k.ID), ',')
			b = append(texts.append(b, k.Label), ',')
		}
		for _, c := range r.Cells {
			if c.Stated {
				b = appendDecimal(b, c.V)
			}
			b = append(b, ',')
		}
		if len(b) > from {
			b = b[:len(b)-1]
		}
		b = append(b, '\n')
	}
	return b, w.Error()
}

// sheetJSON describes a sheet, with its cells where they are listed.
func sheetJSON(s *stats.Sheet) object {
	dims, columns := array{}, array{}
	for _, d := range s.Dims {
		dims = append(dims, object{"id": d.ID, "title": d.Title})
	}
	for _, c := range s.Columns {
		columns = append(columns, object{"id": c.ID, "description": c.Text})
	}
	o := object{"id": s.ID, "title": s.Title, "dims": dims, "columns": columns, "note": s.Note, "file": tablePath(s.ID)}
	if !listed(s) {
		return o
	}
	o["rows"] = sheetRowsJSON(s)
	return o
}

// EachStatistic calls f with every figure of the sheets and its address, in units
// of 1/data.Unit.
func EachStatistic(r *stats.Report, f func(address string, v int64)) {
	for _, s := range r.Sheets {
		for _, row := range s.Rows {
			for i, c := range row.Cells {
				if c.Stated {
					f(stats.Address(s.ID, row.Keys, s.Columns[i].ID), c.V)
				}
			}
		}
	}
}

// statisticsJSON returns the figures of the sheets that are listed.
func statisticsJSON(r *stats.Report) pairs {
	all := pairs{}
	for _, s := range r.Sheets {
		if !listed(s) {
			continue
		}
		EachStatistic(&stats.Report{Sheets: []*stats.Sheet{s}}, func(a string, v int64) { all = append(all, pair{a, literal(decimal(v))}) })
	}
	slices.SortFunc(all, func(x, y pair) int { return strings.Compare(x.key, y.key) })
	return all
}

// sheetResource describes a sheet's file for the data package.
func sheetResource(s *stats.Sheet, path, sum string) object {
	fields := array{}
	for _, d := range s.Dims {
		fields = append(fields, object{"name": d.ID, "type": "string", "description": catalogue.Say("page.the-key-by-which-figures-are", "title", d.Title)},
			object{"name": d.ID + "_label", "type": "string", "description": d.Title})
	}
	for _, c := range s.Columns {
		fields = append(fields, object{"name": strings.ReplaceAll(c.ID, ".", "_"), "type": "number", "description": c.Text})
	}
	return object{"name": s.ID, "path": path, "profile": "tabular-data-resource", "title": s.Title, "description": s.Note,
		"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "hash": "sha256:" + sum, "schema": object{"fields": fields, "missingValues": array{""}}}
}

// SheetFile returns the file of one sheet as a briefing has it.
func SheetFile(s *stats.Sheet, raw bool) (File, error) {
	b, err := writeSheetCSV(s, csvForm{raw: raw})
	return File{tablePath(s.ID), b}, err
}

// wholeOf returns a figure of a sheet as a whole number, 0 where there is none.
func wholeOf(c stats.Cell) int64 { return stats.Persons(c.V) }
