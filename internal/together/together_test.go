package together

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
)

// Every task is done once, and what fails is told in the order of the tasks, by
// any number of workers.
func TestRun(t *testing.T) {
	for _, workers := range []int{-1, 0, 1, 2, 3, 50} {
		for _, n := range []int{0, 1, 2, 17} {
			var done atomic.Int64
			var tasks []func() error
			var want []string
			for i := range n {
				if i%3 == 0 {
					want = append(want, fmt.Sprint("task ", i))
				}
				tasks = append(tasks, func() error {
					done.Add(1 << (2 * i))
					if i%3 == 0 {
						return errors.New(fmt.Sprint("task ", i))
					}
					return nil
				})
			}
			got := ""
			if err := run(workers, tasks); err != nil {
				got = err.Error()
			}
			if got != strings.Join(want, "\n") {
				t.Errorf("%d workers, %d tasks: %q", workers, n, got)
			}
			if all := int64(1)<<(2*n) - 1; done.Load() != all/3 {
				t.Errorf("%d workers, %d tasks: each is not done once: %b", workers, n, done.Load())
			}
		}
	}
}
