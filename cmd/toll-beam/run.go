package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

var (
	plan   = flag.String("plan", "", "what to do, as toll plan wrote it")
	output = flag.String("output", "", "write the cells to this file; where workers run elsewhere, in a folder or store that they share")
	force  = flag.Bool("force", false, "write over the output")
)

// run runs the plan on the runner that --runner names. Its flags are Beam's.
func run(ctx context.Context) error {
	if *plan == "" || *output == "" {
		return errors.New("name the plan with --plan and the file to write with --output")
	}
	p, err := readPlan(*plan)
	if err != nil {
		return err
	}
	to := *output
	if !remote(to) {
		if to, err = filepath.Abs(to); err != nil {
			return err
		}
		switch _, err := os.Stat(to); {
		case err == nil && !*force:
			return fmt.Errorf("%s is there already: --force writes over it", *output)
		case err == nil:
			if err := os.Remove(to); err != nil { // a failed job leaves nothing behind
				return err
			}
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
		for i := range p.Shards {
			if s := &p.Shards[i]; !remote(s.Path) {
				if s.Path, err = filepath.Abs(s.Path); err != nil {
					return err
				}
			}
		}
	}
	if *jobopts.WorkerBinary == "" && runtime.GOOS == "linux" { // else Beam compiles one, from a source that may not be here
		if *jobopts.WorkerBinary, err = os.Executable(); err != nil {
			return err
		}
	}
	beam.Init()
	pipe, err := pipeline(p, to)
	if err != nil {
		return err
	}
	if err := beamx.Run(ctx, pipe); err != nil {
		return fmt.Errorf("the job failed, and no cells are written: %w", err)
	}
	if remote(to) {
		return nil
	}
	if _, err := os.Stat(to); err != nil {
		return fmt.Errorf("the job ended without cells here; did its workers write them on another machine? %w", err)
	}
	return nil
}
