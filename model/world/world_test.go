package world_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/world"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

const www, uploaded = "www.example.com", "1000001-cn-hangzhou"

func onCDN(a cdn.Action) world.Input { return world.Input{CDN: cdn.Input{Action: a}} }
func onALB(a alb.Action) world.Input { return world.Input{ALB: alb.Input{Action: a}} }

// shop is a domain, and a listener whose default certificate is of the centre.
func shop() []world.Input {
	return []world.Input{
		onCDN(cdn.DomainAdded{Name: www}),
		onALB(alb.CertificateAdded{Certificate: centre.Certificate{Name: "default", ID: "1-cn-hangzhou"}}),
		onALB(alb.LoadBalancerAdded{ID: "alb-1", LoadBalancer: alb.LoadBalancer{Edition: alb.Standard}}),
		onALB(alb.ListenerAdded{ID: "lsn-1", Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS, Status: alb.Running, Default: "1-cn-hangzhou"}}),
	}
}

func upload(t testing.TB, requestID, name string) world.Input {
	t.Helper()
	return world.Input{CDN: cdn.Upload(requestID, name, testdata.Read("p256/leaf.pem"), validate.NewSecret(testdata.Read("p256/key.pem")), validate.Options{})}
}

func bind(name string) world.Input {
	return world.Input{CDN: cdn.Set("r-set", &validate.CDNRequest{
		DomainName: www, Status: "on", CertType: "cas", CertName: name,
	}, validate.Options{})}
}

func associate(requestID, id string) world.Input {
	return world.Input{ALB: alb.Associate(requestID, &validate.ALBRequest{
		ListenerID: "lsn-1", CertificateIDs: []string{id},
	})}
}

func dissociate(requestID, id string) world.Input {
	return world.Input{ALB: alb.Dissociate(requestID, &validate.ALBRequest{
		ListenerID: "lsn-1", CertificateIDs: []string{id},
	})}
}

func finish(requestID string) world.Input { return onALB(alb.JobFinished{Job: "job-" + requestID}) }

// outcomes runs a sequence and returns the outcome of every input, and the last
// state. Whatever happens, both machines see one centre.
func outcomes(t *testing.T, m world.Machine, inputs ...world.Input) (got []string, last world.State) {
	t.Helper()
	last = m.Init()
	for _, step := range model.Run(m, inputs...) {
		got, last = append(got, step.Output.Outcome()), step.To
		sameCentre(t, last)
	}
	return got, last
}

func sameCentre(t *testing.T, s world.State) {
	t.Helper()
	if diff := cmp.Diff(s.CDN.Centre, s.ALB.Centre); diff != "" {
		t.Errorf("the machines see different centres (-cdn +alb)\n%s", diff)
	}
}

func TestOneCentre(t *testing.T) {
	const success, ignored = "Success", "Ignored"
	removedByCDN := onCDN(cdn.CertificateRemoved{Name: "shop"})
	removedByALB := onALB(alb.CertificateRemoved{ID: uploaded})
	tests := []struct {
		name   string
		inputs []world.Input
		want   []string
	}{
		{
			"an upload is there for the listener",
			[]world.Input{associate("a1", uploaded), upload(t, "u1", "shop"), associate("a2", uploaded)},
			[]string{"CertificateNotFound", success, success},
		},
		{
			"what a listener uses cannot be removed through the CDN side",
			[]world.Input{upload(t, "u1", "shop"), associate("a1", uploaded), removedByCDN, finish("a1"), removedByCDN},
			[]string{success, success, ignored, success, ignored},
		},
		{
			"a default certificate neither",
			[]world.Input{upload(t, "u1", "shop"), onALB(alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: uploaded}), removedByCDN, removedByALB},
			[]string{success, success, ignored, ignored},
		},
		{
			"once it is free it can, and is gone for both",
			[]world.Input{
				upload(t, "u1", "shop"), associate("a1", uploaded), finish("a1"), dissociate("d1", uploaded), removedByCDN, finish("d1"),
				removedByCDN, associate("a2", uploaded), bind("shop"),
			},
			[]string{success, success, success, success, ignored, success, success, "CertificateNotFound", "CertificateNotFound"},
		},
		{
			"what a domain is bound to cannot be removed through the ALB side",
			[]world.Input{upload(t, "u1", "shop"), bind("shop"), removedByALB, onCDN(cdn.DomainRemoved{Name: www}), removedByALB, removedByALB},
			[]string{success, success, ignored, success, success, ignored},
		},
		{
			"a certificate of the ALB side can be bound to a domain",
			[]world.Input{onALB(alb.CertificateAdded{Certificate: centre.Certificate{Name: "shop", ID: "7-cn", KeyStored: true}}), bind("shop")},
			[]string{success, success},
		},
		{
			"names and ids are taken for both",
			[]world.Input{
				upload(t, "u1", "shop"),
				onALB(alb.CertificateAdded{Certificate: centre.Certificate{Name: "shop", ID: "7-cn"}}),
				onALB(alb.CertificateAdded{Certificate: centre.Certificate{Name: "other", ID: uploaded}}),
				onALB(alb.CertificateAdded{Certificate: centre.Certificate{Name: "other", ID: "7-cn"}}),
				upload(t, "u2", "other"),
			},
			[]string{success, ignored, ignored, success, "CertNameDuplicated"},
		},
		{
			"an input for neither machine",
			[]world.Input{{}},
			[]string{ignored},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := outcomes(t, world.Machine{}, append(shop(), test.inputs...)...)
			want := append([]string{success, success, success, success}, test.want...)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestUploadIsListed: what the one side uploads, the other side's list has.
func TestUploadIsListed(t *testing.T) {
	inputs := append(shop(), upload(t, "u1", "shop"), associate("a1", uploaded), onALB(alb.ListListenerCertificates{RequestID: "l1", ListenerID: "lsn-1"}))
	steps := model.Run(world.Machine{}, inputs...)
	body := steps[len(steps)-1].Output.Body
	if !strings.Contains(body, `"CertificateId":"`+uploaded+`"`) || !strings.Contains(body, `"Status":"Associating"`) {
		t.Errorf("the list is %s", body)
	}
}

func TestEdition(t *testing.T) {
	inputs := append(shop(), upload(t, "u1", "shop"), associate("a1", uploaded), associate("a2", uploaded))
	for later, want := range map[bool]errcodes.Code{false: errcodes.IncorrectStatusListener, true: errcodes.ResourceInConfiguringListener} {
		steps := model.Run(world.Machine{Later: later}, inputs...)
		if got := steps[len(steps)-1].Output.Error; got.Code != want || got.Condition != errcodes.CondListenerConfiguring {
			t.Errorf("later %v: %s; want %s", later, got.Code, want)
		}
	}
}

func TestInitialState(t *testing.T) {
	_, s := outcomes(t, world.Machine{}, append(shop(), upload(t, "u1", "shop"))...)
	s.ALB.Centre = centre.State{}
	m := world.Machine{Initial: s}
	sameCentre(t, m.Init())
	if got, _ := outcomes(t, m, associate("a1", uploaded)); got[0] != "Success" {
		t.Errorf("the machine does not go on from its initial state: %s", got[0])
	}
	if diff := cmp.Diff(world.State{}, world.Machine{}.Init()); diff != "" {
		t.Errorf("the zero machine begins with (-nothing +this)\n%s", diff)
	}
}

// journal has inputs of both machines, requests, events and reads.
func journal(t *testing.T) []world.Input {
	return append(shop(),
		upload(t, "u1", "shop"), upload(t, "u2", "shop"), bind("nowhere"), bind("shop"),
		associate("a1", uploaded), associate("a2", uploaded), finish("a1"), dissociate("d1", "9-cn"), dissociate("d2", uploaded),
		onALB(alb.JobFailed{Job: "job-d2"}),
		onALB(alb.UpdateListenerAttribute{RequestID: "s1", ListenerID: "lsn-1", CertificateID: uploaded}), finish("s1"),
		onALB(alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 300}),
		onALB(alb.GetLoadBalancerAttribute{RequestID: "g1", LoadBalancerID: "nowhere"}),
		onCDN(cdn.ConfigurationFinished{Domain: www}), onCDN(cdn.ProtectionChanged{Domain: www, On: true}), bind("shop"),
		world.Input{CDN: cdn.Set("o1", &validate.CDNRequest{DomainName: www, Status: "off"}, validate.Options{})},
		onCDN(cdn.DescribeDomainCertificateInfo{RequestID: "g2", DomainName: www}),
		onCDN(cdn.CertificateStatusChanged{Name: "shop", Status: centre.Revoked}), onCDN(cdn.LockChanged{Name: "shop", On: true}),
		world.Input{},
	)
}

// TestJSON: a journal that was saved and loaded is replayed with the same outputs
// and states, and every state survives being saved.
func TestJSON(t *testing.T) {
	inputs := journal(t)
	data := testutil.RoundTrip(t, inputs)
	if strings.Contains(data, "PRIVATE KEY") {
		t.Error("the journal holds a private key")
	}
	var back []world.Input
	if err := json.Unmarshal([]byte(data), &back); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	replayed := model.Run(world.Machine{}, back...)
	for i, want := range model.Run(world.Machine{}, inputs...) {
		kinds[want.Output.Outcome()] = true
		got := replayed[i]
		if got.Output != want.Output || !cmp.Equal(got.To, want.To) {
			t.Errorf("input %d: the replay answers %+v; want %+v", i, got.Output, want.Output)
		}
		testutil.RoundTrip(t, want.To)
	}
	for _, want := range []string{"Success", "Ignored", "CertNameDuplicated", "CertificateNotFound", "ListenerConfiguring", "CertificateNotAssociated", "LoadBalancerNotFound", "SetNotEffective"} {
		if !kinds[want] {
			t.Errorf("nothing in the journal earns %s", want)
		}
	}
}

func TestInputOnTheWire(t *testing.T) {
	for _, test := range []struct {
		input world.Input
		want  string
	}{
		{onCDN(cdn.AccountSuspended{}), `{"cdn":{"AccountSuspended":{}}}`},
		{onALB(alb.JobFinished{Job: "j"}), `{"alb":{"JobFinished":{"job":"j"}}}`},
		{world.Input{}, `null`},
	} {
		data, err := json.Marshal(test.input)
		if err != nil || string(data) != test.want {
			t.Errorf("%s, %v; want %s", data, err, test.want)
		}
		got := onCDN(cdn.LockChanged{Name: "left over"})
		if err := json.Unmarshal(data, &got); err != nil || got != test.input {
			t.Errorf("%s comes back as %+v, %v", data, got, err)
		}
	}
	for name, text := range map[string]string{
		"both":           `{"cdn":{"AccountSuspended":{}},"alb":{"JobFinished":{"job":"j"}}}`,
		"neither":        `{}`,
		"a third":        `{"slb":{"JobFinished":{"job":"j"}}}`,
		"unknown action": `{"cdn":{"Nothing":{}}}`,
		"wrong machine":  `{"cdn":{"JobFinished":{"job":"j"}}}`,
		"no object":      `[]`,
	} {
		before := onCDN(cdn.LockChanged{Name: "as it was"})
		got := before
		if err := json.Unmarshal([]byte(text), &got); err == nil || got != before {
			t.Errorf("%s: %s is taken: %+v, %v", name, text, got, err)
		}
	}
}

// TestUsersAreCounted sends the journal's inputs in random order: every count that
// protects a certificate is the number of those who use it.
func TestUsersAreCounted(t *testing.T) {
	inputs := journal(t)
	random := rand.New(rand.NewPCG(8, 9))
	used := 0
	s := world.Machine{}.Init()
	for range 20_000 {
		s, _ = world.Machine{}.Step(s, inputs[random.IntN(len(inputs))])
		used += checkUsers(t, s)
		if t.Failed() {
			t.FailNow()
		}
	}
	if used < 10_000 {
		t.Errorf("%d uses in all: that tests little", used)
	}
}

func checkUsers(t *testing.T, s world.State) (uses int) {
	t.Helper()
	if !s.CDN.Centre.Certificates.Equal(s.ALB.Centre.Certificates) {
		sameCentre(t, s)
	}
	domains, listeners := map[string]int{}, map[string]int{}
	for _, d := range s.CDN.Domains.All() {
		domains[d.Bound]++
	}
	for _, l := range s.ALB.Listeners.All() {
		listeners[l.Default]++
	}
	for key := range s.ALB.Associations.All() {
		_, id, _ := strings.Cut(key, " ")
		listeners[id]++
	}
	for _, j := range s.ALB.Jobs.All() {
		if j.Status == alb.Processing { // what it sets as the default certificate is in use already
			listeners[j.Default]++
		}
	}
	for name, c := range s.CDN.Centre.Certificates.All() {
		if c.Domains != domains[name] || c.Listeners != listeners[c.ID] {
			t.Errorf("%q counts %d domains and %d listeners; there are %d and %d", name, c.Domains, c.Listeners, domains[name], listeners[c.ID])
		}
		uses += c.Domains + c.Listeners
		delete(domains, name)
		delete(listeners, c.ID)
	}
	delete(domains, "")
	delete(listeners, "")
	if len(domains)+len(listeners) > 0 {
		t.Errorf("certificates in use that are not there: %v, %v", domains, listeners)
	}
	return uses
}
