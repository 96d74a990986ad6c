package stats

// numbers numbers things in the order in which they are met.
type numbers[K comparable] struct {
	index map[K]int32
	list  []K
}

func newNumbers[K comparable]() numbers[K] { return numbers[K]{index: map[K]int32{}} }

// at returns the number of a thing, the next where it is new.
func (n *numbers[K]) at(k K) int32 {
	i, ok := n.index[k]
	if !ok {
		i = int32(len(n.list))
		n.list = append(n.list, k)
		n.index[k] = i
	}
	return i
}
