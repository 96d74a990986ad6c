// Naturalearth packs the borders of a TopoJSON file for the charts' basemap:
//
//	npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
//	go run ./internal/naturalearth package/countries-50m.json charts/basemaps/natural-earth-50m.bin
//
// A TopoJSON file holds each stretch of border once, though two countries share
// it. The packed file is deflated: the number of lines, then for each line its
// number of points and their steps in hundredths of a degree, all as varints.
package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: naturalearth countries-50m.json natural-earth-50m.bin")
		os.Exit(2)
	}
	b, err := os.ReadFile(os.Args[1])
	if err == nil {
		b, err = pack(b)
	}
	if err == nil {
		err = os.WriteFile(os.Args[2], b, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// pack returns the lines of a quantised TopoJSON file in the basemap's format.
func pack(topojson []byte) ([]byte, error) {
	var t struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]int64
	}
	if err := json.Unmarshal(topojson, &t); err != nil {
		return nil, err
	}
	if len(t.Arcs) == 0 || t.Transform.Scale[0] == 0 || t.Transform.Scale[1] == 0 {
		return nil, fmt.Errorf("it is not a quantised TopoJSON file")
	}
	var plain []byte
	plain = binary.AppendUvarint(plain, uint64(len(t.Arcs)))
	for _, arc := range t.Arcs {
		var points [][2]int64
		var at [2]int64
		for _, step := range arc {
			var p [2]int64
			for k := range 2 {
				at[k] += step[k]
				p[k] = int64(math.Round(100 * (float64(at[k])*t.Transform.Scale[k] + t.Transform.Translate[k])))
			}
			if n := len(points); n == 0 || points[n-1] != p {
				points = append(points, p)
			}
		}
		plain = binary.AppendUvarint(plain, uint64(len(points)))
		var last [2]int64
		for _, p := range points {
			plain = binary.AppendVarint(plain, p[0]-last[0])
			plain = binary.AppendVarint(plain, p[1]-last[1])
			last = p
		}
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
