package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
)

// beside is a file that stands beside the records and bears on the briefing.
type beside struct{ name, sha256 string }

// size is how much there is to read.
func (d *dataset) size() (n int64) {
	for _, in := range d.inputs {
		n += in.size
	}
	return n
}

// addBeside notes a file that bears on the briefing.
func (d *dataset) addBeside(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return plainPathError(err)
	}
	sum := sha256.Sum256(b)
	f := beside{shownName(path), hex.EncodeToString(sum[:])}
	if !slices.Contains(d.beside, f) {
		d.beside = append(d.beside, f)
	}
	return nil
}

// addBesides notes the aliases and the pinned figures beside the records.
func (d *dataset) addBesides(args []string, dir string) error {
	if dir == "" {
		if args[0] == "-" {
			return nil
		}
		dir = filepath.Dir(args[0])
	}
	for _, name := range []string{"aliases.csv", expectFile, populationFile} {
		p := filepath.Join(dir, name)
		if !exists(p) {
			continue
		}
		if name == expectFile {
			d.expect = p
		}
		if name == populationFile {
			d.population = p
		}
		if err := d.addBeside(p); err != nil {
			return err
		}
	}
	return nil
}
