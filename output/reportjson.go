package output

import (
	"strings"

	"toll/data"
	"toll/stats"
)

// schemaVersion is the version of the form of report.json and manifest.json. It
// changes when a program that reads them would have to.
const schemaVersion = 1

// rowAddress returns what the addresses of a row's figures begin with.
func rowAddress(table string, keys []stats.Key) string {
	return strings.TrimSuffix(stats.Address(table, keys, ""), "/")
}

// writeReportJSON writes everything the report says, with every row of every
// table of up to MaxListed rows; of a longer one, where its file is.
func writeReportJSON(d *Document) []byte {
	r := d.Report
	tables := array{}
	for _, t := range r.Tables {
		tables = append(tables, tableJSON(t, r))
	}
	sheets := array{}
	for _, s := range r.Sheets {
		sheets = append(sheets, sheetJSON(s))
	}
	changes := array{}
	for _, c := range r.Changes {
		changes = append(changes, changeJSON(c, r))
	}
	deadliest := array{}
	for i, x := range r.Deadliest {
		o := deadliestJSON(x, d)
		if i < len(d.Notes) && d.Notes[i] != "" {
			o["notes"] = d.Notes[i]
		}
		deadliest = append(deadliest, o)
	}
	return encodeJSON(object{
		"schema": schemaVersion, "name": d.Name, "title": d.Title, "source": d.Source, "synthetic": d.Synthetic,
		"period": r.Period.String(), "first": r.First.String(), "last": r.Last.String(),
		"multi_account": r.MultiAccount, "directed": r.Directed, "has_injured": r.HasInjured,
		"total": tallyJSON(r.Total, "total", r.HasInjured), "tables": tables, "sheets": sheets, "changes": changes, "deadliest": deadliest,
		"disagreements": disagreementsJSON(r), "quality": qualityJSON(r), "ledger": ledgerJSON(r.Ledger),
		"inputs": inputsJSON(d), "options": optionsJSON(d), "figures": figuresJSON(d), "diagnostics": diagnosticsJSON(d),
	})
}

func tallyJSON(t stats.Tally, address string, hasInjured bool) object {
	o := object{"address": address, "incidents": t.Incidents, "killed": sumJSON(t.Killed, t.Incidents)}
	if hasInjured {
		o["injured"] = sumJSON(t.Injured, t.Incidents)
	}
	return o
}

var kindNames = [...]string{stats.Named: "named", stats.Unstated: "unstated", stats.Imprecise: "imprecise",
	stats.UndatedKey: "undated", stats.Involved: "involved", stats.Withheld: "withheld"}

func keyJSON(k stats.Key) object {
	return object{"id": k.ID, "label": k.Label, "kind": kindNames[k.Kind]}
}

func tableJSON(t *stats.Table, r *stats.Report) object {
	dims := array{}
	for _, d := range t.Dims {
		dims = append(dims, object{"id": d.ID, "title": d.Title})
	}
	o := object{"id": t.ID, "title": t.Title, "dims": dims, "file": tablePath(t.ID), "row_count": len(t.Rows), "note": t.Note,
		"additive": t.Additive, "tolls_additive": t.TollsAdditive, "secondary": t.Secondary}
	if !isFiled(t) {
		o["rows"] = each{len(t.Rows), func(i int) any { return rowJSON(t.ID, &t.Rows[i], hasBasis(t), r.InjuredIn(t)) }}
	}
	return o
}

func changeJSON(c stats.Change, r *stats.Report) object {
	table := "by-" + r.Period.String()
	ms := array{}
	for _, m := range c.Measures {
		value := func(v int64) literal {
			if m.Measure == "incidents" {
				return literal(decimal(v * data.Unit))
			}
			return literal(decimal(v))
		}
		ms = append(ms, object{"measure": m.Measure, "bound": m.Bound, "before": value(m.Before), "after": value(m.After)})
	}
	return object{"kind": c.Kind, "before": rowAddress(table, c.Before.Keys), "after": rowAddress(table, c.After.Keys), "measures": ms}
}

func countJSON(c data.Count) object {
	o := object{"stated": c.Stated()}
	if c.Stated() {
		o["low"], o["high"], o["open"] = literal(decimal(c.Low)), literal(decimal(c.High)), c.IsOpen()
		o["approximate"] = c.Flags&data.Approx != 0
		if c.BestStated() {
			o["best"] = literal(decimal(c.Best))
		}
	}
	return o
}

func deadliestJSON(x stats.Deadliest, d *Document) object {
	o := object{"id": x.ID, "file": d.inputName(x.FileIndex), "line": x.Line,
		"date":  object{"start": x.Date.Start.String(), "end": x.Date.End.String(), "precision": x.Date.Prec.String()},
		"place": object{"country": x.Country, "admin1": x.Admin1, "admin2": x.Admin2, "place": x.Place},
		"party": keyJSON(x.Party), "event_type": x.EventType, "source": x.Source, "accounts": x.Accounts,
		"killed": countJSON(x.Killed)}
	if d.Report.HasInjured {
		o["injured"] = countJSON(x.Injured)
	}
	return o
}

func qualityJSON(r *stats.Report) object {
	q := r.Quality
	if r.MinCell > 0 { // the rest is not told, and so is not zero
		return object{"incidents": q.Incidents}
	}
	dates, places := object{}, object{}
	for i, n := range q.DatePrec {
		dates[data.Precision(i).String()] = n
	}
	for i, n := range q.GeoPrec {
		word := data.GeoPrecision(i).String()
		if word == "" {
			word = "unstated"
		}
		places[word] = n
	}
	return object{"incidents": q.Incidents, "date_precision": dates, "place_precision": places, "no_location": q.NoLocation,
		"spans": q.Spans, "straddling": q.Straddling, "straddling_months": q.StraddleMonths, "approximate": q.Approximate,
		"multi_account": q.MultiAccount, "accounts": q.Accounts, "withdrawn": q.Withdrawn,
		"low_above_best": q.LowAboveBest, "best_above_high": q.BestAboveHigh, "low_above_high": q.LowAboveHigh}
}

func disagreementsJSON(r *stats.Report) array {
	a := array{}
	for _, x := range r.Disagreements {
		values := arrayOf(x.Values)
		a = append(a, object{"id": x.ID, "field": x.Field, "values": values, "used": x.Used})
	}
	return a
}

func ledgerJSON(l data.Ledger) object {
	return object{"files": l.Files, "records_read": l.Read, "accepted": l.Accepted, "rejected": l.Rejected,
		"blank": l.Blank, "outside_selection": l.SetAside}
}

func inputsJSON(d *Document) array {
	a := array{}
	for _, in := range d.Inputs {
		mapping := array{}
		for _, m := range in.Mapping {
			mapping = append(mapping, object{"field": m.Field, "column": m.Column})
		}
		unused := arrayOf(in.Unused)
		o := object{"name": in.Name, "sha256": in.SHA256, "bytes": in.Bytes, "records": in.Records,
			"profile": in.Profile, "why": in.Why, "mapping": mapping, "unused": unused}
		if len(in.Notes) > 0 {
			notes := arrayOf(in.Notes)
			o["notes"] = notes
		}
		a = append(a, o)
	}
	return a
}

func optionsJSON(d *Document) array {
	a := array{}
	for _, o := range d.Options {
		a = append(a, object{"name": o.Name, "value": o.Value})
	}
	return a
}

func figuresJSON(d *Document) object {
	drawn, omitted := array{}, array{}
	for _, f := range d.Figures {
		drawn = append(drawn, object{"id": f.ID, "kind": f.Kind, "title": f.Title, "subtitle": f.Subtitle, "note": f.Note, "alt": f.Alt,
			"image": picturePath(f.ID), "data": plottedPath(f.ID)})
	}
	for _, o := range d.Omitted {
		omitted = append(omitted, object{"id": o.ID, "why": o.Why})
	}
	return object{"drawn": drawn, "omitted": omitted}
}

// shownDiagnostics is how many positions of each code report.json lists.
const shownDiagnostics = 20

func diagnosticsJSON(d *Document) array {
	a := array{}
	for _, c := range d.DiagnosticCounts {
		at := array{}
		for _, p := range d.placesOf(c.Code, shownDiagnostics) {
			at = append(at, p)
		}
		a = append(a, object{"code": c.Code, "severity": c.Severity.String(), "title": c.Title, "count": c.N, "first_at": at})
	}
	return a
}
