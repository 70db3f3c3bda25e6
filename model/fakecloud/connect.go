package fakecloud

import (
	_ "embed" // CLIENTS.md
	"net/http"
	"strings"

	"github.com/alicert/alicert/model/fakecloud/internal/clients"
)

//go:embed CLIENTS.md
var clientsText string

// Authority names the files that clients need to trust the server in front of the cloud,
// if it serves HTTPS and is a proxy for the hosts of the vendor.
type Authority struct {
	CertFile      string // in PEM
	StoreFile     string // for Java
	StorePassword string
}

// clientTab is one way to point a client at the cloud.
type clientTab struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	About string `json:"about"`
	Text  string `json:"text"` // to be copied
}

// getConnect answers with the ways to point a client at the cloud. The texts are those of
// fakecloud -print-env and of CLIENTS.md.
func (c *Cloud) getConnect(w http.ResponseWriter, r *http.Request) {
	lang, tabs := languageOf(r), []clientTab{}
	add := func(id, title, about, copied string) {
		tabs = append(tabs, clientTab{id, title, text(lang, "connect."+about), strings.TrimSpace(copied)})
	}
	if a := c.options.Authority; a.CertFile != "" {
		add("proxy", text(lang, "connect.proxy"), "aboutProxy", clients.Environment(r.Host, clients.Authority(a), c.demoKey, lang))
	} else if c.demoKey {
		add("key", text(lang, "connect.key"), "aboutKey", clients.KeyVariables(lang))
	}
	var settings strings.Builder
	scheme, _, _ := strings.Cut(baseOf(r), "://")
	for _, s := range clients.Settings(scheme, r.Host) {
		settings.WriteString("# " + s.Client + "\n" + s.Text + "\n")
	}
	add("endpoint", text(lang, "connect.endpoint"), "aboutEndpoint", settings.String())
	for _, recipe := range clients.Recipes(clientsText) {
		if recipe.Tool == "" {
			add("before", text(lang, "connect.before"), "aboutBefore", recipe.Script)
		} else {
			add(recipe.Tool, recipe.Tool, "aboutRecipe", recipe.Script)
		}
	}
	respond(w, http.StatusOK, tabs)
}
