// Package model answers "what would the service say, and what would be true
// afterwards?" without a service, an account or a network.
//
// # A machine
//
// A model is a [Machine]: a state to begin with, and one function, Step, from a
// state and an input to the next state and an output. Step is pure. It reads no
// clock and no random source; what happens by itself, such as a roll-out that
// finishes or a certificate that is revoked, is an input as well. So a sequence
// of inputs is a complete test case: it can be saved, replayed and cut down, and
// does the same every time.
//
// There are four machines, and they all answer with an [Output]:
//
//   - model/cas: the certificate center;
//   - model/cdn: the domains of CDN SetDomainServerCertificate and of its
//     counterparts, over a certificate center;
//   - model/alb: the load balancers, listeners and jobs of ALB
//     AssociateAdditionalCertificatesWithListener and the operations around it, over
//     a certificate center;
//   - model/account: the three over one certificate center.
//
// # A request
//
// A request is checked by package validate when it is made into an input (cdn.Set,
// alb.Change, cas.Upload), and only then: the input carries the finished check
// and no private key. What is left for Step is what the state decides. An Output
// that refuses tells the code, the condition behind it, the part of the state that
// decided, and what the rule rests on: see [Output.Explain].
//
// # Actions and time
//
// An input of these machines is an [Action] with the time at which it happens. An
// action knows its [Kind] and the [Resource] that it is about. The machines write the
// times that answers show; an input without a time leaves none.
//
// # What to do with a machine
//
// Everything here works on any machine, yours included; [Func] makes one of a
// function.
//
//   - [Run] sends a sequence through it and returns every step; [RunSeq] does so for
//     sequences that are long or endless.
//   - [WithInitial] has it begin with another state. The scenarios of model/cdn and
//     model/alb build one: "an HTTPS domain, bound to certificate A, locked".
//   - [NewSystem] makes it a stand-in for the service, safe for concurrent use.
//     Code that is written against [System] takes it for the real one.
//   - [WithFaults] puts what can go wrong on the way before it: throttling, an
//     unavailable service, requests and answers that are lost.
//   - [Explore] visits every state that a finite set of inputs reaches. It finds a
//     shortest way to each outcome, dead ends, and invariants that break. [Exploration.Graph] draws it as
//     text, for Graphviz or in Mermaid.
//   - [Checker.Follow] follows a recording of a real system, and says where the two
//     part, what the machine would have said, and why. Where the recording does not
//     know whether an input took effect, it follows both.
//
// # States
//
// States are values. A step shares with the old state what it did not change (see
// model/table), so to keep every state of a long run costs little, to go back to
// one costs nothing, and a step on a million domains is not much slower than one on
// ten. States, inputs and outputs are printable, go-cmp compares them without
// options, and they survive JSON.
//
// Everything here is safe for concurrent use, except for a [Checker], which has a
// place in its trace.
package model
