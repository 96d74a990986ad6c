package data

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// Dict numbers the distinct spellings of a column. Code 0 is the blank.
// A Dict belongs to one reader and is not safe for concurrent use.
//
// It is a hash table of its own because a column may have a spelling for every
// other record: a map would hold each twice, and the collector would walk both.
type Dict struct {
	names []string // by code
	slots []dictSlot
	room  strings.Builder // what names are cut from
}

// dictSlot is a place of the hash table; code 0 marks a free one.
type dictSlot struct{ hash, code uint32 }

// NewDict returns a dictionary that holds only the blank.
func NewDict() *Dict { return &Dict{names: []string{""}} }

// Code returns the code of s, adding s when it is new.
func (d *Dict) Code(s string) uint32 {
	if s == "" {
		return 0
	}
	h := HashText([]byte(s)) // neither conversion copies
	if c, ok := d.Find(h, []byte(s)); ok {
		return c
	}
	return d.add(h, s)
}

// CodeBytes is Code for text that the dictionary may not keep, with its hash.
func (d *Dict) CodeBytes(hash uint64, s []byte) uint32 {
	if len(s) == 0 {
		return 0
	}
	if c, ok := d.Find(hash, s); ok {
		return c
	}
	const room = 16 << 10
	if d.room.Cap()-d.room.Len() < len(s) {
		d.room = strings.Builder{} // names cut from the full one keep it
		d.room.Grow(max(room, len(s)))
	}
	d.room.Write(s)
	all := d.room.String()
	return d.add(hash, all[len(all)-len(s):])
}

// Find returns the code of a text that is not blank, by its HashText, and
// whether the dictionary holds it.
func (d *Dict) Find(hash uint64, s []byte) (uint32, bool) {
	if len(d.slots) == 0 {
		return 0, false
	}
	mask, h := uint32(len(d.slots)-1), uint32(hash>>32)
	for i := h & mask; ; i = (i + 1) & mask {
		e := d.slots[i]
		if e.code == 0 {
			return 0, false
		}
		if e.hash == h && d.names[e.code] == string(s) {
			return e.code, true
		}
	}
}

// add gives a text that the dictionary does not hold the next code.
func (d *Dict) add(hash uint64, s string) uint32 {
	c := uint32(len(d.names))
	d.names = append(d.names, s)
	if 2*int(c) >= len(d.slots) {
		old := d.slots
		d.slots = make([]dictSlot, max(16, 2*len(old)))
		for _, e := range old {
			if e.code != 0 {
				d.put(e)
			}
		}
	}
	d.put(dictSlot{uint32(hash >> 32), c})
	return c
}

func (d *Dict) put(e dictSlot) {
	mask := uint32(len(d.slots) - 1)
	i := e.hash & mask
	for d.slots[i].code != 0 {
		i = (i + 1) & mask
	}
	d.slots[i] = e
}

// Lookup returns the code of s and whether the dictionary holds it.
func (d *Dict) Lookup(s string) (uint32, bool) {
	if s == "" {
		return 0, true
	}
	return d.Find(HashText([]byte(s)), []byte(s))
}

// Name returns the spelling of a code; an unknown code is blank.
func (d *Dict) Name(c uint32) string {
	if int(c) < len(d.names) {
		return d.names[c]
	}
	return ""
}

// Len returns the number of codes, the blank included.
func (d *Dict) Len() int { return len(d.names) }

// HashText hashes a text. It is the same in every run, so that nothing depends
// on chance; whoever makes texts that collide slows down their own file.
func HashText(s []byte) uint64 {
	const k0, k1 = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
	n := len(s)
	h := uint64(n) * k0
	switch {
	case n >= 8:
		for i := 0; i+8 < n; i += 8 {
			hi, lo := bits.Mul64(binary.LittleEndian.Uint64(s[i:])^h, k1)
			h = hi ^ lo
		}
		hi, lo := bits.Mul64(binary.LittleEndian.Uint64(s[n-8:])^h, k0)
		h = hi ^ lo
	case n >= 4:
		x := uint64(binary.LittleEndian.Uint32(s))<<32 | uint64(binary.LittleEndian.Uint32(s[n-4:]))
		hi, lo := bits.Mul64(x^h, k1)
		h = hi ^ lo
	default:
		for _, c := range s {
			h = (h ^ uint64(c)) * k1
		}
		h ^= h >> 29
	}
	return h
}
