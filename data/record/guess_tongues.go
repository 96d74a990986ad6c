package record

import "strings"

// tongues are plain names of columns in more languages, by field, separated by bars.
// They are compared without accents and capitals, like those of otherTongues, and no
// word that may mean killed as well as injured is among them.
var tongues = map[Field]string{
	Date:         "التاريخ|تاريخ|تاریخ|дата|datum|tarih",
	Country:      "البلد|الدولة|کشور|ملک|страна|країна|land|paese|ülke",
	Admin1:       "المحافظة|ولایت|استان|صوبہ|область|provinz|bundesland|regione",
	Admin2:       "المديرية|القضاء|ولسوالی|ضلع|район|ilçe",
	Place:        "المكان|الموقع|المدينة|القرية|محل|شهر|مقام|место|город|місце|місто|ort|stadt|luogo|città|yer",
	Lat:          "широта",
	Lon:          "долгота|довгота",
	Weapon:       "السلاح|оружие|зброя|waffe|arma|silah",
	AttributedTo: "الجهة المنفذة|täter|виконавець|исполнитель",
	Killed: "القتلى|قتلى|عدد القتلى|الوفيات|کشته شدگان|کشته ها|کشته|ہلاک|ہلاکتیں|جاں بحق|убито|убитые|погибло|погибшие|погибших|" +
		"вбито|загинуло|загиблі|загиблих|tote|getötete|morti|uccisi|ölü|ölen|öldürülen",
	Injured:    "الجرحى|جرحى|عدد الجرحى|زخمی ها|زخمیان|زخمی|مجروحان|ранено|раненые|раненых|поранено|поранені|поранених|verletzte|verwundete|feriti|yaralı",
	SourceName: "المصدر|منبع|ذریعہ|источник|джерело|quelle|kaynak",
	Notes:      "ملاحظات|توضیحات|примечания|комментарий|примітки|bemerkungen|notlar",
}

// unsureTongues may mean those killed, those injured or both together.
const unsureTongues = "ضحايا|الضحايا|قربانیان|متاثرین|жертвы|пострадавшие|жертви|постраждалі|opfer|vittime|kurban"

func init() {
	for f, words := range tongues {
		for w := range strings.SplitSeq(words, "|") {
			otherTongues[plainLetters(foldName(w))] = f
		}
	}
	for w := range strings.SplitSeq(unsureTongues, "|") {
		unsure[plainLetters(foldName(w))] = []Field{Killed, Injured}
	}
}
