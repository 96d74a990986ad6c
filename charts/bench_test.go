package charts

import "testing"

// BenchmarkFigure draws each chart of two years of data.
func BenchmarkFigure(b *testing.B) {
	figs, _ := Plan(twoYears().report())
	for _, f := range figs {
		b.Run(f.ID, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d, err := f.PNG(Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(d.PNG)), "PNG-bytes")
			}
		})
	}
}
