package output

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A figure's place and class are told from the file it stands in.
func TestCompareText(t *testing.T) {
	for _, x := range []struct {
		path, was, is, want string
	}{
		{"tables/a.csv", "k,n\na,1\n", "k,n\na,2\n", `number tables/a.csv:2: n says "1", should say "2"`},
		{"tables/a.csv", "k,n\na,1\n", "k,n\nb,1\n", `text tables/a.csv:2: k says "a", should say "b"`},
		{"tables/a.csv", "k,n\na,1\n", "k,n\na,1\nb,1\n", `number tables/a.csv:3: says "", should say "b,1", and has 3 lines of 4`},
		{"tables/a.csv", "k,n\r\na,1\r\n", "k,n\na,1\n", ``},
		{"report.json", `{"t":[{"address":"x/y","killed":{"low":1}}]}`, `{"t":[{"address":"x/y","killed":{"low":2}}]}`, "number report.json: x/y/killed.low says 1, should say 2"},
		{"report.json", `{"title":"a"}`, `{"title":"b"}`, `text report.json: title says "a", should say "b"`},
		{"report.json", `{"a": 1}`, `{"a":1}`, ``},
		{"report.json", `{"a"`, `{"a":1}`, `number report.json:1: says "{\"a\"", should say "{\"a\":1}"`},
		{"report.md", "Killed: 4–7\n", "Killed: 4–8\n", `number report.md:1: says "Killed: 4–7", should say "Killed: 4–8"`},
		{"report.html", "<img src=\"data:image/png;base64,AA==\">", "<img src=\"data:image/png;base64,BB==\">", "text report.html holds other bytes of a picture"},
	} {
		got := ""
		if ds := compareText(x.path, []byte(x.was), []byte(x.is)); len(ds) > 0 {
			got = string(ds[0].Class) + " " + ds[0].sentence()
		}
		if got != x.want {
			t.Errorf("%s: got %q, want %q", x.path, got, x.want)
		}
	}
}

// Whatever a drift's texts hold, each form of output can be read back, and no
// line begins a workflow command but those that toll means.
func TestVerificationsAreSafe(t *testing.T) {
	v := &Verification{Dir: "output/x"}
	for _, s := range []string{"a\n::error::b", "\x1b[31m", "</failure>&\"", "\u202Eabc", "%0A::set-output::", "\x00", "\xff"} {
		v.add(Drift{Class: DriftNumber, Path: ManifestName, Address: "by-party/" + s + "/killed.low", Message: "was " + s + ", is 2"})
		v.add(Drift{Class: DriftExtra, Path: s, Message: "is not a file of the briefing"})
	}
	for _, f := range VerifyFormats {
		var b bytes.Buffer
		if err := WriteVerifications(&b, f, []*Verification{v}); err != nil {
			t.Fatal(err)
		}
		switch f {
		case "json", "sarif":
			if !json.Valid(b.Bytes()) {
				t.Errorf("%s is not JSON", f)
			}
		case "junit":
			var x junitSuites
			if err := xml.Unmarshal(b.Bytes(), &x); err != nil || x.Suites[0].Failures != 2 {
				t.Errorf("junit: %v, %+v", err, x)
			}
		case "github":
			if n := strings.Count("\n"+b.String(), "\n::"); n != maxAnnotations {
				t.Errorf("github: %d lines begin a command\n%s", n, b.String())
			}
		}
		if f == "text" || f == "github" || f == "junit" {
			if strings.ContainsAny(b.String(), "\x1b\x00\u202E") {
				t.Errorf("%s lets a control character through", f)
			}
		}
	}
}

// A link in a briefing's folder is not followed, nor a manifest that is one.
func TestKeptFollowsNoLink(t *testing.T) {
	b, err := Render(sample())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "b")
	if _, err := Publish(dir, b, false); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(dir, "report.md")
	os.Remove(at)
	if err := os.Symlink(secret, at); err != nil {
		t.Skip(err)
	}
	k, err := ReadKept(dir)
	if err != nil {
		t.Fatal(err)
	}
	v := Verify(k, b, VerifyOptions{})
	if len(v.Drifts) != 1 || v.Drifts[0].Class != DriftMissing {
		t.Errorf("got %+v", v.Drifts)
	}
	m := filepath.Join(dir, ManifestName)
	os.Remove(m)
	if err := os.Symlink(secret, m); err != nil {
		t.Skip(err)
	}
	if _, err := ReadKept(dir); err == nil {
		t.Error("a manifest that is a link was read")
	}
}
