package fuzz

import "github.com/alicert/alicert/model/centre"

// sslKinds are the requests of one of the operations that took the place of
// SetDomainServerCertificate.
func sslKinds(name string, wrap func(SetCdn) any) []kind {
	of := func(what string, weight int, make func(*Source, *Memory) SetCdn) kind {
		return kind{Name: name + " " + what, Weight: weight, Make: func(s *Source, m *Memory) Input { return Input{wrap(make(s, m))} }}
	}
	return []kind{
		once(hasDomain, of("upload", 8, sslUpload)),
		once(hasDomain, of("centre", 4, sslCentre)),
		once(hasDomain, of("off", 3, func(s *Source, m *Memory) SetCdn {
			return SetCdn{RequestID: requestID(s, m), DomainName: anyDomain(s, m), SSLProtocol: "off", Env: environment(s)}
		})),
		of("odd", 2, sslOdd),
	}
}

func environment(s *Source) string {
	if s.OneIn(12) {
		return Pick(s, "staging", "production", "Staging")
	}
	return ""
}

func sslUpload(s *Source, m *Memory) SetCdn {
	r := SetCdn{
		RequestID: requestID(s, m), DomainName: anyDomain(s, m), SSLProtocol: "on", CertType: Pick(s, "upload", ""),
		CertName: anyName(s, m), Env: environment(s), At: callTime(s),
	}
	r.SSLPub, r.SSLPri = material(s)
	return r
}

// sslCentre wants a certificate of the centre, by its number, by its name or by
// both, with or without its text and a key.
func sslCentre(s *Source, m *Memory) SetCdn {
	r := SetCdn{RequestID: requestID(s, m), DomainName: anyDomain(s, m), SSLProtocol: "on", CertType: "cas", Env: environment(s), At: callTime(s)}
	switch s.Weighted(4, 4, 1, 1) {
	case 0:
		r.CertID = certificateDecimal(s, m)
	case 1:
		r.CertName = anyName(s, m)
	case 2:
		r.CertID, r.CertName = certificateDecimal(s, m), anyName(s, m)
	}
	r.CertRegion = Pick(s, "", "", centre.Region, "ap-southeast-1")
	certificate, key := material(s)
	if s.OneIn(4) {
		r.SSLPub = certificate
	}
	if s.OneIn(3) {
		r.SSLPri = key
	}
	return r
}

// sslOdd has parameters that are words or numbers and spelt in ways that they may
// not be, besides those that they may.
func sslOdd(s *Source, m *Memory) SetCdn {
	r := sslUpload(s, m)
	r.SSLProtocol = Pick(s, "on", "ON", "off", "", "true", " on")
	r.CertType = Pick(s, "upload", "Upload", "cas", "free", "", "other")
	r.CertID = Pick(s, "", "1", "+1", "1-cn-hangzhou", "1.0", "99999999999999999999", "１")
	r.CertRegion = Pick(s, "", centre.Region, "ap-southeast-1", "cn-beijing", "CN-HANGZHOU")
	return r
}
