package account_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

const www, uploaded = "www.example.com", "1000001-cn-hangzhou"

func input(a model.Action) account.Input { return account.Input{Action: a} }

// shop is a domain, and a listener whose default certificate is of CAS.
func shop() []account.Input {
	return []account.Input{
		input(cdn.DomainAdded{Name: www}),
		input(cas.CertificateAdded{Certificate: cas.Certificate{Name: "default", ID: "1-cn-hangzhou"}}),
		input(alb.LoadBalancerAdded{ID: "alb-1", LoadBalancer: alb.LoadBalancer{Edition: alb.Standard}}),
		input(alb.ListenerAdded{ID: "lsn-1", Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS, Status: alb.Running, Default: "1-cn-hangzhou"}}),
	}
}

func upload(t testing.TB, requestID, name string) account.Input {
	t.Helper()
	return input(cas.Upload(requestID, &validate.CASRequest{
		Name: name, Certificate: testdata.Read("p256/leaf.pem"), PrivateKey: validate.NewSecret(testdata.Read("p256/key.pem")),
	}, validate.Options{}).Action)
}

func bind(name string) account.Input {
	return input(cdn.Set("r-set", &validate.CDNRequest{DomainName: www, Status: "on", CertType: "cas", CertName: name}, validate.Options{}).Action)
}

func associate(requestID string) account.Input {
	return input(alb.Change(requestID, &validate.ALBRequest{ListenerID: "lsn-1", CertificateIDs: []string{uploaded}}).Action)
}

func dissociate(requestID, id string) account.Input {
	return input(alb.Change(requestID, &validate.ALBRequest{
		Op: errcodes.DissociateAdditionalCertificatesFromListener, ListenerID: "lsn-1", CertificateIDs: []string{id},
	}).Action)
}

func finish(requestID string) account.Input { return input(alb.JobFinished{Job: "job-" + requestID}) }

// outcomes runs a sequence and returns the outcome of every input, and the last
// state.
func outcomes(t *testing.T, m account.Machine, inputs ...account.Input) (got []string, last account.State) {
	t.Helper()
	last = m.Init()
	for _, step := range model.Run(m, inputs...) {
		got, last = append(got, step.Output.Outcome()), step.To
	}
	return got, last
}

func TestOneCenter(t *testing.T) {
	const success, ignored = "Success", "Ignored"
	removed := input(cas.CertificateRemoved{Name: "shop"})
	tests := []struct {
		name   string
		inputs []account.Input
		want   []string
	}{
		{
			"an upload is there for the listener",
			[]account.Input{associate("a1"), upload(t, "u1", "shop"), associate("a2")},
			[]string{"CertificateNotFound", success, success},
		},
		{
			"what a listener uses cannot be removed",
			[]account.Input{upload(t, "u1", "shop"), associate("a1"), removed, finish("a1"), removed},
			[]string{success, success, ignored, success, ignored},
		},
		{
			"a default certificate neither",
			[]account.Input{upload(t, "u1", "shop"), input(alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: uploaded}), removed, removed},
			[]string{success, success, ignored, ignored},
		},
		{
			"once it is free it can, and is gone for both",
			[]account.Input{
				upload(t, "u1", "shop"), associate("a1"), finish("a1"), dissociate("d1", uploaded), removed, finish("d1"),
				removed, associate("a2"), bind("shop"),
			},
			[]string{success, success, success, success, ignored, success, success, "CertificateNotFound", "CertificateNotFound"},
		},
		{
			"what a domain is bound to cannot be removed",
			[]account.Input{upload(t, "u1", "shop"), bind("shop"), removed, input(cdn.DomainRemoved{Name: www}), removed, removed},
			[]string{success, success, ignored, success, success, ignored},
		},
		{
			"a certificate of the center can be bound to a domain",
			[]account.Input{input(cas.CertificateAdded{Certificate: cas.Certificate{Name: "shop", ID: "7-cn", KeyStored: true}}), bind("shop")},
			[]string{success, success},
		},
		{
			"names and ids are taken for both",
			[]account.Input{
				upload(t, "u1", "shop"),
				input(cas.CertificateAdded{Certificate: cas.Certificate{Name: "shop", ID: "7-cn"}}),
				input(cas.CertificateAdded{Certificate: cas.Certificate{Name: "other", ID: uploaded}}),
				input(cas.CertificateAdded{Certificate: cas.Certificate{Name: "other", ID: "7-cn"}}),
				upload(t, "u2", "other"),
			},
			[]string{success, ignored, ignored, success, "CertNameDuplicated"},
		},
		{
			"an input for neither machine",
			[]account.Input{{}},
			[]string{ignored},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := outcomes(t, account.Machine{}, append(shop(), test.inputs...)...)
			want := append([]string{success, success, success, success}, test.want...)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestUploadIsListed: what the one side uploads, the other side's list has.
func TestUploadIsListed(t *testing.T) {
	inputs := append(shop(), upload(t, "u1", "shop"), associate("a1"), input(alb.ListListenerCertificates{RequestID: "l1", ListenerID: "lsn-1"}))
	steps := model.Run(account.Machine{}, inputs...)
	data, err := json.Marshal(steps[len(steps)-1].Output.Body)
	if err != nil {
		t.Fatal(err)
	}
	body := string(data)
	if !strings.Contains(body, `"CertificateId":"`+uploaded+`"`) || !strings.Contains(body, `"Status":"Associating"`) {
		t.Errorf("the list is %s", body)
	}
}

func TestVersion(t *testing.T) {
	inputs := append(shop(), upload(t, "u1", "shop"), associate("a1"), associate("a2"))
	for version, want := range map[errcodes.Version]errcodes.Code{0: errcodes.IncorrectStatusListener, errcodes.Current: errcodes.ResourceInConfiguringListener} {
		steps := model.Run(account.Machine{Version: version}, inputs...)
		if got := steps[len(steps)-1].Output.Error; got.Code != want || got.Condition != errcodes.CondListenerConfiguring {
			t.Errorf("version %v: %s; want %s", version, got.Code, want)
		}
	}
}

func TestInitialState(t *testing.T) {
	_, s := outcomes(t, account.Machine{}, append(shop(), upload(t, "u1", "shop"))...)
	m := account.Machine{Initial: s}
	if got, _ := outcomes(t, m, associate("a1")); got[0] != "Success" {
		t.Errorf("the machine does not go on from its initial state: %s", got[0])
	}
	if diff := cmp.Diff(account.State{}, account.Machine{}.Init()); diff != "" {
		t.Errorf("the zero machine begins with (-nothing +this)\n%s", diff)
	}
}

// journal has inputs of both machines, requests, events and reads.
func journal(t *testing.T) []account.Input {
	t.Helper()
	return append(shop(),
		upload(t, "u1", "shop"), upload(t, "u2", "shop"), bind("nowhere"), bind("shop"),
		associate("a1"), associate("a2"), finish("a1"), dissociate("d1", "9-cn"), dissociate("d2", uploaded),
		input(alb.JobFailed{Job: "job-d2"}),
		input(alb.UpdateListenerAttribute{RequestID: "s1", ListenerID: "lsn-1", CertificateID: uploaded}), finish("s1"),
		input(alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 300}),
		input(alb.GetLoadBalancerAttribute{RequestID: "g1", LoadBalancerID: "nowhere"}),
		input(cdn.ConfigurationFinished{Domain: www}), input(cdn.ProtectionChanged{Domain: www, On: true}), bind("shop"),
		input(cdn.Set("o1", &validate.CDNRequest{DomainName: www, Status: "off"}, validate.Options{}).Action),
		input(cdn.DescribeDomainCertificateInfo{RequestID: "g2", DomainName: www}),
		input(cas.CertificateStatusChanged{Name: "shop", Status: cas.Revoked}), input(cas.LockChanged{Name: "shop", On: true}),
		account.Input{},
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
	var back []account.Input
	if err := json.Unmarshal([]byte(data), &back); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	replayed := model.Run(account.Machine{}, back...)
	for i, want := range model.Run(account.Machine{}, inputs...) {
		kinds[want.Output.Outcome()] = true
		got := replayed[i]
		if !got.Output.Equal(want.Output) || !cmp.Equal(got.To, want.To) {
			t.Errorf("input %d: the replay answers %+v; want %+v", i, got.Output, want.Output)
		}
		testutil.RoundTrip(t, want.To)
	}
	for _, want := range []string{"Success", "Ignored", "CertNameDuplicated", "CertificateNotFound", "ListenerConfiguring", "CertificateNotAssociated", "LoadBalancerNotFound", "SetNotEffective"} {
		if !kinds[want] {
			t.Errorf("nothing in the journal has %s", want)
		}
	}
}

func TestInputOnTheWire(t *testing.T) {
	for _, test := range []struct {
		input account.Input
		want  string
	}{
		{input(cdn.AccountSuspended{}), `{"cdn":{"AccountSuspended":{}}}`},
		{input(alb.JobFinished{Job: "j"}), `{"alb":{"JobFinished":{"job":"j"}}}`},
		{input(cas.LockChanged{Name: "a"}), `{"cas":{"LockChanged":{"name":"a","on":false}}}`},
		{input(esa.SiteRemoved{ID: 1}), `{"esa":{"SiteRemoved":{"id":1}}}`},
		{account.Input{At: 5, Action: alb.JobFinished{Job: "j"}}, `{"alb":{"at":5,"JobFinished":{"job":"j"}}}`},
		{account.Input{}, `null`},
	} {
		data, err := json.Marshal(test.input)
		if err != nil || string(data) != test.want {
			t.Errorf("%s, %v; want %s", data, err, test.want)
		}
		got := input(cas.LockChanged{Name: "left over"})
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
		before := input(cas.LockChanged{Name: "as it was"})
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
	s := account.Machine{}.Init()
	for range 20_000 {
		s, _ = account.Machine{}.Step(s, inputs[random.IntN(len(inputs))])
		used += checkUsers(t, s)
		if t.Failed() {
			t.FailNow()
		}
	}
	if used < 10_000 {
		t.Errorf("%d uses in all: that tests little", used)
	}
}

func checkUsers(t *testing.T, s account.State) (uses int) {
	t.Helper()
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
	for name, c := range s.CAS.Certificates.All() {
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
