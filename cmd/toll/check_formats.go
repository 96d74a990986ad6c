package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"toll/data"
)

// findingWriter writes findings in one of the forms of toll check.
type findingWriter func(io.Writer, *reading) error

var findingWriters = map[string]findingWriter{"text": textFindings, "json": jsonFindings, "csv": csvFindings, "sarif": sarifFindings, "github": githubFindings}

func textFindings(w io.Writer, r *reading) error {
	for _, d := range r.diagnostics {
		if _, err := fmt.Fprintln(w, d.String()); err != nil {
			return err
		}
	}
	for _, res := range r.results {
		fmt.Fprintf(w, "%s: read as %s (%s)\n", data.Visible(res.Name), res.Profile, data.Visible(res.Why))
		for _, n := range res.Noted {
			fmt.Fprintf(w, "    %s\n", data.Visible(n))
		}
		l := res.Ledger
		fmt.Fprintf(w, "    %s = %d accepted + %d rejected + %d blank\n", data.Number(l.Read, "record"), l.Accepted, l.Rejected, l.Blank)
	}
	n := len(r.diagnostics)
	_, err := fmt.Fprint(w, data.Number(int64(n), "finding"))
	if r.accepted > 0 {
		fmt.Fprintf(w, ", and %d accepted", r.accepted)
	}
	fmt.Fprintln(w)
	return err
}

func jsonFindings(w io.Writer, r *reading) error {
	type finding struct {
		File     string `json:"file"`
		Line     int    `json:"line,omitempty"`
		Column   int    `json:"column,omitempty"`
		Severity string `json:"severity"`
		Code     string `json:"code"`
		Field    string `json:"field,omitempty"`
		Value    string `json:"value,omitempty"`
		Message  string `json:"message"`
		Hint     string `json:"hint,omitempty"`
	}
	out := struct {
		Findings []finding        `json:"findings"`
		Counts   map[string]int64 `json:"counts"`
		Accepted int              `json:"accepted"`
	}{[]finding{}, r.counts, r.accepted}
	for _, d := range r.diagnostics {
		out.Findings = append(out.Findings, finding{d.File, d.Line, d.Column, d.Severity.String(), d.Code, d.Field, d.Value, d.Message, d.Hint})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func csvFindings(w io.Writer, r *reading) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"file", "line", "column", "severity", "code", "field", "value", "message", "hint"}}
	for _, d := range r.diagnostics {
		rows = append(rows, []string{guarded(d.File), strconv.Itoa(d.Line), strconv.Itoa(d.Column), d.Severity.String(), d.Code,
			guarded(d.Field), guarded(d.Value), guarded(d.Message), d.Hint})
	}
	return c.WriteAll(rows)
}

// guarded keeps a spreadsheet from taking a text for a formula.
func guarded(s string) string {
	if t := strings.TrimLeft(s, " \t\r\n\u00A0\uFEFF'\""); t != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(t)[0]) {
		return "'" + s
	}
	return s
}

// sarifFindings writes the findings as SARIF 2.1.0, which code hosts show beside
// the lines of a file.
func sarifFindings(w io.Writer, r *reading) error {
	type object = map[string]any
	levels := map[data.Severity]string{data.Note: "note", data.Warning: "warning", data.Error: "error"}
	rules, seen := []object{}, map[string]bool{}
	results := []object{}
	for _, d := range r.diagnostics {
		seen[d.Code] = true
		physical := object{"artifactLocation": object{"uri": (&url.URL{Path: filepath.ToSlash(d.File)}).EscapedPath()}}
		if d.Line > 0 {
			region := object{"startLine": d.Line}
			if d.Column > 0 {
				region["startColumn"] = d.Column
			}
			physical["region"] = region
		}
		result := object{"ruleId": d.Code, "level": levels[d.Severity], "message": object{"text": data.Visible(d.Message)}}
		if d.File != "" { // else it is of all files together
			result["locations"] = []object{{"physicalLocation": physical}}
		}
		results = append(results, result)
	}
	for _, c := range allCodes() {
		if seen[c.Name] {
			rules = append(rules, object{"id": c.Name, "shortDescription": object{"text": c.Title}, "fullDescription": object{"text": c.Why}, "help": object{"text": c.Fix}})
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(object{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []object{{"tool": object{"driver": object{"name": "toll", "rules": rules}}, "columnKind": "utf16CodeUnits", "results": results}}})
}

// githubFindings writes workflow commands. What comes from the data is escaped:
// no line of the output can begin a command of its own.
func githubFindings(w io.Writer, r *reading) error {
	levels := map[data.Severity]string{data.Note: "notice", data.Warning: "warning", data.Error: "error"}
	text := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, d := range r.diagnostics {
		at := ""
		if d.File != "" {
			at = "file=" + property.Replace(data.Visible(d.File)) + ","
		}
		if d.Line > 0 {
			at += fmt.Sprintf("line=%d,", d.Line)
		}
		if d.Column > 0 {
			at += fmt.Sprintf("col=%d,", d.Column)
		}
		if _, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", levels[d.Severity], at, d.Code, text.Replace(data.Visible(d.Message))); err != nil {
			return err
		}
	}
	return nil
}
