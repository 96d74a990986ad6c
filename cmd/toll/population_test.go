package main

import (
	"strings"
	"testing"

	"toll/stats"
)

func TestReadPopulation(t *testing.T) {
	got, err := readPopulation("p.csv", []byte("\uFEFFyear,place,population,source\n2024,North,\"1,500,000\",census\n2025,North,1 510 000,\n"))
	want := []stats.Population{{Place: "North", Year: 2024, People: 1_500_000}, {Place: "North", Year: 2025, People: 1_510_000}}
	if err != nil || len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%+v, %v", got, err)
	}
	for in, says := range map[string]string{
		"":                                            "no header",
		"place,population\nX,3\n":                     "lacks the column year",
		"place,year,population\nX,MMXX,3\n":           "p.csv:2",
		"place,year,population\n,2020,3\n":            "p.csv:2",
		"place,year,population\nX,2020,many\n":        "no whole number",
		"place,year,population\nX,2020,0\n":           "no whole number",
		"place,year,population\nX,2020,1.5\n":         "no whole number",
		"place,year,population\nX,2020\n":             "wrong number of fields",
		"place,year,population\nX,2020,1\nx,2020,2\n": "on line 2 already",
	} {
		if _, err := readPopulation("p.csv", []byte(in)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", in, err, says)
		}
	}
}
