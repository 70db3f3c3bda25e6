package fakecloud

import (
	_ "embed" // page.html
	"fmt"
	"net/http"
	"time"
)

//go:embed page.html
var page []byte

// getPage sends the page. The page loads nothing from other servers.
func (c *Cloud) getPage(w http.ResponseWriter, _ *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	_, _ = w.Write(page) // nothing useful to do on a write error
}

func (c *Cloud) getView(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, c.view())
}

// How often the connection of the page checks for changes and sends a keep-alive comment.
const (
	lookEvery  = 200 * time.Millisecond
	aliveEvery = 15 * time.Second
)

// getLive sends the number of inputs as a server-sent event whenever it changes.
func (c *Cloud) getLive(w http.ResponseWriter, r *http.Request) {
	send := http.NewResponseController(w)
	if err := send.SetWriteDeadline(time.Time{}); err != nil && send.Flush() != nil {
		respond(w, http.StatusNotImplemented, problem{"the connection does not support streaming"})
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	told, spoke := int64(-1), time.Now()
	for {
		c.engine.catchUp()
		var err error
		switch news := c.engine.inputs.Load(); {
		case news != told:
			told, spoke = news, time.Now()
			_, err = fmt.Fprintf(w, "data: %d\n\n", news)
		case time.Since(spoke) > aliveEvery:
			spoke = time.Now()
			_, err = fmt.Fprint(w, ": alive\n\n")
		}
		if err != nil || send.Flush() != nil {
			return
		}
		select {
		case <-ticker.C:
		case <-r.Context().Done():
			return
		}
	}
}
