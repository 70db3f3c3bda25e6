package universe

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// Accelerated is the listener of the universes of GA.
const Accelerated = "lsr-1"

// GA returns a space to explore: an accelerator with two HTTPS listeners, a load balancer of
// ALB beside it, and inputs that reach every condition of every operation of GA. The outcomes
// are as in [NLB].
func GA(op errcodes.Operation) model.Space[alb.State, alb.Input, model.Output] {
	inputs := gaReads()
	if _, err := validate.Parse(op, nil); err == nil {
		inputs = append(inputs, gaChanges(op)...)
	}
	// What the others need is done once: a certificate of a domain, and a change to the
	// second listener.
	const associating, updating = errcodes.GAAssociateAdditionalCertificatesWithListener, errcodes.UpdateListener
	if op != associating {
		inputs = append(inputs, alb.Change("a", &albRequest{
			Op: associating, Region: cas.Region, LoadBalancerID: "ga-1", ListenerID: Accelerated, Domains: []string{"a.example"}, CertificateIDs: spaceIDs(2),
		}))
		inputs = append(inputs, jobEnds("a")...)
	}
	inputs = append(inputs, alb.Change("b", &albRequest{Op: updating, ListenerID: "lsr-2", CertificateIDs: spaceIDs(2)}))
	inputs = append(inputs, jobEnds("b")...)
	for _, event := range []model.Action{
		alb.PermissionChanged{LoadBalancer: "ga-1"},
		alb.PermissionChanged{LoadBalancer: "ga-1", Allowed: true},
		alb.ListenerStopped{ID: Accelerated},
		alb.DefaultCertificateSet{Listener: Accelerated, Certificate: cas.IDOf(1)},
	} {
		inputs = append(inputs, alb.Input{Action: event})
	}
	return spaceOf(op, gaState(), inputs)
}

// GALife returns the inputs of the life of a listener's certificates: those of two domains
// come, one of them is replaced and goes, and the default one is replaced, with the ends of
// their jobs.
func GALife() (inputs []alb.Input) {
	for id, req := range []albRequest{
		{Op: errcodes.GAAssociateAdditionalCertificatesWithListener, Domains: []string{"a.example"}, CertificateIDs: spaceIDs(2)},
		{Op: errcodes.GAAssociateAdditionalCertificatesWithListener, Domains: []string{"b.example"}, CertificateIDs: spaceIDs(2)},
		{Op: errcodes.UpdateAdditionalCertificateWithListener, Domains: []string{"a.example"}, CertificateIDs: spaceIDs(1)},
		{Op: errcodes.GADissociateAdditionalCertificatesFromListener, Domains: []string{"a.example"}},
		{Op: errcodes.UpdateListener, CertificateIDs: spaceIDs(2)},
	} {
		req.Region, req.LoadBalancerID, req.ListenerID = cas.Region, "ga-1", Accelerated
		inputs = append(inputs, alb.Change("life-"+strconv.Itoa(id+1), &req))
		inputs = append(inputs, jobEnds("life-"+strconv.Itoa(id+1))...)
	}
	return inputs
}

func gaState() alb.State {
	return alb.Scenario{}.Certificates(2).NotServer(notServerID).
		LoadBalancer("alb-1", alb.Standard).Listener(Listener, alb.HTTPS).Default(cas.IDOf(1)).
		Accelerator("ga-1").Listener("lsr-80", alb.HTTP).Listener("lsr-new", alb.HTTPS).Provisioning().
		Listener("lsr-2", alb.HTTPS).Default(cas.IDOf(1)).Listener(Accelerated, alb.HTTPS).Default(cas.IDOf(1)).State()
}

// A gaForm says what is odd about a request; the rest of it passes.
type gaForm struct {
	accelerator, listener string
	domains, ids          []string
	odd                   validate.ALBRequest
}

// gaChanges returns requests of an operation that changes the certificates of an
// accelerator's listener, and the ends of their jobs.
func gaChanges(op errcodes.Operation) (inputs []alb.Input) {
	prefix := "r" + strconv.Itoa(int(op)) + "-"
	many := func(form string) (list []string) {
		for i := range validate.MaxCertificates + 1 {
			list = append(list, fmt.Sprintf(form, i+1))
		}
		return list
	}
	a, one := []string{"a.example"}, spaceIDs(2)
	plain := func(odd validate.ALBRequest) gaForm { return gaForm{"ga-1", Accelerated, a, one, odd} }
	forms := []gaForm{
		{"", Accelerated, a, one, albRequest{}},
		{"ga-9", Accelerated, a, one, albRequest{}},
		{"alb-1", Listener, a, one, albRequest{}},
		{"ga-1", "", a, one, albRequest{}},
		{"ga-1", "lsr-9", a, one, albRequest{}},
		{"ga-1", Listener, a, one, albRequest{}},
		{"ga-1", "lsr-80", a, one, albRequest{}},
		{"ga-1", "lsr-new", a, one, albRequest{}},
		{"ga-1", Accelerated, nil, nil, albRequest{}},
		{"ga-1", Accelerated, many("%d.example"), many("%d-cn-hangzhou"), albRequest{}},
		{"ga-1", Accelerated, []string{""}, one, albRequest{}},
		{"ga-1", Accelerated, []string{"a b"}, one, albRequest{}},
		{"ga-1", Accelerated, a, []string{""}, albRequest{}},
		{"ga-1", Accelerated, a, []string{"2 cn-hangzhou"}, albRequest{}},
		{"ga-1", Accelerated, []string{"a.example", "A.example"}, spaceIDs(2, 1), albRequest{}},
		{"ga-1", Accelerated, a, []string{"9-cn-hangzhou"}, albRequest{}},
		{"ga-1", Accelerated, a, []string{notServerID}, albRequest{}},
		plain(albRequest{Malformed: validate.Malformed{Certificates: "[]"}}),
		plain(albRequest{Malformed: validate.Malformed{DryRun: "yes"}}),
		plain(albRequest{ClientToken: strings.Repeat("t", validate.MaxClientToken+1)}),
		plain(albRequest{ClientToken: "é"}),
		plain(albRequest{DryRun: true}),
		plain(albRequest{Region: "-"}), // stands for none
		plain(albRequest{ClientToken: "token"}),
		{"ga-1", Accelerated, []string{"b.example"}, spaceIDs(1), albRequest{ClientToken: "token"}},
	}
	if op.Table().Has(errcodes.CondDomainExtensionExists) {
		forms = append(forms, plain(albRequest{ClientToken: "again"}))
	}
	for i, form := range forms {
		if !form.concerns(op) {
			continue
		}
		req := form.odd
		req.Op, req.LoadBalancerID, req.ListenerID, req.CertificateIDs, req.Domains = op, form.accelerator, form.listener, form.ids, form.domains
		if req.Region = cas.Region; form.odd.Region != "" {
			req.Region = ""
		}
		if op.Parameter(errcodes.FieldDomainName) == "" {
			req.Domains = nil
		}
		if op.Parameter(errcodes.FieldCertificateID) == "" {
			req.CertificateIDs = nil
		}
		id := prefix + strconv.Itoa(i+1)
		inputs = append(inputs, alb.Change(id, &req))
		if form.odd.ClientToken == "token" || form.odd.ClientToken == "again" {
			inputs = append(inputs, jobEnds(id)...)
		}
	}
	return inputs
}

// concerns reports whether the operation has the parameters that a form is odd in.
func (f *gaForm) concerns(op errcodes.Operation) bool {
	has := func(field errcodes.Field) bool { return op.Parameter(field) != "" }
	switch {
	case f.odd.DryRun, f.odd.Malformed.DryRun != "":
		return has(errcodes.FieldDryRun)
	case f.odd.Malformed.Certificates != "", len(f.ids) != 1:
		return has(errcodes.FieldCertificates)
	case f.odd.Region != "":
		return op.Requires(errcodes.FieldRegionID)
	case f.accelerator != "ga-1":
		return has(errcodes.FieldLoadBalancerID)
	case f.domains[0] == "" || f.domains[0] == "a b":
		return has(errcodes.FieldDomainName)
	case f.ids[0] != cas.IDOf(2) && f.odd.ClientToken == "":
		return has(errcodes.FieldCertificateID)
	default:
		return true
	}
}

func gaReads() (inputs []alb.Input) {
	const region = cas.Region
	for _, action := range []model.Action{
		alb.ListListenerCertificates{Product: alb.GA, RequestID: "q1", RegionID: region, AcceleratorID: "ga-1", ListenerID: Accelerated},
		alb.ListListenerCertificates{Product: alb.GA, RequestID: "q2", RegionID: region, AcceleratorID: "alb-1", ListenerID: Accelerated},
		alb.ListListenerCertificates{Product: alb.GA, RequestID: "q3", RegionID: region, AcceleratorID: "ga-1", ListenerID: Listener},
		alb.ListListenerCertificates{Product: alb.GA, RequestID: "q4", RegionID: region, AcceleratorID: "ga-1"},
		alb.ListListenerCertificates{Product: alb.GA, RequestID: "q5", RegionID: region, ListenerID: Accelerated},
		alb.ListListenerCertificates{Product: alb.GA, RequestID: "q6", AcceleratorID: "ga-1", ListenerID: Accelerated},
		alb.ListListeners{Product: alb.GA, RequestID: "q7", RegionID: region, AcceleratorID: "ga-1"},
		alb.DescribeListener{RequestID: "q8", RegionID: region, ListenerID: Accelerated},
		alb.DescribeListener{RequestID: "q9", RegionID: region, ListenerID: Listener},
		alb.DescribeListener{RequestID: "q10", RegionID: region},
		alb.DescribeListener{RequestID: "q11", ListenerID: Accelerated},
		alb.DescribeAccelerator{RequestID: "q12", RegionID: region, AcceleratorID: "ga-1"},
		alb.DescribeAccelerator{RequestID: "q13", RegionID: region, AcceleratorID: "alb-1"},
		alb.DescribeAccelerator{RequestID: "q14", RegionID: region},
		alb.DescribeAccelerator{RequestID: "q15", AcceleratorID: "ga-1"},
	} {
		inputs = append(inputs, alb.Input{Action: action})
	}
	return inputs
}
