package output

import "testing"

func TestPlottedRows(t *testing.T) {
	k := &Kept{Manifest: &Manifest{}, Files: map[string]KeptFile{
		"tables/by-month.csv":       {Data: []byte("period,period_label,incidents,killed_low,killed_high\n2025-10,Oct 2025,2,5,7\n2025-11,Nov 2025,1,3,3\n")},
		"tables/by-start-month.csv": {Data: []byte("period,period_label,incidents,killed_low,killed_high\n2025-10,Oct 2025,2,5,7\n2025-11,Nov 2025,2,9,9\n")},
		"tables/period-party.csv":   {Data: []byte("period,party,party_label,partial,incidents,killed_low,killed_high\n2025-10,'=x,'=x,,1,4,5\n2025-10,(unattributed),Unattributed,,1,1,2\n")},
		"tables/by-voice.csv":       {Data: []byte("incident,incident_label,side,voice,incidents,killed_low,killed_high\nN,\"Kel, 11 Oct\",A,B,1,3,3\nN,\"Kel, 11 Oct\",B,A,1,3,3\n")},
		"tables/broken.csv":         {Data: []byte("period,incidents\n\"")},
		"charts/a.csv":              {Data: []byte("period,covered,incidents,killed_low,killed_high\n2025-10,whole,2,5,7\n2025-11,whole,2,9,9\n2025-12,whole,0,0,0\n2025-10,whole,2,5,8\n")},
		"charts/b.csv":              {Data: []byte("period,party,killed_low\n2025-10,'=x,4\n2025-10,Unattributed,1\n2025-10,Others,9\n2025-10,'=x,5\n")},
		"charts/claims.csv":         {Data: []byte("row,party,killed_low,killed_high\n\"Kel, 11 Oct\",A,9,9\nLosses of A,B,3,3\nLosses of B,A,3,3\n")},
		"charts/link.csv":           {Link: true},
	}}
	for chart, want := range map[string][]string{
		// A row with the same names and other figures is not taken; of two that
		// bear the same, that of the table a reader looks at first.
		"a":      {"", "by-month/2025-10", "by-start-month/2025-11", "", ""},
		"b":      {"", "period-party/2025-10/=x", "period-party/2025-10/(unattributed)", "", ""},
		"claims": {"", "", "by-voice/N/A/B", "by-voice/N/B/A"},
	} {
		rows, got := k.PlottedRows(chart)
		if len(rows) != len(want) || len(got) != len(want) {
			t.Fatalf("%s: %q", chart, got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s, row %d: %q, want %q", chart, i+1, got[i], want[i])
			}
		}
	}
	for _, chart := range []string{"link", "none"} {
		if rows, _ := k.PlottedRows(chart); rows != nil {
			t.Errorf("%s has rows", chart)
		}
	}
}
