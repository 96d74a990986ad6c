package main

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
)

// errNoBrowser says why no browser was opened.
var errNoBrowser = errors.New("no browser is opened in continuous integration (CI is set)")

// openBrowser shows a page in the reader's browser: in the one that BROWSER names,
// else the system's. In continuous integration nobody is there to look.
func openBrowser(page string) error {
	if os.Getenv("CI") != "" {
		return errNoBrowser
	}
	c := exec.Command(os.Getenv("BROWSER"), page)
	if os.Getenv("BROWSER") == "" {
		switch runtime.GOOS {
		case "darwin":
			c = exec.Command("open", page)
		case "windows":
			c = exec.Command("rundll32", "url.dll,FileProtocolHandler", page)
		default:
			c = exec.Command("xdg-open", page)
		}
	}
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // the browser's end is its own affair
	return nil
}
