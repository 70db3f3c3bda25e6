package inputs

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
)

// setCommands are the requests of one of cdn.Operations. Its table says which kinds of
// request it has. The original operation comes more often, because it has the most
// conditions.
func setCommands(op errcodes.Operation) []command {
	of := func(what string, weight int, request func(*fuzz.Source, *history, string) Set) command {
		return command{Name: op.ID() + " " + what, Weight: weight, Make: func(s *fuzz.Source, m *history) Input {
			r := request(s, m, op.Product())
			r.Op = op
			return Input{r.fit()}
		}}
	}
	weight := 1
	if op == cdn.Operations()[0] {
		weight = 2
	}
	hasDomain := func(m *history) bool { return m.of(op.Product()).Len() > 0 }
	commands := []command{
		once(hasDomain, of("upload", 6*weight, setUpload)),
		once(hasDomain, of("off", 3*weight, setOff)),
		of("odd", 2, setOdd),
	}
	if op.Table().Has(errcodes.CondCertificateNotFound) {
		commands = append(commands, once(hasDomain, of("stored", 4*weight, setStored)))
	}
	if op.Table().Has(errcodes.CondFreeCertificateUnavailable) {
		commands = append(commands, once(hasDomain, of("free", 3, setFree)))
	}
	return commands
}

func environment(s *fuzz.Source) string {
	if s.OneIn(12) {
		return fuzz.Pick(s, "staging", "production", "Staging")
	}
	return ""
}

func setUpload(s *fuzz.Source, m *history, product string) Set {
	r := Set{
		RequestID: requestID(s, m), DomainName: anyDomain(s, m, product), Status: "on", CertType: fuzz.Pick(s, "upload", ""),
		CertName: anyName(s, m), ForceSet: fuzz.Pick(s, "", "1", "0"), Env: environment(s), At: callTime(s),
	}
	r.Certificate, r.PrivateKey = pairOfFixtures(s)
	return r
}

// setStored refers to a certificate in CAS, by name, by content, by number or by several
// of them, with or without a key.
func setStored(s *fuzz.Source, m *history, product string) Set {
	r := Set{
		RequestID: requestID(s, m), DomainName: anyDomain(s, m, product), Status: "on", CertType: "cas", ForceSet: fuzz.Pick(s, "", "1"),
		CertRegion: fuzz.Pick(s, "", "", cas.Region, "ap-southeast-1"), Env: environment(s), At: callTime(s),
	}
	certificate, key := pairOfFixtures(s)
	by := 1 + s.Weighted(4, 4, 1, 2, 1) // bits: name, number, content
	if by&1 != 0 {
		r.CertName = anyName(s, m)
	}
	if by&2 != 0 {
		r.CertID = certificateDecimal(s, m)
	}
	if by&4 != 0 {
		r.Certificate = certificate
	}
	if s.OneIn(3) {
		r.PrivateKey = key
	}
	return r
}

func setFree(s *fuzz.Source, m *history, product string) Set {
	return Set{RequestID: requestID(s, m), DomainName: anyDomain(s, m, product), Status: "on", CertType: "free"}
}

func setOff(s *fuzz.Source, m *history, product string) Set {
	r := Set{RequestID: requestID(s, m), DomainName: anyDomain(s, m, product), Status: fuzz.Pick(s, "off", ""), Env: environment(s)}
	for range 3 {
		if of, name := cdn.SplitID(m.Secured.Pick(s, "")); of == product && name != "" && s.Bool() {
			r.DomainName = Text(name)
		}
	}
	return r
}

// setOdd misspells some parameters that take one of a few words or a number.
func setOdd(s *fuzz.Source, m *history, product string) Set {
	r := setUpload(s, m, product)
	r.Status = fuzz.Pick(s, "on", "ON", "off", "", "true", " on")
	r.CertType = fuzz.Pick(s, "upload", "Upload", "cas", "free", "", "other")
	r.ForceSet = fuzz.Pick(s, "", "0", "1", "true", " 1", "2")
	r.CertID = fuzz.Pick(s, "", "1", "+1", "1-cn-hangzhou", "1.0", "99999999999999999999", "１")
	r.CertRegion = fuzz.Pick(s, "", cas.Region, "ap-southeast-1", "cn-beijing", "CN-HANGZHOU")
	return r
}
