package probe

import "github.com/alicert/alicert/errcodes"

// dcdnCases ask DCDN what CDN is asked, as far as it decides most.
func dcdnCases() []Case {
	var cases []Case
	for _, c := range []struct{ from, id string }{
		{"P2/control", "D2/control"},
		{"P3/order", "D3/order"},
		{"P6/one-line", "D6/one-line"},
		{"P6/unrelated-second", "D6/unrelated-second"},
		{"P6/expired", "D6/expired"},
		{"P7/encrypted", "D7/encrypted"},
		{"P5/pub-empty", "D5/pub-empty"},
		{"P5/pri-absent", "D5/pri-absent"},
		{"P4/region-unknown", "D4/region-unknown"},
		{"P9/id-hangzhou", "D9/id-hangzhou"},
	} {
		for _, own := range append(controls(), sslCases()...) {
			if own.ID == c.from {
				own.ID, own.Group, own.Evening = c.id, DCDN, false
				own.Operation, own.Endpoint = errcodes.SetDcdnDomainSSLCertificate, dcdnEndpoint
				cases = append(cases, own)
			}
		}
	}
	return cases
}
