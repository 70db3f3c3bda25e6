package cas_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
	"github.com/google/go-cmp/cmp"
)

func upload(name string) cas.Input {
	return cas.Upload("u", &validate.CASRequest{
		Name: name, Certificate: testdata.Read("p256/leaf.pem"), PrivateKey: validate.NewSecret(testdata.Read("p256/key.pem")),
	}, validate.Options{})
}

// everyInput has an input of every type, and one that is refused.
func everyInput() []cas.Input {
	refused := cas.Upload("r", &validate.CASRequest{Name: "n"}, validate.Options{})
	inputs := []cas.Input{upload("shop"), refused}
	for _, a := range []cas.Action{
		cas.CertificateAdded{Certificate: cas.Certificate{Name: "a", ID: "1-cn-hangzhou"}},
		cas.CertificateStatusChanged{Name: "a", Status: cas.Revoked},
		cas.LockChanged{Name: "a", On: true},
		cas.LockChanged{Name: "a"},
		cas.CertificateRemoved{Name: "a"},
		cas.CertificateRemoved{Name: "shop"},
		cas.SiteChanged{Site: errcodes.InternationalSite},
		cas.SiteChanged{},
		cas.DeleteUserCertificate{RequestID: "d", CertID: 1},
		cas.CreateCertificateName{RequestID: "n", CertID: 1, Name: "a2"},
		cas.ListUserCertificateOrder{RequestID: "l"},
		cas.GetUserCertificateDetail{RequestID: "g", CertID: 1},
		cas.ListCertificates{RequestID: "l"},
		cas.ListContact{RequestID: "l"},
		cas.CreateDeploymentJob{RequestID: "c", CertIDs: "1"},
		cas.UpdateDeploymentJobStatus{RequestID: "c", JobID: 1, Status: "scheduling"},
		cas.DescribeDeploymentJob{RequestID: "j", JobID: 1},
		cas.DeploymentFailed{Job: 1},
		cas.GetCertificateDetail{RequestID: "g", CertID: cas.FirstNumber},
	} {
		inputs = append(inputs, cas.Input{Action: a})
	}
	return append(inputs, cas.Input{})
}

// The center by itself keeps its invariants in all that a few inputs reach.
func TestInvariants(t *testing.T) {
	e := model.Space[cas.State, cas.Input, model.Output]{
		Machine: cas.Machine{}, Inputs: everyInput(), Key: cas.State.Key, Outcome: model.Output.Outcome, Invariants: cas.Invariants(),
	}.Explore(model.Limits{States: 300})
	for _, b := range e.Broken {
		t.Errorf("%s: %s after %+v", b.Name, b.Why, b.Path)
	}
	names := map[string]bool{}
	for _, o := range e.Outcomes {
		names[o.Name] = true
	}
	for _, want := range []errcodes.Condition{errcodes.CondCertNameDuplicated, errcodes.CondCertificateNotFound, errcodes.CondCertificateMissing} {
		if !names[want.String()] {
			t.Errorf("%s is not reached", want)
		}
	}
	texts := map[string]string{}
	for s := range e.States() {
		text := testutil.RoundTrip(t, s)
		if other, found := texts[s.Key()]; found && other != text {
			t.Fatalf("one key, two states:\n%s\n%s", other, text)
		}
		texts[s.Key()] = text
	}
	if len(texts) < 50 {
		t.Errorf("%d states: that tests little", len(texts))
	}
}

// Inputs survive JSON, with and without a time.
func TestInputsAreLossless(t *testing.T) {
	names := map[string]bool{}
	for _, in := range everyInput() {
		testutil.RoundTrip(t, in)
		if in.Action == nil {
			continue
		}
		in.At = 9
		var members map[string]json.RawMessage
		if err := json.Unmarshal([]byte(testutil.RoundTrip(t, in)), &members); err != nil || len(members) != 2 {
			t.Errorf("%+v: %v", in, err)
		}
		delete(members, "at")
		for name := range members {
			names[name] = true
		}
	}
	if len(names) != len(cas.Actions()) {
		t.Errorf("%v; want all of %d", names, len(cas.Actions()))
	}
}

// An upload is numbered, listed and told in detail.
func TestUpload(t *testing.T) {
	m := cas.Machine{}
	s, out := m.Step(m.Init(), upload("shop"))
	if want := (model.Output{RequestID: "u", Body: json.RawMessage(`{"RequestId":"u","CertId":1000001,"ResourceId":"cas-upload-1000001"}`)}); !out.Equal(want) {
		t.Errorf("%v; want %v", out, want)
	}
	c, _ := s.ByID("1000001-cn-hangzhou")
	if c.Name != "shop" || c.Source != cas.FromCAS || !c.KeyStored || c.Number() != 1000001 || c.Region() != cas.Region {
		t.Errorf("%+v", c)
	}
	_, out = m.Step(s, cas.Input{Action: cas.GetCertificateDetail{RequestID: "g", CertID: 1000001}})
	var got struct{ CertIdentifier, Domain string }
	data, err := json.Marshal(out.Body)
	if err == nil {
		err = json.Unmarshal(data, &got)
	}
	if want := (struct{ CertIdentifier, Domain string }{c.ID, c.Leaf.Names}); err != nil || got != want {
		t.Error(cmp.Diff(want, got), err)
	}
}

// Every action says what kind it is and what it is about.
func TestActions(t *testing.T) {
	for _, test := range []struct {
		action cas.Action
		kind   model.Kind
		about  string
	}{
		{cas.CertificateAdded{Certificate: cas.Certificate{Name: "a"}}, model.Event, "certificate a"},
		{cas.CertificateRemoved{Name: "a"}, model.Event, "certificate a"},
		{cas.CertificateStatusChanged{Name: "a"}, model.Event, "certificate a"},
		{cas.LockChanged{Name: "a"}, model.Event, "certificate a"},
		{cas.SiteChanged{}, model.Event, "account"},
		{upload("a").Action, model.Request, "certificate a"},
		{cas.DeleteUserCertificate{CertID: 1}, model.Request, "certificate"},
		{cas.CreateCertificateName{CertID: 1, Name: "a"}, model.Request, "certificate a"},
		{cas.ListUserCertificateOrder{}, model.Read, "certificate"},
		{cas.GetUserCertificateDetail{CertID: 1}, model.Read, "certificate"},
		{cas.ListCertificates{}, model.Read, "certificate"},
		{cas.ListContact{}, model.Read, "contact"},
		{cas.CreateDeploymentJob{}, model.Request, "deployment job"},
		{cas.UpdateDeploymentJobStatus{JobID: 1}, model.Request, "deployment job 1"},
		{cas.DescribeDeploymentJob{JobID: 1}, model.Read, "deployment job 1"},
		{cas.DeploymentFailed{Job: 1}, model.Event, "deployment job 1"},
		{cas.GetCertificateDetail{CertID: 1}, model.Read, "certificate"},
	} {
		if kind, about := test.action.Kind(), test.action.About().String(); kind != test.kind || about != test.about {
			t.Errorf("%T: %v about %s; want %v about %s", test.action, kind, about, test.kind, test.about)
		}
	}
}

// A center is a value: what was kept of an old one stays as it was.
func Example() {
	empty := cas.State{}
	one, _ := empty.Add(cas.Certificate{Name: "shop", ID: "1234567-cn-hangzhou", PEM: "…"})
	used := one.Update("shop", func(c *cas.Certificate) { c.Listeners++ })

	_, removed := one.Withdraw("shop")
	fmt.Println("removed while nothing uses it:", removed)
	_, removed = used.Withdraw("shop")
	fmt.Println("removed while a listener uses it:", removed)

	c, _ := used.ByID("1234567-cn-hangzhou")
	fmt.Println(c.Name, c.Source, c.Status, c.Listeners)
	fmt.Println(empty.Certificates.Len(), one.Certificates.Len())
	// Output:
	// removed while nothing uses it: true
	// removed while a listener uses it: false
	// shop cas issued 1
	// 0 1
}
