package inputs

import (
	"io/fs"
	"slices"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/testdata"
)

var (
	cdnMachine     = fuzz.MachineOf(cdn.Machine{}, Input.CDN)
	albMachine     = fuzz.MachineOf(alb.Machine{}, Input.ALB)
	currentMachine = fuzz.MachineOf(alb.Machine{Version: errcodes.Current}, Input.ALB)
	clbMachine     = fuzz.MachineOf(clb.Machine{}, Input.CLB)
	esaMachine     = fuzz.MachineOf(esa.Machine{}, Input.ESA)
	accountMachine = fuzz.MachineOf(account.Machine{}, Input.Account)
)

// systemOf returns a function that opens systems which are the machine.
func systemOf[S any](m model.Machine[S, Input, model.Output]) func() model.System[Input, model.Output] {
	return func() model.System[Input, model.Output] { return model.NewSystem(m) }
}

// Every type of action has a command that makes it.
func TestEveryActionIsMade(t *testing.T) {
	missing := map[string]bool{}
	for _, a := range account.Actions() {
		missing[account.Input{Action: a}.Name()] = true
	}
	for _, a := range cas.Actions() {
		missing[account.Input{Action: a}.Name()] = true
	}
	for _, a := range cdn.Actions() {
		missing[account.Input{Action: a}.Name()] = true
	}
	for _, a := range alb.Actions() {
		missing[account.Input{Action: a}.Name()] = true
	}
	for _, a := range clb.Actions() {
		missing[account.Input{Action: a}.Name()] = true
	}
	for _, a := range esa.Actions() {
		missing[account.Input{Action: a}.Name()] = true
	}
	for data := range fuzz.Bytes(1, 1000, 1024) {
		for in := range fuzz.Inputs(accountMachine, Account().Generator, data) {
			delete(missing, in.Account().Name())
		}
	}
	for a := range missing {
		t.Errorf("no input is a %v", a)
	}
}

// Every command has a name of its own, by which it can be left out.
func TestCommandsAreNamed(t *testing.T) {
	commands := func(o fuzz.Options[account.State, Input, model.Output]) []command {
		return o.Generator.(fuzz.Grammar[*history, Input, model.Output]).Commands
	}
	all := commands(Account())
	seen := map[string]bool{}
	for _, c := range all {
		if c.Name == "" || seen[c.Name] {
			t.Errorf("two commands are named %q", c.Name)
		}
		seen[c.Name] = true
	}
	if less := commands(Account("SetDomainServerCertificate off", "associate")); len(less) != len(all)-2 {
		t.Errorf("%d commands of %d are left", len(less), len(all))
	}
}

// inputsNeeded sends sequences to the machine until every point was reached, and returns
// the number of inputs.
func inputsNeeded[S any](t *testing.T, m model.Machine[S, Input, model.Output], o fuzz.Options[S, Input, model.Output], seed uint64, points []fuzz.Point) int {
	t.Helper()
	const most = 400_000
	missing := map[fuzz.Point]bool{}
	for _, p := range points {
		missing[p] = true
	}
	inputs := 0
	for data := range fuzz.Bytes(seed, most, 1024) {
		sequence, state := o.Generator.Begin(fuzz.NewSource(data)), m.Init()
		for {
			in, ok := sequence.Next()
			if !ok {
				break
			}
			next, out := m.Step(state, in)
			for p := range o.Touched(model.Transition[S, Input, model.Output]{From: state, Input: in, Output: out, To: next}) {
				delete(missing, p)
			}
			state = next
			sequence.Learn(in, out)
			if inputs++; len(missing) == 0 {
				return inputs
			}
		}
		if inputs > most {
			break
		}
	}
	for p := range missing {
		t.Errorf("seed %d: %d inputs do not touch %s %s", seed, inputs, p.Dimension, p.Name)
	}
	return inputs
}

// medianNeeded is the median of ten seeds.
func medianNeeded[S any](t *testing.T, m model.Machine[S, Input, model.Output], o fuzz.Options[S, Input, model.Output], points []fuzz.Point) int {
	t.Helper()
	var needed []int
	for seed := range uint64(10) {
		needed = append(needed, inputsNeeded(t, m, o, seed, points))
	}
	slices.Sort(needed)
	t.Logf("inputs that touch all %d points: median %d, from %d to %d", len(points), (needed[4]+needed[5])/2, needed[0], needed[9])
	return (needed[4] + needed[5]) / 2
}

// tables returns the usual tables of operations.
func tables(ops ...errcodes.Operation) (all []errcodes.Table) {
	for _, op := range ops {
		all = append(all, op.Table())
	}
	return all
}

func onCDN(t *testing.T, points []fuzz.Point) int {
	t.Helper()
	return medianNeeded(t, cdnMachine, CDN(), points)
}

func onALB(t *testing.T, points []fuzz.Point) int {
	t.Helper()
	return medianNeeded(t, albMachine, ALB(), points)
}

func onCLB(t *testing.T, points []fuzz.Point) int {
	t.Helper()
	return medianNeeded(t, clbMachine, CLB(), points)
}

func onESA(t *testing.T, points []fuzz.Point) int {
	t.Helper()
	return medianNeeded(t, esaMachine, ESA(), points)
}

func onCurrentALB(t *testing.T, points []fuzz.Point) int {
	t.Helper()
	return medianNeeded(t, currentMachine, ALB(), points)
}

// Every documented code and every condition is reached from the empty state. The
// successors and NLB need the most inputs, because products have domains or listeners of
// their own.
func TestEveryCodeIsReached(t *testing.T) {
	testutil.Long(t)
	const associate = errcodes.AssociateAdditionalCertificatesWithListener
	around := []errcodes.Operation{
		errcodes.DissociateAdditionalCertificatesFromListener, errcodes.UpdateListenerAttribute,
		errcodes.ListListenerCertificates, errcodes.GetLoadBalancerAttribute, errcodes.CreateListener, errcodes.DeleteListener,
	}
	for _, test := range []struct {
		name   string
		atMost int
		median func(*testing.T, []fuzz.Point) int
		tables []errcodes.Table
	}{
		{"cdn", 25_000, onCDN, tables(errcodes.SetDomainServerCertificate)},
		{"successors", 200_000, onCDN, tables(cdn.Operations()[1:]...)},
		{"center", 60_000, onCDN, tables(errcodes.UploadUserCertificate, errcodes.DeleteUserCertificate, errcodes.GetUserCertificateDetail, errcodes.GetCertificateDetail)},
		{"alb", 10_000, onALB, tables(associate)},
		{"alb, current version", 10_000, onCurrentALB, []errcodes.Table{{Operation: associate, Version: errcodes.Current}}},
		{"esa", 80_000, onESA, tables(errcodes.SetCertificate, errcodes.DeleteCertificate, errcodes.GetCertificate)},
		{"around", 60_000, onALB, tables(around...)},
		{"nlb", 120_000, onALB, tables(slices.Collect(universe.OfProduct(alb.NLB))...)},
		{"ga", 120_000, onALB, tables(slices.Collect(universe.OfProduct(alb.GA))...)},
		{"clb", 60_000, onCLB, tables(slices.Collect(universe.OfProduct("Slb"))...)},
	} {
		t.Run(test.name, func(t *testing.T) {
			if needed := test.median(t, slices.DeleteFunc(Documented(test.tables...), ofTheGatewayAlone)); needed > test.atMost {
				t.Errorf("it takes %d inputs; want at most %d", needed, test.atMost)
			}
		})
	}
}

// A machine conforms to itself and keeps its invariants.
func TestMachinesConform(t *testing.T) {
	t.Run("cdn", func(t *testing.T) { fuzz.Conform(t, cdnMachine, systemOf(cdnMachine), CDN()) })
	t.Run("alb", func(t *testing.T) { fuzz.Conform(t, albMachine, systemOf(albMachine), ALB()) })
	t.Run("clb", func(t *testing.T) { fuzz.Conform(t, clbMachine, systemOf(clbMachine), CLB()) })
	t.Run("esa", func(t *testing.T) { fuzz.Conform(t, esaMachine, systemOf(esaMachine), ESA()) })
	t.Run("account", func(t *testing.T) { fuzz.Conform(t, accountMachine, systemOf(accountMachine), Account()) })
}

// The points of a table tell its two rows with one code apart.
func TestDocumented(t *testing.T) {
	codes := 0
	seen := map[fuzz.Point]bool{}
	for _, p := range Documented(errcodes.SetDomainServerCertificate.Table()) {
		if seen[p] {
			t.Errorf("%v twice", p)
		}
		seen[p] = true
		if p.Dimension == byCode {
			codes++
		}
	}
	if codes != 24 {
		t.Errorf("%d rows; the document has 24", codes)
	}
}

// Every fixture in PEM form has a name, which stands for its text.
func TestFixtures(t *testing.T) {
	names := FixtureNames()
	if !slices.IsSorted(names) || !slices.Contains(names, "p256/chain3") || !slices.Contains(names, "forms/pkcs7") {
		t.Errorf("the names are %q", names)
	}
	for _, name := range names {
		want, err := fs.ReadFile(testdata.PKI(), name+".pem")
		if got := Fixture(name).Text(); err != nil || got != string(want) {
			t.Errorf("%s has %d bytes; want %d, %v", name, len(got), len(want), err)
		}
	}
}
