//go:build unix

package main

import (
	"runtime"
	"syscall"
)

// peakMemory returns the most bytes of memory the process has held, as the
// system counts them.
func peakMemory() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(u.Maxrss)
	}
	return int64(u.Maxrss) * 1024
}
