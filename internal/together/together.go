// Package together shares a list of tasks out between a few workers.
package together

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
)

// Run does tasks, as many at once as the program may use processors, and returns
// when all are done. They are begun in their order: the longest belong first. What
// they return is joined in their order, however many workers there are.
func Run(tasks ...func() error) error { return run(runtime.GOMAXPROCS(0), tasks) }

func run(workers int, tasks []func() error) error {
	errs := make([]error, len(tasks))
	var next atomic.Int64
	work := func() {
		for i := next.Add(1) - 1; i < int64(len(tasks)); i = next.Add(1) - 1 {
			errs[i] = tasks[i]()
		}
	}
	var wg sync.WaitGroup
	for range min(workers, len(tasks)) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	return errors.Join(errs...)
}
