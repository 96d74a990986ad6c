package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"

	"toll/internal/cells"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.DoFn2x2[context.Context, []byte, []byte, error](&readShard{})
	register.DoFn2x1[context.Context, []byte, error](&writeCells{})
	register.Combiner3[merged, []byte, []byte](&mergeCells{})
	beam.RegisterCoder(reflect.TypeFor[merged](), encodeMerged, decodeMerged)
}

// pipeline reads every shard of a plan wherever the engine likes, merges the
// cells, and writes them once they are all there.
func pipeline(p *cells.Plan, output string) (*beam.Pipeline, error) {
	job, err := json.Marshal(&p.Job)
	if err != nil {
		return nil, err
	}
	var shards [][]byte
	for i := range p.Shards {
		b, err := json.Marshal(&p.Shards[i])
		if err != nil {
			return nil, err
		}
		shards = append(shards, b)
	}
	if len(shards) == 0 {
		return nil, fmt.Errorf("the plan has no parts")
	}
	pipe, s := beam.NewPipelineWithRoot()
	work := beam.Reshuffle(s.Scope("Shards"), beam.CreateList(s, shards))
	parts := beam.ParDo(s.Scope("Read"), &readShard{Job: job}, work)
	whole := beam.Combine(s.Scope("Merge"), &mergeCells{}, parts)
	beam.ParDo0(s.Scope("Write"), &writeCells{Output: output}, whole)
	return pipe, nil
}

// readShard tallies a shard: toll's reader, toll's tally. What was rejected, and
// the hashes of what was read, are in the cells.
type readShard struct{ Job []byte }

// ProcessElement reads one shard.
func (f *readShard) ProcessElement(ctx context.Context, shard []byte) ([]byte, error) {
	var j cells.Job
	if err := json.Unmarshal(f.Job, &j); err != nil {
		return nil, err
	}
	var s cells.Shard
	if err := json.Unmarshal(shard, &s); err != nil {
		return nil, err
	}
	c, err := cells.Read(j, s, opener(ctx), 1)
	if err != nil {
		return nil, err
	}
	return c.Append(nil)
}

// mergeCells merges cells.
type mergeCells struct{}

// merged is the accumulator: cells, or none before the first. Between machines it
// is the cells' binary form; on one it is not written and read for every shard.
type merged struct{ cells *cells.Cells }

func encodeMerged(m merged) ([]byte, error) {
	if m.cells == nil {
		return nil, nil
	}
	return m.cells.Append(nil)
}

func decodeMerged(b []byte) (merged, error) {
	if len(b) == 0 {
		return merged{}, nil
	}
	c, err := cells.Decode(b)
	return merged{c}, err
}

// CreateAccumulator returns no cells.
func (*mergeCells) CreateAccumulator() merged { return merged{} }

// AddInput merges the cells of a shard.
func (m *mergeCells) AddInput(a merged, b []byte) (merged, error) {
	part, err := decodeMerged(b)
	if err != nil {
		return a, err
	}
	return m.MergeAccumulators(a, part)
}

// MergeAccumulators merges cells.
func (*mergeCells) MergeAccumulators(a, b merged) (merged, error) {
	if a.cells == nil {
		return b, nil
	}
	if b.cells == nil {
		return a, nil
	}
	return a, a.cells.Merge(b.cells)
}

// ExtractOutput writes the cells.
func (*mergeCells) ExtractOutput(a merged) ([]byte, error) { return encodeMerged(a) }

// writeCells writes the cells of the whole: all of them or none.
type writeCells struct{ Output string }

// ProcessElement checks that every byte of every file was read, and writes.
func (f *writeCells) ProcessElement(ctx context.Context, b []byte) error {
	c, err := cells.Decode(b)
	if err != nil {
		return err
	}
	if err := c.Complete(); err != nil {
		return err
	}
	return store(ctx, f.Output, b)
}

func readPlan(path string) (*cells.Plan, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return cells.ParsePlan(b)
}
