package output

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"toll/data"
)

// VerifyFormats are the forms in which verifications can be written.
var VerifyFormats = []string{"text", "json", "github", "junit", "sarif"}

// WriteVerifications writes what came of comparing some briefings. What comes
// from the data is shown and never acts on a terminal or a CI system.
func WriteVerifications(w io.Writer, format string, vs []*Verification) error {
	var s string
	switch format {
	case "json":
		s = string(encodeJSON(verificationsJSON(vs)))
	case "github":
		s = verificationsGitHub(vs)
	case "junit":
		s = verificationsJUnit(vs)
	case "sarif":
		s = string(encodeJSON(verificationsSARIF(vs)))
	default:
		s = verificationsText(vs)
	}
	_, err := io.WriteString(w, s)
	return err
}

// maxPerClass is how many drifts of a class are written for people; the other
// forms have all of them.
const maxPerClass = 20

// place is where a drift is, as a path from the working directory.
func (d *Drift) place(dir string) string {
	if d.Class == DriftInput {
		return d.Path
	}
	return path.Join(dir, cmp.Or(d.Path, ManifestName))
}

// sentence says a drift in one line.
func (d *Drift) sentence() string {
	s := d.Path
	switch {
	case d.Address != "" && (d.Path == ManifestName || d.Path == ""):
		s = d.Address
	case d.Address != "":
		s = fmt.Sprintf("%s: %s", d.at(), d.Address)
	case d.Line > 0:
		s = d.at() + ":"
	}
	s += " " + d.Message
	if len(d.Because) > 0 {
		s += ": " + strings.Join(d.Because, ", ")
	}
	return data.Visible(s)
}

func (d *Drift) at() string {
	if d.Line > 0 {
		return fmt.Sprintf("%s:%d", d.Path, d.Line)
	}
	return d.Path
}

func verificationsText(vs []*Verification) string {
	var b strings.Builder
	for _, v := range vs {
		fmt.Fprintf(&b, "%s: %s", data.Visible(v.Dir), v.Verdict())
		switch {
		case v.Trouble != nil:
			b.WriteString(": " + data.Visible(v.Trouble.Error()))
		case len(v.Drifts) == 0:
			fmt.Fprintf(&b, ", %d figures in %d files", v.Figures, v.Files)
		}
		b.WriteByte('\n')
		for _, c := range classOrder {
			n := 0
			for i := range v.Drifts {
				if v.Drifts[i].Class != c {
					continue
				}
				if n++; n <= maxPerClass {
					fmt.Fprintf(&b, "  %-8s %s\n", c, v.Drifts[i].sentence())
				}
			}
			if n > maxPerClass {
				fmt.Fprintf(&b, "  %-8s and %d more\n", c, n-maxPerClass)
			}
		}
		for _, r := range v.Remarks {
			fmt.Fprintf(&b, "  %-8s %s\n", "note", data.Visible(r))
		}
	}
	return b.String()
}

func verificationsJSON(vs []*Verification) object {
	all := array{}
	for _, v := range vs {
		drifts := array{}
		for i := range v.Drifts {
			d := &v.Drifts[i]
			o := object{"class": string(d.Class), "path": d.Path, "line": d.Line, "address": d.Address, "was": d.Was, "is": d.Is, "message": d.Message}
			if len(d.Because) > 0 {
				because := arrayOf(d.Because)
				o["because"] = because
			}
			drifts = append(drifts, o)
		}
		remarks := arrayOf(v.Remarks)
		o := object{"briefing": v.Dir, "verdict": v.Verdict(), "figures": v.Figures, "files": v.Files, "drifts": drifts, "remarks": remarks}
		if v.Trouble != nil {
			o["trouble"] = v.Trouble.Error()
		}
		all = append(all, o)
	}
	return object{"briefings": all}
}

// maxAnnotations is how many annotations GitHub shows of one step.
const maxAnnotations = 10

var (
	commandText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// verificationsGitHub writes workflow commands: the worst few as annotations,
// the count of the rest as one more, and the text for the log.
func verificationsGitHub(vs []*Verification) string {
	var b strings.Builder
	n, more := 0, 0
	for _, v := range vs {
		if v.Trouble != nil {
			fmt.Fprintf(&b, "::error title=toll verify::%s\n", commandText.Replace(data.Visible(v.Dir+": "+v.Trouble.Error())))
		}
		for i := range v.Drifts {
			d := &v.Drifts[i]
			if n++; n >= maxAnnotations {
				more++
				continue
			}
			line := ""
			if d.Line > 0 {
				line = fmt.Sprintf(",line=%d", d.Line)
			}
			fmt.Fprintf(&b, "::error file=%s%s,title=%s::%s\n", commandProperty.Replace(data.Visible(d.place(v.Dir))), line, "toll verify%3A "+string(d.Class), commandText.Replace(d.sentence()))
		}
	}
	if more > 0 {
		fmt.Fprintf(&b, "::error title=toll verify::and %d more; the log lists them\n", more)
	}
	// Indented, so that no line of the log can begin a command.
	for line := range strings.Lines(verificationsText(vs)) {
		b.WriteString("  " + line)
	}
	return b.String()
}

// The elements of a JUnit report.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Failure *junitFailure `xml:"failure,omitempty"`
		Error   *junitFailure `xml:"error,omitempty"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// verificationsJUnit has a suite for each briefing and a case for each class.
func verificationsJUnit(vs []*Verification) string {
	all := junitSuites{}
	for _, v := range vs {
		s := junitSuite{Name: data.Visible(v.Dir)}
		for _, c := range classOrder {
			t := junitCase{Class: s.Name, Name: string(c)}
			var lines []string
			for i := range v.Drifts {
				if v.Drifts[i].Class == c {
					lines = append(lines, v.Drifts[i].sentence())
				}
			}
			if n := len(lines); n > 0 {
				t.Failure = &junitFailure{fmt.Sprintf("%d of class %s", n, c), strings.Join(lines[:min(n, maxPerClass)], "\n")}
				s.Failures++
			}
			s.Cases = append(s.Cases, t)
		}
		if v.Trouble != nil {
			s.Errors++
			s.Cases = append(s.Cases, junitCase{Class: s.Name, Name: "made again", Error: &junitFailure{Message: data.Visible(v.Trouble.Error())}})
		}
		s.Tests = len(s.Cases)
		all.Suites = append(all.Suites, s)
	}
	b, err := xml.MarshalIndent(all, "", " ")
	if err != nil {
		return ""
	}
	return xml.Header + string(b) + "\n"
}

// maxResults is how many results code scanning keeps of one run.
const maxResults = 5000

var classTexts = map[Class]string{
	DriftNumber: "A figure is not what its inputs make", DriftInput: "An input is not the one the briefing was made from",
	DriftText: "The same figures in other words or bytes", DriftPixels: "A chart has other pixels for the same figures",
	DriftMissing: "A file of the briefing is missing", DriftExtra: "A file is none of the briefing's",
}

func verificationsSARIF(vs []*Verification) object {
	rules, results := array{}, array{}
	for _, c := range classOrder {
		rules = append(rules, object{"id": "toll-" + string(c), "shortDescription": object{"text": classTexts[c]}})
	}
	for _, v := range vs {
		for i := range v.Drifts {
			if d := &v.Drifts[i]; len(results) < maxResults {
				results = append(results, object{"ruleId": "toll-" + string(d.Class), "level": "error", "message": object{"text": d.sentence()},
					"locations": array{object{"physicalLocation": object{"artifactLocation": object{"uri": uriPath(d.place(v.Dir))}, "region": object{"startLine": max(1, d.Line)}}}}})
			}
		}
	}
	driver := object{"name": "toll", "rules": rules}
	return object{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": array{object{"tool": object{"driver": driver}, "results": results}}}
}

// uriPath writes a path as a relative URI reference.
func uriPath(p string) string {
	var b strings.Builder
	for _, c := range []byte(p) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("/-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
