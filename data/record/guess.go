package record

import (
	"slices"
	"strings"
)

// otherTongues are plain names of columns in other languages, without accents
// and as names are compared. Words that may mean killed as well as injured
// (victims, víctimas, victimes, vítimas, casualties) are not among them: what
// they count is asked for, not guessed.
var otherTongues = map[string]Field{
	// Spanish
	"fecha": Date, "fecha_hecho": Date, "fecha_del_hecho": Date, "fecha_evento": Date, "fecha_fin": DateEnd,
	"pais": Country, "departamento": Admin1, "provincia": Admin1, "municipio": Admin2, "lugar": Place, "ciudad": Place,
	"latitud": Lat, "longitud": Lon, "muertos": Killed, "muertes": Killed, "fallecidos": Killed, "asesinados": Killed,
	"heridos": Injured, "lesionados": Injured, "perpetrador": AttributedTo, "presunto_responsable": AttributedTo,
	"grupo_armado": AttributedTo, "tipo_de_hecho": EventType, "tipo_de_evento": EventType, "arma": Weapon, "fuente": SourceName,
	"observaciones": Notes, "descripcion": Notes,
	// French
	"date_de_l'incident": Date, "date_incident": Date, "date_fin": DateEnd, "pays": Country, "departement": Admin2, "commune": Place,
	"lieu": Place, "ville": Place, "localite": Place, "morts": Killed, "tues": Killed, "deces": Killed, "blesses": Injured,
	"auteur_presume": AttributedTo, "arme": Weapon, "remarques": Notes, "commentaires": Notes,
	// Portuguese
	"data_do_fato": Date, "data_fim": DateEnd, "estado_uf": Admin1, "cidade": Place, "mortos": Killed, "mortes": Killed,
	"feridos": Injured, "fonte": SourceName, "observacoes": Notes,
	// Arabic and Urdu words as they are transliterated in hand-kept sheets
	"qatla": Killed, "jarha": Injured, "shohada": Killed, "shuhada": Killed, "zakhmi": Injured, "halak": Killed, "tarikh": Date,
	"muhafaza": Admin1, "zila": Admin2, "suba": Admin1,
}

// lowWords and highWords make of a column that counts the one of its lowest and of
// its highest figure, before its name or behind it.
var (
	lowWords  = wordSet("min", "minimum", "minimo", "lowest", "low")
	highWords = wordSet("max", "maximum", "maximo", "highest", "high")
)

// boundNamed returns the field of a column such as "Muertos min" or "Maximum dead".
func boundNamed(name string) (Field, bool) {
	words := strings.Split(name, "_")
	if len(words) < 2 {
		return 0, false
	}
	for _, at := range []int{0, len(words) - 1} {
		low, high := lowWords[words[at]], highWords[words[at]]
		if !low && !high {
			continue
		}
		of := strings.Join(slices.Delete(slices.Clone(words), at, at+1), "_")
		f, ok := fieldByName[of]
		if !ok {
			f, ok = otherTongues[of]
		}
		if !ok || f != Killed && f != Injured {
			continue
		}
		if low {
			return f + 1, true
		}
		return f + 2, true
	}
	return 0, false
}

// unsure are names that may stand for a field. They are never taken by
// themselves: toll map asks for them, and an error names them.
var unsure = map[string][]Field{
	"victims": {Killed, Injured}, "victimas": {Killed, Injured}, "victimes": {Killed, Injured}, "vitimas": {Killed, Injured},
	"casualties": {Killed, Injured}, "number_of_victims": {Killed}, "numero_victimas": {Killed}, "numero_de_victimas": {Killed},
	"numerovictimascaso": {Killed}, "toll": {Killed}, "death_toll": {Killed}, "martyred": {Killed}, "statistics_#_killed": {Killed},
	"#_killed": {Killed}, "no_killed": {Killed}, "number_killed": {Killed}, "statistics_#_wounded": {Injured}, "#_wounded": {Injured}, "no_injured": {Injured},
	"best": {Killed}, "low": {KilledLow}, "high": {KilledHigh}, "groups": {AttributedTo}, "organization": {AttributedTo},
	"total_died_min": {KilledLow}, "total_died_max": {KilledHigh}, "total_died_mix": {KilledHigh}, "died": {Killed}, "died_min": {KilledLow}, "died_max": {KilledHigh},
	"responsable": {AttributedTo}, "responsible": {AttributedTo}, "references": {SourceName}, "s#": {IncidentID},
	"data": {Date}, "target_country": {Country}, "target_location": {Place},
}
