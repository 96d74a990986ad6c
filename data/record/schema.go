package record

import (
	"reflect"
	"strings"
)

// Cell is the text of one cell as it stands in the file, without the quotes that
// enclose it. A blank cell and an absent column are the same empty Cell.
type Cell string

// UnmarshalCSV keeps the text as it is: no cell becomes a number by a rule that
// is not ours.
func (c *Cell) UnmarshalCSV(s string) error {
	*c = Cell(s)
	return nil
}

// Row is a record by the names of the native CSV. Its tags are the one list of
// native columns: the first name is the column's own, the others are the plain
// names under which the same thing is often found.
type Row struct {
	IncidentID    Cell `csv:"incident_id,id,event_id,incident_no,incident_number,ref,reference"`
	Date          Cell `csv:"date,incident_date,event_date,date_start,start_date"`
	DateEnd       Cell `csv:"date_end,end_date"`
	DatePrecision Cell `csv:"date_precision,date_accuracy"`

	Country      Cell `csv:"country,country_name,nation"`
	Admin1       Cell `csv:"admin1,province,state,governorate,admin_1,adm1,adm_1"`
	Admin2       Cell `csv:"admin2,district,admin_2,adm2,adm_2"`
	Place        Cell `csv:"place,location,place_name,location_name,city,town,village"`
	Lat          Cell `csv:"lat,latitude"`
	Lon          Cell `csv:"lon,longitude,lng,long"`
	GeoPrecision Cell `csv:"geo_precision,geo_accuracy"`

	EventType    Cell `csv:"event_type,type,incident_type,attack_type"`
	Weapon       Cell `csv:"weapon,weapons,weapon_type"`
	AttributedTo Cell `csv:"attributed_to,perpetrator,perpetrators,group,actor,attacker"`
	Attribution  Cell `csv:"attribution"`
	ClaimedBy    Cell `csv:"claimed_by,claimed_perpetrator,claimed_perpetrators"`
	Involved     Cell `csv:"involved,actors,parties"`
	VictimSide   Cell `csv:"victim_side,victim_party"`
	VictimType   Cell `csv:"victim_type,victim_category"`

	Killed      Cell `csv:"killed,deaths,dead,fatalities,killed_best,deaths_best,fatalities_best,total_killed,killed_total"`
	KilledLow   Cell `csv:"killed_low,killed_min,min_killed,deaths_low,deaths_min,fatalities_low,fatalities_min"`
	KilledHigh  Cell `csv:"killed_high,killed_max,max_killed,deaths_high,deaths_max,fatalities_high,fatalities_max"`
	Injured     Cell `csv:"injured,wounded,injuries,injured_best,wounded_best,total_injured,injured_total"`
	InjuredLow  Cell `csv:"injured_low,injured_min,min_injured,wounded_low,wounded_min"`
	InjuredHigh Cell `csv:"injured_high,injured_max,max_injured,wounded_high,wounded_max"`

	KilledCivilians  Cell `csv:"killed_civilians,civilians_killed,civilian_deaths,civilian_fatalities"`
	KilledSecurity   Cell `csv:"killed_security,security_killed,security_forces_killed"`
	KilledMilitants  Cell `csv:"killed_militants,militants_killed,militant_deaths"`
	KilledUnknown    Cell `csv:"killed_unknown,unknown_killed"`
	KilledSideA      Cell `csv:"killed_side_a"`
	KilledSideB      Cell `csv:"killed_side_b"`
	InjuredCivilians Cell `csv:"injured_civilians,civilians_injured,civilians_wounded"`
	InjuredSecurity  Cell `csv:"injured_security,security_injured,security_forces_injured"`
	InjuredMilitants Cell `csv:"injured_militants,militants_injured"`
	InjuredUnknown   Cell `csv:"injured_unknown,unknown_injured"`
	InjuredSideA     Cell `csv:"injured_side_a"`
	InjuredSideB     Cell `csv:"injured_side_b"`
	Women            Cell `csv:"of_which_women,women_killed,killed_women"`
	Children         Cell `csv:"of_which_children,children_killed,killed_children"`
	BesidesMilitants Cell `csv:"besides_militants"`

	Source     Cell `csv:"source,sources,source_name"`
	SourceSide Cell `csv:"source_side"`
	ReportedOn Cell `csv:"reported_on,report_date,date_reported,as_of"`
	Status     Cell `csv:"status,verification"`
	URL        Cell `csv:"url,link,source_url"`
	Notes      Cell `csv:"notes,note,comment,comments,description,remarks,summary"`
}

// Field is the place of a column in Row. A test holds the constants to the tags.
type Field uint8

// The fields of a record, in the order of Row.
const (
	IncidentID Field = iota
	Date
	DateEnd
	DatePrecision
	Country
	Admin1
	Admin2
	Place
	Lat
	Lon
	GeoPrecision
	EventType
	Weapon
	AttributedTo
	Attribution
	ClaimedBy
	Involved
	VictimSide
	VictimType
	Killed
	KilledLow
	KilledHigh
	Injured
	InjuredLow
	InjuredHigh
	KilledCivilians // the parts of killed follow in the order of data.Part
	KilledSecurity
	KilledMilitants
	KilledUnknown
	KilledSideA
	KilledSideB
	InjuredCivilians // and the parts of injured
	InjuredSecurity
	InjuredMilitants
	InjuredUnknown
	InjuredSideA
	InjuredSideB
	Women // the figures beside a toll, in the order of data.Beside
	Children
	BesidesMilitants
	SourceName
	SourceSide
	ReportedOn
	Status
	URL
	Notes
	numFields
)

// String returns the native name of the field.
func (f Field) String() string {
	if f < numFields {
		return fieldNames[f][0]
	}
	return ""
}

var (
	fieldNames  = namesOf(reflect.TypeFor[Row]())
	fieldByName = indexNames(fieldNames)
)

// namesOf reads the names of each column from the tags that gocsv itself reads.
func namesOf(row reflect.Type) [][]string {
	names := make([][]string, row.NumField())
	for i := range names {
		names[i] = strings.Split(row.Field(i).Tag.Get("csv"), ",")
	}
	return names
}

func indexNames(names [][]string) map[string]Field {
	index := map[string]Field{}
	for f, of := range names {
		for _, n := range of {
			index[n] = Field(f)
		}
	}
	return index
}

// NativeColumns returns the names of the native CSV's columns, in their order.
func NativeColumns() []string {
	out := make([]string, 0, numFields)
	for _, names := range fieldNames {
		out = append(out, names[0])
	}
	return out
}

// Aliases returns the other names under which a native column is recognised.
func Aliases(column string) []string {
	f, ok := fieldByName[column]
	if !ok {
		return nil
	}
	return append([]string(nil), fieldNames[f][1:]...)
}
