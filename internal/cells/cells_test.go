package cells

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"toll/data/record"
	"toll/stats"
)

// shelf is a set of files in memory.
type shelf map[string]string

type book struct{ *strings.Reader }

func (book) Close() error { return nil }

func (s shelf) open(path string) (File, int64, error) {
	text, ok := s[path]
	if !ok {
		return nil, 0, errors.New("no file " + path)
	}
	return book{strings.NewReader(text)}, int64(len(text)), nil
}

// files are two files that share incidents; records run over lines, and some are
// rejected.
func files(n int) shelf {
	s := shelf{}
	for f, name := range []string{"a.csv", "b.csv"} {
		var b strings.Builder
		b.WriteString("incident_id,date,admin1,place,attributed_to,killed,injured,source,notes\r\n")
		for i := range n {
			switch i % 11 {
			case 4:
				fmt.Fprintf(&b, "S-%d,2025-10-11,N,\"Long\r\n\r\n\"\"name\"\"\",A,3,,src%d,\"a\n,b\"\r\n", i/3, f)
			case 7:
				fmt.Fprintf(&b, ",2025-10-33,N,,A,,,,\r\n")
			case 9:
				b.WriteString("\r\n")
			default:
				fmt.Fprintf(&b, "%d%d,2025-%02d-%02d,Région %d,,\"A;B\",%d,%d,src%d,\r\n", f, i, 1+i%12, 1+i%28, i%5, i%9, i%4, f)
			}
		}
		s[name] = b.String()
	}
	return s
}

func job(once bool) Job {
	return Job{Settings: json.RawMessage(`{"by":"month"}`), Tally: stats.DefaultOptions(), Once: once}
}

func bytesOf(t testing.TB, c *Cells) []byte {
	t.Helper()
	b, err := c.Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func read(t testing.TB, j Job, s Shard, open Open, workers int) *Cells {
	t.Helper()
	c, err := Read(j, s, open, workers)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Files cut into any number of parts, read by any number of workers, merged in any
// order and grouping and through bytes, are the same bytes as the files whole.
func TestAnyCutAndAnyMergeIsTheWhole(t *testing.T) {
	s := files(900)
	for _, once := range []bool{false, true} {
		plan := &Plan{Job: job(once), Shards: []Shard{{Path: "a.csv", Name: "a.csv"}, {Path: "b.csv", Name: "b.csv"}}}
		whole := plan.Job.Empty()
		for _, shard := range plan.Shards {
			if err := whole.Merge(read(t, plan.Job, shard, s.open, 2)); err != nil {
				t.Fatal(err)
			}
		}
		want := bytesOf(t, whole)
		for seed := range uint64(12) {
			r := rand.New(rand.NewPCG(seed, 1))
			cut := &Plan{Job: plan.Job, Shards: append([]Shard(nil), plan.Shards...)}
			if err := cut.Cut(s.open, 1+r.IntN(40)); err != nil {
				t.Fatal(err)
			}
			again, err := ParsePlan(cut.JSON())
			if err != nil || !bytes.Equal(again.JSON(), cut.JSON()) {
				t.Fatalf("the plan comes back as another: %v", err)
			}
			var parts []*Cells
			for _, shard := range again.Shards {
				parts = append(parts, read(t, again.Job, shard, s.open, 1+r.IntN(3)))
			}
			for len(parts) > 1 {
				r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
				x, err := Decode(bytesOf(t, parts[0]))
				if err != nil {
					t.Fatal(err)
				}
				if err := x.Merge(parts[1]); err != nil {
					t.Fatal(err)
				}
				parts = append(parts[2:], x)
			}
			if got := bytesOf(t, parts[0]); !bytes.Equal(got, want) {
				t.Fatalf("seed %d: %d bytes, want %d", seed, len(got), len(want))
			}
			if err := parts[0].Complete(); err != nil {
				t.Fatal(err)
			}
		}
		_, err := whole.Accumulator(0)
		if e := (*stats.ToldTwiceError)(nil); errors.As(err, &e) != once {
			t.Fatalf("told once %v: %v", once, err)
		}
	}
}

// The hash of a file read in parts is the file's, whoever read them.
func TestTheHashIsOfTheFile(t *testing.T) {
	s := files(300)
	plan := &Plan{Job: job(false), Shards: []Shard{{Path: "a.csv", Name: "a.csv"}}}
	if err := plan.Cut(s.open, 7); err != nil || len(plan.Shards) != 7 {
		t.Fatalf("%d parts, %v", len(plan.Shards), err)
	}
	all := plan.Job.Empty()
	for _, shard := range plan.Shards {
		if err := all.Merge(read(t, plan.Job, shard, s.open, 1)); err != nil {
			t.Fatal(err)
		}
	}
	if got := all.Results()[0]; got.SHA256 != sha256.Sum256([]byte(s["a.csv"])) || got.Bytes != int64(len(s["a.csv"])) || !got.Ledger.Balances() {
		t.Errorf("%+v", got)
	}
}

// Every option of reading and tallying is in the job: an option that is new and
// not carried would be lost on the way to a worker.
func TestEveryOptionIsCarried(t *testing.T) {
	for _, x := range []any{record.Options{}, stats.Options{}} {
		v := reflect.TypeOf(x)
		set := reflect.New(v).Elem()
		for i := range v.NumField() {
			f := v.Field(i)
			if !f.IsExported() || f.Name == "Dicts" || f.Name == "Aliases" || f.Name == "Layout" {
				continue
			}
			fill(t, f.Name, set.Field(i))
		}
		b, err := json.Marshal(set.Interface())
		if err != nil {
			t.Fatal(err)
		}
		back := reflect.New(v)
		if err := json.Unmarshal(b, back.Interface()); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back.Elem().Interface(), set.Interface()) {
			t.Errorf("%+v\ncomes back as\n%+v", set, back.Elem())
		}
	}
}

func fill(t *testing.T, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint8:
		v.SetUint(2)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(t, name, v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		if k.Kind() == reflect.Uint64 {
			k.SetUint(9)
		} else {
			fill(t, name, k)
		}
		if e.Kind() != reflect.Struct {
			fill(t, name, e)
		}
		v.SetMapIndex(k, e)
	case reflect.Struct:
		if name == "Policy" {
			p, _ := stats.ParsePolicy("prefer:a,b")
			v.Set(reflect.ValueOf(p))
			return
		}
		for i := range v.NumField() {
			fill(t, name, v.Field(i))
		}
	default:
		t.Fatalf("option %s is a %s: say here how it is filled, and see that JSON carries it", name, v.Type())
	}
}

func TestDamagedCells(t *testing.T) {
	s := files(60)
	good := bytesOf(t, read(t, job(false), Shard{Path: "a.csv", Name: "a.csv"}, s.open, 1))
	if _, err := Decode(good); err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(good); n += 1 + n/50 {
		if _, err := Decode(good[:n]); err == nil {
			t.Fatalf("%d bytes of %d are read", n, len(good))
		}
		torn := bytes.Clone(good)
		torn[n] ^= 4
		if _, err := Decode(torn); err == nil {
			t.Fatalf("a change at byte %d goes unseen", n)
		}
		sealed(t, torn)
	}
	if _, err := Decode([]byte("toll cells 2\nsomething else, and longer than a checksum")); err == nil || !strings.Contains(err.Error(), "another version") {
		t.Errorf("another version: %v", err)
	}
}

// sealed reads bytes with a checksum that holds, as whoever means harm writes it.
func sealed(t testing.TB, b []byte) {
	if len(b) < len(magic)+sha256.Size {
		return
	}
	body := b[:len(b)-sha256.Size]
	copy(body, magic)
	sum := sha256.Sum256(body)
	c, err := Decode(append(bytes.Clone(body), sum[:]...))
	if err != nil {
		return
	}
	again := bytesOf(t, c)
	d, err := Decode(again)
	if err != nil {
		t.Fatalf("what was read is written so that it is not read: %v", err)
	}
	_, _ = d.Accumulator(0)
}

func FuzzDecode(f *testing.F) {
	s := files(20)
	for _, once := range []bool{false, true} {
		c, err := Read(job(once), Shard{Path: "b.csv", Name: "b.csv"}, s.open, 1)
		if err != nil {
			f.Fatal(err)
		}
		b, err := c.Append(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { sealed(t, b) })
}

func FuzzParsePlan(f *testing.F) {
	s := files(40)
	plan := &Plan{Job: job(true), Shards: []Shard{{Path: "a.csv", Name: "a.csv"}}}
	if err := plan.Cut(s.open, 3); err != nil {
		f.Fatal(err)
	}
	f.Add(plan.JSON())
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ParsePlan(b)
		if err != nil {
			return
		}
		for _, shard := range p.Shards {
			shard.Path = "a.csv"
			if c, err := Read(p.Job, shard, s.open, 1); err == nil {
				_, _ = c.Append(nil)
			}
		}
	})
}

// A file that changes between two parts, or between the plan and a part, is found.
func TestFilesThatChange(t *testing.T) {
	s := files(200)
	plan := &Plan{Job: job(false), Shards: []Shard{{Path: "a.csv", Name: "a.csv"}}}
	if err := plan.Cut(s.open, 4); err != nil {
		t.Fatal(err)
	}
	changed := shelf{"a.csv": strings.Replace(s["a.csv"], ",A,3,", ",A,4,", 1)}
	if _, err := Read(plan.Job, plan.Shards[0], changed.open, 1); err == nil {
		t.Error("another byte goes unseen")
	}
	longer := shelf{"a.csv": s["a.csv"] + ",2025-01-01,,,,1,,,\r\n"}
	first := read(t, plan.Job, plan.Shards[0], s.open, 1)
	if err := first.Merge(read(t, plan.Job, plan.Shards[1], longer.open, 1)); err == nil || !strings.Contains(err.Error(), "bytes in one part and") {
		t.Errorf("a file that has grown: %v", err)
	}
	other := &Plan{Job: job(false), Shards: []Shard{{Path: "a.csv", Name: "a.csv"}}}
	if err := other.Cut(changed.open, 4); err != nil {
		t.Fatal(err)
	}
	first = read(t, plan.Job, plan.Shards[0], s.open, 1)
	if err := first.Merge(read(t, other.Job, other.Shards[1], changed.open, 1)); err == nil || !strings.Contains(err.Error(), "not of the same file") {
		t.Errorf("parts of two files of one name: %v", err)
	}
}

type torn struct{ book }

func (torn) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }
func (torn) Read([]byte) (int, error)          { return 0, io.ErrClosedPipe }

// What cannot be read is an error, never fewer records.
func TestUnreadable(t *testing.T) {
	s := files(50)
	open := func(path string) (File, int64, error) {
		f, n, err := s.open(path)
		return torn{f.(book)}, n, err
	}
	if _, err := Read(job(false), Shard{Path: "a.csv", Name: "a.csv"}, open, 1); err == nil {
		t.Error("a file that cannot be read is tallied")
	}
	if _, err := Read(job(false), Shard{Path: "none.csv", Name: "none.csv"}, s.open, 1); err == nil {
		t.Error("a file that is not there is tallied")
	}
}
