package fakecloud

import (
	"net/http"

	"github.com/alicert/alicert/errcodes"
)

// view is the content of the page beside the timeline. Its size does not depend on that of
// the account.
type view struct {
	News      int64         `json:"news"`
	Now       int64         `json:"now"` // Unix milliseconds on the clock of the cloud
	Progress  string        `json:"progress"`
	Suspended bool          `json:"suspended"`
	Site      errcodes.Site `json:"site"`
	Trouble   string        `json:"trouble"` // why changes cannot be written to the data directory
	NoAuth    bool          `json:"noAuth"`
	Replaced  bool          `json:"replaceable"` // the state can be reset
	Undo      bool          `json:"undo"`        // the last reset can be undone
	Groups    []groupView   `json:"groups"`
	Faults    []faultView   `json:"faults"`
	Missing   []missingView `json:"missing"`
}

// faultView is a scripted fault with the number that removes it.
type faultView struct {
	ID    int   `json:"id"`
	Fault Fault `json:"fault"`
}

// missingView is an operation that was called and that fakecloud does not have.
type missingView struct {
	Missing
	Times int `json:"times"`
}

func (c *Cloud) getView(w http.ResponseWriter, r *http.Request) {
	respond(w, http.StatusOK, c.view(languageOf(r), r.URL.Query().Get("find")))
}

// view returns the content of the page. find is a part of the names to list, or "".
func (c *Cloud) view(lang errcodes.Lang, find string) view {
	m := c.engine.settled()
	s := &m.state
	v := view{
		News: c.engine.inputs.Load(), Now: c.options.Now().UnixMilli(), Progress: c.Progress().String(), Suspended: s.CDN.Suspended, Site: s.CAS.Site,
		Trouble: c.engine.trouble(), NoAuth: c.options.NoAuth, Replaced: c.options.Observe == nil, Undo: c.undoable(),
		Groups: []groupView{}, Faults: c.script.numbered(), Missing: c.missing.counted(),
	}
	for _, g := range groups {
		if list := g.list(s, listQuery{lang: lang, find: find, limit: firstItems, now: c.options.Now()}); list.Total > 0 || list.Items != nil {
			v.Groups = append(v.Groups, list)
		}
	}
	return v
}

// getOperations answers with what the forms of the page suggest: operations and codes.
func (c *Cloud) getOperations(w http.ResponseWriter, _ *http.Request) {
	known := struct {
		Operations []string        `json:"operations"`
		Codes      []errcodes.Code `json:"codes"`
	}{Operations: operationNames()}
	for code := range errcodes.Codes() {
		if knownCode(string(code)) {
			known.Codes = append(known.Codes, code)
		}
	}
	respond(w, http.StatusOK, known)
}
