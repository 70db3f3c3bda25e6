package clienttest

import (
	"errors"
	"strconv"
	"strings"
)

// cdnProduct is what the tool's deployers to CDN and to DCDN call.
type cdnProduct struct {
	name, version, set, list string
	enough                   func(items, page int) bool // the page is the last one
}

var (
	certimateCDN = cdnProduct{"Cdn", versionCDN, setSSL, listDomains, func(items, _ int) bool { return items < 500 }}
	// The tool compares with the number of the page, so it always asks for the second one.
	certimateDCDN = cdnProduct{"dcdn", versionDCDN, setDCDN, "DescribeDcdnUserDomains", func(items, page int) bool { return items < page }}
)

// deployDomains sets the certificate of a domain, or of all domains below "*.".
func (d certimate) deployDomains(p cdnProduct, domain string) error {
	id, err := d.upload()
	if err != nil {
		return err
	}
	domains := []string{domain}
	if below, wildcard := strings.CutPrefix(domain, "*"); wildcard {
		if domains, err = d.domainsBelow(p, below); err != nil {
			return err
		}
	}
	var errs []error
	for _, domain := range domains {
		errs = append(errs, d.setDomain(p, domain, id))
	}
	return errors.Join(errs...)
}

// domainsBelow lists the domains with one label before the suffix.
func (d certimate) domainsBelow(p cdnProduct, suffix string) ([]string, error) {
	var below []string
	for page := 1; ; page++ {
		body, err := d.call(p.version, p.list, map[string]string{"PageNumber": strconv.Itoa(page), "PageSize": "500"})
		if err != nil {
			return nil, err
		}
		var list struct {
			Domains struct {
				PageData []struct{ DomainName, DomainStatus string }
			}
		}
		if err := decode(body, &list); err != nil {
			return nil, err
		}
		for _, domain := range list.Domains.PageData {
			label, fits := strings.CutSuffix(domain.DomainName, suffix)
			if fits && label != "" && domain.DomainStatus != "offline" {
				below = append(below, domain.DomainName)
			}
		}
		if p.enough(len(list.Domains.PageData), page) {
			return below, nil
		}
	}
}

// setDomain sets the certificate of a domain with an operation.
func (d certimate) setDomain(p cdnProduct, domain, id string) error {
	number, region, _ := strings.Cut(id, "-")
	_, err := d.call(p.version, p.set, map[string]string{
		"DomainName": domain, "CertType": "cas", "CertId": number, "CertRegion": region, "SSLProtocol": "on",
	})
	return err
}
