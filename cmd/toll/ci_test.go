package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// What the action, the hooks and docs/ci.md call is there, under those flags.
func TestCIFilesCallWhatThereIs(t *testing.T) {
	repository(t)
	var hooks []struct{ ID, Entry, Language string }
	var action struct {
		Runs struct {
			Using string
			Steps []struct{ Run string }
		}
	}
	read := func(name string, to any) string {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if to != nil {
			if err := yaml.Unmarshal(b, to); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		return string(b)
	}
	read(".pre-commit-hooks.yaml", &hooks)
	all := read("docs/ci.md", nil)
	for _, h := range hooks {
		if h.Language != "golang" || h.ID == "" {
			t.Errorf("hook %+v", h)
		}
		all += h.Entry + "\n"
	}
	read("action.yml", &action)
	if action.Runs.Using != "composite" {
		t.Error("the action is not composite")
	}
	for _, s := range action.Runs.Steps {
		all += strings.ReplaceAll(s.Run, `"$TOLL"`, "toll") + "\n"
		if strings.Contains(s.Run, "${{") {
			t.Errorf("a step runs what an input says: %s", s.Run)
		}
	}
	calls := regexp.MustCompile(`toll (verify|explain|diff|report)\b([^\n|>`+"`"+`]*)`).FindAllStringSubmatch(all, -1)
	if len(calls) < 10 {
		t.Errorf("found %d calls", len(calls))
	}
	for _, c := range calls {
		var out bytes.Buffer
		run([]string{c[1], "--help"}, nil, &out, &out)
		for _, f := range regexp.MustCompile(`--[a-z][a-z-]+`).FindAllString(c[2], -1) {
			if !strings.Contains(out.String(), f+" ") {
				t.Errorf("toll %s has no flag %s", c[1], f)
			}
		}
	}
}
