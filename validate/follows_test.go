package validate_test

import (
	"crypto/x509"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata/chains"
	"github.com/alicert/alicert/validate"
)

// ownFindings are the conditions and advisories of a report that follow from no other.
func ownFindings(r *validate.Report) (own []string) {
	for _, v := range r.Violations {
		if v.Follows == 0 {
			own = append(own, v.Condition.String())
		}
	}
	for _, a := range r.Advisories {
		if a.Follows == "" {
			own = append(own, string(a.ID))
		}
	}
	return own
}

// checkFollows: what a finding follows from is in the report, and follows from nothing
// that follows from it in turn.
func checkFollows(t *testing.T, r *validate.Report) {
	t.Helper()
	for i, v := range r.Violations {
		earlier := slices.ContainsFunc(r.Violations[:i], func(e *errcodes.Error) bool { return e.Condition == v.Follows })
		if v.Follows != 0 && !earlier {
			t.Errorf("%s follows from %s, which no earlier error is", v.Condition, v.Follows)
		}
	}
	for i, a := range r.Advisories {
		told := slices.ContainsFunc(r.Violations, func(e *errcodes.Error) bool { return e.Condition.String() == a.Follows }) ||
			slices.ContainsFunc(r.Advisories, func(b validate.Advisory) bool {
				return string(b.ID) == a.Follows && (b.ID != a.ID || b.Follows == "")
			})
		if a.Follows != "" && !told {
			t.Errorf("advisory %d, %s, follows from %s, which is not told", i, a.ID, a.Follows)
		}
	}
}

// TestOneCauseOneStory is about certificates of which the first is not the leaf. What
// is said of them is the place of the leaf, and what is true of the leaf itself.
func TestOneCauseOneStory(t *testing.T) {
	const (
		notServer, mismatch = "CertificateNotServer", "KeyMismatch"
		byKey               = `(the leaf is block 2 \(line \d+\): the key belongs to it|the key belongs to the certificate in block 2 \(line \d+\))`
		third               = `(the leaf is block 3 \(line \d+\): the key belongs to it|the key belongs to the certificate in block 3 \(line \d+\))`
		only                = `there are only CA certificates here.* and the server's own certificate is missing`
		toFront, fullChain  = `^move block \d \(line \d+\) to the front`, `^send fullchain.pem`
	)
	for name, usage := range map[string]x509.KeyUsage{
		"CAs that sign only":      x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		"CAs that may serve, too": x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	} {
		for kind, keyFile := range map[string]string{"P-256": "p256/key.pem", "RSA": "rsa2048/key.pem", "P-384": "p384/key.pem"} {
			signs := func(c *x509.Certificate) { c.KeyUsage = usage }
			root := newRoot(t, signs)
			upper := issue(t, root, "upper", signs)
			lower := issue(t, upper, "lower", signs)
			leafKey := pkiFile(t, keyFile)
			public := parseSigner(t, leafKey).Public()
			leaf := lower.leaf(t, public)
			expired := lower.leaf(t, public, func(c *x509.Certificate) { c.NotAfter = inPeriod.AddDate(0, 0, -1) })
			cause := notServer
			if usage&x509.KeyUsageDigitalSignature != 0 {
				cause = mismatch
			}
			for _, test := range []struct {
				name         string
				certs        []string
				key          string
				reason, hint string
				own          []string // what follows from nothing
			}{
				{"leaf last of two", []string{lower.pem(), leaf}, leafKey, byKey, toFront, []string{cause}},
				{"leaf in the middle", []string{lower.pem(), leaf, upper.pem()}, leafKey, byKey, toFront, []string{cause}},
				{"upper first", []string{upper.pem(), leaf, lower.pem()}, leafKey, byKey, toFront, []string{cause}},
				{"reversed", []string{upper.pem(), lower.pem(), leaf}, leafKey, third, toFront, []string{cause}},
				{"root and intermediate first", []string{root.pem(), upper.pem(), leaf, lower.pem()}, leafKey, third, toFront, []string{cause, "root-included"}},
				{"reversed with root", []string{upper.pem(), lower.pem(), leaf, root.pem()}, leafKey, third, toFront, []string{cause, "root-included"}},
				{"leaf expired", []string{lower.pem(), expired}, leafKey, byKey, toFront, []string{cause, "CertificateExpired"}},
				{"two leaves", []string{lower.pem(), leaf, lower.leaf(t, nil, func(c *x509.Certificate) { c.DNSNames = []string{"a.example.net"} })}, leafKey, byKey, toFront, nil},
				{"chain alone", []string{lower.pem()}, leafKey, only, fullChain, []string{cause}},
				{"chain of two", []string{lower.pem(), upper.pem()}, leafKey, only, fullChain, []string{cause}},
				{"chain with root", []string{lower.pem(), upper.pem(), root.pem()}, leafKey, only, fullChain, []string{cause}},
				{"root alone", []string{root.pem()}, leafKey, only, fullChain, []string{cause}},
				{"chain reversed", []string{root.pem(), upper.pem()}, leafKey, only, fullChain, []string{cause}},
			} {
				t.Run(name+"/"+kind+"/"+test.name, func(t *testing.T) {
					req := pairRequest(strings.Join(test.certs, ""), test.key)
					opts := validate.Options{Now: inPeriod, VerifyChain: true, Domains: []string{"www.example.com"}}
					report := validate.Check(req, opts)
					v, _ := report.Verdict()
					if v.Condition.String() != cause {
						t.Fatalf("%v; want %s", report.Err(), cause)
					}
					if !regexp.MustCompile(test.reason).MatchString(v.Reason.EN) || !regexp.MustCompile(test.hint).MatchString(v.Hint().EN) {
						t.Errorf("reason %q, hint %q; want %s, %s", v.Reason.EN, v.Hint().EN, test.reason, test.hint)
					}
					if diff := cmp.Diff(test.own, ownFindings(report)); diff != "" && test.own != nil {
						t.Errorf("what follows from nothing (-want +got)\n%s", diff)
					}
					checkFollows(t, report)
					if err := validate.Verdict(req, opts); !cmp.Equal(err, report.Err()) {
						t.Errorf("Verdict: %v; the report: %v", err, report.Err())
					}
					shared := *req
					shared.Pair = validate.ParsePair(req.Certificate, req.PrivateKey, opts)
					if diff := cmp.Diff(report, validate.Check(&shared, opts)); diff != "" {
						t.Errorf("(-texts +pair)\n%s", diff)
					}
					repaired, ok := validate.Repair(req, opts)
					if wants := test.hint == toFront && test.name != "leaf expired" && test.name != "two leaves"; ok != wants || ok && !strings.HasPrefix(repaired.Certificate, leaf) {
						t.Errorf("repaired: %v, %+v; want %v", ok, repaired.Changes, wants)
					}
				})
			}
		}
	}
}

// TestCAFirstWithItsKey: key and first certificate are those of the CA, so the key
// proves nothing, but names do.
func TestCAFirstWithItsKey(t *testing.T) {
	for _, usage := range []x509.KeyUsage{x509.KeyUsageCertSign, x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature} {
		root := newRoot(t, func(c *x509.Certificate) { c.KeyUsage = usage })
		req := pairRequest(root.pem()+root.leaf(t, nil), keyText(t, root.key).Reveal())
		report := validate.Check(req, validate.Options{Now: inPeriod})
		checkFollows(t, report)
		var told interface{ Hint() errcodes.Message }
		var reason string
		if v, refused := report.Verdict(); refused {
			told, reason = &v, v.Reason.EN
		} else if a, ok := report.Advisory(validate.LeafIsCA); ok {
			told, reason = a, a.Reason.EN
		}
		if told == nil || !strings.Contains(reason, "the leaf is block 2 (line ") || !strings.HasPrefix(told.Hint().EN, "send block 2 (line ") ||
			!strings.Contains(told.Hint().EN, "keep the CA's key off servers and out of the cloud") {
			t.Errorf("usage %d: %q, %v", usage, reason, told)
		}
		if own := ownFindings(report); len(own) > 2 {
			t.Errorf("usage %d: %q", usage, own)
		}
	}
}

// TestHintsOfKeys: the hint to a key that does not fit says whose it is.
func TestHintsOfKeys(t *testing.T) {
	root := newRoot(t)
	leaf := root.leaf(t, nil)
	for _, test := range []struct{ name, key, hint string }{
		{"of the CA", keyText(t, root.key).Reveal(), "send the leaf's own private key; keep the CA's key off servers and out of the cloud"},
		{"of another pair", pkiFile(t, "p256/other-key.pem"), "send certificate and key of one pair"},
		{"of another curve", pkiFile(t, "p384/key.pem"), "send certificate and key of one pair"},
		{"of another kind", pkiFile(t, "rsa2048/key.pem"), "send certificate and key of one pair"},
	} {
		err := validate.Verdict(pairRequest(leaf+root.pem(), test.key), validate.Options{})
		e, ok := errors.AsType[*errcodes.Error](err)
		if !ok || e.Condition != errcodes.CondKeyMismatch || !strings.HasPrefix(e.Hint().EN, test.hint) || strings.Contains(e.Hint().EN, "%!") {
			t.Errorf("%s: %v; want the hint %q", test.name, err, test.hint)
		}
	}
}

// TestFollowsElsewhere: other findings that have one cause.
func TestFollowsElsewhere(t *testing.T) {
	root := newRoot(t)
	leaf, key := root.leaf(t, nil), pkiFile(t, "p256/key.pem")
	selfSigned := issue(t, issuer{}, "www.example.com", func(c *x509.Certificate) {
		c.KeyUsage, c.DNSNames = x509.KeyUsageDigitalSignature, []string{"www.example.com"}
	})
	for _, test := range []struct {
		name string
		req  validate.Request
		opts validate.Options
		own  []string
		all  int
	}{
		{"swapped", pairRequest(key, leaf), validate.Options{Now: inPeriod}, []string{"CertificateNotPEM"}, 3},
		{"self-signed as openssl req -x509 makes it", pairRequest(selfSigned.pem(), keyText(t, selfSigned.key).Reveal()), validate.Options{Now: inPeriod}, []string{"self-signed"}, 2},
		{"status not given", &validate.CDNRequest{DomainName: "www.example.com", Certificate: leaf, PrivateKey: validate.NewSecret(key), CertName: "a"}, validate.Options{Now: inPeriod}, []string{"nothing-checked"}, 3},
		{"status off", &validate.CDNRequest{DomainName: "www.example.com", Status: "off", CertName: "a", Certificate: leaf}, validate.Options{}, []string{"parameter-ignored", "parameter-ignored"}, 2},
		{"id without a region", &validate.ALBRequest{ListenerID: "lsn-1", CertificateIDs: []string{"123"}}, validate.Options{Certificate: func(string) (string, bool) { return "", false }}, []string{"id-without-region"}, 2},
		{"unknown id", &validate.ALBRequest{ListenerID: "lsn-1", CertificateIDs: []string{"123-cn-hangzhou"}}, validate.Options{Certificate: func(string) (string, bool) { return "", false }}, []string{"certificate-unknown"}, 1},
		{"indented", pairRequest(" "+strings.ReplaceAll(strings.TrimSuffix(leaf+root.pem(), "\n"), "\n", "\n ")+"\n", key), validate.Options{}, []string{"CertificateNotPEM"}, 2},
		{"the cause is silenced", pairRequest(selfSigned.pem(), keyText(t, selfSigned.key).Reveal()), validate.Options{Now: inPeriod, Levels: map[validate.AdvisoryID]validate.Level{validate.SelfSigned: validate.LevelIgnore}}, []string{"leaf-is-ca"}, 1},
	} {
		report := validate.Check(test.req, test.opts)
		checkFollows(t, report)
		if all := len(report.Violations) + len(report.Advisories); all != test.all {
			t.Errorf("%s: %d findings; want %d", test.name, all, test.all)
		}
		if diff := cmp.Diff(test.own, ownFindings(report)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

// TestFollowsOfVectors: causes of whatever is told are told.
func TestFollowsOfVectors(t *testing.T) {
	for _, c := range everyInput(t) {
		report := c.report()
		checkFollows(t, report)
		if len(report.Violations)+len(report.Advisories) > 0 && len(ownFindings(report)) == 0 {
			t.Errorf("%s: every finding follows from another", c.name)
		}
	}
}

// TestSkippedCause: a cause that is not reported is none, so everything is about the
// first certificate.
func TestSkippedCause(t *testing.T) {
	root := newRoot(t)
	req := pairRequest(root.pem()+root.leaf(t, nil), pkiFile(t, "p256/key.pem"))
	opts := validate.Options{Now: inPeriod, Skip: []errcodes.Condition{errcodes.CondCertificateNotServer, errcodes.CondKeyMismatch}}
	report := validate.Check(req, opts)
	if a, told := report.Advisory(validate.LeafIsCA); !told || a.Block != 1 || a.Follows != "" || report.Err() != nil {
		t.Errorf("%v, %+v", report.Err(), report.Advisories)
	}
	checkFollows(t, report)
}

// TestChainVectors checks that the vectors of chains are those that are made, apart from
// the answers, and what they tell once.
func TestChainVectors(t *testing.T) {
	made := chains.Vectors()
	checkMade(t, made)
	for _, v := range made {
		report := vectorInput(t, v, v.Operations[0]).report()
		var own []string
		for _, id := range ownFindings(report) {
			if id != string(validate.RootIncluded) {
				own = append(own, id)
			}
		}
		if diff := cmp.Diff([]string{v.Expect}, own); diff != "" || !strings.Contains(report.Violations[0].Reason.EN, v.At.Reason) {
			t.Errorf("%s: %q (-want +got)\n%s", v.Name, report.Violations[0].Reason.EN, diff)
		}
		if hint := report.Violations[0].Hint().EN; !strings.HasPrefix(hint, "move block ") && !strings.HasPrefix(hint, "send fullchain.pem") {
			t.Errorf("%s: the hint is %q", v.Name, hint)
		}
	}
}
