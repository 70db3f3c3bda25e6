package cdn

import "strings"

// Class names the state of a domain for diagrams and tables: first the served
// certificate, then the obstacles of a request in the order of the checks.
//
//	unknown                     no such domain
//	foreign                     another account's
//	off                         HTTPS off, bound to nothing
//	bound, not in effect        HTTPS off, bound
//	on                          HTTPS on
//	on, new one not in effect   HTTPS on, bound to another certificate since
//	…, suspended                the account
//	…, not permitted            to the caller, or not of the HTTPS type
//	…, offline
//	…, configuring
//	…, deleting
//	…, scheduled                its scheduling depends on HTTPS
//	…, protected
func (s Own) Class(domain string) string {
	d, known := s.Domains.Get(domain)
	switch {
	case !known:
		return "unknown"
	case d.Foreign:
		return "foreign"
	}
	class := []string{d.serves()}
	for _, flag := range []struct {
		holds bool
		name  string
	}{
		{s.Suspended, "suspended"},
		{d.Forbidden || d.PlainHTTP, "not permitted"},
		{d.Offline, "offline"},
		{d.Configuring && !d.Deleting, "configuring"},
		{d.Deleting, "deleting"},
		{d.Scheduled, "scheduled"},
		{d.Protected, "protected"},
	} {
		if flag.holds {
			class = append(class, flag.name)
		}
	}
	return strings.Join(class, ", ")
}

func (d Domain) serves() string {
	switch pending := d.HasBinding() && !d.InEffect; {
	case d.HTTPS && pending:
		return "on, new one not in effect"
	case d.HTTPS:
		return "on"
	case pending:
		return "bound, not in effect"
	default:
		return "off"
	}
}
