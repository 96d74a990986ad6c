package stats

import "toll/internal/catalogue"
import "toll/data"

// besidesOf enters the figures that stand beside the tolls of the records.
func (a *Accumulator) besidesOf(b *data.Batch, rows []int32) {
	for k, column := range b.Besides {
		if column == nil {
			continue
		}
		for _, i := range rows {
			if data.At(b.Status, int(i)) != data.Denied {
				a.addBeside(data.Beside(k), &column[i])
			}
		}
	}
}

// addBeside enters one incident's figure; one that is not stated adds nothing,
// and the table counts it as unknown.
func (a *Accumulator) addBeside(k data.Beside, c *data.Count) {
	if c.Stated() {
		a.byBeside[k].Add(c, &data.Count{})
	}
}

// addBesides reconciles the figures beside an incident's toll as the toll itself
// is: those of the same people by the policy, those of different people by adding.
func (a *Accumulator) addBesides(in *incident, fs []figure, p Policy) {
	for k := range in.besides {
		any := false
		of := make([]figure, len(fs))
		for i, f := range fs {
			f.killed, f.injured, f.inParts, f.parts = f.besides[k], data.Count{}, false, [data.NumVictimTypes]victimToll{}
			any = any || f.killed.Stated()
			of[i] = f
		}
		if any {
			var alone incident
			a.addUp(&alone, a.cellsOf(of, p))
			in.besides[k] = alone.killed
		}
	}
}

var besideKeys = [data.NumBesides]keyText{
	data.BesideWomen:     {"women", "table.women-of-those-killed", Named},
	data.BesideChildren:  {"children", "table.children-of-those-killed", Named},
	data.BesideMilitants: {"militants", "table.militants-killed-not-in-the-toll", Named},
}

// besideTable is the table of figures that enter no sum. Every incident stands in
// each row: one whose record does not state the figure as unknown.
func (a *Accumulator) besideTable() *Table {
	t := &Table{ID: "beside", Title: catalogue.Say("table.figures-beside-the-toll"), Dims: []Dim{{ID: "figure", Title: catalogue.Say("table.figure")}}, KilledOnly: true,
		Note: catalogue.Say("table.known-only-where-a-record-says")}
	whole := a
	if a.whole != nil { // alone, an incident is told by the tables of the whole
		whole = a.whole
	}
	for k := range a.byBeside {
		if whole.byBeside[k].Incidents == 0 {
			continue
		}
		c := a.byBeside[k]
		c.Killed.Unknown += a.total.Incidents - c.Incidents
		c.Injured.Unknown, c.Incidents = a.total.Incidents, a.total.Incidents
		t.Rows = append(t.Rows, Row{Keys: []Key{besideKeys[k].key()}, Tally: c})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}
