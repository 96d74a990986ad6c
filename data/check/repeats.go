package check

import (
	"fmt"
	"strings"

	"toll/data"
)

// repeats finds incidents that may be listed twice: of the same place, parties
// and toll, on the same day or the next. They are listed and never merged, for
// two raids on one village in two days are two incidents.
type repeats struct {
	seen     map[string][]sighting
	accounts map[string]sighting
	n        int
}

type sighting struct {
	file, line int
	day        data.Day
	id         string
}

func newRepeats() repeats {
	return repeats{seen: map[string][]sighting{}, accounts: map[string]sighting{}}
}

func (r *repeats) add(c *Checker, b *data.Batch, i int) {
	killed := data.At(b.Killed, i)
	if b.Start[i] == data.NoDay {
		return
	}
	if r.n >= c.limits.remembered {
		c.left["record"]++
		return
	}
	here := sighting{b.File, int(b.Line[i]), b.Start[i], b.ID.At(i)}
	if here.id != "" {
		r.account(c, b, i, here, killed)
	}
	place := b.Text(data.ColPlace, i)
	if place == "" || b.Prec[i] != data.ToDay || killed.High == 0 {
		return // a repeat at no place in particular would be every quiet day
	}
	key := strings.ToLower(strings.Join([]string{b.Text(data.ColCountry, i), b.Text(data.ColAdmin1, i), place, b.Text(data.ColAttributedTo, i),
		b.Text(data.ColClaimedBy, i), b.Text(data.ColInvolved, i), b.Text(data.ColVictimSide, i), fmt.Sprint(killed, data.At(b.Injured, i))}, "\x1f"))
	for _, s := range r.seen[key] {
		if gap := here.day - s.day; gap >= -1 && gap <= 1 && (here.id == "" || here.id != s.id) {
			c.find("possible-repeat", here.file, here.line, "", place, fmt.Sprintf("the same place, parties and toll as line %d%s, %s; they are counted as two incidents",
				s.line, inFile(c, s.file, here.file), apart(gap)))
			break
		}
	}
	r.seen[key] = append(r.seen[key], here)
	r.n++
}

// account finds an account that is given twice.
func (r *repeats) account(c *Checker, b *data.Batch, i int, here sighting, killed data.Count) {
	key := strings.Join([]string{here.id, b.Text(data.ColSource, i), b.Text(data.ColVictimSide, i), data.At(b.VictimType, i).String(),
		fmt.Sprint(killed, data.At(b.Injured, i), here.day, reported(b, i))}, "\x1f")
	if s, ok := r.accounts[key]; ok {
		c.find("repeated-account", here.file, here.line, "incident_id", here.id, fmt.Sprintf("incident %s is told the same way on line %d%s", here.id, s.line, inFile(c, s.file, here.file)))
		return
	}
	r.accounts[key] = here
	r.n++
}

func reported(b *data.Batch, i int) data.Day {
	if b.ReportedOn == nil {
		return data.NoDay
	}
	return b.ReportedOn[i]
}

func inFile(c *Checker, file, here int) string {
	if file == here || file >= len(c.files) {
		return ""
	}
	return " of " + c.files[file]
}

func apart(days data.Day) string {
	if days == 0 {
		return "on the same day"
	}
	return "a day apart"
}
