package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/runtime/harness"
	fnpb "github.com/apache/beam/sdks/v2/go/pkg/beam/model/fnexecution_v1"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/util/grpcx"

	"google.golang.org/grpc"
)

var (
	listen = flag.String("listen", "127.0.0.1:50000", "address that a pool of workers listens on; whoever reaches it can make it read files")
	port   = flag.Int("port", 8073, "port of the job server")
)

// servePool starts workers for the runners that ask, until the context ends.
func servePool(ctx context.Context, address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "toll-beam: workers wait on %s\n", l.Addr())
	s := grpc.NewServer()
	fnpb.RegisterBeamFnExternalWorkerPoolServer(s, &pool{ctx: ctx, workers: map[string]context.CancelFunc{}})
	go func() {
		<-ctx.Done()
		s.Stop()
	}()
	return s.Serve(l)
}

// pool runs workers in this process.
type pool struct {
	fnpb.UnimplementedBeamFnExternalWorkerPoolServer
	ctx     context.Context
	mu      sync.Mutex
	workers map[string]context.CancelFunc
}

// StartWorker starts a worker that asks the runner's endpoints for work.
func (p *pool) StartWorker(_ context.Context, r *fnpb.StartWorkerRequest) (*fnpb.StartWorkerResponse, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := r.GetWorkerId()
	if _, ok := p.workers[id]; ok {
		return &fnpb.StartWorkerResponse{Error: fmt.Sprintf("worker %q runs already", id)}, nil
	}
	if r.GetLoggingEndpoint() == nil || r.GetControlEndpoint() == nil {
		return &fnpb.StartWorkerResponse{Error: fmt.Sprintf("worker %q is not told where to ask for work", id)}, nil
	}
	ctx, cancel := context.WithCancel(grpcx.WriteWorkerID(p.ctx, id))
	p.workers[id] = cancel
	fmt.Fprintf(os.Stderr, "toll-beam: worker %s starts\n", id)
	go func() {
		if err := harness.MainWithOptions(ctx, r.GetLoggingEndpoint().GetUrl(), r.GetControlEndpoint().GetUrl(), harness.Options{}); err != nil && ctx.Err() == nil {
			fmt.Fprintf(os.Stderr, "toll-beam: worker %s: %v\n", id, err)
		}
	}()
	return &fnpb.StartWorkerResponse{}, nil
}

// StopWorker stops a worker.
func (p *pool) StopWorker(_ context.Context, r *fnpb.StopWorkerRequest) (*fnpb.StopWorkerResponse, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	cancel, ok := p.workers[r.GetWorkerId()]
	if !ok {
		return &fnpb.StopWorkerResponse{Error: fmt.Sprintf("there is no worker %q", r.GetWorkerId())}, nil
	}
	cancel()
	delete(p.workers, r.GetWorkerId())
	return &fnpb.StopWorkerResponse{}, nil
}

// serveJobs runs Prism's job server until the context ends.
func serveJobs(ctx context.Context, port int) error {
	if _, err := prism.CreateJobServer(ctx, prism.Options{Port: port}); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}
