package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How often memory is collected, unless GOGC or GOMEMLIMIT say so. A briefing of a
// small input is made in less memory than the program has promised to keep to, and
// in a third of a second: there is nothing to be gained by collecting before that
// memory is used. Of a larger input most of what is made stays live until the files
// are written, and collecting more often than by default takes less memory and
// little time. Where what was read and tallied leaves room, files are rendered up to
// that memory, and no more collected than that takes.
const (
	smallInput  = 8 << 20  // bytes
	smallMemory = 64 << 20 // up to which a small input is let grow
	largeShare  = 50       // GOGC of a larger input
	largeLive   = 44 << 20 // up to which what is live leaves room
	largeMemory = 74 << 20 // up to which its rendering is let grow
)

// collectFor sets how often memory is collected while a dataset is read, once it is
// surveyed.
func collectFor(d *dataset) {
	switch {
	case collectorIsSet():
	case d.isSmall():
		debug.SetGCPercent(800)
		debug.SetMemoryLimit(smallMemory)
	default:
		debug.SetGCPercent(largeShare)
	}
}

// collectRendering sets it for the rendering of what was read.
func collectRendering(d *dataset) {
	if collectorIsSet() || d.isSmall() {
		return
	}
	runtime.GC() // what was tallied has become the report
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 && live[0].Value.Uint64() <= largeLive {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(largeMemory)
	}
}

func collectorIsSet() bool { return os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" }

// isSmall reports whether the inputs are known to be small: what is packed, or has
// no size, is not.
func (d *dataset) isSmall() bool {
	for _, in := range d.inputs {
		if in.size <= 0 || !in.layout.Plain() {
			return false
		}
	}
	return d.size() <= smallInput
}
