package record

import "testing"

func TestShellWordIsOneWord(t *testing.T) {
	for in, want := range map[string]string{
		"killed=Muertos":              "killed=Muertos",
		"killed=Número":               "killed=Número",
		"killed=statistics.# killed":  "'killed=statistics.# killed'",
		"killed=Victims' total":       `'killed=Victims'\'' total'`,
		"killed=$(rm x)":              "'killed=$(rm x)'",
		"injured=wounded;more | less": "'injured=wounded;more | less'",
	} {
		if got := shellWord(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
