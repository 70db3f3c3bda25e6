// Package fakecloud serves the machine of model/account over the vendor's HTTP
// protocol, so that unmodified clients can be tested without an account:
//
//	cloud := fakecloud.Start(t, fakecloud.Options{})
//	cloud.Seed(fakecloud.Demo())
//	// connect the client to cloud.URL with the key testid, secret testsecret
//
// The gateway checks signature, time and nonce. A table converts the parameters of
// each operation to an input of the model, and the output of the model is the answer.
// All answers come from Step of model/account, so its guarantees hold here, too.
//
// # Other operations
//
// The gateway checks the signature first. Then an operation that is missing in the
// table is refused. If the vendor's published lists have the operation, the answer is
// status 501 with the code NotImplemented.Fake, which is in no table of the vendor. The
// status is not 404, because clients treat 404 as an absent resource: a deletion would
// seem to have succeeded. [Cloud.Missing] returns such operations, Options.OnMissing
// receives them, and [Cloud.AssertNothingUnknown] fails on them. For an unknown name the
// answer is InvalidAction.NotFound, as in the vendor's API.
//
// # Time
//
// The model reads no clock. A rollout or a job ends by an event. By default that is after
// the first answer that shows it, or after a second: a client that polls sees it pending
// once, a client that never polls may deploy again after a second, and one that retries a
// refusal at once succeeds. [Progress] selects other ends. In a test, [Cloud.Finish],
// [Cloud.FinishAll] and [Cloud.FailJob] end changes, and [Manual] leaves every end to them.
// Every input has the time at which it takes effect.
//
// # In a test
//
// [Cloud.AddDomain], [Cloud.AddListener], [Cloud.AddCertificate] and [Cloud.Seed] make the
// account. [Cloud.AssertServed] and [Cloud.AssertAssociated] check what a domain and a
// listener have in the end, [Cloud.AssertDone] whether all faults were met. For everything
// else there are [Cloud.Apply] with the events of the model, and [Cloud.State].
//
// # State
//
// Inputs take effect one after another. Reads use a snapshot and do not block changes.
// The [Cloud.Journal] has every input that reached the model, in the order in which the
// inputs took effect, and model.Checker can check it.
//
// # Faults
//
// A [Fault] makes calls fail: with an error code, a delay, a connection that is closed
// before or after the effect, or a job that fails. A code that no table and no gateway has
// is refused unless AnyCode is set.
//
// # Control over HTTP
//
// The paths below /_/ control the cloud. Only this machine can use them: a request that
// a proxy forwarded, or that a browser sent for a page of another site, is refused with
// 403. Bodies and answers are JSON. A POST without Content-Type: application/json is
// refused with 415. An event about a domain, listener or anything else that does not exist
// is refused with 404; the events before it in the same array stay applied. An event that
// changes nothing has the output {"ignored":true}.
//
//	GET    /_/           a page with what happened and why, what is there, and the controls
//	GET    /_/state      the whole state
//	GET    /_/journal    the journal as JSON lines, for model.Checker
//	GET    /_/calls      the most recent calls
//	POST   /_/events     applies an event or an array of events, such as {"cdn":{"AccountSuspended":{}}}; answers with the outputs
//	POST   /_/finish     ends a pending change as Cloud.Finish does, {"name":"www.example.com"}, or lets a job fail, {"name":"lsn-1","fail":true,"code":"…"}
//	POST   /_/progress   changes when rollouts and jobs end, {"progress":"manual"}; see ParseProgress
//	GET    /_/missing    the called operations that only the real cloud has
//	GET    /_/faults     the scripted faults
//	POST   /_/faults     adds a Fault
//	DELETE /_/faults     removes all faults, or the one with the id that /_/view gives it: ?id=1
//	POST   /_/reset      restores the initial state
//	POST   /_/undo       undoes the last reset, until the account changes
//	GET    /_/explain    what a code, a condition or an advisory means: ?code=Certificate.MissMatch&lang=zh
//	GET    /_/seed       the state as a file for ParseSeed and the flag -seed; its notes say what it leaves out
//	GET    /_/gotest     a Go test that repeats everything up to now, or up to a row of the timeline: ?to=12
//	GET    /_/healthz    200 and {"status":"ok"}; 503 while changes cannot be written to the data directory
//
// The page reads /_/view, /_/timeline, /_/row, /_/list, /_/resource, /_/connect,
// /_/operations and /_/live, too. Their answers may change.
//
// Every machine may read /_/healthz, for the probes of containers.
//
// # Secrets
//
// No private key, and no secret or token of the Keys, reaches the state, the journal,
// the calls or an error. A private key is recognized by the name of its parameter in any
// letter case. In other parameters it is recognized by its content: a BEGIN line, or at
// least 40 characters of base64, also in pieces and encoded again. A removed value is
// replaced by its length, names and client tokens by a digest. Certificates and host
// names stay. The 64 hexadecimal digits of a bare key look like a fingerprint and stay,
// too.
//
// The answer to a wrong signature quotes the string to sign only if it contains no
// secret. Requests with temporary keys contain one: the SecurityToken.
//
// Stored parts of a request are copies, so that the rest of the body, keys included, is
// freed with the answer.
package fakecloud
