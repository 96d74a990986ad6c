package output_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"toll/data"
	"toll/output"
	"toll/stats"
)

// report is a report of one incident with two figures for its dead.
func report() *stats.Report {
	killed, injured := data.Between(4, 7), data.Count{}
	r := &stats.Report{Period: stats.ByMonth, First: data.NoDay, Last: data.NoDay, Directed: true, Ledger: data.Ledger{Files: 1, Read: 1, Accepted: 1}}
	r.Total.Add(&killed, &injured)
	r.Quality.Incidents = 1
	return r
}

// A briefing is rendered to memory, where it can be compared or published.
func ExampleRender() {
	b, err := output.Render(&output.Document{Name: "example", Title: "One incident", Report: report()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range b.Files {
		fmt.Println(f.Path)
	}
	md, _ := b.File("report.md")
	fmt.Println(strings.Split(string(md), "\n")[2])
	// Output:
	// datapackage.json
	// report.html
	// report.json
	// report.md
	// manifest.json
	// At least 4 and as many as 7 people were reported killed in 1 incident.
}

// Publishing the same bundle again writes nothing, and files of others stay.
func ExamplePublish() {
	parent, err := os.MkdirTemp("", "toll-example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(parent)
	dir := filepath.Join(parent, "briefing")
	b, err := output.Render(&output.Document{Name: "example", Title: "One incident", Report: report()})
	if err != nil {
		fmt.Println(err)
		return
	}
	first, err := output.Publish(dir, b, false)
	fmt.Println(len(first.Written), "written", err)
	if err := os.WriteFile(filepath.Join(dir, "README.md"), []byte("mine"), 0o644); err != nil {
		fmt.Println(err)
	}
	second, err := output.Publish(dir, b, false)
	fmt.Println(second.Unchanged, second.Kept, err)
	// Output:
	// 5 written <nil>
	// true [README.md] <nil>
}

// A manifest names every figure by its address.
func ExampleParseManifest() {
	b, err := output.Render(&output.Document{Name: "example", Title: "One incident", Report: report()})
	if err != nil {
		fmt.Println(err)
		return
	}
	f, _ := b.File(output.ManifestName)
	m, err := output.ParseManifest(f)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Cells["total/incidents"], m.Cells["total/killed.low"], m.Cells["total/killed.high"])
	// Output:
	// 1 4 7
}
