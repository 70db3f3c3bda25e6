package main

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/cli"
)

func TestText(t *testing.T) {
	var b strings.Builder
	f := small["alb"]()
	if err := writeText(&b, f); err != nil {
		t.Fatal(err)
	}
	contains(t, b.String(),
		"machine      alb, AssociateAdditionalCertificatesWithListener\n", "exploration  complete\n",
		"\nResourceNotFound.Listener (404)\n  message    The specified resource %s is not found.\n  condition  ListenerNotFound: there is no such listener\n  depth      1\n"+
			"          1. AssociateAdditionalCertificatesWithListener requestId=a8 listenerId=lsn-9 certificateIds=2-cn-hangzhou\n",
		"condition  DissociateAdditionalCertificatesFromListener: CertificateNotAssociated: ",
		"\nSuccess\n  depth", "\nIgnored\n  depth",
		"\nholds   the quota is never exceeded\n", "that no input leaves)\n\n0\n",
	)
	if strings.Contains(b.String(), "BROKEN") || strings.Contains(b.String(), "-----") {
		t.Error(b.String())
	}
	if n := strings.Count(b.String(), "\n  depth "); n != len(f.outcomes) {
		t.Errorf("%d outcomes, want %d", n, len(f.outcomes))
	}
}

func TestTextOfGA(t *testing.T) {
	status, stdout, stderr := command("-machine", "ga", "-operation", "UpdateAdditionalCertificateWithListener")
	if status != cli.OK || stderr != "" {
		t.Fatal(status, stderr)
	}
	contains(t, stdout,
		"machine      ga, UpdateAdditionalCertificateWithListener\n", "exploration  complete\n",
		"\nNotExist.Accelerator (400)\n  message    The accelerated instance does not exist.\n  condition  LoadBalancerNotFound: ",
		"\nMissingRegionId (400)\n  message    RegionId is mandatory for this action.\n  condition  ParameterMissing RegionId: ",
	)
}

func TestTextBroken(t *testing.T) {
	var b strings.Builder
	f := mustExplore(faulty().machine())
	if err := writeText(&b, f); err != nil {
		t.Fatal(err)
	}
	contains(t, b.String(), "BROKEN  never three: it is three\n          1.", "\n          3.", "holds   never negative", "leaves)\n\n1\n")
	if f.sound() {
		t.Error("not noticed")
	}
}
