package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"toll/internal/cells"
	"toll/stats"
)

// asMain makes this test binary toll-beam itself.
const asMain = "TOLL_BEAM_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asMain) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// table writes records of which many run over lines; every seventh incident is
// told twice where the ids repeat.
func table(rows int, file int, repeat bool) []byte {
	var b bytes.Buffer
	b.WriteString("incident_id,date,admin1,place,attributed_to,killed,injured,source,notes\n")
	for i := range rows {
		id := fmt.Sprintf("%d-%06d", file, i)
		if repeat && i%7 == 0 {
			id = fmt.Sprintf("S-%06d", i%350)
		}
		switch {
		case i%5 == 0:
			fmt.Fprintf(&b, "%s,2025-%02d-%02d,\"N\n\n\"\"W\"\"\",Ü %d,\"A;B\",%d,,src%d,\"a\n\n,b\n\"\n", id, 1+i%12, 1+i%28, i%90, i%11, file)
		case i%97 == 1:
			fmt.Fprintf(&b, "%s,2025-13-01,N,,,1,,,\n", id)
		default:
			fmt.Fprintf(&b, "%s,2025-%02d-%02d,S,P%d,B,%d,%d,src%d,\n", id, 1+i%12, 1+i%28, i%90, i%11, i%4, file)
		}
	}
	return b.Bytes()
}

// work is a plan over files in a folder, and its cells made here.
func work(t *testing.T, parts int, once bool, files ...[]byte) (plan string, local []byte) {
	t.Helper()
	dir := t.TempDir()
	p := &cells.Plan{Job: cells.Job{Settings: []byte("{}"), Tally: stats.DefaultOptions(), Once: once}}
	whole := p.Job.Empty()
	for i, b := range files {
		path := filepath.Join(dir, fmt.Sprintf("%02d.csv", i))
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		s := cells.Shard{Path: path, Name: filepath.Base(path)}
		c, err := cells.Read(p.Job, s, openLocal, 2)
		if err != nil {
			t.Fatal(err)
		}
		if err := whole.Merge(c); err != nil {
			t.Fatal(err)
		}
		p.Shards = append(p.Shards, s)
	}
	if err := p.Cut(openLocal, parts); err != nil {
		t.Fatal(err)
	}
	if len(p.Shards) < parts*len(files) {
		t.Fatalf("%d shards of %d files in %d parts", len(p.Shards), len(files), parts)
	}
	local, err := whole.Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	plan = filepath.Join(dir, "job.plan")
	if err := os.WriteFile(plan, p.JSON(), 0o666); err != nil {
		t.Fatal(err)
	}
	return plan, local
}

// The combiner: no cells are neutral, and any tree gives the same bytes.
func TestMergeCells(t *testing.T) {
	plan, local := work(t, 5, false, table(300, 1, true), table(200, 2, true))
	p, err := readPlan(plan)
	if err != nil {
		t.Fatal(err)
	}
	var parts [][]byte
	for _, s := range p.Shards {
		c, err := cells.Read(p.Job, s, opener(context.Background()), 1)
		if err != nil {
			t.Fatal(err)
		}
		b, err := c.Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, b)
	}
	m := &mergeCells{}
	sent := func(a merged) merged { // as from one worker to another
		b, err := encodeMerged(a)
		if err != nil {
			t.Fatal(err)
		}
		if a, err = decodeMerged(b); err != nil {
			t.Fatal(err)
		}
		return a
	}
	left, right := m.CreateAccumulator(), m.CreateAccumulator()
	for i := range parts {
		if left, err = m.AddInput(sent(left), parts[i]); err != nil {
			t.Fatal(err)
		}
		one, err := m.AddInput(m.CreateAccumulator(), parts[len(parts)-1-i])
		if err != nil {
			t.Fatal(err)
		}
		if right, err = m.MergeAccumulators(sent(one), right); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range []merged{left, right} {
		if b, err := m.ExtractOutput(a); err != nil || !bytes.Equal(b, local) {
			t.Errorf("%d bytes, of the whole %d, %v", len(b), len(local), err)
		}
	}
	if _, err := m.AddInput(left, []byte("x")); err == nil {
		t.Error("what is no cells is merged")
	}
	if _, err := m.AddInput(right, parts[0]); err == nil {
		t.Error("a part is merged twice")
	}
	out := filepath.Join(t.TempDir(), "x.cells")
	if err := (&writeCells{out}).ProcessElement(context.Background(), parts[0]); err == nil {
		t.Error("cells of a part are written as if of the whole")
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("an incomplete table is there")
	}
}

// inside is set within the private network.
const inside = "TOLL_BEAM_INSIDE"

// private runs a test again in a network of its own, in which nothing but this
// test listens or is reached: Prism's job server listens on every address.
func private(t *testing.T) bool {
	if os.Getenv(inside) != "" {
		if err := loopbackUp(); err != nil {
			t.Fatal(err)
		}
		return true
	}
	c := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
	c.Env = append(os.Environ(), inside+"=1")
	c.SysProcAttr = privateNetwork()
	if c.SysProcAttr == nil {
		t.Skip("there is no private network on this system")
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		t.Skipf("a private network is not allowed here: %v", err)
	}
	if err := c.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return false
}

// process is a toll-beam that runs beside the test.
type process struct {
	cmd *exec.Cmd
	log *bufio.Reader
}

func start(t *testing.T, args ...string) *process {
	t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asMain+"=1")
	log, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	return &process{c, bufio.NewReader(log)}
}

// until reads the log up to a line that holds some words, and then lets it pass.
func (p *process) until(t *testing.T, words string) {
	t.Helper()
	var seen strings.Builder
	for {
		line, err := p.log.ReadString('\n')
		seen.WriteString(line)
		if strings.Contains(line, words) {
			go func() { _, _ = p.log.WriteTo(nowhere{}) }()
			return
		}
		if err != nil {
			t.Fatalf("%q does not come: %v\n%s", words, err, seen.String())
		}
	}
}

type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }

// engine starts a job server and a pool of workers, each a process of its own.
func engine(t *testing.T) (server, pool *process, flags []string) {
	t.Helper()
	server = start(t, "server", "--port", "8073")
	pool = start(t, "pool", "--listen", "127.0.0.1:50000")
	pool.until(t, "workers wait on 127.0.0.1:50000")
	go func() { _, _ = server.log.WriteTo(nowhere{}) }()
	for range 100 {
		if c, err := net.Dial("tcp", "127.0.0.1:8073"); err == nil {
			c.Close()
			return server, pool, []string{"--runner", "universal", "--endpoint", "localhost:8073", "--environment_type", "EXTERNAL", "--environment_config", "127.0.0.1:50000"}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the job server does not answer")
	return nil, nil, nil
}

func runJob(t *testing.T, plan, output string, flags []string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, os.Args[0], append([]string{"run", "--plan", plan, "--output", output}, flags...)...)
	c.Env = append(os.Environ(), asMain+"=1")
	log, err := c.CombinedOutput()
	return string(log), err
}

// Prism and a worker in processes of their own make the cells that are made here,
// byte for byte: of one large file cut into ranges, quoted line ends across the
// cuts, and of many files.
func TestPrismWithASeparateWorker(t *testing.T) {
	if !private(t) {
		return
	}
	_, _, flags := engine(t)
	many := make([][]byte, 12)
	for i := range many {
		many[i] = table(150+i, i, true)
	}
	for _, x := range []struct {
		name  string
		parts int
		once  bool
		files [][]byte
	}{
		{"one file in ranges", 11, false, [][]byte{table(20_000, 1, true)}},
		{"counted at once", 7, true, [][]byte{table(20_000, 1, false)}},
		{"many files", 1, false, many},
	} {
		plan, local := work(t, x.parts, x.once, x.files...)
		out := filepath.Join(t.TempDir(), "all.cells")
		log, err := runJob(t, plan, out, flags)
		if err != nil {
			t.Fatalf("%s: %v\n%s", x.name, err, log)
		}
		got, err := os.ReadFile(out)
		if err != nil || !bytes.Equal(got, local) {
			t.Errorf("%s: %d bytes, want %d, %v\n%s", x.name, len(got), len(local), err, log)
		}
		if log, err := runJob(t, plan, out, flags); err == nil || !strings.Contains(log, "--force") {
			t.Errorf("%s: what is there is written over: %v\n%s", x.name, err, log)
		}
	}
}

// A shard that cannot be read fails the job.
func TestAJobThatCannotRead(t *testing.T) {
	if !private(t) {
		return
	}
	_, _, flags := engine(t)
	plan, _ := work(t, 4, false, table(500, 1, false), table(500, 2, false))
	if err := os.Remove(filepath.Join(filepath.Dir(plan), "01.csv")); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "all.cells")
	fails(t, plan, out, flags)
}

func fails(t *testing.T, plan, out string, flags []string) {
	t.Helper()
	log, err := runJob(t, plan, out, flags)
	exit, ok := err.(*exec.ExitError)
	if !ok || exit.ExitCode() != 2 || !strings.Contains(log, "no cells are written") {
		t.Errorf("the job ended with %v\n%s", err, log)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(out), "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A worker killed in the middle of its work fails the job, which leaves no table.
func TestAWorkerIsKilled(t *testing.T) {
	if !private(t) {
		return
	}
	_, pool, flags := engine(t)
	plan, _ := work(t, 60, true, table(400_000, 1, false))
	out := filepath.Join(t.TempDir(), "all.cells")
	// The work is stopped as soon as it is given out, and then there is no worker.
	workers := start(t, "pool", "--listen", "127.0.0.1:50001")
	_ = pool.cmd.Process.Kill()
	flags[len(flags)-1] = "127.0.0.1:50001"
	killed := make(chan struct{})
	go func() {
		defer close(killed)
		for {
			line, err := workers.log.ReadString('\n')
			if err != nil {
				return
			}
			if strings.Contains(line, "starts") {
				_ = workers.cmd.Process.Signal(syscall.SIGSTOP)
				time.Sleep(500 * time.Millisecond)
				_ = workers.cmd.Process.Kill()
				return
			}
		}
	}()
	fails(t, plan, out, flags)
	<-killed
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{}, {"walk"}, {"run"}, {"run", "--plan", "none.plan", "--output", "x"}, {"pool", "--listen", "nowhere:x"}, {"run", "more"}} {
		c := exec.Command(os.Args[0], args...)
		c.Env = append(os.Environ(), asMain+"=1")
		if out, err := c.CombinedOutput(); err == nil {
			t.Errorf("%q: no error\n%s", args, out)
		}
	}
}
