package data

import (
	"bytes"
	"fmt"
	"testing"
)

func TestDictKeepsSpellings(t *testing.T) {
	d := NewDict()
	if d.Code("") != 0 || d.Len() != 1 || d.Name(0) != "" {
		t.Fatal("code 0 is the blank")
	}
	for i := range 1000 {
		s := fmt.Sprint("name ", i%100)
		c := d.Code(s)
		if d.Name(c) != s {
			t.Fatalf("%q reads back as %q", s, d.Name(c))
		}
	}
	if d.Len() != 101 {
		t.Errorf("%d codes for 100 names and the blank", d.Len())
	}
	if _, ok := d.Lookup("never seen"); ok || d.Len() != 101 {
		t.Error("looking up adds a name")
	}
	if d.Name(5000) != "" {
		t.Error("a code that was never given has a name")
	}
}

func TestTexts(t *testing.T) {
	var x Texts
	if x.At(3) != "" || x.Bytes(0) != nil {
		t.Error("an absent column has values")
	}
	want := []string{"one", "", "dreißig", "\n"}
	for _, s := range want {
		x.Append([]byte(s))
	}
	for i, s := range want {
		if x.At(i) != s || !bytes.Equal(x.Bytes(i), []byte(s)) {
			t.Errorf("value %d is %q, want %q", i, x.At(i), s)
		}
	}
}

func TestAbsentColumnsReadAsNotStated(t *testing.T) {
	b := Batch{N: 1, Dicts: NewDicts(), Start: []Day{7}, End: []Day{8}, Prec: []Precision{ToDays}}
	if b.Code(ColPlace, 0) != 0 || b.Text(ColPlace, 0) != "" {
		t.Error("an absent column has a value")
	}
	if At(b.Killed, 0).Stated() || At(b.Status, 0) != Reported || At(b.GeoPrec, 0) != PlaceUnstated {
		t.Error("an absent column states something")
	}
	if b.Date(0) != (Date{7, 8, ToDays}) {
		t.Errorf("%+v", b.Date(0))
	}
	b.Codes[ColPlace] = []uint32{b.Dicts[ColPlace].Code("Kabul")}
	b.Killed = []Count{Exactly(3)}
	if b.Text(ColPlace, 0) != "Kabul" || At(b.Killed, 0) != Exactly(3) {
		t.Error("a present column is not read")
	}
}

func TestPartsHaveVictimTypes(t *testing.T) {
	for p, want := range map[Part]VictimType{PartCivilians: Civilian, PartSecurity: Security, PartMilitants: Militant,
		PartUnknown: VictimUnknown, PartSideA: Combatant, PartSideB: Combatant} {
		if p.VictimType() != want {
			t.Errorf("part %d counts %v, want %v", p, p.VictimType(), want)
		}
	}
}
