// Package model predicts the answers of the service and the state afterwards, without
// a service, an account or a network.
//
// # A machine
//
// A model is a [Machine]: an initial state, and one function, Step, from a state and
// an input to the next state and an output. Step is pure: it reads no clock and no
// random source. Events, such as the end of a roll-out or the revocation of a
// certificate, are inputs too. So a sequence of inputs is a complete test case: it
// can be saved, replayed and reduced, and gives the same result every time.
//
// There is a machine for each product, and one for all. They all answer with an [Output]:
//
//   - model/cas: the certificate center;
//   - model/cdn: the domains of CDN SetDomainServerCertificate and of its
//     counterparts in DCDN, VOD and live, over a certificate center;
//   - model/alb: the load balancers, listeners and jobs of ALB and NLB, and the
//     accelerators of GA: AssociateAdditionalCertificatesWithListener and the
//     operations around it, over a certificate center;
//   - model/clb: the certificates, HTTPS listeners and domain extensions of the classic
//     load balancer;
//   - model/esa: the sites of ESA and their certificates, over a certificate center;
//   - model/account: all of them over one certificate center.
//
// # A request
//
// cdn.Set, alb.Change and cas.Upload check a request with package validate once and
// return an input. The input has the finished check and no private key, so Step
// decides only by the state. An Output of a refused request has the code, its
// condition, the part of the state that decided, and the evidence of the rule: see
// [Output.Explain].
//
// # Actions and time
//
// An input of these machines is an [Action] with the time at which it happens. An
// action has a [Kind] and a [Resource]. Answers show the times of earlier inputs; an
// input without a time leaves none.
//
// # What to do with a machine
//
// Everything here works on any machine. [Func] makes one from a function.
//
//   - [Run] applies a sequence and returns every step; [RunSeq] does so for long or
//     endless sequences.
//   - [Func] also changes the initial state. The scenarios of model/cdn and model/alb
//     build one: "an HTTPS domain, bound to certificate A, locked".
//   - [NewSystem] makes a stand-in for the service, which is safe for concurrent use.
//     Code that is written against [System] can use it in place of the service.
//   - [WithFaults] adds failures between caller and machine: throttling, an
//     unavailable service, lost requests and lost answers.
//   - [Space.Explore] visits every state that a finite set of inputs reaches. It finds
//     a shortest path to each outcome, dead ends, and broken invariants.
//     [Exploration.Text] tells all of it, and [Exploration.Graph] draws the states as
//     text, for Graphviz or in Mermaid: what the command explore does for this
//     library's machines, for yours.
//   - [Checker.Follow] compares a recording of a real system with the machine. It
//     reports the first difference, the outputs that the machine allows, and the
//     reason. If the effect of an input is unknown, it follows both possibilities.
//
// # States
//
// States are values. A new state shares the unchanged parts with the old one (see
// model/table), so the states of a long run need little memory, and a step on a
// million domains is not much slower than one on ten. States, inputs and outputs are
// printable, go-cmp compares them without options, and they survive JSON.
//
// Everything here is safe for concurrent use except a [Checker], which has a position
// in its trace.
package model
