//go:build unix

package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// sqlParts makes the cells of three parts of a dataset as CSV, and those of the
// whole; and ids of the parts.
func sqlParts(t *testing.T) (parts, ids []string, whole string) {
	t.Helper()
	dir := t.TempDir()
	toll := func(args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(args, strings.NewReader(""), &out, &errs); code == exitTrouble {
			t.Fatalf("%v: %s", args, errs.String())
		}
	}
	merge := []string{"merge"}
	for p := range 3 {
		var b bytes.Buffer
		b.WriteString("incident_id,date,country,admin1,attributed_to,killed,killed_low,killed_high,injured\n")
		for i := range 400 {
			fmt.Fprintf(&b, "%c%d,2025-%02d-%02d,%s,%s,%s,%s,,%s,%s\n", 'a'+i%2, 1000*p+i, 1+(i+p)%12, 1+i%28, []string{"Pakistan", "", "(Iran)"}[i%3],
				[]string{"Sindh", `"O""Hara, N"`, "", "-"}[i%4], []string{"TTP", "", `"B;A"`}[i%3], []string{"3", "", "0.5", "200+"}[i%4], []string{"", "7"}[i%2], []string{"", "1"}[i%2])
		}
		file := filepath.Join(dir, fmt.Sprintf("%d.csv", p))
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		toll("partial", file, "--told-once", "--by", "month", "-o", file+".cells")
		toll("cells", file+".cells", "-o", file+".cells.csv")
		toll("cells", file+".cells", "--ids", "-o", file+".ids.csv")
		parts, ids, merge = append(parts, file+".cells.csv"), append(ids, file+".ids.csv"), append(merge, file+".cells")
	}
	toll(append(merge, "--cells", filepath.Join(dir, "all.cells"))...)
	whole = filepath.Join(dir, "all.csv")
	toll("cells", filepath.Join(dir, "all.cells"), "-o", whole)
	return parts, ids, whole
}

// scripts returns what toll sql prints: definitions, the query that finds ids told
// twice, the query that merges.
func scripts(t *testing.T, dialect string) [3]string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run([]string{"sql", "--dialect", dialect}, nil, &out, &errs); code != exitClean {
		t.Fatal(errs.String())
	}
	blocks := strings.Split(strings.TrimSpace(out.String()), "\n\n")
	if len(blocks) != 3 {
		t.Fatalf("%d blocks:\n%s", len(blocks), out.String())
	}
	return [3]string(blocks)
}

func csvRows(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if len(rows) > 0 {
		rows = rows[1:]
	}
	slices.SortFunc(rows, slices.Compare)
	return rows
}

// database runs statements and returns what the last one gives, as CSV.
type database func(t *testing.T, sql string) string

// mergesLike checks that a database merges the parts to the cells of the whole,
// finds ids told twice, and wraps no sum.
func mergesLike(t *testing.T, dialect string, query database, load func(table, file string) string) {
	parts, ids, whole := sqlParts(t)
	script := scripts(t, dialect)
	query(t, script[0])
	for i := range parts {
		query(t, load("toll_cells", parts[i]))
		query(t, load("toll_ids", ids[i]))
	}
	b, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	want, got := csvRows(t, string(b)), csvRows(t, query(t, script[2]))
	if len(want) < 50 || !slices.EqualFunc(want, got, slices.Equal[[]string]) {
		t.Fatalf("%d rows, want %d:\n%q\n%q", len(got), len(want), got[:min(3, len(got))], want[:min(3, len(want))])
	}
	if twice := csvRows(t, query(t, script[1])); len(twice) != 0 {
		t.Errorf("told twice: %q", twice)
	}
	query(t, load("toll_ids", ids[1]))
	if twice := csvRows(t, query(t, script[1])); len(twice) == 0 {
		t.Error("a part loaded twice goes unseen")
	}
	const huge = "4611686018427387904" // a quarter of what wraps
	row := "'total', '-', '-', '-', '-', '-', 'huge', 1" + strings.Repeat(", "+huge, 14)
	query(t, "INSERT INTO toll_cells VALUES ("+row+"), ("+row+"), ("+row+"), ("+row+"), ("+row+");")
	for _, r := range csvRows(t, query(t, script[2])) {
		if r[6] == "huge" && r[8] != "23058430092136939520" {
			t.Errorf("five times %s is %s", huge, r[8])
		}
	}
}

// postgres starts a cluster of its own, which only a socket in its folder reaches.
func postgres(t *testing.T) database {
	t.Helper()
	tools := map[string]string{}
	for _, name := range []string{"initdb", "postgres", "psql"} {
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
		if len(found) == 0 {
			p, err := exec.LookPath(name)
			if err != nil {
				t.Skipf("PostgreSQL is not here: %v", err)
			}
			found = []string{p}
		}
		tools[name] = found[len(found)-1]
	}
	dir, err := os.MkdirTemp("", "toll-pg") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	var as *syscall.SysProcAttr
	name := "toll"
	if os.Getuid() == 0 { // initdb refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skipf("PostgreSQL does not run as root, and there is no user for it: %v", err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
		as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	command := func(tool string, args ...string) *exec.Cmd {
		c := exec.Command(tools[tool], args...)
		c.Dir, c.SysProcAttr = dir, as
		c.Env = append(os.Environ(), "LC_ALL=C", "HOME="+dir)
		return c
	}
	if out, err := command("initdb", "-D", filepath.Join(dir, "db"), "-U", name, "-A", "trust", "-E", "UTF8", "--no-sync").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	server := command("postgres", "-D", filepath.Join(dir, "db"), "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off")
	var log bytes.Buffer
	server.Stdout, server.Stderr = &log, &log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGQUIT)
		_ = server.Wait()
	})
	ask := func(sql string) (string, error) {
		c := command("psql", "-h", dir, "-U", name, "-d", "postgres", "--no-psqlrc", "--csv", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-")
		c.SysProcAttr, c.Dir = nil, "" // reads the files of the test
		c.Stdin = strings.NewReader(sql + "\n")
		var errs bytes.Buffer
		c.Stderr = &errs
		out, err := c.Output()
		if err != nil {
			err = fmt.Errorf("%w: %s", err, errs.String())
		}
		return string(out), err
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if _, err := ask("select 1;"); err == nil {
			break
		} else if time.Now().After(deadline) {
			t.Fatalf("the server does not answer: %v\n%s", err, log.String())
		}
	}
	return func(t *testing.T, sql string) string {
		t.Helper()
		out, err := ask(sql)
		if err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
		return out
	}
}

func TestPostgreSQLMergesCells(t *testing.T) {
	mergesLike(t, "postgres", postgres(t), func(table, file string) string {
		return `\copy ` + table + ` from '` + file + `' with (format csv, header true)`
	})
}

func TestDuckDBMergesCells(t *testing.T) {
	bin, err := exec.LookPath("duckdb")
	if home, e := os.UserHomeDir(); err != nil && e == nil {
		found, _ := filepath.Glob(filepath.Join(home, ".cache", "toll-bench", "bin", "duckdb"))
		if len(found) == 0 {
			t.Skip("DuckDB is not here")
		}
		bin = found[0]
	}
	db := filepath.Join(t.TempDir(), "cells.duckdb")
	mergesLike(t, "duckdb", func(t *testing.T, sql string) string {
		c := exec.Command(bin, "-csv", db)
		c.Stdin = strings.NewReader(sql)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, out, sql)
		}
		return string(out)
	}, func(table, file string) string {
		return "INSERT INTO " + table + " SELECT * FROM read_csv('" + file + "', header = true, all_varchar = true);"
	})
}

// Every dialect is complete and names every column.
func TestDialects(t *testing.T) {
	for _, d := range dialects {
		s := scripts(t, d.name)
		for _, c := range slices.Concat(cellKeys, cellCounts, idColumns) {
			if !strings.Contains(s[0], "  "+c+" ") {
				t.Errorf("%s: no column %s", d.name, c)
			}
		}
		for _, c := range cellCounts {
			if !strings.Contains(s[2], fmt.Sprintf(d.sum, c)+" AS "+c) {
				t.Errorf("%s: no sum of %s", d.name, c)
			}
		}
		if strings.Contains(strings.Join(s[:], ""), "%!") {
			t.Errorf("%s: a format is broken:\n%s", d.name, s)
		}
	}
}
