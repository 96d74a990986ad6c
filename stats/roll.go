package stats

import (
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// Roll lists what each incident adds to a report, so that the incidents of a
// selection can be added up without weighing their accounts again: whoever holds
// a roll adds and never reckons. It is made where Options.Roll asks for one.
type Roll struct {
	// Policies are those that the roll answers for, the one in force first.
	Policies []Policy
	Paths    [][4]string // of places: country, admin1, admin2, place
	Namings  []Naming
	Events   []string // event types; the first is blank

	// Tolls are the distinct counts of the incidents of one record, in no order;
	// the first is not stated.
	Tolls   []data.Count
	Singles []Single
	// Cube has what Singles would add up to, where there are more than Options.Roll.
	Cube *Cube
	Told []Told
	// Why says why there is no roll, "" where there is one.
	Why string
}

// Naming is how records name who did it: the key they stand under in a table by
// party, what that rests on, and the names by which they can be selected.
type Naming struct {
	Key   Key
	Basis Basis    // one of its counts is 1, or none
	Names []string // the single names of a cell that lists several
}

// Texts returns what Filter compares for the field "party", in lower case.
func (n Naming) Texts() []string {
	own := n.Key.Label
	switch n.Key.Kind {
	case Unstated:
		own = ""
	case Involved:
		own = strings.TrimPrefix(n.Key.ID, "involving: ")
	}
	var ts []string
	for _, t := range append(slices.Clone(n.Names), n.Key.ID, n.Key.Label, own) {
		if t = strings.ToLower(t); !slices.Contains(ts, t) {
			ts = append(ts, t)
		}
	}
	return ts
}

// Single is an incident that one record tells. There is one for each record of a
// large file, so it has the numbers of what others have too.
type Single struct {
	File, Line      int32 // where the record stands
	Date            data.Date
	Path, Naming    int32 // by number in the roll; while it is gathered, in the accumulator
	Event           int32
	Killed, Injured int32     // as recorded, by number in Roll.Tolls; 0 where the record is a denial
	AsWeighed       [2]int32  // killed and injured by the policy in force
	Admission       bool      // a side states its own losses
	sides           [2]uint32 // that suffered the losses, of the source
}

// Under returns the toll of the incident by a policy of the roll, by its number.
func (r *Roll) Under(p int, s *Single) (killed, injured data.Count) {
	if p == 0 {
		return r.Tolls[s.AsWeighed[0]], r.Tolls[s.AsWeighed[1]]
	}
	return r.TollUnder(p, s.Killed, s.Admission), r.TollUnder(p, s.Injured, s.Admission)
}

// TollUnder returns what a policy of the roll, but not the first, makes of a
// toll as recorded: the same for every incident of one record that has it.
func (r *Roll) TollUnder(p int, toll int32, admission bool) data.Count {
	return r.Policies[p].alone(r.Tolls[toll], admission)
}

// alone is what a policy that needs no name makes of a single account.
func (p Policy) alone(c data.Count, admission bool) data.Count {
	switch {
	case p.kind == policyAdmission && !admission, !c.Stated():
		return data.Count{}
	case p.kind != policyConservative:
		return c
	}
	return p.toll(nil, []figure{{killed: c}}, func(f *figure) *data.Count { return &f.killed })
}

// roll gathers the incidents of one record as they pass.
type roll struct {
	singles singles
	shared  bool               // tolls of one record are shared out
	namings numbers[[3]uint32] // codes of claimed_by, attributed_to, involved
	tolls   numbers[data.Count]
	recent  [512]struct { // tolls by a hash
		toll   data.Count
		number int32 // one more than it
	}

	cube       *cube // once there are more than a roll may list
	provinces  numbers[location]
	provinceOf []int32 // by place of the accumulator; -1 where it is not known yet
	says       map[string]int32
	sameAs     []int32 // by naming: the first that says the same; -1 where it is not known yet
}

func newRoll(o *Options) *roll {
	if o.Roll <= 0 || o.lean() {
		return nil
	}
	r := &roll{namings: newNumbers[[3]uint32](), tolls: newNumbers[data.Count](), provinces: newNumbers[location](), says: map[string]int32{}}
	r.tolls.at(data.Count{})
	return r
}

// ends reports whether nothing more need be taken down.
func (r *roll) ends() bool { return r == nil || r.shared || r.cube != nil && r.cube.full }

// toll numbers a toll. Most are those of a few people, met over and over.
func (r *roll) toll(c data.Count) int32 {
	h := (uint64(c.Low)*0x9E3779B97F4A7C15 + uint64(c.High)*0xC2B2AE3D27D4EB4F + uint64(c.Best) + uint64(c.Flags)<<40) * 0xD6E8FEB86659FD93 >> 55
	x := &r.recent[h]
	if x.number == 0 || x.toll != c {
		x.toll, x.number = c, r.tolls.at(c)+1
	}
	return x.number - 1
}

// enrol takes down an incident. Where there is no room, all are added up.
func (a *Accumulator) enrol(s Single) {
	a.roll.singles.add(s)
	if a.roll.singles.n > a.opt.Roll {
		a.spill()
	}
}

// enrolBlock takes down the records of a block.
func (a *Accumulator) enrolBlock(b *data.Batch, rows []int32, codes *[data.NumColumns][]uint32) {
	if a.roll.ends() {
		return
	}
	ro := a.roll
	code := func(c data.Column, i int32) uint32 { return codes[c][b.Code(c, int(i))] }
	for r, i := range rows {
		if ro.cube != nil {
			ro.cube.add(b.Date(int(i)), a.provinceOf(a.block.place[r]), a.namingOf(ro.namings.at(a.block.parties[r])), &a.block.deltas[r])
			continue
		}
		s := Single{File: int32(b.File), Line: int32(b.Line[i]), Date: b.Date(int(i)), Path: a.block.place[r], Naming: ro.namings.at(a.block.parties[r]),
			Event: int32(code(data.ColEventType, i))}
		s.sides = [2]uint32{code(data.ColVictimSide, i), code(data.ColSourceSide, i)}
		if data.At(b.Status, int(i)) != data.Denied {
			s.Killed, s.Injured = ro.toll(data.At(b.Killed, int(i))), ro.toll(data.At(b.Injured, int(i)))
		}
		a.enrol(s)
	}
}

// enrolAccount takes down an incident of one record that is tallied by options
// that look at more than its figures.
func (a *Accumulator) enrolAccount(c *account, in *incident) {
	if a.roll.ends() {
		return
	}
	if a.opt.Multi != Joint && len(in.components) > 1 {
		a.roll.shared, a.roll.singles, a.roll.cube = true, singles{}, nil
		return
	}
	if a.roll.cube != nil {
		d := one(in)
		a.roll.cube.add(in.date, a.provinceOf(a.placeIndex(in.place)), a.namingOf(a.roll.namings.at(c.named())), &d)
		return
	}
	s := Single{File: int32(c.fileIndex), Line: int32(c.line), Date: in.date, Path: a.placeIndex(in.place), Naming: a.roll.namings.at(c.named()), Event: int32(in.eventType)}
	s.sides = [2]uint32{c.codes[data.ColVictimSide], c.codes[data.ColSourceSide]}
	if c.status != data.Denied {
		s.Killed, s.Injured = a.roll.toll(c.killed), a.roll.toll(c.injured)
	}
	s.AsWeighed = [2]int32{a.roll.toll(in.killed), a.roll.toll(in.injured)}
	a.enrol(s)
}

// named returns the codes of who is named in an account.
func (c *account) named() [3]uint32 {
	return [3]uint32{c.codes[data.ColClaimedBy], c.codes[data.ColAttributedTo], c.codes[data.ColInvolved]}
}

// mergeRoll takes over what another accumulator took down.
func (a *Accumulator) mergeRoll(o *Accumulator, codes *[data.NumColumns][]uint32) {
	if a.roll == nil {
		return
	}
	if a.roll.shared = a.roll.shared || o.roll.shared; a.roll.shared {
		a.roll.singles, a.roll.cube = singles{}, nil
		return
	}
	namings := make([]int32, len(o.roll.namings.list))
	for n, c := range o.roll.namings.list {
		namings[n] = a.roll.namings.at([3]uint32{codes[data.ColClaimedBy][c[0]], codes[data.ColAttributedTo][c[1]], codes[data.ColInvolved][c[2]]})
	}
	if o.roll.cube != nil {
		a.mergeCube(o, namings, codes)
		return
	}
	places := make([]int32, len(o.places.paths))
	for p, path := range o.places.paths {
		for l, c := range path {
			path[l] = codes[l][c]
		}
		places[p] = a.placeIndex(path)
	}
	tolls := make([]int32, len(o.roll.tolls.list))
	for t, c := range o.roll.tolls.list {
		tolls[t] = a.roll.toll(c)
	}
	for _, piece := range o.roll.singles.pieces {
		for _, s := range piece {
			s.Path, s.Naming, s.Event = places[s.Path], namings[s.Naming], int32(codes[data.ColEventType][s.Event])
			s.Killed, s.Injured, s.AsWeighed = tolls[s.Killed], tolls[s.Injured], [2]int32{tolls[s.AsWeighed[0]], tolls[s.AsWeighed[1]]}
			s.sides = [2]uint32{codes[data.ColVictimSide][s.sides[0]], codes[data.ColSourceSide][s.sides[1]]}
			if a.roll.cube == nil {
				a.enrol(s)
			} else if !a.roll.cube.full {
				a.addToCube(&s)
			}
		}
	}
}

// maxWeighed is up to how many accounts of incidents told by several records
// every policy is tried. Beyond it, a roll answers for the policy in force.
const maxWeighed = 20_000

// finishRoll names what was taken down and puts it in order.
func (a *Accumulator) finishRoll() *Roll {
	if a.roll == nil {
		return nil
	}
	r := &Roll{}
	switch {
	case a.roll.shared:
		return &Roll{Why: catalogue.Say("table.tolls-are-shared-out-between-parties")}
	case a.roll.ends():
		return &Roll{Why: catalogue.Say("table.there-are-too-many-incidents")}
	case a.total.Killed.High > 1<<52 || a.total.Injured.High > 1<<52:
		return &Roll{Why: catalogue.Say("table.the-sums-are-too-large-for")}
	}
	r.Policies = []Policy{a.opt.Policy}
	if len(a.kept) <= maxWeighed && a.roll.cube == nil {
		for _, p := range PlainPolicies() {
			if p.String() != a.opt.Policy.String() {
				r.Policies = append(r.Policies, p)
			}
		}
	}
	if a.roll.cube == nil {
		r.Singles, r.Tolls = a.roll.singles.inOrder(), a.roll.tolls.list
	}
	n := numbering{a: a, roll: r, paths: make([]int32, len(a.places.paths)), coded: make([]int32, len(a.roll.namings.list)), events: map[uint32]int32{}, namings: map[string]int32{}}
	n.event(0)
	if a.roll.cube != nil {
		if !a.finishCube(r, &n) {
			return &Roll{Why: catalogue.Say("table.some-incidents-are-told-in-too")}
		}
		return r
	}
	plain := a.opt.plain()
	for i := range r.Singles {
		s := &r.Singles[i]
		s.Path, s.Naming, s.Event = n.path(s.Path), n.namingAt(s.Naming), n.event(uint32(s.Event))
		if s.Admission = a.isAdmission(&figure{side: s.sides[0], sourceSide: s.sides[1]}); plain {
			s.AsWeighed = [2]int32{s.Killed, s.Injured}
		}
	}
	if !a.rollTold(r, &n) {
		return &Roll{Why: catalogue.Say("table.some-incidents-are-told-in-too")}
	}
	return r
}

// numbering numbers the places, namings and event types of a roll in the order
// in which its incidents meet them.
type numbering struct {
	a       *Accumulator
	roll    *Roll
	paths   []int32 // by place of the accumulator, one more than the number; 0 where it has none yet
	coded   []int32 // likewise by naming of the accumulator's roll
	events  map[uint32]int32
	namings map[string]int32
}

func (n *numbering) path(place int32) int32 {
	for int(place) >= len(n.paths) { // entered since, by an incident that several records tell
		n.paths = append(n.paths, 0)
	}
	if n.paths[place] == 0 {
		var names [4]string
		for l, c := range n.a.places.paths[place] {
			names[l] = n.a.nameOf(data.Column(l), c)
		}
		n.roll.Paths = append(n.roll.Paths, names)
		n.paths[place] = int32(len(n.roll.Paths))
	}
	return n.paths[place] - 1
}

func (n *numbering) event(code uint32) int32 {
	i, ok := n.events[code]
	if !ok {
		i = int32(len(n.roll.Events))
		n.events[code] = i
		n.roll.Events = append(n.roll.Events, n.a.nameOf(data.ColEventType, code))
	}
	return i
}

// namingAt numbers a naming of the accumulator's roll.
func (n *numbering) namingAt(at int32) int32 {
	if n.coded[at] == 0 {
		n.coded[at] = n.naming(n.a.roll.namings.list[at]) + 1
	}
	return n.coded[at] - 1
}

func (n *numbering) naming(codes [3]uint32) int32 { return n.standing(n.a.standingAt(codes)) }

// standingAt is what the names of these codes say, and the single names among them.
func (a *Accumulator) standingAt(codes [3]uint32) (party, basis, []string) {
	var text [3]string
	for k, c := range [3]data.Column{data.ColClaimedBy, data.ColAttributedTo, data.ColInvolved} {
		text[k] = a.nameOf(c, codes[k])
	}
	p, b := standingOf(text[0], text[1], text[2])
	names := SplitNames(text[0])
	if len(names) == 0 {
		names = SplitNames(text[1])
	}
	return p, b, names
}

func (n *numbering) standing(p party, b basis, names []string) int32 {
	x := Naming{Key: p.key(), Names: names}
	x.Basis.add(b)
	key := strings.Join(append([]string{x.Key.ID, x.Basis.String()}, names...), "\x00")
	i, ok := n.namings[key]
	if !ok {
		i = int32(len(n.roll.Namings))
		n.namings[key] = i
		n.roll.Namings = append(n.roll.Namings, x)
	}
	return i
}

// String names what the counts rest on, for a Basis of one incident.
func (b Basis) String() string {
	switch {
	case b.Claimed > 0:
		return "claimed"
	case b.Attributed > 0:
		return "attributed"
	case b.Contested > 0:
		return "contested"
	case b.Involved > 0:
		return "involved"
	}
	return ""
}
