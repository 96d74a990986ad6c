package main

// The country, its places and its parties are invented. The coordinates lie in
// the open South Atlantic, so that no map can mistake them for a real place.

const country = "Kélundra"

// The parties, in the order of the affinity weights of a province.
const (
	army = iota
	heron
	lantern
	tidewatch
	ossel
	ithuna
	numParties
)

var parties = [numParties]string{"Kélundran Army", "Red Heron Movement", "Lantern Brigade",
	"Tidewatch Militia", "Ossel Column", "Ithuna Assembly"}

// allies pairs the parties that act together.
var allies = [numParties]int{army: tidewatch, tidewatch: army, heron: lantern, lantern: heron, ossel: ithuna, ithuna: ossel}

const civilians = "Civilians"

// district is a second-order division. Its coordinates, and those of a
// province, are in ten-thousandths of a degree.
type district struct {
	name     string
	lat, lon int
	places   []string
}

type province struct {
	name      string
	weight    int             // how often something happens here
	affinity  [numParties]int // who does it
	districts []district      // the first holds the capital
}

var provinces = []province{
	{"Ansévar", 9, [numParties]int{20, 45, 10, 5, 5, 0}, []district{
		{"Ansévar Ville", -274512, -198230, []string{"Ansévar", "Quai-Bleu"}},
		{"Lornath", -271180, -193405, []string{"Lornath", "Vieux-Lornath"}},
		{"Tessil", -278344, -194910, []string{"Tessil"}}}},
	{"Bramora", 7, [numParties]int{25, 30, 20, 0, 5, 0}, []district{
		{"Bramora Est", -283071, -187752, []string{"Bramor"}},
		{"Hollen", -286920, -191033, []string{"Hollen", "Hollen-le-Gué"}},
		{"Mosquel", -281466, -184129, []string{"Mosquel"}}}},
	{"Côte-Sarine", 6, [numParties]int{15, 5, 10, 50, 0, 0}, []district{
		{"Sarine", -302255, -215874, []string{"Sarine-Port"}},
		{"Évenne", -298107, -211960, []string{"Évenne"}},
		{"Grisal", -306643, -213318, []string{"Grisal", "Trois-Phares"}}}},
	{"Drevanne", 8, [numParties]int{30, 10, 40, 0, 10, 5}, []district{
		{"Drevanne", -291804, -176633, []string{"Drevanne"}},
		{"Oultre", -295527, -173090, []string{"Oultre", "Pont-d’Oultre"}},
		{"Kessaude", -288219, -171845, []string{"Kessaude"}}}},
	{"Ezzerin", 5, [numParties]int{20, 5, 30, 0, 0, 25}, []district{
		{"Ezzer", -276690, -165247, []string{"Ezzer"}},
		{"Nahùr", -280035, -161508, []string{"Nahùr"}},
		{"Silvand", -273158, -160372, []string{"Silvand", "Col de Silvand"}}}},
	{"Folmarre", 3, [numParties]int{20, 15, 15, 0, 5, 10}, []district{
		{"Fólma", -311932, -168851, []string{"Fólma"}},
		{"Undraï", -315406, -164977, []string{"Undraï"}},
		{"Perrandel", -308580, -163216, []string{"Perrandel"}}}},
	{"Grand-Ossel", 12, [numParties]int{35, 5, 5, 0, 50, 0}, []district{
		{"Ossel Nord", -299741, -192264, []string{"Ossel-le-Haut"}},
		{"Ossel Sud", -303618, -194480, []string{"Ossel-le-Bas"}},
		{"Vergane", -300879, -186535, []string{"Vergane"}}}},
	{"Ithuna", 7, [numParties]int{25, 5, 10, 0, 0, 45}, []district{
		{"Ithuna", -287716, -152009, []string{"Ithuna"}},
		{"Kallimé", -291353, -148622, []string{"Kallimé"}},
		{"Zorrane", -284240, -147185, []string{"Zorrane", "Zorrane-Mines"}}}},
	{"Lac-Ombre", 4, [numParties]int{20, 20, 20, 5, 5, 5}, []district{
		{"Ombrelle", -294488, -201117, []string{"Ombrelle"}},
		{"Rive-Noire", -297962, -204390, []string{"Rive-Noire"}},
		{"Tamisel", -291015, -206843, []string{"Tamisel"}}}},
	{"Mirendal", 3, [numParties]int{15, 15, 5, 15, 15, 0}, []district{
		{"Mirend", -316207, -189560, []string{"Mirend"}},
		{"Vaëlle", -319674, -193001, []string{"Vaëlle"}},
		{"Jorasque", -313091, -184726, []string{"Jorasque"}}}},
	{"Port-Thaléa", 10, [numParties]int{30, 10, 10, 30, 5, 5}, []district{
		{"Thaléa Centre", -309350, -203712, []string{"Port-Thaléa", "Marché-aux-Cordes"}},
		{"Thaléa Ouest", -310114, -206298, []string{"Digue-Ouest"}},
		{"Salines", -313527, -208045, []string{"Salines", "Vieilles-Salines"}}}},
}

// Indices into provinces of the two places that the peaks are set in.
const (
	grandOssel = 6
	portThalea = 10
)

// The event types, in the order of the weights below.
const (
	clash = iota
	ambush
	shelling
	airStrike
	roadsideBomb
	armedAttack
	raid
	numEvents
)

var events = [numEvents]string{"armed clash", "ambush", "shelling", "air strike", "roadside bomb", "armed attack", "raid"}

var weapons = [numEvents][]string{
	clash:        {"small arms", "small arms", "rockets", ""},
	ambush:       {"small arms", "small arms", "explosive device"},
	shelling:     {"artillery", "mortar", "rockets"},
	airStrike:    {"aircraft bomb", "drone"},
	roadsideBomb: {"explosive device"},
	armedAttack:  {"small arms", "small arms", "knives", ""},
	raid:         {"small arms", "drone", ""},
}

// habits weighs the event types of each party.
var habits = [numParties][numEvents]int{
	army:      {20, 0, 25, 25, 0, 10, 20},
	heron:     {20, 25, 5, 0, 25, 20, 5},
	lantern:   {15, 20, 0, 5, 30, 25, 5},
	tidewatch: {25, 15, 15, 0, 5, 20, 20},
	ossel:     {35, 15, 25, 5, 10, 5, 5},
	ithuna:    {25, 20, 10, 0, 15, 20, 10},
}

// harmsCivilians is how often, in 100, an event of the type harms civilians.
var harmsCivilians = [numEvents]int{15, 25, 75, 65, 45, 80, 35}

// tolls weighs the number killed. It has a heavy tail, as real tolls do, so that
// a few incidents hold much of the total.
var tolls = []struct{ lo, hi, weight int }{
	{0, 0, 170}, {1, 1, 270}, {2, 2, 170}, {3, 3, 110}, {4, 4, 70}, {5, 5, 50},
	{6, 8, 65}, {9, 12, 40}, {13, 20, 24}, {21, 34, 7}, {35, 48, 2},
}

// monthly weighs the months from November 2023 to October 2025; December 2024
// and January 2025 hold the quiet spell, October 2025 is cut off.
var monthly = [...]int{19, 21, 19, 21, 24, 26, 28, 32, 38, 34, 29, 26, 24, 12, 13, 20, 28, 27, 26, 24, 27, 29, 31, 20}
