package targets

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/validate"
)

// purposes are extended key usages: first those for servers, then others.
var purposes = []asn1.ObjectIdentifier{
	{1, 3, 6, 1, 5, 5, 7, 3, 1},       // serverAuth
	{2, 5, 29, 37, 0},                 // anyExtendedKeyUsage
	{1, 3, 6, 1, 4, 1, 311, 10, 3, 3}, // server-gated crypto, by two vendors
	{2, 16, 840, 1, 113730, 4, 1},
	{1, 3, 6, 1, 5, 5, 7, 3, 2},
	{1, 3, 6, 1, 5, 5, 7, 3, 9},
	{1, 3, 6, 1, 5, 5, 7, 3},
	{2, 5, 29, 37},
	{1, 2, 3},
}

// usage has the usage extensions of a certificate, and whether they allow a TLS server.
type usage struct {
	extensions []pkix.Extension
	extended   bool // there is an extended key usage
	server     bool // with serverAuth
	any        bool // with anyExtendedKeyUsage
	gated      bool // with server-gated crypto
	other      bool // key usage or Netscape type excludes servers
	ca         bool
}

func (u usage) allowed() bool    { return !u.other && (!u.extended || u.server || u.any || u.gated) }
func (u usage) toOpenSSL() bool  { return !u.other && (!u.extended || u.server || u.gated) }
func (u usage) toVerifier() bool { return !u.extended || u.server || u.any }

// usageReasons are the known reasons why the three differ.
var usageReasons = []string{"anyExtendedKeyUsage", "server-gated crypto", "usage that is not looked at"}

var (
	oidKeyUsage      = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidExtendedUsage = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidNetscapeType  = asn1.ObjectIdentifier{2, 16, 840, 1, 113730, 1, 1}
)

func usageOf(tb testing.TB, s *fuzz.Source) (u usage) {
	tb.Helper()
	add := func(id asn1.ObjectIdentifier, value any) {
		der, err := asn1.Marshal(value)
		if err != nil {
			tb.Fatal(err)
		}
		u.extensions = append(u.extensions, pkix.Extension{Id: id, Critical: s.Bool(), Value: der})
	}
	if u.extended = s.Bool(); u.extended {
		var oids []asn1.ObjectIdentifier
		for range 1 + s.Intn(4) {
			i := s.Intn(len(purposes))
			oids = append(oids, purposes[i])
			u.server = u.server || i == 0
			u.any = u.any || i == 1
			u.gated = u.gated || i == 2 || i == 3
		}
		add(oidExtendedUsage, oids)
	}
	if s.Bool() {
		bits := s.Intn(1 << 9)
		const digitalSignature, keyEncipherment, keyAgreement = 1 << 0, 1 << 2, 1 << 4
		u.other = bits&(digitalSignature|keyEncipherment|keyAgreement) == 0
		add(oidKeyUsage, bitString(bits, 9))
	}
	if s.Bool() {
		bits := s.Intn(1 << 8)
		const sslServer = 1 << 1
		u.other = u.other || bits&sslServer == 0
		add(oidNetscapeType, bitString(bits, 8))
	}
	u.ca = s.Bool()
	if s.Bool() {
		slices.Reverse(u.extensions)
	}
	return u
}

// bitString returns the bits as a bit string, the lowest bit first.
func bitString(bits, length int) asn1.BitString {
	b := asn1.BitString{Bytes: make([]byte, (length+7)/8), BitLength: length}
	for i := range length {
		if bits>>i&1 == 1 {
			b.Bytes[i/8] |= 0x80 >> (i % 8)
		}
	}
	return b
}

// certificate signs a certificate with this usage.
func (u usage) certificate(tb testing.TB) *x509.Certificate {
	tb.Helper()
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "www.example.com"},
		NotBefore: time.Unix(1_700_000_000, 0), NotAfter: time.Unix(1_900_000_000, 0),
		ExtraExtensions: u.extensions, IsCA: u.ca, BasicConstraintsValid: u.ca,
	}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		tb.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	return cert
}

// FuzzServerUsage makes certificates with any usage, so it knows whether a server may use
// them. It checks the answers of validate and of crypto/x509.
func FuzzServerUsage(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		u := usageOf(t, fuzz.NewSource(data))
		cert := u.certificate(t)
		err := validate.ServerUsage(cert)
		if (err == nil) != u.allowed() {
			t.Fatalf("%v; of %+v", err, u)
		}
		if err := verifies(cert); (err == nil) != u.toVerifier() {
			t.Fatalf("crypto/x509: %v; of %+v", err, u)
		}
	})
}

// verifies verifies a certificate for a server, with itself as the root. Only the extended
// key usage can fail.
func verifies(cert *x509.Certificate) error {
	roots := x509.NewCertPool()
	roots.AddCert(cert)
	cert.UnhandledCriticalExtensions = nil
	_, err := cert.Verify(x509.VerifyOptions{Roots: roots, CurrentTime: cert.NotBefore, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
	return err
}

// TestServerUsageOpenSSL asks the openssl command about a sample.
func TestServerUsageOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("no openssl command to compare with")
	}
	count := 60
	if testing.Short() {
		count = 10
	}
	var differ int
	for data := range fuzz.Bytes(5, count, 24) {
		u := usageOf(t, fuzz.NewSource(data))
		cmd := exec.Command(openssl, "x509", "-noout", "-purpose")
		cmd.Stdin = bytes.NewReader(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: u.certificate(t).Raw}))
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v; of %+v", err, u)
		}
		if theirs := bytes.Contains(out, []byte("SSL server : Yes\n")); theirs != u.toOpenSSL() {
			t.Errorf("OpenSSL says %v; of %+v", theirs, u)
		}
		if u.allowed() != u.toOpenSSL() || u.allowed() != u.toVerifier() {
			differ++
		}
	}
	for _, reason := range usageReasons {
		t.Log(oracle.Find(reason).Why)
	}
	if differ == 0 && !testing.Short() {
		t.Error("nothing differs: the reasons are none")
	}
}
