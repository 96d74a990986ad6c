package charts

// spread moves labels apart along one axis: it returns the positions closest to
// the wanted ones (in squares) that keep their order, lie gaps[i] apart between
// i and i+1, and stay within lo and hi. It is isotonic regression by pooling
// neighbours, so the answer is exact and does not depend on the order of work.
// want must ascend. Where the labels do not fit, they start at lo.
func spread(want, gaps []float64, lo, hi float64) []float64 {
	n := len(want)
	if n == 0 {
		return nil
	}
	offset := make([]float64, n) // distance from the first label when all touch
	for i := 1; i < n; i++ {
		offset[i] = offset[i-1] + gaps[i-1]
	}
	type pool struct {
		sum   float64
		count int
	}
	var pools []pool
	for i := range want {
		pools = append(pools, pool{want[i] - offset[i], 1})
		for len(pools) > 1 {
			a, b := pools[len(pools)-2], pools[len(pools)-1]
			if a.sum/float64(a.count) <= b.sum/float64(b.count) {
				break
			}
			pools = append(pools[:len(pools)-2], pool{a.sum + b.sum, a.count + b.count})
		}
	}
	out := make([]float64, 0, n)
	top := max(hi-offset[n-1], lo)
	for _, p := range pools {
		v := min(max(p.sum/float64(p.count), lo), top)
		for range p.count {
			out = append(out, v+offset[len(out)])
		}
	}
	return out
}
