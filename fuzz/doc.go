// Package fuzz finds out where a system and a model of it part. It is for whoever
// has an implementation of the operations of this library (a stub, a fake, a
// proxy, the real service in a sandbox account), or any other system and a model
// of their own.
//
// # A machine and a system
//
// What should happen is a [model.Machine]: Step(state, input) gives the next state
// and an output. What does happen is a [model.System]: Do(ctx, input) gives an
// output. Write both, or take one from this library, and
//
//	fuzz.Conform(t, machine, open, options)
//
// sends random sequences of inputs to both. Where their outputs differ it looks
// for a shorter and simpler sequence that shows the same, and prints it as Go
// source, to be pasted into a test. [ConformBytes] does so for one sequence and is
// the body of a native fuzz target, or of a property of pgregory.net/rapid; [Live]
// goes on and on against a system that cannot be begun anew, at the pace that it
// bears; [Replay] sends given inputs.
//
// # Options
//
// [Options] has what the harness cannot know by itself. A generator of inputs comes
// first: see below. Then there are invariants to check after every step, when two
// outputs are the same, which ids are the system's to give ([IDs]: they are
// compared up to renaming), and how states are told apart, for a system that leaves
// an input without an answer: the machine then follows both what happens with it
// and without it.
//
// # Inputs
//
// Any byte string is a sequence of inputs: [Source] makes choices of bytes, and a
// [Grammar] makes inputs of choices, kind by kind. A new kind of inputs is one more
// [Kind] in a list. What earlier answers gave, such as the ids of jobs, is kept in
// a [Bundle] for later inputs to be about.
//
// # The machines of this library
//
// [CDN], [ALB] and [World] return the options of the three machines, and [Input] is
// what they get: a request as a client sends it, which a system over HTTP can send
// on, or an event or read of model/cdn and model/alb. Certificates and keys are
// named, not held: see [Material]. A machine or system that wants judged inputs
// gets them through [MachineOf] and [SystemOf].
//
// # Concurrent clients
//
// A [Recorder] records what concurrent clients do, and [Linearizable] says whether
// the machine can explain it: whether there is an order in which it would have
// given all these answers. What had no answer may have taken effect at any time, or
// never.
//
// # What was seen
//
// A [Coverage] counts what runs have touched: codes, conditions, classes of states
// and the ways between them. It is text, JSON or a page, and [Coverage.Require] is
// an assertion: a run that leaves a documented code untouched ([Documented]) has
// not tested it.
//
// # Targets
//
// The tests of this package have native fuzz targets: the three machines by
// sequence, PEM text against OpenSSL and Go, server usage, JSON and others.
// [github.com/alicert/alicert/fuzz/cmd/fuzzall] runs all targets of a module in
// turn; [github.com/alicert/alicert/fuzz/cmd/libfuzzer] builds these for libFuzzer.
package fuzz
