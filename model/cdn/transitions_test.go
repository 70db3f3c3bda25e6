package cdn_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
)

const transitionsHeader = `# What every kind of input does to a domain of every state, in the small universe of %s: made by
#	go test ./model/cdn -run TestTransitions -update
# Shown are the states with at most one thing in the way of a request.
# state | input | output -> state; several where the certificates decide

`

// TestTransitions holds the transition table of the machine: one line for a state
// class of the domain and an input class.
func TestTransitions(t *testing.T) {
	testutil.Long(t)
	for _, operation := range cdn.Operations() {
		t.Run(operation.String(), func(t *testing.T) { testTransitions(t, operation) })
	}
}

func testTransitions(t *testing.T, operation errcodes.Operation) {
	t.Helper()
	cells := map[string]map[string]bool{}
	e := universe.CDN(operation, universe.Small).Explore(model.Limits{})
	uploadKey := in(pairA().upload(www, "n")).Action.(set).Check.Key
	for step := range e.AllTransitions() {
		from := step.From.Class(universe.DomainOf(operation, universe.Domain1))
		if flags(from) > 1 {
			continue
		}
		cell := from + " | " + inputClass(step.Input, uploadKey)
		if cells[cell] == nil {
			cells[cell] = map[string]bool{}
		}
		output := step.Output.Outcome()
		if a, isSet := step.Input.Action.(set); isSet && !a.Check.Accepted() {
			output = "its condition"
		}
		cells[cell][output+" -> "+step.To.Class(universe.DomainOf(operation, universe.Domain1))] = true
	}
	var text strings.Builder
	fmt.Fprintf(&text, transitionsHeader, operation)
	for _, cell := range slices.Sorted(maps.Keys(cells)) {
		fmt.Fprintf(&text, "%s | %s\n", cell, strings.Join(slices.Sorted(maps.Keys(cells[cell])), "; "))
	}
	testutil.Golden(t, filepath.Join("testdata", "transitions-"+operation.String()+".txt"), text.String())
}

// flags counts what stands in the way of a request.
func flags(class string) (n int) {
	for _, flag := range []string{"suspended", "not permitted", "offline", "configuring", "scheduled", "protected"} {
		if strings.Contains(class, ", "+flag) {
			n++
		}
	}
	return n
}

// inputClass names what kind of input one is.
func inputClass(in cdn.Input, uploadKey string) string {
	name := fmt.Sprintf("%T", in.Action)[len("cdn."):] // or cas
	if a, isSet := in.Action.(set); isSet {
		return setClass(a, uploadKey)
	}
	switch a := in.Action.(type) {
	case cdn.ProtectionChanged:
		return name + onOff(a.On)
	case cdn.ScheduleChanged:
		return name + onOff(a.On)
	case cas.LockChanged:
		return name + onOff(a.On)
	case cdn.PermissionChanged:
		return name + onOff(a.Allowed)
	case cas.CertificateStatusChanged:
		return name + " " + string(a.Status)
	case cdn.DescribeDomainCertificateInfo, cdn.DescribeCdnDomainDetail, cdn.ListTagResources,
		cdn.DescribeCertificate, cdn.DescribeDomain, cdn.DescribeDcdnTagResources:
		return "read of the domain"
	case cdn.DescribeUserDomains, cdn.DescribeDomains, cas.ListUserCertificateOrder:
		return "list"
	case cas.GetUserCertificateDetail, cas.GetCertificateDetail:
		return "read of a certificate"
	default:
		return name
	}
}

func setClass(a set, uploadKey string) string {
	switch {
	case !a.Check.Accepted():
		return "Set, refused by itself"
	case a.DomainName != universe.Domain1:
		return "Set for another domain"
	case !a.On():
		return "Set off"
	case a.CertType == "free":
		return "Set free"
	case a.CertID != "":
		return "Set cas by id"
	case a.CertType == "cas" && a.Check.Key == "":
		return "Set cas"
	case a.CertType == "cas" && a.Check.Key == uploadKey:
		return "Set cas, another key"
	case a.CertType == "cas":
		return "Set cas, its key"
	case a.Overwrite:
		return "Set upload, ForceSet"
	case a.CertName != universe.Upload1:
		return "Set upload, another name"
	default:
		return "Set upload"
	}
}

func onOff(on bool) string {
	if on {
		return " on"
	}
	return " off"
}
