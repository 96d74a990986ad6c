package output

import (
	"bytes"
	"fmt"
	"strings"
)

// Reloading returns report.html as toll serve shows it the n-th time it was made:
// with a script that reloads it when there is a newer one, and a policy that admits
// that script and its one connection. The address bar, and so the view, stays.
func Reloading(page []byte, n int) []byte {
	reloader := fmt.Sprintf(`new EventSource("/events?since=%d").addEventListener("message", () => location.reload());`, n)
	page = bytes.Replace(page, []byte("script-src &#39;"), []byte("connect-src &#39;self&#39;; script-src &#39;"+admission(reloader)+"&#39; &#39;"), 1)
	return bytes.Replace(page, []byte("</body>"), []byte("<script>"+reloader+"</script>\n</body>"), 1)
}

// TroublePage is what toll serve shows while the briefing cannot be made.
func TroublePage(err error, n int) []byte {
	p := &page{Title: "The briefing cannot be made"}
	p.Lead = []block{paragraph{leadRole, name(err.Error())}, paragraph{noteRole, words("The page reloads when a file of the dataset changes.")}}
	return Reloading([]byte(strings.Replace(string(writeHTML(p, nil, "")), "<nav aria-label=\"Contents\">\n<ul>\n</ul>\n</nav>\n", "", 1)), n)
}
