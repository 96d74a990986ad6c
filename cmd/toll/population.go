package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"toll/stats"
)

// populationFile is the file of inhabitants that a dataset's folder may hold.
const populationFile = "population.csv"

// inhabitants reads the population file, where there is one: that of --population,
// else population.csv beside the records. It bears on the briefing and is noted
// among the files that do.
func (d *dataset) inhabitants() ([]stats.Population, error) {
	path := d.config.Population
	if path == "" {
		path = d.population
	}
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, plainPathError(err)
	}
	if err := d.addBeside(path); err != nil {
		return nil, err
	}
	return readPopulation(shownName(path), b)
}

// readPopulation reads a CSV file with the columns place, year and population, in
// any order. A number may have commas or spaces between thousands.
func readPopulation(name string, b []byte) ([]stats.Population, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\uFEFF"))))
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: no header with place, year and population: %w", name, err)
	}
	at := map[string]int{}
	for i, h := range head {
		at[strings.ToLower(strings.TrimSpace(h))] = i
	}
	for _, c := range []string{"place", "year", "population"} {
		if _, ok := at[c]; !ok {
			return nil, fmt.Errorf("%s: the header %q lacks the column %s", name, strings.Join(head, ","), c)
		}
	}
	type key struct {
		place string
		year  int
	}
	seen := map[key]int{}
	var all []stats.Population
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		line, _ := r.FieldPos(0)
		p := stats.Population{Place: strings.TrimSpace(row[at["place"]])}
		if p.Year, err = strconv.Atoi(strings.TrimSpace(row[at["year"]])); err != nil || p.Year < 1 || p.Year > 9999 || p.Place == "" {
			return nil, fmt.Errorf("%s:%d: %q, %q: a place and a year such as 2025 are needed", name, line, p.Place, row[at["year"]])
		}
		n := strings.NewReplacer(",", "", " ", "", "\u00A0", "", "\u202F", "").Replace(row[at["population"]])
		if p.People, err = strconv.ParseInt(n, 10, 64); err != nil || p.People < 1 || p.People > 20_000_000_000 {
			return nil, fmt.Errorf("%s:%d: the population %q is no whole number of people", name, line, row[at["population"]])
		}
		k := key{strings.ToLower(p.Place), p.Year}
		if first, twice := seen[k]; twice {
			return nil, fmt.Errorf("%s:%d: %s in %d is on line %d already", name, line, p.Place, p.Year, first)
		}
		seen[k] = line
		all = append(all, p)
	}
}
