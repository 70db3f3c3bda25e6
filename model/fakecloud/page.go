package fakecloud

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// scripts are the files of the page's script, in their order.
var scripts = []string{"basics.js", "timeline.js", "detail.js", "resources.js", "diagram.js", "panel.js", "account.js", "main.js"}

// document is the page in one piece with its policy.
type document struct {
	content []byte
	policy  string
}

// assembled is the page: markup, style, script and texts in one document, which loads
// nothing. The policy allows exactly this style and this script.
var assembled = sync.OnceValue(func() document {
	read := func(name string) []byte {
		data, err := pageFiles.ReadFile("page/" + name)
		if err != nil {
			panic(err) // it is embedded
		}
		return data
	}
	style := read("page.css")
	script := fmt.Appendf(nil, "\n\"use strict\";\nconst TEXTS = %s;\n", bytes.TrimSpace(read("texts.json")))
	for _, name := range scripts {
		script = append(append(script, '\n'), read(name)...)
	}
	content := bytes.Replace(read("page.html"), []byte("{{style}}"), style, 1)
	content = bytes.Replace(content, []byte("{{script}}"), script, 1)
	return document{content, "default-src 'none'; style-src " + hashOf(style) + "; script-src " + hashOf(script) +
		"; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"}
})

// hashOf returns the source expression of a policy for an inline text.
func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// getPage sends the page.
func (c *Cloud) getPage(w http.ResponseWriter, _ *http.Request) {
	header, page := w.Header(), assembled()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", page.policy)
	_, _ = w.Write(page.content) // nothing useful to do on a write error
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
