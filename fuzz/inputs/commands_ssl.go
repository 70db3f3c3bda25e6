package inputs

import (
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/cas"
)

// sslCommands are the requests of one of the operations that replaced
// SetDomainServerCertificate.
func sslCommands(name string, wrap func(SetCdn) any) []command {
	of := func(what string, weight int, make func(*fuzz.Source, *history) SetCdn) command {
		return command{Name: name + " " + what, Weight: weight, Make: func(s *fuzz.Source, m *history) Input { return Input{wrap(make(s, m))} }}
	}
	return []command{
		once(hasDomain, of("upload", 8, sslUpload)),
		once(hasDomain, of("stored", 4, sslStored)),
		once(hasDomain, of("off", 3, func(s *fuzz.Source, m *history) SetCdn {
			return SetCdn{RequestID: requestID(s, m), DomainName: anyDomain(s, m), SSLProtocol: "off", Env: environment(s)}
		})),
		of("odd", 2, sslOdd),
	}
}

func environment(s *fuzz.Source) string {
	if s.OneIn(12) {
		return fuzz.Pick(s, "staging", "production", "Staging")
	}
	return ""
}

func sslUpload(s *fuzz.Source, m *history) SetCdn {
	r := SetCdn{
		RequestID: requestID(s, m), DomainName: anyDomain(s, m), SSLProtocol: "on", CertType: fuzz.Pick(s, "upload", ""),
		CertName: anyName(s, m), Env: environment(s), At: callTime(s),
	}
	r.SSLPub, r.SSLPri = pairOfFixtures(s)
	return r
}

// sslStored refers to a certificate in CAS, by number, by name or by both, with or without
// its text and a key.
func sslStored(s *fuzz.Source, m *history) SetCdn {
	r := SetCdn{RequestID: requestID(s, m), DomainName: anyDomain(s, m), SSLProtocol: "on", CertType: "cas", Env: environment(s), At: callTime(s)}
	switch s.Weighted(4, 4, 1, 1) {
	case 0:
		r.CertID = certificateDecimal(s, m)
	case 1:
		r.CertName = anyName(s, m)
	case 2:
		r.CertID, r.CertName = certificateDecimal(s, m), anyName(s, m)
	}
	r.CertRegion = fuzz.Pick(s, "", "", cas.Region, "ap-southeast-1")
	certificate, key := pairOfFixtures(s)
	if s.OneIn(4) {
		r.SSLPub = certificate
	}
	if s.OneIn(3) {
		r.SSLPri = key
	}
	return r
}

// sslOdd misspells some parameters that take one of a few words or a number.
func sslOdd(s *fuzz.Source, m *history) SetCdn {
	r := sslUpload(s, m)
	r.SSLProtocol = fuzz.Pick(s, "on", "ON", "off", "", "true", " on")
	r.CertType = fuzz.Pick(s, "upload", "Upload", "cas", "free", "", "other")
	r.CertID = fuzz.Pick(s, "", "1", "+1", "1-cn-hangzhou", "1.0", "99999999999999999999", "１")
	r.CertRegion = fuzz.Pick(s, "", cas.Region, "ap-southeast-1", "cn-beijing", "CN-HANGZHOU")
	return r
}
