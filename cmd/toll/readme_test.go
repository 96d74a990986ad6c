package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The README's tour is what the tool prints. Lines that begin with "$ " are
// commands: "toll …" runs the command, "cat FILE" shows a file. A file that does
// not exist yet is written from what the README shows of it. With UPDATE_README
// set, the README is rewritten from what the commands print.
func TestReadmeTour(t *testing.T) {
	path, err := filepath.Abs(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the repository is not around the tests")
	}
	if n := bytes.Count(b, []byte("\n")); n >= 200 {
		t.Errorf("the README has %d lines, and should have under 200", n)
	}
	t.Chdir(t.TempDir())
	parts := strings.Split(string(b), "```")
	tours := 0
	for i := 1; i < len(parts); i += 2 {
		body, ok := strings.CutPrefix(parts[i], "console\n")
		if !ok {
			continue
		}
		tours++
		got := "console\n" + replay(t, body)
		if got != parts[i] {
			if os.Getenv("UPDATE_README") == "" {
				t.Errorf("the README shows\n%s\nand the tool prints\n%s", parts[i], got)
			}
			parts[i] = got
		}
	}
	if tours == 0 {
		t.Error("the README shows no command")
	}
	if os.Getenv("UPDATE_README") != "" {
		if err := os.WriteFile(path, []byte(strings.Join(parts, "```")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// replay runs the commands of a block and returns the block as it should read.
func replay(t *testing.T, block string) string {
	t.Helper()
	var out strings.Builder
	lines := strings.SplitAfter(block, "\n")
	for i := 0; i < len(lines); {
		cmd, ok := strings.CutPrefix(lines[i], "$ ")
		if !ok {
			i++
			continue
		}
		j := i + 1
		for j < len(lines) && !strings.HasPrefix(lines[j], "$ ") {
			j++
		}
		out.WriteString(lines[i])
		out.WriteString(execute(t, strings.TrimSpace(cmd), strings.Join(lines[i+1:j], "")))
		i = j
	}
	return out.String()
}

func execute(t *testing.T, cmd, shown string) string {
	t.Helper()
	f := strings.Fields(cmd)
	switch {
	case f[0] == "cat" && len(f) == 2:
		b, err := os.ReadFile(f[1])
		if err != nil {
			if err := os.WriteFile(f[1], []byte(shown), 0o644); err != nil {
				t.Fatal(err)
			}
			return shown
		}
		return strings.ReplaceAll(string(b), "\r\n", "\n")
	case f[0] == "echo" && cmd == "echo $?":
		return shown
	case f[0] == "toll":
		var all bytes.Buffer
		run(f[1:], strings.NewReader(""), &all, &all)
		return all.String()
	}
	return fmt.Sprintf("the test does not know the command %q\n", cmd)
}
