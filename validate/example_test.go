package validate_test

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// readPEM stands for however a program gets at its files.
func readPEM(name string) string {
	return testdata.Read(name)
}

// A request with more than one fault: the service would answer with the first,
// the report has them all.
func ExampleCheck() {
	report := validate.Check(&validate.CDNRequest{
		DomainName:  "shop.example.com",
		Status:      "on",
		Certificate: readPEM("validity/expired.pem") + readPEM("p256/issuing.pem"),
		PrivateKey:  validate.NewSecret(readPEM("p256/other-key.pem")),
		CertName:    strings.Repeat("证书", 65),
	}, validate.Options{Now: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)})

	for _, v := range report.Violations {
		fmt.Println(v.Code, "|", v.Why(errcodes.English))
	}
	for _, a := range report.Advisories {
		fmt.Println(a.ID, "|", a.Reason.EN)
	}
	// Output:
	// InvalidCertName.TooLong | 130 characters; the limit is 128
	// Certificate.MissMatch | it belongs to none of the certificates, although its type fits: it is the key of another certificate
	// Certificate.StatusError | block 1, line 1: it expired at 2021-01-01 00:00:00 UTC
	// domain-not-covered | its names do not cover shop.example.com
}

// Verdict is for programs that only want to know whether to go on.
func ExampleVerdict() {
	request := &validate.CDNRequest{
		DomainName:  "www.example.com",
		Status:      "on",
		Certificate: readPEM("p256/chain3.pem"),
	}
	fmt.Println(validate.Verdict(request, validate.Options{}))

	request.PrivateKey = validate.NewSecret(readPEM("p256/key.pem"))
	fmt.Println(validate.Verdict(request, validate.Options{}))
	// Output:
	// PrivateKey.MissingParameter (400): An input parameter PrivateKey that is mandatory for processing the request is not supplied. [PrivateKey]
	// <nil>
}

func ExampleParse() {
	query, _ := url.ParseQuery("Action=SetDomainServerCertificate&DomainName=www.example.com&ServerCertificateStatus=ON")
	request, err := validate.Parse(errcodes.SetDomainServerCertificate, query)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(validate.Verdict(request, validate.Options{}))
	// Output:
	// InvalidServerCertificateStatus.ValueNotSupported (400): The specified value of parameter Enable is not supported. [ServerCertificateStatus: "ON"; use "on"]
}

// With a look-up for the certificate center, the certificates themselves are
// checked as well.
func ExampleCheck_certificates() {
	center := map[string]string{
		"1000001-cn-hangzhou": readPEM("p256/chain3.pem"),
		"1000002-cn-hangzhou": readPEM("usage/client-only.pem"),
	}
	report := validate.Check(&validate.ALBRequest{
		ListenerID:     "lsn-example",
		CertificateIDs: []string{"1000001-cn-hangzhou", "1000002-cn-hangzhou", "1000003"},
	}, validate.Options{
		Certificate: func(id string) (pem string, ok bool) {
			pem, ok = center[id]
			return pem, ok
		},
	})
	fmt.Println(report.Err())
	verdict, _ := report.Verdict()
	fmt.Println("provisional:", verdict.Provisional)
	for _, a := range report.Advisories {
		if a.Parameter == "Certificates.3.CertificateId" {
			fmt.Println(a.ID, "|", a.Reason.EN)
		}
	}
	// Output:
	// ResourceNotFound.Certificate (404): The specified resource 1000002-cn-hangzhou is not found. [Certificates.2.CertificateId: block 1, line 1: its extended key usage does not hold serverAuth]
	// provisional: true
	// id-without-region | "1000003" is the number of a certificate alone and does not end with a region; a listener takes number and region, such as "1000003-cn-hangzhou"
	// certificate-unknown | "1000003" is not known to the look-up
}

func ExampleVerdict_certificates() {
	request := &validate.ALBRequest{
		ListenerID:     "lsn-example",
		CertificateIDs: []string{"1000001-cn-hangzhou", "1000001-cn-hangzhou"},
	}
	fmt.Println(validate.Verdict(request, validate.Options{}))
	// Output:
	// ResourceAlreadyAssociated.Certificate (400): The specified resource 1000001-cn-hangzhou is already associated. [Certificates.2.CertificateId: the same id as Certificates.1.CertificateId]
}

// The certificates of a listener are a numbered parameter.
func ExampleParse_certificates() {
	query, _ := url.ParseQuery("ListenerId=lsn-example&Certificates.2.CertificateId=b&Certificates.10.CertificateId=c&Certificates.1.CertificateId=a&DryRun=yes")
	request, err := validate.Parse(errcodes.AssociateAdditionalCertificatesWithListener, query)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(request.(*validate.ALBRequest).CertificateIDs)
	fmt.Println(validate.Verdict(request, validate.Options{}))
	// Output:
	// [a b c]
	// InvalidDryRun (400): Specified parameter DryRun is not valid. [DryRun: "yes"]
}

func ExampleServerCertificate() {
	report := validate.ServerCertificate(readPEM("rsa2048/chain3.pem"), validate.Options{})
	fmt.Println(report.Err())
	for _, c := range report.Certificates {
		fmt.Println(c.Block, c.Line, c.KeyType, c.KeyBits, c.Subject, c.Names)
	}

	// A block of a chain that lost its last line.
	cut, _, _ := strings.Cut(readPEM("rsa2048/leaf.pem"), "-----END")
	fmt.Println(validate.ServerCertificate(cut+readPEM("rsa2048/issuing.pem"), validate.Options{}).Err())
	// Output:
	// <nil>
	// 1 1 RSA 2048 CN=www.example.com,O=alicert test [www.example.com example.com *.cdn.example.com]
	// 2 23 RSA 2048 CN=alicert test Issuing rsa2048,O=alicert test []
	// 3 44 RSA 2048 CN=alicert test Intermediate rsa2048,O=alicert test []
	// Certificate.FormatError (400): The certificate format is error. [ServerCertificate: block 1, line 22: a BEGIN line inside the block that line 1 began: the END line of that block is missing, or it is cut off]
}

func ExamplePrivateKey() {
	for _, file := range []string{"rsa2048/key.pem", "encrypted/pkcs8.pem", "unsupported/openssh-key.pem", "forms/ec-wrong-public.pem"} {
		report := validate.PrivateKey(validate.NewSecret(readPEM(file)), validate.Options{})
		if v, refused := report.Verdict(); refused {
			fmt.Println(v.Code, "|", v.Reason.EN)
		}
	}
	// Output:
	// InvalidPrivateKey | the key is encrypted
	// Key.Malformed | an OpenSSH key, which TLS servers do not read
	// InvalidPrivateKey | an EC key whose embedded public key is that of another key
}

func ExampleKeyPair() {
	key := validate.NewSecret(readPEM("p256/key.pem"))
	fmt.Println(validate.KeyPair(readPEM("p256/leaf.pem"), key, validate.Options{}).Err())
	fmt.Println(validate.KeyPair(readPEM("p384/leaf.pem"), key, validate.Options{}).Err())
	// Output:
	// <nil>
	// Certificate.MissMatch (400): The Private Key does not math the specified Certificate! [PrivateKey: the key is on P-256, the first certificate's on P-384]
}

func ExampleServerUsage() {
	block, _ := pem.Decode([]byte(readPEM("usage/client-only.pem")))
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		panic(err)
	}
	fmt.Println(validate.ServerUsage(cert))
	// Output:
	// InvalidCertificate (400): The Certificate you provided is malformed! [ServerCertificate: its extended key usage does not hold serverAuth]
}

// The limit is in characters, not in bytes.
func ExampleCertName() {
	fmt.Println(validate.CertName(strings.Repeat("证", 128)))
	fmt.Println(validate.CertName(strings.Repeat("证", 129)))
	// Output:
	// <nil>
	// InvalidCertName.TooLong (400): The Certificate name you provided is over the max length 128! [CertName: 129 characters; the limit is 128]
}

func ExampleDomainName() {
	fmt.Println(validate.DomainName("*.中国.Example"))
	_, err := validate.DomainName("a.example.com,b.example.com")
	fmt.Println(err)
	// Output:
	// *.xn--fiqs8s.example <nil>
	// SetDomainServerCertificate.ParameterError (400): Parameters have error. [DomainName: a list; this operation takes one domain; make a request for each, the first with "a.example.com"]
}

// The issuing CA stands first, the leaf follows, the root is there, and the key
// is in PKCS#8 form.
func ExampleNormalize() {
	certificate := readPEM("rsa2048/issuing.pem") + "\n" + readPEM("rsa2048/leaf.pem") + readPEM("rsa2048/root.pem") + readPEM("rsa2048/intermediate.pem")
	fixed, err := validate.Normalize(errcodes.SetDomainServerCertificate, certificate, validate.NewSecret(readPEM("rsa2048/key-pkcs8.pem")))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range fixed.Changes {
		fmt.Println(change.Parameter+":", change.What.EN)
	}
	fmt.Println(fixed.Certificate == readPEM("rsa2048/chain3.pem"), fixed.PrivateKey.Reveal() == readPEM("rsa2048/key.pem"))
	// Output:
	// ServerCertificate: moved the leaf, block 2, to the front
	// ServerCertificate: dropped the root, block 3
	// PrivateKey: converted the key from PKCS#8 to RSA PRIVATE KEY
	// true true
}

func ExampleNewSecret() {
	request := validate.CDNRequest{
		DomainName: "www.example.com",
		PrivateKey: validate.NewSecret(readPEM("p256/key.pem")),
	}
	fmt.Println(request.PrivateKey)
	fmt.Printf("%+v\n", request)
	encoded, _ := json.Marshal(request.PrivateKey)
	fmt.Println(string(encoded))
	fmt.Println(strings.HasPrefix(request.PrivateKey.Reveal(), "-----BEGIN EC PRIVATE KEY-----"))
	// Output:
	// [REDACTED]
	// {Op: DomainName:www.example.com Status: CertType: CertName: CertID: CertRegion: Env: Overwrite: SiteID: SiteCertificateID: Certificate: PrivateKey:[REDACTED] Pair:<nil>}
	// "[REDACTED]"
	// true
}

// An error answers to the service's code and to this library's condition, which
// says more.
func ExampleReport_Err() {
	err := validate.PrivateKey(validate.NewSecret(readPEM("encrypted/legacy.pem")), validate.Options{}).Err()
	fmt.Println(errors.Is(err, errcodes.InvalidPrivateKey))
	fmt.Println(errors.Is(err, errcodes.CondPrivateKeyEncrypted))
	fmt.Println(errors.Is(err, errcodes.CondPrivateKeyMalformed))
	// Output:
	// true
	// true
	// false
}

func ExampleReport_Advisory() {
	report := validate.ServerCertificate(readPEM("weak/sha1.pem"), validate.Options{})
	if a, ok := report.Advisory(validate.WeakSignature); ok {
		fmt.Println(a.Why(errcodes.English))
		fmt.Println(a.Hint().EN)
	}
	// Output:
	// block 1, line 1: signed with ECDSA-SHA1
	// have the certificate issued again with SHA-256
}

// A program that renews certificates does not know the domain yet.
func ExampleOptions_skip() {
	request := &validate.CDNRequest{
		Status:      "on",
		Certificate: readPEM("p256/chain3.pem"),
		PrivateKey:  validate.NewSecret(readPEM("p256/key.pem")),
	}
	fmt.Println(validate.Verdict(request, validate.Options{}))
	fmt.Println(validate.Verdict(request, validate.Options{Skip: []errcodes.Condition{errcodes.CondDomainNameMissing}}))
	// Output:
	// SetDomainServerCertificate.ParameterError (400): Parameters have error. [DomainName]
	// <nil>
}

// Whether the service enforces the form that its pages describe is not
// documented. Strict mode assumes that it does.
func ExampleOptions_strict() {
	withRoot := readPEM("p256/chain3.pem") + readPEM("p256/root.pem")
	fmt.Println(validate.ServerCertificate(withRoot, validate.Options{}).Err())
	fmt.Println(validate.ServerCertificate(withRoot, validate.Options{Strict: true}).Err())
	// Output:
	// <nil>
	// Certificate.FormatError (400): The certificate format is error. [ServerCertificate: block 4, line 40: the root is included]
}

// The text that a state or a journal keeps of a certificate is public.
func ExamplePublicText() {
	text := "# the key was once here:\n# bWF5IGJlIGEga2V5\n-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n"
	fmt.Print(validate.PublicText(text))
	// Output:
	// -----BEGIN CERTIFICATE-----
	// …
	// -----END CERTIFICATE-----
}

// Several domains are checked with one reading of the certificate.
func ExampleOptions_domains() {
	certificate, key := testdata.Read("p256/chain3.pem"), validate.NewSecret(testdata.Read("p256/key.pem"))
	request := &validate.CDNRequest{
		Op: errcodes.SetCdnDomainSSLCertificate, DomainName: "www.example.com", Status: "on", Certificate: certificate, PrivateKey: key,
	}
	report := validate.Check(request, validate.Options{
		Now:     time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
		Domains: []string{"static.example.com"},
		Levels:  map[validate.AdvisoryID]validate.Level{validate.DomainNotCovered: validate.LevelError},
	})
	for _, name := range report.Names {
		fmt.Println(name.Domain, name.Covered)
	}
	fmt.Println(report.Err(), report.Worst())
	// Output:
	// www.example.com true
	// static.example.com false
	// <nil> error
}

// A dry run says what a repair would change, and whether it is enough.
func ExampleRepair() {
	chain := testdata.Read("p256/issuing.pem") + testdata.Read("p256/leaf.pem")
	request := &validate.CDNRequest{DomainName: "www.example.com", Status: "on", Certificate: chain, PrivateKey: validate.NewSecret(testdata.Read("p256/key.pem"))}
	repaired, ok := validate.Repair(request, validate.Options{})
	fmt.Println(ok)
	for _, change := range repaired.Changes {
		fmt.Println(change.What.EN)
	}
	// Output:
	// true
	// moved the leaf, block 2, to the front
}
