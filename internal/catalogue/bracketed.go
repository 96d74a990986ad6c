package catalogue

import "strings"

// Bracketed is the tag of a language for tests, which nobody speaks: English with
// each text in brackets, so that words that stand outside the catalogue show. It
// is the pseudo-locale's tag of others, and is not listed.
const Bracketed = "qps-ploc"

func init() {
	languages[Bracketed] = &language{Bracketed, bracketed(languages["en"].texts), oneOrOther}
}

// bracketed puts brackets around what each text says itself, and none around its
// parts: these are of the data, or texts of their own.
func bracketed(texts map[string]string) map[string]string {
	all := make(map[string]string, len(texts))
	for id, text := range texts {
		var b strings.Builder
		for text != "" {
			own, rest, found := strings.Cut(text, "{")
			if strings.TrimSpace(strings.ReplaceAll(own, "\u00a0", " ")) != "" {
				own = "‹" + own + "›"
			}
			b.WriteString(own)
			if !found {
				break
			}
			var name string
			name, text, _ = strings.Cut(rest, "}")
			b.WriteString("{" + name + "}")
		}
		all[id] = b.String()
	}
	return all
}
