package main

import (
	"os"
	"runtime/debug"
)

// How often memory is collected, unless GOGC or GOMEMLIMIT say so. A briefing of a
// small input is made in less memory than the program has promised to keep to, and
// in a third of a second: there is nothing to be gained by collecting before that
// memory is used. A larger input is collected as any program is while it is read;
// from then on what is live only grows, by the files rendered, and collecting more
// often takes a few hundredths more time and a fifth less memory.
const (
	smallInput   = 8 << 20  // bytes
	smallMemory  = 64 << 20 // up to which a small input is let grow
	whileGrowing = 40       // GOGC once a larger input is read
)

// collectFor sets how often memory is collected while a dataset is read, once it
// is surveyed.
func collectFor(d *dataset) {
	if collectorIsSet() || !d.isSmall() {
		return
	}
	debug.SetGCPercent(800)
	debug.SetMemoryLimit(smallMemory)
}

// collectForFiles sets it for the making of files.
func collectForFiles(d *dataset) {
	if !collectorIsSet() && !d.isSmall() {
		debug.SetGCPercent(whileGrowing)
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
