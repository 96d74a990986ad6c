package output

import (
	"fmt"
	"slices"
	"strings"
)

// maxReasons is how many of the places that changed are named at a time.
const maxReasons = 5

// ChangedPlaces are the places of an input that are not as they were.
type ChangedPlaces struct {
	Input   string // as the manifest names it
	Changes []LineChange
}

// Explain says of each input that drifted which of its lines did, and of each
// figure which of the records that changed add to it now, as because names them
// by the figure's address.
func (v *Verification) Explain(changed []ChangedPlaces, because func(address string) []string) {
	gone, places := 0, 0
	for _, c := range changed {
		for i := range v.Drifts {
			if d := &v.Drifts[i]; d.Class == DriftInput && d.Path == c.Input && d.Was != "" {
				d.Message += ": " + changesText(c.Changes)
			}
		}
		for _, x := range c.Changes {
			if places++; x.Last < x.First {
				gone++
			}
		}
	}
	for i := range v.Drifts {
		d := &v.Drifts[i]
		if d.Class != DriftNumber || !d.cell || places == 0 {
			continue
		}
		switch names := because(d.Address); {
		case len(names) > maxReasons:
			d.Because = append(names[:maxReasons:maxReasons], fmt.Sprintf("and %d more changed", len(names)-maxReasons))
		case len(names) > 0:
			d.Because = append(names[:len(names)-1:len(names)-1], names[len(names)-1]+" changed")
		case gone == places:
			d.Because = []string{"records that added to it are gone"}
		default:
			d.Because = []string{"what changed adds nothing to it now"}
		}
	}
}

// inputsHold reports whether every input is as the briefing has it.
func (v *Verification) inputsHold() bool {
	return !slices.ContainsFunc(v.Drifts, func(d Drift) bool { return d.Class == DriftInput })
}

// changesText lists changes of one file.
func changesText(cs []LineChange) string {
	if len(cs) == 0 {
		return "every line reads as before, and only line ends or packing differ"
	}
	var parts []string
	for _, c := range cs[:min(len(cs), maxReasons)] {
		parts = append(parts, c.text())
	}
	s := strings.Join(parts, ", ")
	if n := len(cs) - maxReasons; n > 0 {
		s += fmt.Sprintf(", and %d more places", n)
	}
	return s
}
