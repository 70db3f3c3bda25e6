package main

import (
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

var statesPage = filepath.Join("..", "..", "STATES.md")

func TestStatesIsUpToDate(t *testing.T) {
	testutil.Long(t)
	status, want, stderr := command("-page", statesPage)
	if status != cli.OK || stderr != "" {
		t.Fatal(status, stderr)
	}
	got, err := os.ReadFile(statesPage)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("STATES.md is out of date; run go generate ./model/cmd/explore (-want +got)\n%s", diff)
	}
	// What the parts leave out would not be missed by a comparison.
	rows := map[string]int{}
	for _, name := range []string{"cdn", "alb"} {
		for line := range strings.Lines(partOf(t, want, name)) {
			if !strings.HasPrefix(line, "| `") {
				continue
			}
			cells := strings.Split(strings.ReplaceAll(line, `\|`, ""), "|")
			if code := strings.Split(cells[1], "`"); len(cells) == 5 && len(code) == 3 && strings.Contains(cells[3], "`") {
				rows[code[1]]++
				continue
			}
			t.Errorf("no code, condition and sequence: %s", line)
		}
	}
	wantRows := map[string]int{"ResourceInConfiguring.Listener": 1}
	for _, code := range append(cdnCodes, albCodes...) {
		wantRows[code]++
	}
	if diff := cmp.Diff(wantRows, rows); diff != "" {
		t.Errorf("rows of codes (-want +got)\n%s", diff)
	}
	sections := sectionsOf(partOf(t, want, "operations"))
	for _, operation := range cdn.Operations()[1:] {
		text := sections[operation.String()]
		if _, as, found := strings.Cut(text, "\nAs `"); found {
			name, _, _ := strings.Cut(as, "`")
			text += sections[name] + "\n"
			if name == cdn.Operations()[0].String() {
				text += partOf(t, want, "cdn")
			}
		}
		for row := range operation.Table().Rows() {
			_, mapped := first(operation.Table().ConditionsFor(row))
			if listed := strings.Contains(text, "\n| `"+string(row.Code)+"`"); mapped && !listed {
				t.Errorf("%s: no line for %s", operation, row.Code)
			}
		}
	}
	contains(t, partOf(t, want, "domain"), "```mermaid\nstateDiagram-v2\n    state \"off\" as s0\n")
	for _, name := range []string{"listener", "network", "accelerated"} {
		contains(t, partOf(t, want, name), "```mermaid\nstateDiagram-v2\n    state \"Running\" as s0\n")
	}
}

// The part of a product has a line for every row of every operation that some condition maps
// to, except where no input of the machine shows it: those of the classic load balancer, and
// those of ESA other than SetCertificate, have no text that is no number and no boolean.
func TestProductParts(t *testing.T) {
	page, err := os.ReadFile(statesPage)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		product string
		shows   func(errcodes.Operation, errcodes.Condition) bool
	}{
		"nlb": {alb.NLB, everyRow},
		"ga":  {alb.GA, everyRow},
		"clb": {errcodes.UploadServerCertificate.Product(), func(_ errcodes.Operation, cond errcodes.Condition) bool {
			return cond != errcodes.CondParameterUnreadable && cond != errcodes.CondDryRunMalformed
		}},
		"esa": {errcodes.SetCertificate.Product(), func(op errcodes.Operation, cond errcodes.Condition) bool {
			return op == errcodes.SetCertificate || cond != errcodes.CondParameterUnreadable
		}},
	} {
		sections := sectionsOf(partOf(t, string(page), name))
		for op := range universe.OfProduct(test.product) {
			want := map[errcodes.Code]bool{} // rows can share a code
			for row := range op.Table().Rows() {
				cond, mapped := first(op.Table().ConditionsFor(row))
				want[row.Code] = want[row.Code] || mapped && test.shows(op, cond)
			}
			for code := range want {
				if listed := strings.Contains(sections[op.String()], "\n| `"+string(code)+"`"); listed != want[code] {
					t.Errorf("%s: a line for %s: %v", op.ID(), code, listed)
				}
			}
		}
	}
}

func everyRow(errcodes.Operation, errcodes.Condition) bool { return true }

func first[T any](values iter.Seq[T]) (value T, ok bool) {
	for value = range values {
		return value, true
	}
	return value, false
}

// sectionsOf returns the text of each operation.
func sectionsOf(part string) map[string]string {
	sections := map[string]string{}
	for _, section := range strings.Split(part, "### ")[1:] {
		title, text, _ := strings.Cut(section, "\n")
		sections[title[strings.LastIndex(title, " ")+1:]] = text
	}
	return sections
}

// partOf returns what stands between the markers of a part.
func partOf(t *testing.T, page, name string) string {
	t.Helper()
	_, after, begins := strings.Cut(page, "\n<!-- explore:"+name+" -->\n")
	text, _, ends := strings.Cut(after, "\n<!-- /explore -->\n")
	if !begins || !ends {
		t.Fatalf("no part %s", name)
	}
	return text
}

// Every condition of the site's operation leads to a row that has a sequence.
func TestSiteStates(t *testing.T) {
	page, err := os.ReadFile(statesPage)
	if err != nil {
		t.Fatal(err)
	}
	table := errcodes.SetCertificate.Table()
	for cond := range table.Conditions() {
		row, _ := table.Row(cond)
		contains(t, partOf(t, string(page), "esa"), "\n| `"+string(row.Code)+"`")
	}
}

// A sequence is the one that the universe was explored by, in fewer words.
func TestBriefSequences(t *testing.T) {
	page, err := os.ReadFile(statesPage)
	if err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string][]string{
		"cdn": {
			"| `ServiceBusy` | `DomainConfiguring` | `Set status=on certName=A` → `Set status=on certName=A` |\n",
			"| `DeleteFailed` | `CertificateDeleteFailed` | `Set status=on certName=A` → `LockChanged name=A on=true` → `ConfigurationFinished` → `Set status=off` |\n",
			"| `Key.Malformed` | `PrivateKeyNotPEM` | `Set [PrivateKey: the private-key text is not one sound private-key block in PEM form]` |\n",
		},
		"alb": {
			// A repeated certificate takes one step, an associated one three.
			"| `ResourceAlreadyAssociated.Certificate` | `CertificateRepeated` | `Associate [Certificates.2.CertificateId: the same certificate id, or the same domain for GA, stands twice in one request]` |\n",
			"| `DryRunOperation` | `DryRun` | `Associate certificateIds=2-cn-hangzhou dryRun=true` |\n",
			"| `MissingListenerId` (gateway) | `ListenerIDMissing` | `Associate [ListenerId: no listener is given]` |\n",
			"| `IdempotenceSignatureMismatch` (sibling) | `TokenReused` | `Associate certificateIds=2-cn-hangzhou clientToken=token` → `Associate certificateIds=3-cn-hangzhou clientToken=token` |\n",
			"| `ResourceInConfiguring.Listener` (in the later edition) | `ListenerConfiguring` | ",
		},
		"nlb": {
			"### NLB AssociateAdditionalCertificatesWithListener\n",
			"| `ResourceNotFound.loadBalancer` (sibling) | `LoadBalancerNotFound` | `Nlb:GetLoadBalancerAttribute loadBalancerId=alb-1` |\n",
		},
		"ga": {
			"### GA UpdateAdditionalCertificateWithListener\n",
			"| `NotExist.Listener` (sibling) | `ListenerNotFound` | `DescribeListener listenerId=lsn-1` |\n",
			"| `StateError.Accelerator` | `LoadBalancerConfiguring` | ",
		},
		"esa": {
			"| `CertQuotaCheckFailed` (sibling) | `QuotaExceeded` | `Set ",
			"| `CertificateDomainNotMatchSite` (sibling) | `SiteNotCovered` | `Set siteId=2 type=upload",
		},
	} {
		contains(t, partOf(t, string(page), name)+"\n", rows...)
	}
}

// A page is rewritten between its markers only; one that lacks a part, or has one
// that is not known, that is there twice or that does not end, is an error.
func TestPage(t *testing.T) {
	testutil.Long(t)
	const domain, ends = "<!-- explore:domain -->\n", "<!-- /explore -->\n"
	others := ""
	for _, name := range []string{"listener", "network", "accelerated", "cdn", "operations", "esa", "clb", "alb", "ga", "nlb"} {
		others += "<!-- explore:" + name + " -->\nold text\n" + ends
	}
	page := func(text string) (status int, stdout, stderr string) {
		file := filepath.Join(t.TempDir(), "page")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return command("-page", file)
	}
	status, stdout, stderr := page("before\n" + domain + "old text\n" + ends + "between\n" + others + "after")
	if status != cli.OK || stderr != "" || strings.Contains(stdout, "old text") {
		t.Error(status, stderr, stdout)
	}
	if !strings.HasPrefix(stdout, "before\n"+domain+"```mermaid\n") || !strings.HasSuffix(stdout, " |\n\n"+ends+"after") {
		t.Error(stdout)
	}
	contains(t, stdout, "```\n"+ends+"between\n<!-- explore:listener -->\n")

	for _, c := range []struct{ want, text string }{
		{"no <!-- explore:domain\n", others},
		{`<!-- explore:"domain": no such part, or it is there twice`, others + domain + ends + domain + ends},
		{`<!-- explore:"weather": no such part`, "<!-- explore:weather -->\n" + ends},
		{"<!-- explore:domain: no <!-- /explore -->", domain + others},
		{"<!-- explore:domain: no <!-- /explore -->", others + domain},
	} {
		if status, stdout, stderr := page(c.text); status != cli.Failed || stdout != "" || !strings.Contains(stderr, c.want) {
			t.Errorf("want %q: exit status %d, %q, %s", c.want, status, stdout, stderr)
		}
	}
	if status, _, stderr := command("-page", filepath.Join(t.TempDir(), "none")); status != cli.Failed || !strings.HasPrefix(stderr, "explore: ") {
		t.Error(status, stderr)
	}
}
