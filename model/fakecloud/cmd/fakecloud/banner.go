package main

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/internal/label"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/fakecloud/internal/clients"
)

// banner is the text that the command prints at the start.
type banner struct {
	scheme, addr string
	authority    *authority
	options      *options
	state        account.State
}

// listed is how many items of each kind are printed.
const listed = 10

func (b *banner) print(w io.Writer) {
	_, _ = io.WriteString(w, b.String()) // nothing useful to do on a write error
}

// String returns the text. Of access keys it has the ids only, except for the public demo
// key.
func (b *banner) String() string {
	var text strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&text, format+"\n", args...) }
	base := b.scheme + "://" + b.addr
	line("fakecloud listens on %s", base)
	entry := func(title errcodes.Message, text string) { line("  %s %s", columns.Pad(b.in(title), 10), text) }
	entry(labelPage, base+"/_/")
	entry(labelKeys, b.keys())
	entry(labelProgress, b.options.cloud.Progress.String())
	if b.options.data != "" {
		entry(labelData, b.options.data)
	}
	entry(labelAuthority, b.authority.certFile)
	line("")
	line("%s", b.in(labelAccount))
	section(b, &text, labelDomains, b.state.CDN.Domains.All(), func(name string, _ cdn.Domain) string { return name + b.format(labelInText, b.state.CDN.Class(name)) })
	section(b, &text, labelCertificates, b.state.CAS.Certificates.All(), func(name string, c cas.Certificate) string {
		text := strings.TrimSpace(name + " " + c.ID)
		if c.Leaf.Names != "" {
			text += b.format(labelInText, strings.ReplaceAll(c.Leaf.Names, ",", b.in(labelAnd)))
		}
		return text
	})
	section(b, &text, labelLoadBalancers, b.state.ALB.LoadBalancers.All(), func(id string, lb alb.LoadBalancer) string {
		return id + b.format(labelInText, cmp.Or(string(lb.Edition), label.Product(lb.Product)))
	})
	section(b, &text, labelListeners, b.state.ALB.Listeners.All(), func(id string, l alb.Listener) string {
		return b.listener(id, string(l.Protocol), l.LoadBalancer, b.state.ALB.Class(id), string(l.Status))
	})
	section(b, &text, labelClassic, b.state.CLB.Listeners.All(), func(key string, l clb.Listener) string {
		return b.listener(strconv.Itoa(l.Port), string(l.Protocol), l.LoadBalancer, b.state.CLB.Class(key), string(l.Status))
	})
	section(b, &text, labelSites, b.state.ESA.Sites.All(), func(id string, of esa.Site) string {
		return of.Name + " " + id + b.format(labelInText, b.state.ESA.Class(id))
	})
	line("")
	b.clients(line)
	return text.String()
}

func (b *banner) keys() string {
	switch {
	case b.options.cloud.NoAuth:
		return b.in(labelNoKey)
	case b.options.demoKey:
		return b.in(labelDemoKey)
	}
	var ids []string
	for _, k := range b.options.cloud.Keys {
		ids = append(ids, k.ID)
	}
	return strings.Join(ids, b.in(labelAnd))
}

// listener describes a listener. One without certificates has the class of its protocol, in
// place of which its status is told.
func (b *banner) listener(name, protocol, loadBalancer, class, status string) string {
	if class == protocol {
		class = status
	}
	return b.format(labelListener, name, protocol, loadBalancer, class)
}

func (b *banner) in(m errcodes.Message) string { return m.In(b.options.language) }

func (b *banner) format(m errcodes.Message, args ...any) string { return fmt.Sprintf(b.in(m), args...) }

func section[V any](b *banner, text *strings.Builder, title errcodes.Message, records iter.Seq2[string, V], describe func(string, V) string) {
	n := 0
	var shown []string
	for name, record := range records {
		if n++; n <= listed {
			shown = append(shown, redact.Printable(describe(name, record)))
		}
	}
	if n > listed {
		shown = append(shown, b.format(labelMore, n-listed))
	}
	if n == 0 {
		shown = []string{b.in(labelNone)}
	}
	fmt.Fprintf(text, "  %s %s\n", columns.Pad(b.in(title), 15), strings.Join(shown, "\n"+strings.Repeat(" ", 18)))
}

// clients prints how to connect each client.
func (b *banner) clients(line func(string, ...any)) {
	line("%s", b.in(labelClients))
	for _, s := range clients.Settings(b.scheme, b.addr) {
		line("  %-30s %s", s.Client, s.Text)
	}
	line("")
	line("%s", b.in(labelFixed))
	if b.options.ca != "" {
		line(`  eval "$(fakecloud -addr %s -ca %s -print-env)"   # %s`, b.addr, clients.Quoted(b.options.ca), b.in(labelSetsBelow))
	}
	for variable := range strings.Lines(b.options.environment(b.addr, b.authority)) {
		line("  %s", strings.TrimSpace(variable))
	}
}
