package output

import (
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// countsBlocks sets side by side what each dataset counts.
func countsBlocks(d *Compared) []block {
	c := d.Comparison
	g := grid{ID: "counts", Caption: catalogue.Say("page.the-two-datasets"), Head: []column{{Title: words("")}, {Title: join(words("A, "), name(c.A.Name))}, {Title: join(words("B, "), name(c.B.Name))}}}
	both := [2]*stats.Side{&c.A, &c.B}
	row := func(label string, of func(i int) line) {
		g.Rows = append(g.Rows, gridRow{Cells: []line{words(label), of(0), of(1)}})
	}
	plain := func(label string, of func(i int) string) { row(label, func(i int) line { return words(of(i)) }) }
	row(catalogue.Say("page.files"), func(i int) line {
		var l line
		for n, in := range d.Sides[i].Inputs {
			if n > 0 {
				l = join(l, words(", "))
			}
			l = join(l, name(in.Name))
		}
		return l
	})
	plain(catalogue.Say("page.read-as"), func(i int) string { return profilesOf(d.Sides[i]) })
	plain(catalogue.Say("page.days-covered"), func(i int) string {
		if both[i].First == data.NoDay {
			return catalogue.Say("page.no-dated-incident")
		}
		return catalogue.Say("page.to", "first", dayText(both[i].First), "last", dayText(both[i].Last))
	})
	plain(catalogue.Say("page.incidents"), func(i int) string { return stats.Number(int64(both[i].Total.Incidents)) })
	plain(catalogue.Say("page.killed"), func(i int) string {
		if c.Lacks(i) == stats.LacksIncidents {
			return "–" // no incident is no zero
		}
		return both[i].Total.Killed.Figure(both[i].Total.Incidents)
	})
	plain(catalogue.Say("page.injured"), func(i int) string {
		if !both[i].HasInjured {
			return catalogue.Say("page.not-collected-or-not-read")
		}
		if c.Lacks(i) == stats.LacksIncidents {
			return "–"
		}
		return both[i].Total.Injured.Figure(both[i].Total.Incidents)
	})
	plain(catalogue.Say("page.incidents-with-an-unknown-number-killed"), func(i int) string { return stats.Number(int64(both[i].Total.Killed.Unknown)) })
	plain(catalogue.Say("page.incidents-with-at-least-one-person-2"), func(i int) string {
		return stats.Number(int64(both[i].Total.Killed.Fatal)) + share(both[i].Total.Killed.Fatal, both[i].Total.Incidents)
	})
	plain(catalogue.Say("page.fewest-killed-in-an-incident"), func(i int) string { return fewestWords(both[i].Incidents) })
	plain(catalogue.Say("page.incidents-that-state-a-range-of"), func(i int) string {
		n := ranged(both[i].Incidents)
		return stats.Number(int64(n)) + share(n, both[i].Total.Incidents)
	})
	plain(catalogue.Say("page.dated-to-the-day"), func(i int) string {
		n := d.Sides[i].Report.Quality.DatePrec[data.ToDay]
		return stats.Number(int64(n)) + share(n, both[i].Total.Incidents)
	})
	plain(catalogue.Say("page.named-below-the-province"), func(i int) string {
		n := located(both[i].Incidents)
		return stats.Number(int64(n)) + share(n, both[i].Total.Incidents)
	})
	plain(catalogue.Say("page.with-a-point-placed-exactly-or"), func(i int) string {
		n := pointed(both[i].Incidents)
		return stats.Number(int64(n)) + share(n, both[i].Total.Incidents)
	})
	plain(catalogue.Say("page.told-by-several-records"), func(i int) string { return stats.Number(int64(d.Sides[i].Report.Quality.MultiAccount)) })
	bs := []block{g}
	for i, facts := range d.Facts {
		if len(facts) == 0 {
			continue
		}
		var l list
		for _, f := range facts {
			l.Items = append(l.Items, words(sentence(upper(f))))
		}
		bs = append(bs, paragraph{plainRole, say("page.of-what-counts-its-codebook-says", with("sideName", name(sideName(c, i))))}, l)
	}
	return append(bs, paragraph{noteRole, say("page.datasets-with-different-rules-of-inclusion")})
}

func share(part, whole uint32) string {
	if whole == 0 {
		return ""
	}
	return " (" + stats.Percent(int64(part), int64(whole)) + ")"
}

// fewestWords says how many the smallest incident killed, at the most, of those
// whose toll is known.
func fewestWords(list []stats.Incident) string {
	fewest, unknown := int64(-1), false
	for i := range list {
		k := list[i].Killed
		unknown = unknown || !k.Stated()
		if k.Stated() && (fewest < 0 || k.High < fewest) {
			fewest = k.High
		}
	}
	switch {
	case fewest < 0:
		return catalogue.Say("page.not-known")
	case unknown:
		return catalogue.Say("page.of-those-known", "fewest", stats.Number(stats.Persons(fewest)))
	}
	return stats.Number(stats.Persons(fewest))
}

func ranged(list []stats.Incident) (n uint32) {
	for i := range list {
		if k := list[i].Killed; k.Stated() && (k.Low != k.High || k.IsOpen()) {
			n++
		}
	}
	return n
}

func located(list []stats.Incident) (n uint32) {
	for i := range list {
		if list[i].Place != "" || list[i].Admin2 != "" {
			n++
		}
	}
	return n
}

func pointed(list []stats.Incident) (n uint32) {
	for i := range list {
		if x := &list[i]; stated(x.Lat, x.Lon) && (x.Geo == data.PlaceExact || x.Geo == data.PlaceUnstated) {
			n++
		}
	}
	return n
}

func profilesOf(d *Document) string {
	var names []string
	for _, in := range d.Inputs {
		if !slices.Contains(names, in.Profile) {
			names = append(names, in.Profile)
		}
	}
	return strings.Join(names, ", ")
}
