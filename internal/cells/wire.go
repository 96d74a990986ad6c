package cells

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"toll/data"
	"toll/data/record"
	"toll/stats"
)

// magic begins every file of cells and says in which version of the form it is
// written.
const magic = "toll cells 1\n"

// ErrNotCells says that bytes are no cells, or damaged.
var ErrNotCells = errors.New("these are not cells as this version of toll writes them, or they are damaged")

// Append appends the cells as bytes: a line that names the form, three stretches
// with their lengths (the job and the inputs as JSON, the tally), and the SHA-256
// of all before it. Equal cells are equal bytes.
func (c *Cells) Append(b []byte) ([]byte, error) {
	from := len(b)
	inputs, err := json.Marshal(c.Inputs)
	if err != nil {
		return nil, err
	}
	tally, err := c.Tally.Append(nil)
	if err != nil {
		return nil, err
	}
	b = append(b, magic...)
	for _, section := range [][]byte{c.Job.json(), inputs, tally} {
		b = binary.AppendUvarint(b, uint64(len(section)))
		b = append(b, section...)
	}
	sum := sha256.Sum256(b[from:])
	return append(b, sum[:]...), nil
}

// Decode reads cells. It returns an error for any other bytes, and takes no more
// memory than some multiple of their length.
func Decode(b []byte) (*Cells, error) {
	if !bytes.HasPrefix(b, []byte(magic)) {
		if bytes.HasPrefix(b, []byte(magic[:len("toll cells ")])) {
			return nil, fmt.Errorf("these cells are written in another version of their form: %.20q", b)
		}
		return nil, ErrNotCells
	}
	if len(b) < len(magic)+sha256.Size {
		return nil, ErrNotCells
	}
	end := len(b) - sha256.Size
	if sum := sha256.Sum256(b[:end]); !bytes.Equal(sum[:], b[end:]) {
		return nil, fmt.Errorf("%w: their checksum is another", ErrNotCells)
	}
	return decodeBody(b[len(magic):end])
}

// decodeBody reads the sections.
func decodeBody(rest []byte) (*Cells, error) {
	var sections [3][]byte
	for i := range sections {
		n, size := binary.Uvarint(rest)
		if size <= 0 || n > uint64(len(rest)-size) {
			return nil, ErrNotCells
		}
		sections[i], rest = rest[size:size+int(n)], rest[size+int(n):]
	}
	if len(rest) > 0 {
		return nil, ErrNotCells
	}
	c := &Cells{}
	if err := strict(sections[0], &c.Job); err != nil {
		return nil, err
	}
	if err := strict(sections[1], &c.Inputs); err != nil {
		return nil, err
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	var err error
	c.Tally, err = stats.DecodePartial(sections[2], c.Job.Tally, c.Job.Once, len(c.Inputs))
	return c, err
}

// strict reads JSON that is written just as it would be written again.
func strict(b []byte, v any) error {
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%w: %w", ErrNotCells, err)
	}
	if again, err := json.Marshal(v); err != nil || !bytes.Equal(again, b) {
		return ErrNotCells
	}
	return nil
}

// check holds the inputs against what Merge and Complete rely on.
func (c *Cells) check() error {
	for i, in := range c.Inputs {
		if in.Name == "" || i > 0 && in.Name <= c.Inputs[i-1].Name || len(in.Segments) == 0 || in.Level >= 1<<(data.ColPlace+1) {
			return ErrNotCells
		}
		var last record.Mark
		for k, s := range in.Segments {
			if s.From.At < 0 || s.To.At <= s.From.At && in.Size > 0 || s.To.At > in.Size || k > 0 && s.From.At <= last.At || s.Result.Name != in.Name || !s.Result.Ledger.Balances() {
				return ErrNotCells
			}
			last = s.To
		}
	}
	return nil
}
