// Package fakecloud puts the machine of model/account
// behind the vendor's HTTP protocol, so that unmodified clients can be tested
// without an account:
//
//	cloud := fakecloud.Start(t, fakecloud.Options{})
//	cloud.Seed(fakecloud.Demo())
//	// point the client at cloud.URL, key testid, secret testsecret
//
// It is a thin skin. The gateway checks signature, time and nonce; a table says
// how the parameters of an operation become an input of the model, and how the
// model's output becomes an answer. What is answered comes from Step of
// model/account, so whatever holds for the machines holds here.
//
// # Other operations
//
// An operation that is not in the table is refused once its signature is checked.
// One that the cloud has, by the vendor's published lists, is answered with status
// 501 and the code NotImplemented.Fake, which no table of the vendor's has. The
// status is not 404, because clients take that for the absence of what they ask
// for, so that a deletion seems to have happened. [Cloud.Missing] returns such
// operations, Options.OnMissing is told of them, and [Cloud.AssertDone] fails on
// them. A name that nobody knows gets InvalidAction.NotFound, as at the vendor's.
//
// # Time
//
// Steps read no clock. A roll-out or a job ends when the model is told so: after
// a number of looks at it, after a duration, or when a test says so. See
// [Progress]. Every input has the time at which it takes effect.
//
// # State
//
// The state advances in one place, one input after the other. Reads work on the
// state of their snapshot and keep nobody waiting. Every input that reaches the
// model is in the [Cloud.Journal], in the order in which it took effect, and
// model.Checker follows it.
//
// # Faults
//
// A [Fault] says what goes wrong with the next calls: an error code, a slow
// answer, a connection that is closed before or after the effect, a job that
// fails.
//
// # Control over HTTP
//
// Below the path /_/, for requests from this machine only: what a proxy has passed
// on, or a browser for the page of another site, is refused with 403. Bodies and
// answers are JSON; a POST without Content-Type: application/json is refused with
// 415.
//
//	GET    /_/         a page that shows all this, with buttons for the events
//	GET    /_/state    the whole state
//	GET    /_/journal  the journal, as JSON lines that model.Checker follows
//	GET    /_/calls    the last calls
//	POST   /_/events   one event or an array of them, such as {"cdn":{"AccountSuspended":{}}}; answers with the outputs
//	GET    /_/missing  the operations that were called and that only the cloud has
//	GET    /_/faults   what is scripted
//	POST   /_/faults   one more Fault
//	DELETE /_/faults   none
//	POST   /_/reset    back to the beginning
//
// # Secrets
//
// No private key, and no secret or token of the Keys, reaches the state, the journal,
// the calls or an error. A private key is known by the parameter that it is in,
// whatever the letter case, and in every other one by its content: a BEGIN line, or
// base64 of 40 characters and more, in pieces and encoded again, too. What is left out
// shows as its length, names and client tokens as a digest; certificates and host
// names stay. The bare 64 hexadecimal digits of a key look like a fingerprint and
// stay as well.
//
// Where the gateway would quote what was signed, it leaves that out if a secret is
// among it: always for temporary keys, whose SecurityToken is.
//
// What is remembered of a request shares no memory with it, so that the rest of the
// body, keys included, is freed with the answer.
package fakecloud
