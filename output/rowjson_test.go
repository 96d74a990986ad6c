package output

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
	"toll/stats"
)

func drawSum(t *rapid.T, n uint32, name string) stats.Sum {
	v := func(what string) int64 {
		return rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 900), rapid.Int64Range(0, 1<<50)).Draw(t, name+what) * rapid.SampledFrom([]int64{1, data.Unit}).Draw(t, name+what+" in")
	}
	part := func(what string) uint32 { return rapid.Uint32Range(0, n).Draw(t, name+what) }
	return stats.Sum{Low: v("low"), Best: v("best"), High: v("high"), Unknown: part("unknown"), Open: part("open"), NoBest: part("no best"), Fatal: part("fatal")}
}

func drawRow(t *rapid.T, dims int) stats.Row {
	text := rapid.OneOf(rapid.StringMatching(`[a-z /%]{0,6}`), rapid.String())
	x := stats.Row{Partial: rapid.SampledFrom([]string{"", "to 3 May", "“x”"}).Draw(t, "partial")}
	for range dims {
		x.Keys = append(x.Keys, stats.Key{ID: text.Draw(t, "id"), Label: text.Draw(t, "label"), Kind: stats.KeyKind(rapid.IntRange(0, len(kindNames)-1).Draw(t, "kind"))})
	}
	n := rapid.SampledFrom([]uint32{0, 1, 3, 70_000}).Draw(t, "incidents")
	x.Tally = stats.Tally{Incidents: n, Killed: drawSum(t, n, "killed "), Injured: drawSum(t, n, "injured ")}
	x.Basis = stats.Basis{Claimed: rapid.Uint32Range(0, 2).Draw(t, "claimed"), Attributed: rapid.Uint32Range(0, 2).Draw(t, "attributed"), Involved: rapid.Uint32().Draw(t, "involved")}
	return x
}

// A row written straight is the bytes of an object of its parts.
func TestRowsAreWrittenAsObjects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, basis, injured := drawRow(t, rapid.IntRange(0, 3).Draw(t, "dims")), rapid.Bool().Draw(t, "basis"), rapid.Bool().Draw(t, "injured")
		want := tallyJSON(x.Tally, rowAddress("by-x", x.Keys), injured)
		keys := array{}
		for _, k := range x.Keys {
			keys = append(keys, keyJSON(k))
		}
		want["keys"] = keys
		if x.Partial != "" {
			want["partial"] = x.Partial
		}
		if basis {
			b := x.Basis
			want["basis"] = object{"claimed": b.Claimed, "attributed": b.Attributed, "contested": b.Contested, "involved": b.Involved}
		}
		if got, want := encodeJSON(array{rowJSON("by-x", &x, basis, injured)}), encodeJSON(array{want}); !bytes.Equal(got, want) {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}

// So is a row of a sheet.
func TestSheetRowsAreWrittenAsObjects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &stats.Sheet{ID: "by-x"}
		for _, id := range []string{"incidents", "a", "before", "zeal", "keys.n"}[:rapid.IntRange(0, 5).Draw(t, "columns")] {
			s.Columns = append(s.Columns, stats.Column{ID: id})
		}
		want := array{}
		for range rapid.IntRange(0, 3).Draw(t, "rows") {
			row := stats.SheetRow{Keys: drawRow(t, 2).Keys}
			o, keys := object{"address": rowAddress(s.ID, row.Keys)}, array{}
			for _, k := range row.Keys {
				keys = append(keys, keyJSON(k))
			}
			o["keys"] = keys
			for _, c := range s.Columns {
				cell := stats.Cell{V: rapid.Int64().Draw(t, "v"), Stated: rapid.Bool().Draw(t, "stated")}
				if row.Cells = append(row.Cells, cell); cell.Stated {
					o[c.ID] = literal(decimal(cell.V))
				}
			}
			s.Rows, want = append(s.Rows, row), append(want, o)
		}
		if got, want := encodeJSON(object{"rows": sheetRowsJSON(s)}), encodeJSON(object{"rows": want}); !bytes.Equal(got, want) {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}

// The cells of the manifest are those of all rows by their address, sorted by it.
func TestCellsAreSortedByAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &stats.Report{HasInjured: rapid.Bool().Draw(t, "injured")}
		all := map[string]literal{}
		enter := func(table string, keys []stats.Key, x stats.Tally, b stats.Basis, injured bool) {
			for _, m := range measures(x, b, injured) {
				if m.value != "0" || m.name == "incidents" {
					all[stats.Address(table, keys, "")+m.name] = m.value
				}
			}
		}
		seen := map[string]bool{}
		for _, id := range []string{"by-x", "by-x-y", "total", "a"}[:rapid.IntRange(0, 4).Draw(t, "tables")] {
			tab := &stats.Table{ID: id}
			dims := rapid.IntRange(0, 2).Draw(t, "dims")
			for range rapid.IntRange(1, 4).Draw(t, "rows") {
				x := drawRow(t, dims)
				if at := stats.Address(id, x.Keys, ""); !seen[at] {
					seen[at] = true
					tab.Rows = append(tab.Rows, x)
					enter(id, x.Keys, x.Tally, x.Basis, r.InjuredIn(tab))
				}
			}
			r.Tables = append(r.Tables, tab)
		}
		if r.Table("total") == nil {
			enter("total", nil, r.Total, stats.Basis{}, r.HasInjured)
		}
		var want pairs
		for k, v := range all {
			want = append(want, pair{k, v})
		}
		slices.SortFunc(want, func(x, y pair) int { return strings.Compare(x.key, y.key) })
		got, err := cellsJSON(r)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		encodeValue(&b, want, " ")
		if !bytes.Equal(got, b.Bytes()) {
			t.Fatalf("got  %s\nwant %s", got, b.Bytes())
		}
	})
}
