package validate_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// An advisoryCase is a request that is told of something, or that only just is
// not.
type advisoryCase struct {
	op    errcodes.Catalog
	id    validate.AdvisoryID
	told  bool
	about string
	edit  func(*input)
	want  validate.Advisory // beside id and reason
	why   string            // a part of the English reason
}

func (c advisoryCase) name() string {
	told := "silent"
	if c.told {
		told = "told"
	}
	return string(c.id) + "/" + told + "/" + c.about
}

type advisoriesOf struct {
	op    errcodes.Catalog
	cases []advisoryCase
}

const (
	certificateParameter = "ServerCertificate"
	keyParameter         = "PrivateKey"
)

// place is where an advisory is found: block and line. The line of a block
// without one is that of its BEGIN.
type place struct{ block, line int }

func (a *advisoriesOf) told(id validate.AdvisoryID, about, parameter string, at place, why string, edit func(*input)) {
	a.cases = append(a.cases, advisoryCase{a.op, id, true, about, edit, validate.Advisory{ID: id, Parameter: parameter, Block: at.block, Line: at.line}, why})
}

func (a *advisoriesOf) silent(id validate.AdvisoryID, about string, edit func(*input)) {
	a.cases = append(a.cases, advisoryCase{a.op, id, false, about, edit, validate.Advisory{}, ""})
}

func verifyChain(in *input) { in.opts.VerifyChain = true }

// advisoryCases is the table of advisories. Every request in it is accepted
// when form is not judged strictly.
func advisoryCases(tb testing.TB) []advisoryCase {
	tb.Helper()
	return slices.Concat(chainAdvisories(tb), signatureAdvisories(tb), leafAdvisories(tb), requestAdvisories(tb), formAdvisories(tb), albAdvisories(tb))
}

func chainAdvisories(tb testing.TB) []advisoryCase {
	tb.Helper()
	a := &advisoriesOf{op: errcodes.SetDomainServerCertificate}
	leaf, issuing, intermediate, root := pkiFile(tb, "p256/leaf.pem"), pkiFile(tb, "p256/issuing.pem"), pkiFile(tb, "p256/intermediate.pem"), pkiFile(tb, "p256/root.pem")
	other := pkiFile(tb, "p384/intermediate.pem")
	first, second, third, fourth := place{block: 1}, place{block: 2}, place{block: 3}, place{block: 4}

	const disorder = validate.ChainOutOfOrder
	a.told(disorder, "issuer last", certificateParameter, third, "the issuer of block 1 does not follow it", cert(leaf+intermediate+issuing))
	a.told(disorder, "root in between", certificateParameter, third, "the issuer of block 1", cert(leaf+root+issuing+intermediate))
	a.silent(disorder, "in order", cert(leaf+issuing+intermediate))
	a.silent(disorder, "in order, with root", cert(leaf+issuing+intermediate+root))

	const missing = validate.ChainLinkMissing
	a.told(missing, "leaf alone", certificateParameter, first, `its issuer "CN=alicert test Issuing p256,O=alicert test"`, cert(leaf))
	a.told(missing, "gap", certificateParameter, first, "is not in the text", cert(leaf+intermediate))
	a.told(missing, "issuer without key identifiers", certificateParameter, first, `"CN=anonymous" is not in the text`, cert(anonymousLeaf(tb)))
	a.silent(missing, "issuer follows", cert(leaf+issuing))
	a.silent(missing, "self-signed", cert(pkiFile(tb, "usage/self-signed.pem")))

	const rootIncluded = validate.RootIncluded
	a.told(rootIncluded, "at the end", certificateParameter, fourth, "the root", cert(leaf+issuing+intermediate+root))
	a.told(rootIncluded, "in the middle", certificateParameter, second, "the root", cert(leaf+root+issuing+intermediate))
	a.told(rootIncluded, "of a two-level hierarchy", certificateParameter, second, "the root", func(in *input) {
		ca := newRoot(tb)
		cert(ca.leaf(tb, nil) + ca.pem())(in)
	})
	a.silent(rootIncluded, "without", cert(leaf+issuing+intermediate))
	a.silent(rootIncluded, "self-signed leaf", cert(pkiFile(tb, "usage/self-signed.pem")))

	// A cross-signed intermediate and the root of the same name and key.
	named := newRoot(tb)
	cross := issueFor(tb, issue(tb, newRoot(tb), "another root"), named.cert.Subject.CommonName, named.key, func(t *x509.Certificate) { t.SubjectKeyId = named.cert.SubjectKeyId })
	a.told(rootIncluded, "behind its cross-signed twin", certificateParameter, third, "the root", cert(named.leaf(tb, nil)+cross.pem()+named.pem()))
	a.told(rootIncluded, "before its cross-signed twin", certificateParameter, second, "the root", cert(named.leaf(tb, nil)+named.pem()+cross.pem()))
	a.silent(validate.UnrelatedCertificate, "root and its cross-signed twin", cert(named.leaf(tb, nil)+cross.pem()+named.pem()))

	const duplicate = validate.DuplicateCertificate
	a.told(duplicate, "leaf twice", certificateParameter, second, "the same certificate as block 1", cert(leaf+leaf+issuing))
	a.told(duplicate, "issuer twice", certificateParameter, fourth, "the same certificate as block 2", cert(leaf+issuing+intermediate+issuing))
	a.silent(duplicate, "renewed with the same key", func(in *input) {
		ca := newRoot(tb)
		cert(ca.leaf(tb, nil) + ca.leaf(tb, nil))(in)
	})

	const unrelated = validate.UnrelatedCertificate
	a.told(unrelated, "of another hierarchy", certificateParameter, second, "no part of the first certificate's chain", cert(leaf+other+issuing))
	a.silent(unrelated, "none", cert(leaf+issuing+intermediate+root))

	const notInPeriod = validate.IntermediateExpired
	ca := newRoot(tb)
	short := issue(tb, ca, "short", func(t *x509.Certificate) { t.NotAfter = inPeriod.Add(time.Hour) })
	chain := short.leaf(tb, nil) + short.pem()
	a.told(notInPeriod, "expired", certificateParameter, second, "valid from 2026-01-01 to 2026-06-01 only", all(cert(chain), at(inPeriod.Add(time.Hour+time.Second))))
	a.told(notInPeriod, "not yet valid", certificateParameter, second, "valid from 2026-01-02", all(cert(laterIssuer(tb)), at(periodBegin)))
	a.silent(notInPeriod, "at its end", all(cert(chain), at(inPeriod.Add(time.Hour))))
	a.silent(notInPeriod, "no time given", all(cert(chain), at(time.Time{})))
	return a.cases
}

// anonymousLeaf has an issuer without a key identifier.
func anonymousLeaf(tb testing.TB) string {
	tb.Helper()
	ca := newRoot(tb)
	ca.cert.RawSubject, ca.cert.Subject.CommonName, ca.cert.SubjectKeyId = nil, "anonymous", nil
	return ca.leaf(tb, nil)
}

// laterIssuer is a chain whose issuer is valid from 2026-01-02 only.
func laterIssuer(tb testing.TB) string {
	tb.Helper()
	ca := issue(tb, newRoot(tb), "later", func(t *x509.Certificate) { t.NotBefore = periodBegin.AddDate(0, 0, 1) })
	return ca.leaf(tb, nil) + ca.pem()
}

func signatureAdvisories(tb testing.TB) []advisoryCase {
	tb.Helper()
	a := &advisoriesOf{op: errcodes.SetDomainServerCertificate}
	leaf, issuing := pkiFile(tb, "p256/leaf.pem"), pkiFile(tb, "p256/issuing.pem")
	first, second := place{block: 1}, place{block: 2}
	const bad, notVerifiable = validate.ChainSignatureBad, validate.ChainLinkNotVerifiable

	a.told(bad, "leaf", certificateParameter, first, "not by the key of block 2", all(verifyChain, cert(badSignature(tb, leaf)+issuing)))
	a.told(bad, "issuer", certificateParameter, second, "not by the key of block 3", all(verifyChain, cert(leaf+badSignature(tb, issuing)+pkiFile(tb, "p256/intermediate.pem"))))
	a.told(bad, "signed by another key of that name", certificateParameter, first, "although the names fit", func(in *input) {
		named := issue(tb, newRoot(tb), "issuing")
		impostor := issue(tb, newRoot(tb), "issuing", func(t *x509.Certificate) { t.SubjectKeyId = named.cert.SubjectKeyId })
		all(verifyChain, cert(impostor.leaf(tb, nil)+named.pem()))(in)
	})
	a.told(bad, "root", certificateParameter, first, "not by the key of block 2", func(in *input) {
		ca := newRoot(tb)
		all(verifyChain, cert(badSignature(tb, ca.leaf(tb, nil))+ca.pem()))(in)
	})
	a.told(bad, "the shortest RSA key that Go verifies by", certificateParameter, first, "not by the key of block 2",
		all(verifyChain, cert(badSignature(tb, pkiFile(tb, "rsa1024/leaf.pem"))+pkiFile(tb, "rsa1024/issuing.pem")), privateKey(pkiFile(tb, "rsa1024/key.pem"))))
	a.silent(bad, "good", all(verifyChain, cert(pkiFile(tb, "p256/chain3.pem"))))
	a.silent(bad, "not asked for", cert(badSignature(tb, leaf)+issuing))
	a.silent(bad, "issuer not in the text", all(verifyChain, cert(badSignature(tb, leaf))))
	for _, folder := range pkiKeyTypes {
		a.silent(bad, folder, all(verifyChain, cert(pkiFile(tb, folder+"/chain3.pem")), privateKey(pkiFile(tb, folder+"/key.pem"))))
	}

	// Four links are checked: a chain of seven has six.
	for level := range 6 {
		about, chain := "link "+strconv.Itoa(level+1)+" of six", longChain(tb, 7, level)
		if level < 4 {
			a.told(bad, about, certificateParameter, place{block: level + 1}, "block "+strconv.Itoa(level+2), all(verifyChain, cert(chain)))
		} else {
			a.silent(bad, about, all(verifyChain, cert(chain)))
		}
	}

	// Go still verifies SHA-1 where it is asked for one signature; validate
	// calls it weak.
	sha1 := pkiFile(tb, "weak/sha1.pem")
	a.silent(bad, "SHA-1", all(verifyChain, cert(sha1+issuing)))
	a.silent(notVerifiable, "SHA-1", all(verifyChain, cert(sha1+issuing)))
	a.told(bad, "SHA-1, bad", certificateParameter, first, "not by the key", all(verifyChain, cert(badSignature(tb, sha1)+issuing)))
	a.told(notVerifiable, "MD5", certificateParameter, first, "MD5-RSA", all(verifyChain, cert(pkiFile(tb, "weak/md5.pem")+pkiFile(tb, "rsa2048/issuing.pem")), privateKey(pkiFile(tb, "rsa2048/key.pem"))))
	a.told(notVerifiable, "key that Go takes for insecure", certificateParameter, first, "SHA256-RSA", all(verifyChain, cert(shortRSAChain(tb))))
	a.silent(notVerifiable, "SHA-256", all(verifyChain, cert(leaf+issuing)))
	a.silent(notVerifiable, "not asked for", all(cert(pkiFile(tb, "weak/md5.pem")+pkiFile(tb, "rsa2048/issuing.pem")), privateKey(pkiFile(tb, "rsa2048/key.pem"))))
	return a.cases
}

// longChain is a leaf and its issuers, all but the root. The signature of one of
// them, counted from 0, is bad.
func longChain(tb testing.TB, length, bad int) string {
	tb.Helper()
	ca := newRoot(tb)
	var certs []string
	for n := range length - 1 {
		ca = issue(tb, ca, "level "+strconv.Itoa(n))
		certs = append(certs, ca.pem())
	}
	certs = append(certs, ca.leaf(tb, nil))
	slices.Reverse(certs)
	certs[bad] = badSignature(tb, certs[bad])
	return strings.Join(certs, "")
}

// shortRSAChain is a sound chain with an RSA key of 512 bits. Go neither makes
// nor verifies its signature by default.
func shortRSAChain(tb testing.TB) string {
	tb.Helper()
	const setting = "GODEBUG"
	before, set := os.LookupEnv(setting)
	if err := os.Setenv(setting, "rsa1024min=0"); err != nil {
		tb.Fatal(err)
	}
	defer func() {
		if set {
			_ = os.Setenv(setting, before)
		} else {
			_ = os.Unsetenv(setting)
		}
	}()
	key, err := rsa.GenerateKey(rand.Reader, 512)
	if err != nil {
		tb.Fatal(err)
	}
	ca := issueFor(tb, newRoot(tb), "short", key)
	return ca.leaf(tb, nil) + ca.pem()
}

func leafAdvisories(tb testing.TB) []advisoryCase {
	tb.Helper()
	a := &advisoriesOf{op: errcodes.SetDomainServerCertificate}
	first := place{1, 1}
	pair := func(folder string) func(*input) {
		return all(cert(pkiFile(tb, folder+"/chain3.pem")), privateKey(pkiFile(tb, folder+"/key.pem")))
	}
	leaf := cert(pkiFile(tb, "p256/leaf.pem"))

	a.told(validate.LeafIsCA, "CA:TRUE", certificateParameter, first, "CA:TRUE", cert(pkiFile(tb, "usage/ca-true.pem")))
	a.silent(validate.LeafIsCA, "no basic constraints or CA:FALSE", leaf)
	a.told(validate.SelfSigned, "self-signed", certificateParameter, first, "self-signed", cert(pkiFile(tb, "usage/self-signed.pem")))
	a.silent(validate.SelfSigned, "issued", leaf)
	a.told(validate.SelfSigned, "by its key identifiers, whatever the signature", certificateParameter, first, "self-signed", cert(badSignature(tb, pkiFile(tb, "usage/self-signed.pem"))))
	a.silent(validate.SelfSigned, "issuer of the same name, but another key", cert(sameNameLeaf(tb, nil)))
	a.silent(validate.SelfSigned, "issuer of the same name, its key identifier alone", cert(sameNameLeaf(tb, []byte{1, 2, 3})))

	const covered = validate.DomainNotCovered
	a.told(covered, "other domain", certificateParameter, first, "its names do not cover shop.example.com", all(leaf, domain("shop.example.com")))
	a.silent(covered, "same domain", leaf)

	end := parseCert(tb, pkiFile(tb, "p256/leaf.pem")).NotAfter
	const day = 24 * time.Hour
	a.told(validate.ExpiresSoon, "29 days and 23 hours left", certificateParameter, first, "it expires in 29 days", at(end.Add(-30*day+time.Hour)))
	a.told(validate.ExpiresSoon, "a second less than 30 days left", certificateParameter, first, "it expires in 29 days", at(end.Add(-30*day+time.Second)))
	a.told(validate.ExpiresSoon, "nothing left", certificateParameter, first, "it expires in 0 days", at(end))
	a.silent(validate.ExpiresSoon, "30 days left", at(end.Add(-30*day)))
	a.silent(validate.ExpiresSoon, "no time given", at(time.Time{}))

	const noTime = validate.ValidityNotChecked
	a.told(noTime, "no time given", certificateParameter, first, "no time is given", at(time.Time{}))
	a.silent(noTime, "in its period", at(inPeriod))
	a.silent(noTime, "no certificate", all(at(time.Time{}), certType("cas"), certName("shop"), cert(""), privateKey("")))

	a.told(validate.WeakKey, "RSA of 1024 bits", certificateParameter, first, "an RSA key of 1024 bits", pair("rsa1024"))
	a.told(validate.WeakKey, "RSA of 2047 bits", certificateParameter, first, "an RSA key of 2047 bits", all(certType("cas"), privateKey(""), cert(leafFor(tb, &rsa.PublicKey{N: modulus(2047), E: 65537}))))
	a.told(validate.WeakKey, "P-224", certificateParameter, first, "P-224", pair("p224"))
	a.told(validate.WeakKey, "of an issuer", certificateParameter, place{2, 15}, "1024 bits", cert(pkiFile(tb, "p256/leaf.pem")+pkiFile(tb, "rsa1024/issuing.pem")))
	a.silent(validate.WeakKey, "RSA of 2048 bits", pair("rsa2048"))
	a.silent(validate.WeakKey, "P-256", pair("p256"))

	a.told(validate.WeakSignature, "SHA-1", certificateParameter, first, "ECDSA-SHA1", cert(pkiFile(tb, "weak/sha1.pem")))
	a.told(validate.WeakSignature, "MD5", certificateParameter, first, "MD5-RSA", all(cert(pkiFile(tb, "weak/md5.pem")), privateKey(pkiFile(tb, "rsa2048/key.pem"))))
	a.silent(validate.WeakSignature, "SHA-256", leaf)
	a.silent(validate.WeakSignature, "SHA-384", pair("p384"))

	a.told(validate.KeyTypeMayNotServe, "Ed25519", certificateParameter, first, "an Ed25519 key", pair("ed25519"))
	a.told(validate.KeyTypeMayNotServe, "P-521", certificateParameter, first, "an ECDSA P-521 key", pair("p521"))
	a.silent(validate.KeyTypeMayNotServe, "P-384", pair("p384"))
	a.silent(validate.KeyTypeMayNotServe, "P-521 of an issuer", cert(pkiFile(tb, "p256/leaf.pem")+pkiFile(tb, "p521/issuing.pem")))
	return a.cases
}

// sameNameLeaf is named like its issuer, and has no key identifier of its own.
func sameNameLeaf(tb testing.TB, issuerKeyID []byte) string {
	tb.Helper()
	ca := newRoot(tb)
	ca.cert.RawSubject, ca.cert.Subject.CommonName, ca.cert.SubjectKeyId = nil, "www.example.com", issuerKeyID
	return ca.leaf(tb, nil)
}

func requestAdvisories(tb testing.TB) []advisoryCase {
	tb.Helper()
	a := &advisoriesOf{op: errcodes.SetDomainServerCertificate}
	nothing := all(cert(""), privateKey(""))

	const notChecked = validate.NotChecked
	a.told(notChecked, "status absent", certificateParameter, place{}, `an absent status means "off"`, status(""))
	a.silent(notChecked, "status off", status("off"))
	a.silent(notChecked, "status on", status("on"))
	a.silent(notChecked, "no certificate", all(status(""), nothing))

	const ignored = validate.ParameterIgnored
	a.told(ignored, "certificate, off", certificateParameter, place{}, `"off"`, all(status("off"), privateKey("")))
	a.told(ignored, "key, off", keyParameter, place{}, `"off"`, all(status("off"), cert("")))
	a.told(ignored, "type, off", "CertType", place{}, `"off"`, all(status("off"), nothing, certType("cas")))
	a.told(ignored, "name, off", "CertName", place{}, `"off"`, all(status("off"), nothing, certName("shop")))
	a.told(ignored, "force, off", "ForceSet", place{}, `"off"`, all(status("off"), nothing, forceSet("1")))
	a.told(ignored, "certificate, free", certificateParameter, place{}, "free", all(certType("free"), privateKey("")))
	a.told(ignored, "key, free", keyParameter, place{}, "free", all(certType("free"), cert("")))
	a.told(ignored, "name, free", "CertName", place{}, "free", all(certType("free"), nothing, certName("shop")))
	a.silent(ignored, "nothing given, off", all(status("off"), nothing))
	a.silent(ignored, "nothing given, free", all(certType("free"), nothing))
	a.silent(ignored, "on", all(certType("upload"), certName("shop"), forceSet("1")))
	return a.cases
}

func formAdvisories(tb testing.TB) []advisoryCase {
	tb.Helper()
	a := &advisoriesOf{op: errcodes.SetDomainServerCertificate}
	leaf, issuing := pkiFile(tb, "p256/leaf.pem"), pkiFile(tb, "p256/issuing.pem")
	key, rsaLeaf := pkiFile(tb, "p256/key.pem"), pkiFile(tb, "rsa2048/leaf.pem")
	rsaKey, rsaPKCS8 := pkiFile(tb, "rsa2048/key.pem"), pkiFile(tb, "rsa2048/key-pkcs8.pem")
	withRSA := func(key string) func(*input) { return all(cert(rsaLeaf), privateKey(key)) }
	insert := func(text string, line int, more string) string {
		return editLines(func(l []string) []string { return slices.Insert(l, line, more) })(text)
	}
	appendTo := func(text string, line int, more string) string {
		return editLines(func(l []string) []string { l[line] += more; return l })(text)
	}
	crlf := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

	a.told(validate.PKCS8RSAKey, "RSA in PKCS#8", keyParameter, place{1, 1}, "PKCS#8", withRSA(rsaPKCS8))
	a.silent(validate.PKCS8RSAKey, "RSA in PKCS#1", withRSA(rsaKey))
	a.silent(validate.PKCS8RSAKey, "EC in PKCS#8", privateKey(pkiFile(tb, "p256/key-pkcs8.pem")))

	const misfit = validate.LabelMisfit
	a.told(misfit, "PKCS#1 as PKCS#8", keyParameter, place{1, 1}, "labelled RSA PRIVATE KEY", withRSA(relabel(tb, rsaKey, "PRIVATE KEY")))
	a.told(misfit, "PKCS#8 as PKCS#1", keyParameter, place{1, 1}, "labelled PRIVATE KEY", withRSA(relabel(tb, rsaPKCS8, "RSA PRIVATE KEY")))
	a.told(misfit, "SEC 1 as PKCS#8", keyParameter, place{1, 1}, "labelled EC PRIVATE KEY", privateKey(relabel(tb, key, "PRIVATE KEY")))
	a.silent(misfit, "labels that fit", withRSA(rsaKey))

	const foreign = validate.ForeignBlock
	a.told(foreign, "EC parameters", keyParameter, place{1, 1}, "not a private key", privateKey(pkiFile(tb, "forms/ec-with-params.pem")))
	a.told(foreign, "certificate", keyParameter, place{2, 6}, "not a private key", privateKey(key+leaf))
	a.silent(foreign, "key alone", privateKey(key))

	const text = validate.TextOutsideBlocks
	a.told(text, "before the certificate", certificateParameter, place{0, 1}, "text outside", cert("subject=a\n"+leaf))
	a.told(text, "behind the certificate", certificateParameter, place{0, 15}, "text outside", cert(leaf+"bye"))
	a.told(text, "before the key", keyParameter, place{0, 1}, "text outside", privateKey("Bag Attributes\n"+key))
	a.told(text, "block commented out", certificateParameter, place{0, 15}, "commented out", cert(leaf+strings.ReplaceAll("#"+issuing, "\n", "\n#")))
	a.silent(text, "none", cert(leaf+issuing))

	const blank = validate.BlankLines
	a.told(blank, "before the certificate", certificateParameter, place{0, 1}, "between or around", cert("\n"+leaf))
	a.told(blank, "between certificates", certificateParameter, place{0, 15}, "between or around", cert(leaf+" \t\n"+issuing))
	a.told(blank, "behind the key", keyParameter, place{0, 6}, "between or around", privateKey(key+"\r\n"))
	a.told(blank, "first line of the body", certificateParameter, place{1, 2}, "inside the block", cert(insert(leaf, 1, "")))
	a.silent(blank, "none", cert(leaf+issuing))

	const length = validate.LineLength
	a.told(length, "lines of 76", certificateParameter, place{1, 2}, "64", cert(rewrap(tb, leaf, 76)))
	a.told(length, "lines of 60", certificateParameter, place{1, 2}, "64", cert(rewrap(tb, leaf, 60)))
	a.told(length, "one line", keyParameter, place{1, 2}, "64", privateKey(rewrap(tb, key, 1000)))
	a.told(length, "one short line", certificateParameter, place{2, 16}, "64", cert(leaf+editLines(func(l []string) []string {
		return slices.Replace(l, 1, 2, l[1][:32], l[1][32:])
	})(issuing)))
	a.told(length, "last line of 65", keyParameter, place{1, 2}, "64", withRSA(lastLineOf65(tb, rsaKey)))
	a.silent(length, "lines of 64", cert(leaf))
	a.silent(length, "last line of 64", all(certType("cas"), certName("shop"), cert(""), privateKey(pkiFile(tb, "ed25519/key.pem"))))

	const space = validate.WhiteSpace
	a.told(space, "behind a line", certificateParameter, place{1, 3}, "white space", cert(appendTo(leaf, 2, " ")))
	a.told(space, "inside a line", keyParameter, place{1, 2}, "white space", privateKey(editLines(func(l []string) []string {
		l[1] = l[1][:32] + "\t" + l[1][32:]
		return l
	})(key)))
	a.told(space, "before a line", certificateParameter, place{1, 2}, "white space", cert(replacing(tb, "\n", "\n ")(leaf)))
	a.silent(space, "CR LF", cert(crlf(leaf)))

	const mixed, crlfOnly = validate.MixedLineEnds, validate.CRLF
	a.told(mixed, "one CR LF", certificateParameter, place{}, "some lines end with CR LF", cert(replacing(tb, "\n", "\r\n")(leaf)))
	a.told(mixed, "one LF", keyParameter, place{}, "some lines end with CR LF", privateKey(crlf(key[:100])+key[100:]))
	a.silent(mixed, "CR LF throughout", all(cert(crlf(leaf)), privateKey(crlf(key))))
	a.silent(mixed, "CR LF but for the last line", cert(strings.TrimSuffix(crlf(leaf), "\r\n")))
	a.told(crlfOnly, "certificate", certificateParameter, place{}, "CR LF", cert(crlf(leaf)))
	a.told(crlfOnly, "key", keyParameter, place{}, "CR LF", privateKey(crlf(key)))
	a.silent(crlfOnly, "LF", cert(leaf))

	const final = validate.NoFinalNewline
	a.told(final, "certificate", certificateParameter, place{}, "last line", cert(strings.TrimSuffix(leaf, "\n")))
	a.told(final, "key", keyParameter, place{}, "last line", privateKey(strings.TrimSuffix(key, "\n")))
	a.silent(final, "LF", cert(leaf))
	return a.cases
}

// lastLineOf65 writes a body in lines of 65, but the first in a length that
// makes the last one as long as the others.
func lastLineOf65(tb testing.TB, text string) string {
	tb.Helper()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	body := strings.Join(lines[1:len(lines)-1], "")
	out := []string{lines[0], body[:len(body)%65]}
	for rest := body[len(body)%65:]; rest != ""; rest = rest[65:] {
		out = append(out, rest[:65])
	}
	return strings.Join(append(out, lines[len(lines)-1]), "\n") + "\n"
}

func albAdvisories(tb testing.TB) []advisoryCase {
	tb.Helper()
	a := &advisoriesOf{op: errcodes.AssociateAdditionalCertificatesWithListener}
	const first, second = "Certificates.1.CertificateId", "Certificates.2.CertificateId"

	const noRegion = validate.IDWithoutRegion
	a.told(noRegion, "number alone", first, place{}, `"1234567"`, ids("1234567"))
	a.told(noRegion, "half a region", second, place{}, `"1234567-cn"`, ids("1-cn-hangzhou", "1234567-cn"))
	a.silent(noRegion, "region", ids("1234567-ap-southeast-1"))

	const notLookedUp = validate.IDNotLookedUp
	a.told(notLookedUp, "unknown", second, place{}, unknownID, all(ids("1-cn-hangzhou", unknownID), lookUp(pkiFile(tb, "p256/leaf.pem"))))
	a.silent(notLookedUp, "known", lookUp(pkiFile(tb, "p256/leaf.pem")))
	a.silent(notLookedUp, "no look-up", ids(unknownID))

	// What is told of a certificate is told of the centre's, too.
	a.told(validate.WeakSignature, "in the centre", second, place{1, 1}, "ECDSA-SHA1", all(ids(unknownID, "1-cn-hangzhou"), lookUp(pkiFile(tb, "weak/sha1.pem"))))
	a.told(validate.BlankLines, "in the centre, strict", first, place{0, 1}, "blank", all(lookUp("\n"+pkiFile(tb, "p256/leaf.pem")), func(in *input) { in.opts.Strict = true }))
	a.silent(validate.WeakSignature, "in the centre", lookUp(pkiFile(tb, "p256/leaf.pem")))
	return a.cases
}

// TestAdvisories judges the table.
func TestAdvisories(t *testing.T) {
	for _, c := range advisoryCases(t) {
		t.Run(c.op.Operation()+"/"+c.name(), func(t *testing.T) {
			in := soundInput(t, c.op)
			c.edit(in)
			report := in.report()
			if err := report.Err(); err != nil {
				t.Fatalf("refused: %v", err)
			}
			got, told := report.Advisory(c.id)
			if told != c.told {
				t.Fatalf("told: %v, of %v", told, report.Advisories)
			}
			if !told {
				return
			}
			if c.want.Block > 0 && c.want.Line == 0 {
				c.want.Line = beginLine(in.cdn.ServerCertificate, c.want.Block)
			}
			i := slices.IndexFunc(report.Advisories, func(a validate.Advisory) bool {
				return a.ID == c.id && a.Parameter == c.want.Parameter && a.Block == c.want.Block && a.Line == c.want.Line
			})
			if i < 0 {
				t.Fatalf("%+v is not at %s, block %d, line %d", got, c.want.Parameter, c.want.Block, c.want.Line)
			}
			if got = report.Advisories[i]; !strings.Contains(got.Reason.EN, c.why) || got.Reason.ZH == "" {
				t.Errorf("the reason is %+v; want %q in it", got.Reason, c.why)
			}
			if line := strconv.Itoa(got.Line); got.Line > 0 && (!strings.Contains(got.Why(errcodes.English), "line "+line) || !strings.Contains(got.Why(errcodes.Chinese), "第 "+line+" 行")) {
				t.Errorf("the places are %q and %q", got.Why(errcodes.English), got.Why(errcodes.Chinese))
			}
			if got.Hint() != c.id.Hint() {
				t.Errorf("the hint is %+v; want that of its kind", got.Hint())
			}
		})
	}
}

// TestOutsideIsToldOnce: of text and of blank lines outside the blocks the first
// is told, but every piece that looks like a block.
func TestOutsideIsToldOnce(t *testing.T) {
	leaf, issuing := pkiFile(t, "p256/leaf.pem"), pkiFile(t, "p256/issuing.pem")
	const text, blank, block = "text outside the blocks", "a blank line between or around the blocks", "text outside the blocks looks like a block that is commented out or damaged; it is not read"
	comment := "# -----BEGIN CERTIFICATE-----\n"
	for _, test := range []struct {
		name, certificate string
		want              []string
	}{
		{"text", "a\nb\n" + leaf + "c\n" + issuing + "d\n", []string{text}},
		{"blank lines", "\n\n" + leaf + "\n" + issuing + "\n", []string{blank}},
		{"both", "\na\n\n" + leaf + "b\n\n", []string{blank, text}},
		{"blocks", comment + leaf + comment + issuing + "a\n" + comment, []string{block, block, block}},
		{"text and blocks", "a\n" + leaf + comment + issuing + "b\n", []string{text, block}},
	} {
		var got []string
		for _, a := range validate.ServerCertificate(test.certificate, validate.Options{}).Advisories {
			if a.ID == validate.TextOutsideBlocks || a.ID == validate.BlankLines {
				got = append(got, a.Reason.EN)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

// beginLine is the line of a block's BEGIN; both are counted from 1.
func beginLine(text string, block int) int {
	for line, content := range slices.Collect(strings.Lines(text)) {
		if strings.HasPrefix(content, "-----BEGIN ") {
			if block--; block == 0 {
				return line + 1
			}
		}
	}
	return 0
}

// declaredAdvisories reads the constants from the source, so that none can be
// forgotten here.
func declaredAdvisories(t *testing.T) map[string]validate.AdvisoryID {
	t.Helper()
	file, err := parser.ParseFile(gotoken.NewFileSet(), "advisory.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	declared := make(map[string]validate.AdvisoryID)
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != gotoken.CONST {
			continue
		}
		for _, spec := range group.Specs {
			value, ok := spec.(*ast.ValueSpec)
			if !ok {
				continue
			}
			if kind, ok := value.Type.(*ast.Ident); !ok || kind.Name != "AdvisoryID" {
				continue
			}
			literal, ok := value.Values[0].(*ast.BasicLit)
			if !ok {
				t.Fatalf("%s is not a literal", value.Names[0].Name)
			}
			id, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			declared[value.Names[0].Name] = validate.AdvisoryID(id)
		}
	}
	return declared
}

// TestEveryAdvisoryHasItsCases proves that no advisory was forgotten, and that
// each says what to do, in both languages.
func TestEveryAdvisoryHasItsCases(t *testing.T) {
	declared := declaredAdvisories(t)
	if len(declared) < 29 {
		t.Errorf("only %d advisories found in the source", len(declared))
	}
	told, silent := make(map[validate.AdvisoryID]bool), make(map[validate.AdvisoryID]bool)
	for _, c := range advisoryCases(t) {
		if c.told {
			told[c.id] = true
		} else {
			silent[c.id] = true
		}
	}
	names := make(map[validate.AdvisoryID]string)
	for name, id := range declared {
		if !told[id] || !silent[id] {
			t.Errorf("%s: a case is told of it: %v; a case is not: %v", name, told[id], silent[id])
		}
		if hint := id.Hint(); hint.EN == "" || hint.ZH == "" || hint.EN == hint.ZH {
			t.Errorf("%s: the hint is %+v", name, hint)
		}
		if other := names[id]; other != "" {
			t.Errorf("%s and %s are both %q", name, other, id)
		}
		names[id] = name
	}
	if hint := validate.AdvisoryID("none").Hint(); !hint.IsZero() {
		t.Errorf("an unknown advisory has the hint %+v", hint)
	}
	if _, ok := new(validate.Report).Advisory(validate.CRLF); ok {
		t.Error("an empty report has an advisory")
	}
}

// strictForms are the advisories that strict mode turns into violations.
var strictForms = []validate.AdvisoryID{
	validate.ChainOutOfOrder, validate.RootIncluded, validate.DuplicateCertificate, validate.UnrelatedCertificate,
	validate.PKCS8RSAKey, validate.LabelMisfit, validate.TextOutsideBlocks, validate.BlankLines,
	validate.LineLength, validate.WhiteSpace, validate.MixedLineEnds,
}

// TestStrict proves that strict mode turns the advisories about form, and only
// these, into violations, with the code of the parameter's form.
func TestStrict(t *testing.T) {
	for _, c := range advisoryCases(t) {
		if c.op != errcodes.SetDomainServerCertificate {
			continue
		}
		t.Run(c.name(), func(t *testing.T) {
			in := soundInput(t, c.op)
			c.edit(in)
			lenient := in.report()
			in.opts.Strict = true
			strict := in.report()

			var want []*errcodes.Error
			var kept []validate.Advisory
			for _, a := range lenient.Advisories {
				if !slices.Contains(strictForms, a.ID) {
					kept = append(kept, a)
					continue
				}
				cond := errcodes.CondCertificateNotPEM
				if a.Parameter == keyParameter {
					cond = errcodes.CondPrivateKeyNotPEM
				}
				e, _ := c.op.Error(cond)
				e.Block, e.Line, e.Reason = a.Block, a.Line, a.Reason
				want = append(want, &e)
			}
			slices.SortStableFunc(want, func(a, b *errcodes.Error) int { return c.op.Rank(a.Condition) - c.op.Rank(b.Condition) })
			if diff := cmp.Diff(want, strict.Violations); diff != "" {
				t.Errorf("violations (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(kept, strict.Advisories); diff != "" {
				t.Errorf("advisories (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(lenient.Certificates, strict.Certificates); diff != "" {
				t.Errorf("certificates (-want +got)\n%s", diff)
			}
		})
	}
}

// TestStrictTakesThePublishedForm: the files as the usual tools write them,
// whatever the system's line ends.
func TestStrictTakesThePublishedForm(t *testing.T) {
	strict := validate.Options{At: inPeriod, Strict: true, VerifyChain: true}
	for _, folder := range pkiKeyTypes {
		chain, key := pkiFile(t, folder+"/chain3.pem"), pkiFile(t, folder+"/key.pem")
		for name, edit := range map[string]pemEdit{
			"as it is":            func(text string) string { return text },
			"CR LF":               func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
			"no final line break": func(text string) string { return strings.TrimSuffix(text, "\n") },
		} {
			if err := validate.KeyPair(edit(chain), validate.NewSecret(edit(key)), strict).Err(); err != nil {
				t.Errorf("%s, %s: %v", folder, name, err)
			}
		}
	}
}

// TestDomainCoverage is about which names cover which domains.
func TestDomainCoverage(t *testing.T) {
	address := []net.IP{net.IPv4(192, 0, 2, 1)}
	tests := []struct {
		domain    string
		names     []string
		addresses []net.IP
		covered   bool
	}{
		{"www.example.com", []string{"www.example.com"}, nil, true},
		{"www.example.com", []string{"other.example.com", "www.example.com"}, nil, true},
		{"www.example.com", []string{"example.com"}, nil, false},
		{"example.com", []string{"www.example.com"}, nil, false},
		{"WWW.Example.COM", []string{"www.example.com"}, nil, true},
		{"www.example.com", []string{"WWW.Example.COM"}, nil, true},
		{"www.example.com", []string{"*.example.com"}, nil, true},
		{"www.example.com", []string{"*.EXAMPLE.com"}, nil, true},
		{"a.www.example.com", []string{"*.example.com"}, nil, false},
		{"example.com", []string{"*.example.com"}, nil, false},
		{"www.example.com", []string{"*.com"}, nil, false},
		{"www.example.com", []string{"w*.example.com"}, nil, false},
		{"localhost", []string{"*.localhost"}, nil, false},
		{"*.example.com", []string{"*.example.com"}, nil, true},
		{"*.example.com", []string{"www.example.com"}, nil, false},
		{"*.example.com", []string{"example.com"}, nil, false},
		{"*.www.example.com", []string{"*.example.com"}, nil, false},
		{".example.com", []string{"*.example.com"}, nil, true},
		{".example.com", []string{"example.com"}, nil, false},
		{"中国.example", []string{"xn--fiqs8s.example"}, nil, true},
		{"*.中国.example", []string{"*.xn--fiqs8s.example"}, nil, true},
		{"www.中国.example", []string{"*.xn--fiqs8s.example"}, nil, true},
		{"中国.example", []string{"xn--bcher-kva.example"}, nil, false},
		{"192.0.2.1", nil, address, true},
		{"192.0.2.2", nil, address, false},
		{"192.0.2.1", []string{"192.0.2.1"}, nil, false}, // RFC 9110, section 4.3.5
		{"192.0.2.1", []string{"*.0.2.1"}, nil, false},
		{"www.example.com", nil, nil, false}, // the common name does not count
		{"www.example.com", nil, address, false},
	}
	for _, test := range tests {
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		in.cdn.DomainName = test.domain
		in.cdn.ServerCertificate = leafWith(t, func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = test.names, test.addresses })
		report := in.report()
		if err := report.Err(); err != nil {
			t.Errorf("%s: %v", test.domain, err)
		}
		if _, told := report.Advisory(validate.DomainNotCovered); told == test.covered {
			t.Errorf("%s, names %q, addresses %v: covered: %v", test.domain, test.names, test.addresses, !told)
		}
	}
	for fixture, domain := range map[string]string{
		"names/idn.pem": "中国.example", "names/ip.pem": "192.0.2.1",
	} {
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		in.cdn.DomainName, in.cdn.ServerCertificate = domain, pkiFile(t, fixture)
		if a, told := in.report().Advisory(validate.DomainNotCovered); told {
			t.Errorf("%s: %+v", fixture, a)
		}
	}
	in := soundInput(t, errcodes.SetDomainServerCertificate)
	in.cdn.ServerCertificate = pkiFile(t, "names/no-san.pem")
	if _, told := in.report().Advisory(validate.DomainNotCovered); !told {
		t.Error("names/no-san.pem: its common name counts")
	}
	// Without a domain there is nothing to cover.
	if a, told := validate.KeyPair(in.cdn.ServerCertificate, in.cdn.PrivateKey, in.opts).Advisory(validate.DomainNotCovered); told {
		t.Errorf("KeyPair: %+v", a)
	}
}
