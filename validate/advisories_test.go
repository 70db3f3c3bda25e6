package validate_test

import (
	"crypto/x509"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

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

// TestHints proves that each advisory says what to do, in both languages.
func TestHints(t *testing.T) {
	declared := declaredAdvisories(t)
	if len(declared) < 29 {
		t.Errorf("only %d advisories found in the source", len(declared))
	}
	names := make(map[validate.AdvisoryID]string)
	for name, id := range declared {
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

// gapVector has certificates behind a missing link, which is a matter of form then.
const gapVector = "chain-link-missing/gap-before-two-in-order/"

// TestStrict proves that strict mode turns the advisories about form, and only
// these, into violations, with the code of the parameter's form. It takes every
// request that is accepted otherwise.
func TestStrict(t *testing.T) {
	for _, c := range everyInput(t) {
		in := &c.input
		if in.op == errcodes.AssociateAdditionalCertificatesWithListener || in.report().Err() != nil {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			relaxed := in.report()
			in.opts.Strict = true
			strict := in.report()

			var want []*errcodes.Error
			var kept []validate.Advisory
			for _, a := range relaxed.Advisories {
				gap := a.ID == validate.ChainLinkMissing && strings.HasPrefix(c.name, gapVector)
				if !gap && !slices.Contains(strictForms, a.ID) {
					kept = append(kept, a)
					continue
				}
				cond := errcodes.CondCertificateNotPEM
				if a.Parameter == in.op.Table().Parameter(errcodes.CondPrivateKeyNotPEM) {
					cond = errcodes.CondPrivateKeyNotPEM
				}
				e := in.op.Table().Error(cond)
				e.Position, e.Reason, e.Remedy = a.Position, a.Reason, a.Remedy
				same := func(b *errcodes.Error) bool { return b.Parameter == e.Parameter && b.Reason == e.Reason }
				if slices.ContainsFunc(want, same) { // the same again
					e.Follows = cond
				}
				want = append(want, &e)
			}
			slices.SortStableFunc(want, func(a, b *errcodes.Error) int {
				return in.op.Table().Rank(a.Condition) - in.op.Table().Rank(b.Condition)
			})
			if diff := cmp.Diff(want, strict.Violations); diff != "" {
				t.Errorf("violations (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(kept, strict.Advisories); diff != "" {
				t.Errorf("advisories (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(relaxed.Certificates, strict.Certificates); diff != "" {
				t.Errorf("certificates (-want +got)\n%s", diff)
			}
		})
	}
}

// TestStrictTakesThePublishedForm: the files as the usual tools write them,
// whatever the system's line ends.
func TestStrictTakesThePublishedForm(t *testing.T) {
	strict := validate.Options{Now: inPeriod, Strict: true, VerifyChain: true}
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

// TestBadSignature changes one bit of the leaf's signature, for each type of key that
// signs.
func TestBadSignature(t *testing.T) {
	for _, folder := range pkiKeyTypes {
		leaf, issuing := pkiFile(t, folder+"/leaf.pem"), pkiFile(t, folder+"/issuing.pem")
		for text, want := range map[string]bool{leaf + issuing: false, badSignature(t, leaf) + issuing: true} {
			report := validate.ServerCertificate(text, validate.Options{VerifyChain: true})
			if a, told := report.Advisory(validate.ChainSignatureBad); told != want || told && a.Block != 1 || report.Err() != nil {
				t.Errorf("%s: told: %v, of %+v; %v", folder, told, a, report.Err())
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
		{"www.example.com", []string{"www.example.com."}, nil, false}, // names of certificates end without a dot
		{"www.example.com", []string{"*.example.com."}, nil, false},
		{"*.example.com", []string{"*.example.com."}, nil, false},
		{"www.example.com", []string{"www.example.com.", "www.example.com"}, nil, true},
		{"www.example.com", nil, nil, false}, // the common name does not count
		{"www.example.com", nil, address, false},
	}
	for _, test := range tests {
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		in.cdn.DomainName = test.domain
		in.cdn.Certificate = leafWith(t, func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = test.names, test.addresses })
		report := in.report()
		if err := report.Err(); err != nil {
			t.Errorf("%s: %v", test.domain, err)
		}
		if _, told := report.Advisory(validate.DomainNotCovered); told == test.covered {
			t.Errorf("%s, names %q, addresses %v: covered: %v", test.domain, test.names, test.addresses, !told)
		}
	}
	in := soundInput(t, errcodes.SetDomainServerCertificate)
	in.cdn.DomainName, in.cdn.Certificate = "中国.example", pkiFile(t, "names/idn.pem")
	if a, told := in.report().Advisory(validate.DomainNotCovered); told {
		t.Errorf("names/idn.pem: %+v", a)
	}
	in = soundInput(t, errcodes.SetDomainServerCertificate)
	in.cdn.Certificate = pkiFile(t, "names/no-san.pem")
	if _, told := in.report().Advisory(validate.DomainNotCovered); !told {
		t.Error("names/no-san.pem: its common name counts")
	}
	// Without a domain there is nothing to cover.
	if a, told := validate.KeyPair(in.cdn.Certificate, in.cdn.PrivateKey, in.opts).Advisory(validate.DomainNotCovered); told {
		t.Errorf("KeyPair: %+v", a)
	}
}
