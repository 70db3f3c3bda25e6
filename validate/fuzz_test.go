package validate_test

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/slow"
)

// smallSlow is the limit, in bytes, of slow input that is a seed.
const smallSlow = 8 << 10

// The bits of the options that the fuzzers choose.
const (
	fuzzStrict = 1 << iota
	fuzzVerify
	fuzzAt
	fuzzShort
	fuzzLookUp
	fuzzDER // the text is the content of a block; few mutations of base64 are base64
)

func fuzzOptions(bits uint8) validate.Options {
	opts := validate.Options{Strict: bits&fuzzStrict != 0, VerifyChain: bits&fuzzVerify != 0}
	if bits&fuzzAt != 0 {
		opts.Now = inPeriod
	}
	if bits&fuzzShort != 0 {
		opts.CertificateLimit, opts.PrivateKeyLimit = 1000, 300
	}
	return opts
}

// checkReport checks what must hold of every report.
func checkReport(t *testing.T, report *validate.Report, verdict error) {
	t.Helper()
	if diff := cmp.Diff(report.Err(), verdict); diff != "" {
		t.Errorf("(-report +verdict)\n%s", diff)
	}
	rank := -1
	for _, v := range report.Violations {
		if r := report.Operation.Table().Rank(v.Condition); r < rank || r < 0 {
			t.Errorf("%s is out of order", v.Condition)
		} else {
			rank = r
		}
		checkRow(t, report.Operation, v)
	}
	for _, a := range report.Advisories {
		if a.Reason.EN == "" || a.Reason.ZH == "" || a.Hint().IsZero() {
			t.Errorf("%+v does not say everything", a)
		}
	}
	checkLengths(t, report)
	checkRoundTrip(t, report)
}

// checkLengths checks that no text of a report is long.
func checkLengths(t *testing.T, report *validate.Report) {
	t.Helper()
	const longest, longestReason = 201, 4000 // an unprintable character is quoted in ten
	for _, c := range report.Certificates {
		for _, text := range append([]string{c.Subject, c.Issuer, c.Serial}, c.Names...) {
			if utf8.RuneCountInString(text) > longest {
				t.Errorf("a text of %d bytes: %.80q", len(text), text)
			}
		}
	}
	for _, a := range report.Advisories {
		if len(a.Reason.EN) > longestReason {
			t.Errorf("%s: a reason of %d bytes", a.ID, len(a.Reason.EN))
		}
	}
	for _, v := range report.Violations {
		if len(v.Reason.EN) > longestReason {
			t.Errorf("%v: a reason of %d bytes", v.Condition, len(v.Reason.EN))
		}
	}
}

// checkRoundTrip checks that JSON loses nothing of a report, but for bytes that
// are no UTF-8.
func checkRoundTrip(t *testing.T, report *validate.Report) {
	t.Helper()
	encoded, decoded := throughJSON(t, report)
	if bytes.Contains(encoded, []byte(`\ufffd`)) {
		// Such bytes were replaced, and then nothing is left to replace.
		_, again := throughJSON(t, decoded)
		report, decoded = decoded, again
	}
	if diff := cmp.Diff(report, decoded); diff != "" {
		t.Errorf("JSON (-before +after)\n%s", diff)
	}
}

func throughJSON(t *testing.T, report *validate.Report) ([]byte, *validate.Report) {
	t.Helper()
	encoded, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	decoded := new(validate.Report)
	if err := json.Unmarshal(encoded, decoded); err != nil {
		t.Fatal(err)
	}
	return encoded, decoded
}

// checkLoads checks that a TLS server could load what was accepted.
func checkLoads(t *testing.T, cert, key string) {
	t.Helper()
	if _, err := tls.X509KeyPair([]byte(cert), []byte(key)); err != nil {
		t.Errorf("accepted; tls.X509KeyPair: %v", err)
	}
}

// vectorValues returns the values that a parameter has in the vectors, each once;
// none of limit bytes or more.
func vectorValues(f *testing.F, parameter string, limit int) []string {
	f.Helper()
	var all []string
	for _, v := range readVectors(f) {
		if value := v.Values().Get(parameter); len(value) < limit {
			all = append(all, value)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func FuzzServerCertificate(f *testing.F) {
	for _, text := range testdata.All() {
		f.Add(text, uint8(fuzzVerify|fuzzAt))
		addDER(f, text)
	}
	for _, text := range vectorValues(f, "ServerCertificate", 10<<10) {
		f.Add(text, uint8(fuzzStrict))
	}
	for _, in := range slow.Inputs(smallSlow) {
		f.Add(in.Certificate, uint8(fuzzVerify))
		addDER(f, in.Certificate)
	}
	f.Fuzz(func(t *testing.T, text string, bits uint8) {
		if bits&fuzzDER != 0 {
			text = pemOf("CERTIFICATE", []byte(text))
		}
		opts := fuzzOptions(bits)
		report := validate.ServerCertificate(text, opts)
		req := validate.CDNRequest{
			DomainName: "www.example.com", Status: "on", CertType: "cas", Certificate: text,
		}
		if text == "" {
			req.CertType = "upload"
		}
		opts.Skip = []errcodes.Condition{errcodes.CondPrivateKeyMissing}
		checkReport(t, report, validate.Verdict(&req, opts))
		if report.Err() != nil {
			return
		}
		if !oracle.CertificatesReadAlike(text) {
			t.Error("accepted; OpenSSL and Go do not read the same in it")
		}
		for i, b := range oracle.GoBlocks(text) { // all of them certificates
			cert, err := x509.ParseCertificate(b.DER)
			sum := sha256.Sum256(b.DER)
			if err != nil || len(report.Certificates) <= i || hex.EncodeToString(sum[:]) != report.Certificates[i].SHA256 ||
				!strings.HasPrefix(cert.SerialNumber.Text(16), strings.TrimSuffix(report.Certificates[i].Serial, "…")) {
				t.Errorf("certificate %d is another one to Go (%v)", i+1, err)
			}
		}
	})
}

func FuzzPrivateKey(f *testing.F) {
	for _, text := range testdata.All() {
		f.Add(text, uint8(0))
		addDER(f, text)
	}
	for _, text := range vectorValues(f, "PrivateKey", 10<<10) {
		f.Add(text, uint8(fuzzStrict))
	}
	for _, p := range flippedPairs(f) {
		f.Add(p.key, uint8(0))
	}
	for _, form := range keyForms(f) {
		f.Add(string(form.der), uint8(fuzzDER))
	}
	f.Fuzz(func(t *testing.T, text string, bits uint8) {
		if bits&fuzzDER != 0 {
			text = pemOf("PRIVATE KEY", []byte(text))
		}
		opts := fuzzOptions(bits)
		key := validate.NewSecret(text)
		report := validate.PrivateKey(key, opts)
		req := validate.CDNRequest{
			DomainName: "www.example.com", Status: "on", CertType: "cas", CertName: "shop", PrivateKey: key,
		}
		if text == "" {
			req.CertType = "upload"
		}
		opts.Skip = []errcodes.Condition{errcodes.CondCertificateMissing}
		checkReport(t, report, validate.Verdict(&req, opts))
		if report.Err() == nil && !goReadsKey([]byte(text)) {
			t.Error("accepted; Go reads no key")
		}
		if report.Err() == nil && !oracle.KeysReadAlike(text) {
			t.Error("accepted; OpenSSL and Go do not find the same in it")
		}
	})
}

// addDER adds the content of a text's first block as a seed.
func addDER(f *testing.F, text string) {
	f.Helper()
	if block, _ := pem.Decode([]byte(text)); block != nil {
		f.Add(string(block.Bytes), uint8(fuzzDER))
	}
}

// goReadsKey reads the first private key as crypto/tls does.
func goReadsKey(text []byte) bool {
	for {
		block, rest := pem.Decode(text)
		if block == nil {
			return false
		}
		if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			_, pkcs1 := x509.ParsePKCS1PrivateKey(block.Bytes)
			_, sec1 := x509.ParseECPrivateKey(block.Bytes)
			_, pkcs8 := x509.ParsePKCS8PrivateKey(block.Bytes)
			return pkcs1 == nil || sec1 == nil || pkcs8 == nil
		}
		text = rest
	}
}

func FuzzKeyPair(f *testing.F) {
	for _, p := range pairMatrix(f) {
		// Operations on long RSA keys are slow, and not what is looked for.
		if len(p.key) < 2000 {
			f.Add(p.cert, p.key, uint8(0))
		}
	}
	f.Fuzz(func(t *testing.T, cert, key string, bits uint8) {
		opts := fuzzOptions(bits)
		report := validate.KeyPair(cert, validate.NewSecret(key), opts)
		req := validate.CDNRequest{
			DomainName: "www.example.com", Status: "on", Certificate: cert, PrivateKey: validate.NewSecret(key),
		}
		checkReport(t, report, validate.Verdict(&req, opts))
		if report.Err() == nil {
			checkLoads(t, cert, key)
		}
		checkPair(t, cert, key)
	})
}

// checkPair compares with what others say of a pair. What is in the blocks is
// checked in the published form first: only their BEGIN and END lines are in question.
func checkPair(t *testing.T, cert, key string) {
	t.Helper()
	check := func(cert, key string) error {
		return validate.KeyPair(cert, validate.NewSecret(key), noLimits).Err()
	}
	ours := check(cert, key)
	reasons := slices.Concat(oracle.CertificateReasons(cert), oracle.KeyReasons(key))
	if err := oracle.Keyutil.Accepts(cert, key); ours == nil && err != nil && len(oracle.PemutilReasons(key)) == 0 {
		t.Errorf("we accept; keyutil: %v", err)
	}
	if ours == nil || len(reasons) > 0 || !oracle.CertificatesReadAlike(cert) || !oracle.KeysReadAlike(key) {
		return
	}
	if check(oracle.PublishedCertificates(cert), oracle.PublishedKey(key)) == nil {
		t.Errorf("OpenSSL and Go read this pair; we say %v", ours)
	}
}

func FuzzRequest(f *testing.F) {
	for _, c := range everyInput(f) {
		if r := c.cdn; c.op == errcodes.SetDomainServerCertificate && len(r.Certificate)+len(r.PrivateKey.Reveal()) < 10<<10 {
			f.Add(r.DomainName, r.Status, r.Certificate, r.PrivateKey.Reveal(), r.CertType, r.CertName, r.Overwrite, uint8(fuzzAt))
		}
	}
	f.Fuzz(func(t *testing.T, domainName, status, cert, key, certType, certName, forceSet string, bits uint8) {
		opts := fuzzOptions(bits)
		req := &validate.CDNRequest{
			DomainName: domainName, Status: status, Certificate: cert, PrivateKey: validate.NewSecret(key),
			CertType: certType, CertName: certName, Overwrite: forceSet,
		}
		report := validate.Check(req, opts)
		checkReport(t, report, validate.Verdict(req, opts))
		if report.Err() != nil {
			return
		}
		if status == "on" && (certType == "" || certType == "upload") {
			checkLoads(t, cert, key)
		}
		if _, err := validate.DomainName(domainName); err != nil {
			t.Error(err)
		}
		if err := validate.CertName(certName); err != nil {
			t.Error(err)
		}
	})
}

func FuzzALB(f *testing.F) {
	const separator = "|"
	for _, c := range everyInput(f) {
		if r := c.alb; c.op == errcodes.AssociateAdditionalCertificatesWithListener {
			f.Add(r.ListenerID, strings.Join(r.CertificateIDs, separator), r.ClientToken, r.Malformed.DryRun, r.Malformed.Certificates, "", uint8(0))
			f.Add(r.ListenerID, strings.Join(r.CertificateIDs, separator), r.ClientToken, r.Malformed.DryRun, "", pkiFile(f, "usage/client-only.pem"), uint8(fuzzLookUp|fuzzVerify))
		}
	}
	f.Fuzz(func(t *testing.T, listener, joined, token, dryRun, certificates, center string, bits uint8) {
		opts := fuzzOptions(bits)
		if bits&fuzzLookUp != 0 {
			opts.Certificate = func(id string) (string, bool) { return center, !strings.HasPrefix(id, "x") }
		}
		req := &validate.ALBRequest{
			ListenerID: listener, ClientToken: token, Malformed: validate.Malformed{DryRun: dryRun, Certificates: certificates},
		}
		if joined != "" {
			req.CertificateIDs = strings.Split(joined, separator)
		}
		report := validate.Check(req, opts)
		checkReport(t, report, validate.Verdict(req, opts))
		if report.Err() == nil && (len(req.CertificateIDs) == 0 || len(req.CertificateIDs) > 15 || slices.Contains(req.CertificateIDs, "")) {
			t.Errorf("accepted: %q", req.CertificateIDs)
		}
	})
}

func FuzzDomainName(f *testing.F) {
	for _, name := range vectorValues(f, "DomainName", 300) {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		ascii, err := validate.DomainName(name)
		if (err == nil) != (ascii != "") {
			t.Fatalf("%q, %v", ascii, err)
		}
		if err != nil {
			return
		}
		if !utf8.ValidString(name) {
			t.Error("not UTF-8, but a host name")
		}
		if len(ascii) > validate.MaxDomainName || ascii != strings.ToLower(ascii) || strings.ContainsFunc(ascii, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			t.Errorf("%q is no ASCII form", ascii)
		}
		if again, err := validate.DomainName(ascii); err != nil || again != ascii {
			t.Errorf("the ASCII form of %q is %q, %v", ascii, again, err)
		}
		for label := range strings.SplitSeq(strings.TrimPrefix(strings.TrimPrefix(ascii, "*"), "."), ".") {
			if len(label) == 0 || len(label) > 63 || strings.Trim(label, "-") != label || strings.ContainsAny(label, "*_,:/ ") {
				t.Errorf("%q has the label %q", ascii, label)
			}
		}
	})
}

func FuzzCertName(f *testing.F) {
	for _, name := range vectorValues(f, "CertName", 600) {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		ok := utf8.ValidString(name) && utf8.RuneCountInString(name) <= 128 && !strings.ContainsFunc(name, unicode.IsControl)
		if err := validate.CertName(name); (err == nil) != ok {
			t.Errorf("%v", err)
		}
	})
}
