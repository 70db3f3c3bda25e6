package validate_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/testdata/vectors"
	"github.com/alicert/alicert/validate"
)

// listenerPrefix begins the names of the vectors that are made here.
const listenerPrefix = "listener-"

// A listenerForm is a request for a listener in its wire form, which a field at a time
// makes for any operation.
type listenerForm struct {
	op     errcodes.Operation
	values url.Values
	stored map[string]string
}

// soundListenerForm is a request without a fault.
func soundListenerForm(op errcodes.Operation) *listenerForm {
	f := &listenerForm{op: op, values: url.Values{}}
	f.set(errcodes.FieldListenerID, map[string]string{"Alb": "lsn-example", "Nlb": "lsn-example@443", "Ga": "lsr-example"}[op.Product()])
	f.set(errcodes.FieldLoadBalancerID, "ga-example")
	if op.Requires(errcodes.FieldRegionID) {
		f.set(errcodes.FieldRegionID, "cn-hangzhou")
	}
	return f.entries(1)
}

// set gives a field a value, if the operation has it. An empty value equals an absent one.
func (f *listenerForm) set(field errcodes.Field, value string) { f.entry(1, field, value) }

// entry does the same with one entry of an array, which is there even if it is empty.
func (f *listenerForm) entry(n int, field errcodes.Field, value string) {
	name := f.op.Parameter(field)
	switch {
	case name == "":
	case value == "" && !strings.Contains(name, ".N"):
		f.values.Del(name)
	default:
		f.values.Set(strings.Replace(name, ".N", "."+strconv.Itoa(n), 1), value)
	}
}

// last is the number of the last entry of a request that has two where it can.
func (f *listenerForm) last() int {
	if n := min(2, f.limit()); f.op.Parameter(errcodes.FieldCertificates) != "" {
		f.entries(n)
		return n
	}
	return 1
}

func (f *listenerForm) limit() int {
	if limit := f.op.Limit(errcodes.FieldCertificates); limit > 0 {
		return limit
	}
	return validate.MaxCertificates
}

// entries gives the request a number of certificates.
func (f *listenerForm) entries(n int) *listenerForm {
	for i := range n {
		f.entry(i+1, errcodes.FieldCertificateID, fmt.Sprintf("%d-cn-hangzhou", 1000+i))
		f.entry(i+1, errcodes.FieldDomainName, "www"+strings.Repeat("w", i)+".example.com")
	}
	return f
}

// without drops the certificates.
func (f *listenerForm) without() *listenerForm {
	for name := range f.values {
		for _, field := range []errcodes.Field{errcodes.FieldCertificateID, errcodes.FieldDomainName} {
			if before, _, _ := strings.Cut(f.op.Parameter(field), ".N"); before != "" && strings.HasPrefix(name, before) {
				f.values.Del(name)
			}
		}
	}
	return f
}

// A listenerFault is a condition that a request for a listener shows, and what a request
// says that only just does not.
type listenerFault struct {
	cond          errcodes.Condition
	comment, near string
	show, avoid   func(*listenerForm)
}

func listenerFaults(tb testing.TB) []listenerFault {
	tb.Helper()
	set := func(field errcodes.Field, value string) func(*listenerForm) {
		return func(f *listenerForm) { f.set(field, value) }
	}
	last := func(field errcodes.Field, value string) func(*listenerForm) {
		return func(f *listenerForm) { f.entry(f.last(), field, value) }
	}
	store := func(file string) func(*listenerForm) {
		return func(f *listenerForm) { f.stored = map[string]string{vectors.AnyID: pkiFile(tb, file)} }
	}
	return []listenerFault{
		{errcodes.CondListenerIDMissing, "There is no listener id.", "A listener id of one letter.", set(errcodes.FieldListenerID, ""), set(errcodes.FieldListenerID, "l")},
		{errcodes.CondParameterMissing, "There is no accelerator.", "An accelerator of one letter.", set(errcodes.FieldLoadBalancerID, ""), set(errcodes.FieldLoadBalancerID, "g")},
		{errcodes.CondCertificatesMissing, "There is no entry.", "There is one entry.", func(f *listenerForm) { f.without() }, func(*listenerForm) {}},
		{
			errcodes.CondParameterUnreadable, "The entries are one parameter.", "The only entry has the number 2.",
			func(f *listenerForm) { f.without().set(errcodes.FieldCertificates, `["1000-cn-hangzhou"]`) },
			func(f *listenerForm) {
				f.without()
				f.entry(2, errcodes.FieldCertificateID, "1000-cn-hangzhou")
				f.entry(2, errcodes.FieldDomainName, "www.example.com")
			},
		},
		{errcodes.CondDryRunMalformed, "DryRun is a number.", "DryRun is in capitals.", set(errcodes.FieldDryRun, "1"), set(errcodes.FieldDryRun, "FALSE")},
		{
			errcodes.CondTooManyCertificates, "One entry more than the operation takes.", "As many entries as the operation takes.",
			func(f *listenerForm) { f.entries(f.limit() + 1) }, func(f *listenerForm) { f.entries(f.limit()) },
		},
		{errcodes.CondDomainNameMissing, "An entry has no domain.", "A domain of one letter.", last(errcodes.FieldDomainName, ""), last(errcodes.FieldDomainName, "w")},
		{errcodes.CondDomainNameMalformed, "A domain begins with a period.", "A domain is a wildcard.", last(errcodes.FieldDomainName, ".example.com"), last(errcodes.FieldDomainName, "*.example.com")},
		{errcodes.CondCertificateIDMissing, "A certificate id is empty.", "No certificate id is empty.", last(errcodes.FieldCertificateID, ""), last(errcodes.FieldCertificateID, "1-cn-hangzhou")},
		{errcodes.CondCertificateIDMalformed, "A certificate id has a space in it.", "A certificate id has punctuation in it.", last(errcodes.FieldCertificateID, "1000 cn-hangzhou"), last(errcodes.FieldCertificateID, "~!_.:1000-cn-hangzhou")},
		{errcodes.CondClientTokenTooLong, "A client token of 65 characters.", "A client token of 64 characters.", set(errcodes.FieldClientToken, strings.Repeat("t", 65)), set(errcodes.FieldClientToken, strings.Repeat("t", 64))},
		{errcodes.CondClientTokenNotASCII, "A client token in Chinese.", "A client token of a space and a tilde.", set(errcodes.FieldClientToken, "令牌"), set(errcodes.FieldClientToken, " ~")},
		{
			errcodes.CondCertificateRepeated, "Two entries are the same.", "Two entries differ in what names them.",
			func(f *listenerForm) {
				n := f.last()
				f.entry(n, errcodes.FieldDomainName, "WWW.Example.COM")
				f.entry(n, errcodes.FieldCertificateID, "1000-cn-hangzhou")
			},
			func(f *listenerForm) {
				if n := f.last(); f.op.Parameter(errcodes.FieldDomainName) != "" {
					f.entry(n, errcodes.FieldCertificateID, "1000-cn-hangzhou") // of two domains
				}
			},
		},
		{errcodes.CondCertificateNotServer, "The certificate with this id is for clients.", "The certificate with this id is for servers.", store("usage/client-only.pem"), store("p256/leaf.pem")},
	}
}

// vector returns the form and its answer.
func (f *listenerForm) vector(t *testing.T, comment string) vectors.Vector {
	t.Helper()
	v := vectors.Vector{Comment: comment, Operations: []string{f.op.ID()}, Time: inPeriod, Short: map[string]string{}, Stored: f.stored}
	for name, values := range f.values {
		v.Short[name] = values[0]
	}
	return answer(v, vectorInput(t, v, f.op.ID()).report())
}

// listenerVectors are those of every operation for a listener, besides the first, whose
// vectors are written by hand. Operations that have the same request and answer share one.
func listenerVectors(t *testing.T) (all []vectors.Vector) {
	t.Helper()
	add := func(folder string, v vectors.Vector, op errcodes.Operation, near bool) {
		for i := range all {
			same := all[i]
			same.Name, same.Operations = v.Name, v.Operations
			if before, _, _ := strings.Cut(all[i].Name, "/"); before == folder && same.Format() == v.Format() {
				all[i].Operations = append(all[i].Operations, op.ID())
				return
			}
		}
		words := strings.SplitN(hyphened(op.String()), "-", 3)
		file := listenerPrefix
		if near {
			file += "near-"
		}
		v.Name = folder + "/" + file + strings.ToLower(op.Product()) + "-" + words[0] + "-" + words[1]
		all = append(all, v)
	}
	faults := listenerFaults(t)
	for op := range errcodes.Operations() {
		req, _ := validate.Parse(op, nil)
		if _, listener := req.(*validate.ALBRequest); !listener || op == errcodes.AssociateAdditionalCertificatesWithListener {
			continue
		}
		add("sound", soundListenerForm(op).vector(t, "A request for a listener without a fault."), op, false)
		for _, fault := range faults {
			if !op.Table().Has(fault.cond) {
				continue
			}
			show, avoid := soundListenerForm(op), soundListenerForm(op)
			fault.show(show)
			fault.avoid(avoid)
			add(fault.cond.String(), show.vector(t, fault.comment), op, false)
			add(fault.cond.String(), avoid.vector(t, fault.near), op, true)
		}
	}
	return all
}

// hyphened writes UpdateListener as update-listener.
func hyphened(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && 'A' <= r && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// TestListenerVectors holds the vectors to what is made here. With -update it writes them.
func TestListenerVectors(t *testing.T) {
	made := map[string]bool{}
	for _, v := range listenerVectors(t) {
		if made[v.Name] {
			t.Errorf("two vectors are called %s", v.Name)
		}
		made[v.Name] = true
		testutil.Golden(t, filepath.Join(vectorFolder, v.Name+".txt"), v.Format())
	}
	files, err := filepath.Glob(filepath.Join(vectorFolder, "*", listenerPrefix+"*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file)) + "/" + strings.TrimSuffix(filepath.Base(file), ".txt")
		if _, err := os.Stat(file); !made[name] && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is not made any more", name)
		}
	}
}
