package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

// decoded is the JSON format, as somebody else would write it down. Inputs are
// decoded by the machine's own type.
type decoded[I any] struct {
	Machine     string `json:"machine"`
	States      int    `json:"states"`
	Transitions int    `json:"transitions"`
	Codes       []struct {
		Code      string `json:"code"`
		Message   string `json:"message"`
		Condition string `json:"condition"`
		Depth     int    `json:"depth"`
		Path      []I    `json:"path"`
	} `json:"codes"`
	Invariants []struct {
		Name  string `json:"name"`
		Holds bool   `json:"holds"`
	} `json:"invariants"`
}

func decode[I any](t *testing.T, data []byte) (d decoded[I]) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		t.Fatal(err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		t.Error("something follows the object")
	}
	return d
}

func asJSON(t *testing.T, f *finding) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeJSON(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkJSON holds the JSON of a small universe against the table: every row and
// every condition is there, by a path that reaches it, and every invariant holds.
func checkJSON[S, I any](t *testing.T, f *finding, space model.Space[S, I, model.Output], codes []string) {
	t.Helper()
	data := asJSON(t, f)
	if bytes.Contains(data, []byte("PRIVATE KEY")) {
		t.Error("a private key got out")
	}
	d := decode[I](t, data)
	if d.Machine != f.machine || d.States < 600 || d.Transitions != d.States*len(space.Inputs) {
		t.Errorf("machine %s, %d states, %d transitions", d.Machine, d.States, d.Transitions)
	}
	rows := checkPaths(t, d, space)
	var conditions, want []string
	for _, c := range d.Codes {
		if !strings.Contains(c.Condition, ": ") {
			conditions = append(conditions, c.Condition)
		}
	}
	for cond := range f.table.Conditions() {
		want = append(want, cond.String())
	}
	if !slices.Equal(conditions, want) {
		t.Errorf("conditions %q\nwant %q", conditions, want)
	}
	var mapped []string
	for row := range f.table.Rows() {
		mapped = append(mapped, string(row.Code))
		if !rows[string(row.Code)+" "+row.Message] {
			t.Errorf("row %s %q is missing", row.Code, row.Message)
		}
	}
	if !slices.Equal(slices.Sorted(slices.Values(mapped)), slices.Sorted(slices.Values(codes))) {
		t.Errorf("rows %q\nwant %q", mapped, codes)
	}
	if len(d.Invariants) != len(space.Invariants) {
		t.Errorf("%d invariants", len(d.Invariants))
	}
	for _, inv := range d.Invariants {
		if !inv.Holds || inv.Name == "" {
			t.Errorf("invariant %+v", inv)
		}
	}
}

// checkPaths sends each path to the machine, and returns the rows that they reach, each as
// code and message.
func checkPaths[S, I any](t *testing.T, d decoded[I], space model.Space[S, I, model.Output]) map[string]bool {
	t.Helper()
	rows := map[string]bool{}
	for _, c := range d.Codes {
		rows[c.Code+" "+c.Message] = true
		steps := model.Run(space.Machine, c.Path...)
		if last := steps[len(steps)-1].Output; len(c.Path) != c.Depth || space.Outcome(last) != c.Condition || string(last.Error.Code) != c.Code {
			t.Errorf("%s in %d steps: its path of %d leads to %s", c.Condition, c.Depth, len(c.Path), last.Explain())
		}
	}
	return rows
}

// The 24 rows of the published table.
var cdnCodes = strings.Fields(`
	InvalidDomain.NotFound IllegalOperation ServiceBusy InvalidDomain.Offline OperationDenied
	InvalidServerCertificateStatus.ValueNotSupported ServerCertificate.MissingParameter PrivateKey.MissingParameter
	InvalidCertificate InvalidPrivateKey Certificate.MissMatch InvalidCertificate.TooLong InvalidCertName.TooLong
	SetDomainServerCertificate.ParameterError Certificate.StatusError DeleteFailed Certificate.NotFind
	Certificate.Duplicated Certificate.FormatError Certificate.StatusError Certificate.KeyNull Key.Malformed
	Certificate.NotPermittedOff Certificate.SettedNotEffect`)

// The 6 rows of the published table, DryRunOperation, what is borrowed, and the gateway's.
var albCodes = strings.Fields(`
	IncorrectStatus.Listener OperationDenied.DefaultCertificateUsed OperationFailed.DefaultCertificateNotFound
	ResourceAlreadyAssociated.Certificate ResourceQuotaExceeded.LoadBalancerCertificatesNum ResourceNotFound.Certificate
	DryRunOperation
	OperationDenied.HttpListenerNotSupport InvalidParameter Forbidden.LoadBalancer ResourceNotFound.Listener
	IdempotenceSignatureMismatch
	MissingListenerId MissingCertificates InvalidCertificates InvalidDryRun`)

func TestJSON(t *testing.T) {
	t.Run("cdn", func(t *testing.T) {
		if len(cdnCodes) != 24 {
			t.Fatal(len(cdnCodes), "rows")
		}
		checkJSON(t, small["cdn"](), universe.CDN(errcodes.SetDomainServerCertificate, universe.Small), cdnCodes)
	})
	for _, version := range []errcodes.Version{errcodes.Original, errcodes.Current} {
		t.Run(fmt.Sprint("alb, ", version), func(t *testing.T) {
			name, codes := "alb", albCodes
			if version == errcodes.Current {
				name, codes = "later", append(slices.Clone(albCodes), "ResourceInConfiguring.Listener")
			}
			checkJSON(t, small[name](), universe.ALB(universe.Small, version), codes)
		})
	}
}

// The JSON of every operation of NLB and GA has every row that is answered, by a path that
// reaches it.
func TestJSONOfListeners(t *testing.T) {
	for product, of := range map[string]struct {
		machine func(errcodes.Operation) machine
		space   func(errcodes.Operation) model.Space[alb.State, alb.Input, model.Output]
	}{alb.NLB: {nlbMachine, universe.NLB}, alb.GA: {gaMachine, universe.GA}} {
		for op := range universe.OfProduct(product) {
			f := mustExplore(of.machine(op))
			d := decode[alb.Input](t, asJSON(t, f))
			if d.Machine != strings.ToLower(product) || d.States != f.states || !f.complete || !f.sound() {
				t.Errorf("%s: machine %s, %d states", op.ID(), d.Machine, d.States)
			}
			rows := checkPaths(t, d, of.space(op))
			for row := range op.Table().Rows() {
				if _, mapped := first(op.Table().ConditionsFor(row)); mapped && !rows[string(row.Code)+" "+row.Message] {
					t.Errorf("%s: row %s %q is missing", op.ID(), row.Code, row.Message)
				}
			}
		}
	}
}

// Conditions of other operations come last, under their names, once per condition.
func TestJSONOtherOperations(t *testing.T) {
	d := decode[alb.Input](t, asJSON(t, small["alb"]()))
	seen := map[string]bool{}
	others := 0
	for _, c := range d.Codes {
		operation, _, foreign := strings.Cut(c.Condition, ": ")
		switch {
		case foreign && operation == errcodes.DissociateAdditionalCertificatesFromListener.String():
			others++
		case foreign:
			t.Errorf("there is no operation %s", operation)
		case others > 0:
			t.Errorf("%s is not in order", c.Condition)
		}
		if seen[c.Condition] {
			t.Errorf("%s is there twice", c.Condition)
		}
		seen[c.Condition] = true
	}
	if others == 0 {
		t.Error("no condition of another operation")
	}
}

// The command writes what the format is, and what is empty is an empty array.
func TestJSONCommand(t *testing.T) {
	status, stdout, stderr := command("-machine", "cdn", "-depth", "1", "-format", "json")
	if status != cli.OK || stderr != "" {
		t.Fatal(status, stderr)
	}
	if d := decode[cdn.Input](t, []byte(stdout)); d.Machine != "cdn" || len(d.Codes) == 0 {
		t.Errorf("%+v", d)
	}
	contains(t, string(asJSON(t, &finding{})), `"codes": []`, `"invariants": []`)
}

func TestJSONBroken(t *testing.T) {
	f := mustExplore(faulty().machine())
	d := decode[int](t, asJSON(t, f))
	if f.sound() || d.Invariants[0].Holds || !d.Invariants[1].Holds {
		t.Errorf("%+v", d)
	}
}
