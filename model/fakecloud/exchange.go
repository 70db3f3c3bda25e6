package fakecloud

import (
	"net/http"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/model/internal/reply"
)

// exchange is one HTTP request with its answer.
type exchange struct {
	cloud     *Cloud
	at        time.Time
	requestID string
	client    string // the product in the User-Agent
	request   *gateway.Request
	operation *operation // nil until find
	admitted  bool
	fault     Fault
	answer    gateway.Answer
	code      string          // "" until there is a refusal, and for a success
	message   string          // of the refusal
	refusal   *errcodes.Error // of the checks before the model; nil if they found nothing
	number    int             // in the timeline; 0 if the call did not reach the model
}

func (c *Cloud) newExchange(r *http.Request) *exchange {
	x := &exchange{cloud: c, at: c.options.Now(), requestID: c.requestID(r), client: clientOf(r.UserAgent())}
	var failure *gateway.Failure
	x.request, failure = gateway.Read(r, c.options.Limit)
	if x.request.Keys = c.gate.Keys; failure != nil && !x.isREST(failure) {
		x.refuse(failure)
	}
	return x
}

// isREST reports whether a request was refused for its path or method although the real
// cloud has a REST operation of that name. fakecloud has no REST operations, so the
// request ends as a missing one.
func (x *exchange) isREST(refused *gateway.Failure) bool {
	if refused != gateway.PathUnknown && refused != gateway.MethodUnsupported {
		return false
	}
	_, missing, _ := find(x.request)
	return missing != nil
}

// refused reports whether the answer is already a refusal.
func (x *exchange) refused() bool { return x.code != "" }

func (x *exchange) refuse(f *gateway.Failure) {
	product := productOf(x.request.Version())
	if x.operation != nil {
		product = x.operation.product.name
	}
	x.code, x.message = f.Code, f.Message
	x.answer = gateway.Refusal(x.request, product, x.requestID, f)
}

// run determines the answer.
func (x *exchange) run() {
	for _, stage := range []func() *gateway.Failure{x.admit, x.find, x.meetFault, x.act} {
		if x.refused() {
			return
		}
		if failure := stage(); failure != nil {
			x.refuse(failure)
		}
	}
}

func (x *exchange) admit() *gateway.Failure {
	if x.cloud.options.NoAuth {
		x.admitted = true
		return nil
	}
	failure := x.cloud.gate.Admit(x.request)
	if x.admitted = failure == nil; x.admitted {
		x.cloud.engine.persistNoncesSoon()
	}
	return failure
}

func (x *exchange) find() *gateway.Failure {
	operation, missing, failure := find(x.request)
	x.operation = operation
	if missing != nil && x.cloud.missing.add(*missing, x.caller()) && x.cloud.options.OnMissing != nil {
		x.cloud.options.OnMissing(*missing)
	}
	return failure
}

// caller returns the id of the key that signed the request. It returns "" if signatures
// are not checked, because then a client can give any id.
func (x *exchange) caller() string {
	if x.cloud.options.NoAuth {
		return ""
	}
	return x.request.KeyID()
}

// meetFault applies the fault that is scripted for the call. A fault that closes the
// connection before the effect ends the call here.
func (x *exchange) meetFault() *gateway.Failure {
	x.fault = x.cloud.script.meet(x.operation, x.caller(), x.cloud.options.Elapsed)
	if x.fault.Drop == DropBefore {
		return serviceUnavailable // not sent: finish closes the connection
	}
	return x.fault.failure(x.operation)
}

// act sends the call to the model and encodes its output.
func (x *exchange) act() *gateway.Failure {
	opts := x.cloud.options.Validate
	opts.Now = x.at
	read := &call{
		requestID: x.requestID, host: x.ownHost(), region: regionOf(x.request.Host), values: x.request.Parameters(), validate: opts,
	}
	in, failure := x.operation.makeInput(read)
	if x.refusal = read.refusal; failure != nil {
		return failure
	}
	keys, center := &x.cloud.keys, &x.cloud.engine.current.Load().state.CAS
	keys.keep(in.Action, x.request.Values, center)
	r, err := x.cloud.engine.do(in, x.fault.jobFailure())
	if x.number = r.number; err != nil {
		return internalError
	}
	if e := r.output.Error; e.Code != "" {
		return &gateway.Failure{Status: e.Status, Code: string(e.Code), Message: e.Message}
	}
	body := r.output.Body
	if body == nil {
		body = &reply.Head{RequestID: r.output.RequestID, JobID: r.output.JobID}
	}
	keys.keep(in.Action, x.request.Values, center)
	body = keys.fillIn(body, in.Action, &r.snapshot.state.CAS)
	x.answer = gateway.Success(x.request.Action(), r.output.RequestID, body)
	return nil
}

// ownHost returns the host, with the port, of a client that addresses fakecloud itself.
// It returns "" if the client addresses a host of the vendor, through a proxy.
func (x *exchange) ownHost() string {
	if isVendors(x.request.Host) {
		return ""
	}
	return x.request.Address()
}

// finish records the call and sends the answer, or what the fault sends in its place.
func (x *exchange) finish(w http.ResponseWriter, r *http.Request) {
	x.cloud.record(x)
	x.cloud.engine.inputs.Add(1)
	if x.fault.Delay > 0 {
		select {
		case <-time.After(x.fault.Delay):
		case <-r.Context().Done():
		}
	}
	switch {
	case x.fault.Drop != "":
		panic(http.ErrAbortHandler) // closes the connection
	case x.fault.Body != "":
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(x.answer.Status)
		_, _ = w.Write([]byte(x.fault.Body)) //nolint:gosec // a test scripts the body; nothing useful to do on a write error
	default:
		x.request.Write(w, x.answer)
	}
}
