package output

import (
	"embed"
	"strings"
)

// The look of report.html and its script, as files of their own: page/style.css
// and page/*.js, in the order of their names.
//
//go:embed page/style.css page/*.js
var pageFiles embed.FS

// pageScripts are the files of the script in the order of their names.
var pageScripts = []string{"1-cells.js", "2-rules.js", "3-cube.js", "3-tables.js", "4-charts.js", "4-courses.js", "5-view.js", "6-sheets.js", "7-ask.js",
	"8-drawings.js", "8-records.js", "9-page.js"}

var (
	stylesheet = pageText("style.css")
	script     = "(() => {\n\"use strict\";\n" + pageText(pageScripts...) + "})();\n"
)

// pageText joins files of the page without their comments: lines that begin with
// two slashes, and blank ones.
func pageText(names ...string) string {
	var out strings.Builder
	for _, n := range names {
		b, err := pageFiles.ReadFile("page/" + n)
		if err != nil {
			continue // a test fails where a file is missing
		}
		for line := range strings.Lines(string(b)) {
			if t := strings.TrimSpace(line); t != "" && !strings.HasPrefix(t, "//") {
				out.WriteString(line)
			}
		}
	}
	return out.String()
}
