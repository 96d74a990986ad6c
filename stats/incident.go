package stats

import "toll/data"

// incident is one incident as it enters the tallies: its toll reconciled.
type incident struct {
	date            data.Date
	place           location
	eventType       uint32
	involved        uint32
	geo             data.GeoPrecision
	lat, lon        int32
	killed, injured data.Count
	named           []component // by the party as written, before several names are told apart
	components      []component
	victims         [data.NumVictimTypes]victimToll
	parts           [data.NumParts]victimToll
	besides         [data.NumBesides]data.Count
	sides           []sideToll
	deeds           []deed
	id              string
	fileIndex, line int
	source          string
	accounts        int
}

type sideToll struct {
	side            uint32
	killed, injured data.Count
}
