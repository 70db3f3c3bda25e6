package validate_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// usages sets what a certificate may be used for; 0 and nil leave an extension
// out.
func usages(usage x509.KeyUsage, extended ...x509.ExtKeyUsage) func(*x509.Certificate) {
	return func(t *x509.Certificate) { t.KeyUsage, t.ExtKeyUsage = usage, extended }
}

// netscape sets the Netscape certificate type to a DER value.
func netscape(value ...byte) func(*x509.Certificate) {
	return func(t *x509.Certificate) {
		t.KeyUsage, t.ExtKeyUsage = 0, nil
		t.ExtraExtensions = append(t.ExtraExtensions, pkix.Extension{Id: oidNetscape, Value: value})
	}
}

// TestServerUsage is the table of what makes a server certificate.
func TestServerUsage(t *testing.T) {
	const (
		server, client = x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth
		extended, use  = "extended key usage", "its key usage"
	)
	unknown := func(t *x509.Certificate) { t.UnknownExtKeyUsage = []asn1.ObjectIdentifier{{1, 2, 3}} }
	tests := []struct {
		name    string
		change  func(*x509.Certificate)
		against string // a part of what stands against it; "" for nothing
	}{
		{"no usage at all", usages(0), ""},
		{"server", usages(0, server), ""},
		{"server and client", usages(0, client, server), ""},
		{"any", usages(0, x509.ExtKeyUsageAny), ""},
		{"Netscape server-gated crypto", usages(0, x509.ExtKeyUsageNetscapeServerGatedCrypto), ""},
		{"Microsoft server-gated crypto", usages(0, x509.ExtKeyUsageMicrosoftServerGatedCrypto), ""},
		{"client", usages(0, client), extended},
		{"code signing", usages(0, x509.ExtKeyUsageCodeSigning), extended},
		{"time stamping and OCSP", usages(0, x509.ExtKeyUsageTimeStamping, x509.ExtKeyUsageOCSPSigning), extended},
		{"unknown", func(t *x509.Certificate) { usages(0)(t); unknown(t) }, extended},
		{"unknown and server", func(t *x509.Certificate) { usages(0, server)(t); unknown(t) }, ""},

		{"digital signature", usages(x509.KeyUsageDigitalSignature), ""},
		{"key encipherment", usages(x509.KeyUsageKeyEncipherment), ""},
		{"key agreement", usages(x509.KeyUsageKeyAgreement), ""},
		{"content commitment", usages(x509.KeyUsageContentCommitment), use},
		{"data encipherment", usages(x509.KeyUsageDataEncipherment), use},
		{"certificate signing", usages(x509.KeyUsageCertSign), use},
		{"CRL signing", usages(x509.KeyUsageCRLSign), use},
		{"encipher only", usages(x509.KeyUsageEncipherOnly), use},
		{"decipher only", usages(x509.KeyUsageDecipherOnly), use},
		{"certificate signing and key agreement", usages(x509.KeyUsageCertSign | x509.KeyUsageKeyAgreement), ""},
		{"server that may not sign", usages(x509.KeyUsageCertSign, server), use},
		{"client that may sign", usages(x509.KeyUsageDigitalSignature, client), extended},

		{"Netscape server", netscape(0x03, 0x02, 0x06, 0x40), ""},
		{"Netscape server and client", netscape(0x03, 0x02, 0x06, 0xc0), ""},
		{"Netscape client", netscape(0x03, 0x02, 0x07, 0x80), "Netscape"},
		{"Netscape CA", netscape(0x03, 0x02, 0x00, 0x07), "Netscape"},
		{"Netscape, no bit", netscape(0x03, 0x01, 0x00), "Netscape"},
		{"Netscape, not even a count of padding bits", netscape(0x03, 0x00), "Netscape"},
		{"Netscape, 8 padding bits", netscape(0x03, 0x02, 0x08, 0x40), "Netscape"},
		{"Netscape, not a bit string", netscape(0x04, 0x01, 0x40), "Netscape"},
		{"Netscape, bytes behind it", netscape(0x03, 0x02, 0x06, 0x40, 0x00), ""}, // passed over by both readers
		{"Netscape, padding bits set", netscape(0x03, 0x02, 0x06, 0x7f), ""},
		{"Netscape, empty", netscape(), "Netscape"},
		{"Netscape server, but a client", func(t *x509.Certificate) {
			netscape(0x03, 0x02, 0x06, 0x40)(t)
			t.ExtKeyUsage = []x509.ExtKeyUsage{client}
		}, extended},

		{"CA", func(t *x509.Certificate) { t.IsCA, t.BasicConstraintsValid = true, true }, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := validate.ServerUsage(parseCert(t, leafWith(t, test.change)))
			if (err == nil) != (test.against == "") {
				t.Fatalf("got %v; want %q", err, test.against)
			}
			if err == nil {
				return
			}
			if !strings.Contains(err.Error(), test.against) {
				t.Errorf("got %v; want %q in it", err, test.against)
			}
			if !errors.Is(err, errcodes.CondCertificateNotServer) || !errors.Is(err, errcodes.InvalidCertificate) {
				t.Errorf("got %v; want InvalidCertificate", err)
			}
		})
	}
}

// TestServerUsageAgreesWithOpenSSL compares with the line "SSL server" of
// openssl x509 -purpose, the independent reference.
func TestServerUsageAgreesWithOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("there is no openssl command")
	}
	// RFC 5280, section 4.2.1.12, counts it; OpenSSL does not.
	intended := map[string]bool{"any-eku.pem": true}
	files, err := fs.Glob(testdata.PKI(), "usage/*.pem")
	if err != nil || len(files) < 11 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	for _, file := range files {
		name := path.Base(file)
		command := exec.Command(openssl, "x509", "-noout", "-purpose")
		command.Stdin = strings.NewReader(testdata.Read(file))
		out, err := command.Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var theirs string
		if _, err := fmt.Sscanf(string(out[strings.Index(string(out), "SSL server :"):]), "SSL server : %s", &theirs); err != nil {
			t.Fatalf("%s: %v in %s", name, err, out)
		}
		ours := validate.ServerUsage(parseCert(t, testdata.Read(file)))
		if differs := (ours == nil) != strings.HasPrefix(theirs, "Yes"); differs != intended[name] {
			t.Errorf("%s: OpenSSL says %s; we say %v", name, theirs, ours)
		}
	}
}

// TestCAInFrontOfItsLeaves: of several certificates that the first one issued,
// one is asked after.
func TestCAInFrontOfItsLeaves(t *testing.T) {
	ca := newRoot(t)
	report := validate.ServerCertificate(ca.pem()+ca.leaf(t, nil)+ca.leaf(t, nil), validate.Options{})
	v, refused := report.Verdict()
	if !refused {
		t.Fatal("accepted")
	}
	for text, want := range map[string]string{
		v.Reason.EN: `^[^;]+; it is the issuer of block 2 \(line \d+\), and the server's certificate has to stand first$`,
		v.Reason.ZH: `^[^；]+；它是第 2 份证书（第 \d+ 行）的颁发者，而服务器证书应放在最前$`,
		v.Hint().EN: `^send the leaf first, each certificate followed by its issuer$`,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("it says %q; want %q", text, want)
		}
	}
}
