package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestLimitsAtFullSize runs the program on inputs made to fill the memory. Each
// ends in an error that says what is wrong, below a stated peak of memory
// (docs/codebook.md). It takes a minute and half a gigabyte of disk, and is run
// where TOLL_LIMITS is set, as .ci/run does.
func TestLimitsAtFullSize(t *testing.T) {
	if os.Getenv("TOLL_LIMITS") == "" {
		t.Skip("inputs of full size are read where TOLL_LIMITS is set")
	}
	dir := t.TempDir()
	toll := filepath.Join(dir, "toll")
	if out, err := exec.Command("go", "build", "-o", toll, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const mib = 1 << 20
	for _, tt := range []struct {
		name, file string
		write      func(*bufio.Writer)
		size       int64 // to which the file is then extended, with zeros
		args       []string
		code       string
		peak       int64
	}{
		{"a cell of 2 GiB", "cell.csv", func(w *bufio.Writer) { w.WriteString("date,place,killed\n2025-10-11,\"") }, 2 << 30, []string{"tables"}, "field-too-long", 64 * mib},
		{"the same, checked", "cell.csv", func(w *bufio.Writer) { w.WriteString("date,place,killed\n2025-10-11,\"") }, 2 << 30, []string{"check"}, "field-too-long", 64 * mib},
		{"a million columns", "columns.csv", func(w *bufio.Writer) { w.WriteString("date,killed" + strings.Repeat(",c", 1_000_000) + "\n") }, 0, []string{"tables"}, "too-many-columns", 64 * mib},
		{"the same, mapped", "columns.csv", func(w *bufio.Writer) { w.WriteString("date,killed" + strings.Repeat(",c", 1_000_000) + "\n") }, 0, []string{"map"}, "too-many-columns", 64 * mib},
		{"a bomb of 10 GiB", "bomb.csv.gz", func(w *bufio.Writer) {
			part := gzipped(bytes.Repeat([]byte("2025-10-11,Kel,3\n"), 64*mib/17))
			w.Write(gzipped([]byte("date,place,killed\n")))
			for range 160 {
				w.Write(part) // members of one file, which unpack one after the other
			}
		}, 0, []string{"tables"}, "unpacks-too-large", 128 * mib},
		{"ten million names", "names.csv", func(w *bufio.Writer) {
			w.WriteString("date,place,killed\n")
			var line []byte
			for i := range int64(10_000_000) {
				line = strconv.AppendInt(append(line[:0], "2025-10-11,Kel "...), i, 10)
				w.Write(append(line, ",1\n"...))
			}
		}, 0, []string{"tables"}, "too-many-names", 3 << 30},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(dir, tt.file)
			f, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			w := bufio.NewWriter(f)
			tt.write(w)
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if tt.size > 0 {
				if err := f.Truncate(tt.size); err != nil {
					t.Fatal(err)
				}
			}
			f.Close()
			defer os.Remove(path)
			args := append(tt.args, path)
			if tt.args[0] == "tables" {
				args = append(args, "-o", filepath.Join(dir, "out"))
			}
			out, peak, exit := measured(exec.Command(toll, args...))
			if exit != exitTrouble || !strings.Contains(out, "["+tt.code+"]") || !strings.Contains(out, "hint: ") || exists(filepath.Join(dir, "out")) {
				t.Errorf("exit %d, want %s:\n%.500s", exit, tt.code, out)
			}
			if peak > tt.peak {
				t.Errorf("a peak of %d MiB, want at most %d", peak/mib, tt.peak/mib)
			}
			t.Logf("a peak of %d MiB", peak/mib)
		})
	}
}

// What comes from a pipe is not held in memory, however long it is.
func TestStandardInputIsNotHeldInMemory(t *testing.T) {
	if os.Getenv("TOLL_LIMITS") == "" {
		t.Skip("inputs of full size are read where TOLL_LIMITS is set")
	}
	dir := t.TempDir()
	toll := filepath.Join(dir, "toll")
	if out, err := exec.Command("go", "build", "-o", toll, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	c := exec.Command(toll, "tables", "-", "--tables", "total", "-o", filepath.Join(dir, "out"))
	rows := strings.Repeat("2025-10-11,Kel,3\n", 1000)
	parts := []io.Reader{strings.NewReader("date,place,killed\n")}
	for range 24_000 { // 400 MB
		parts = append(parts, strings.NewReader(rows))
	}
	c.Stdin = io.MultiReader(parts...)
	c.Env = append(os.Environ(), "TMPDIR="+dir)
	out, peak, exit := measured(c)
	if exit != exitClean || peak > 160<<20 {
		t.Errorf("exit %d, a peak of %d MiB:\n%.500s", exit, peak>>20, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "out", "tables", "total.csv"))
	if err != nil || !strings.Contains(string(b), "\n24000000,72000000,72000000,72000000,") {
		t.Errorf("%v %s", err, b)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "toll-stdin-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// measured runs a command with two workers and returns what it printed, the peak
// of its memory in bytes, and its exit code. A process is charged with the peak of
// the one that starts it, and that of these tests is large: so a new run of the
// test program starts the command and writes down what it took.
func measured(c *exec.Cmd) (out string, peak int64, exit int) {
	result, err := os.CreateTemp("", "toll-measured-")
	if err != nil {
		return err.Error(), 0, -1
	}
	result.Close()
	defer os.Remove(result.Name())
	between := exec.Command(os.Args[0], append([]string{"-test.run=^TestMeasured$", "--"}, c.Args...)...)
	between.Stdin, between.Env = c.Stdin, c.Env
	if between.Env == nil {
		between.Env = os.Environ()
	}
	between.Env = append(between.Env, "GOMAXPROCS=2", "TOLL_MEASURED="+result.Name())
	b, err := between.CombinedOutput()
	figures, _ := os.ReadFile(result.Name())
	if _, bad := fmt.Sscan(string(figures), &peak, &exit); err != nil || bad != nil {
		return fmt.Sprint(string(b), err, bad), 0, -1
	}
	return string(b), peak, exit
}

// TestMeasured is the process that measured starts.
func TestMeasured(t *testing.T) {
	path := os.Getenv("TOLL_MEASURED")
	if path == "" {
		t.Skip("run by the tests of limits")
	}
	command := os.Args[slices.Index(os.Args, "--")+1:]
	c := exec.Command(command[0], command[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := c.Run(); c.ProcessState == nil {
		t.Fatal(err)
	}
	took := fmt.Sprintln(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss<<10, c.ProcessState.ExitCode())
	if err := os.WriteFile(path, []byte(took), 0o600); err != nil {
		t.Fatal(err)
	}
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}
