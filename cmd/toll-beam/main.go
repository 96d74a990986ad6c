// Toll-beam makes the cells of a dataset on an engine that runs Apache Beam
// pipelines, by toll's own reader and tally on every worker:
//
//	toll plan huge.csv --parts 64 > job.plan
//	toll-beam run --plan job.plan --output all.cells --runner prism
//	toll merge all.cells
//
// It exits with 0 when the cells are written, and 2 when they are not.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
)

const usage = `usage:
  toll-beam run --plan JOB.plan --output ALL.cells [--runner prism] [flags of the runner]
  toll-beam pool [--listen 127.0.0.1:50000]     a pool of workers, for --environment_type EXTERNAL
  toll-beam server [--port 8073]                Prism's job server, for --runner prism --endpoint localhost:8073
docs/scaling.md has the commands for each runner.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "toll-beam: "+err.Error())
		os.Exit(2)
	}
}

var errUsage = errors.New("say what to do: run, pool or server")

func command(ctx context.Context, args []string) error {
	if len(args) == 0 {
		fmt.Fprint(os.Stderr, usage)
		return errUsage
	}
	name := args[0]
	if !strings.HasPrefix(name, "-") {
		args = args[1:]
	}
	if err := flag.CommandLine.Parse(args); err != nil {
		return err
	}
	if flag.NArg() > 0 {
		return fmt.Errorf("%q is one word too many", flag.Arg(0))
	}
	switch {
	case name == "run":
		return run(ctx)
	case name == "pool":
		return servePool(ctx, *listen)
	case name == "server":
		return serveJobs(ctx, *port)
	case strings.HasPrefix(name, "-"): // as a runner's container starts a worker
		beam.Init()
	}
	fmt.Fprint(os.Stderr, usage)
	return errUsage
}
