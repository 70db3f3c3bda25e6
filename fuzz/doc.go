// Package fuzz tests a system against a model of it with generated inputs.
//
// A system is anything that answers inputs: a stub, a fake, a proxy, a client of a
// real service. Its model is a [model.Machine]. The harness sends the same inputs to
// both and compares the answers. But for [SameCode] this package knows no cloud:
// [github.com/alicert/alicert/fuzz/inputs] has the inputs of this library's machines.
//
// # The five things that matter first
//
//   - [Conform] is the test: it holds a system against a machine. Everything else is
//     for what Conform does not do.
//   - [Options] is what the harness knows about a machine. For the machines of this
//     library, inputs.CDN, inputs.ALB and inputs.Account return them. Options.Only keeps
//     the inputs of one operation, for a stub that has no more: see its example.
//   - A failure shows the inputs with their answers, the fields that differ, and a Go
//     test that calls [Replay]. Paste the test into your package and keep it.
//   - [SameCode] is an Options.Equal for a beginning: compare codes, then take it away
//     and compare all that a client sees.
//   - A run that passes logs what it never reached. What was not reached was not
//     compared: [Coverage] and [Coverage.Require] make that a failure.
//
// # A stub of this cloud
//
//	machine := fuzz.MachineOf(alb.Machine{Initial: state}, inputs.Input.ALB)
//	options := inputs.ALB().Only("associate", "again", "job finished", "job failed")
//	fuzz.Conform(t, machine, openStub, options)
//
// openStub returns a new stub, a [model.System] that answers an inputs.Input with a
// model.Output, in the given state. The inputs refer to what is in the state.
//
// # Your own model, step by step
//
// 1. Write the model. [model.Func] makes a machine of an initial state and a function
// step(state, input) (state, output). The function must be pure.
//
// 2. Write the system, or an adapter of it. A [model.System] has one method,
// Do(ctx, input) (output, error). It returns an error only if it got no answer; a
// refusal is an output.
//
// 3. Write a [Grammar]: a list of commands, each of which makes one kind of input
// from a [Source] of choices. A [Bundle] keeps ids of earlier answers for later
// inputs to refer to. Command.Ready tells when an input of the kind can apply, so that few
// are wasted; Grammar.Initial learns what the machine begins with.
//
// 4. Call [Conform] in a test. It generates sequences of inputs. If an answer
// differs, it shrinks the sequence and fails the test with the shortest one found,
// printed as a Go test that calls [Replay]. The test names your machine, function and
// options if they can be written as source; Options.Program has the expressions for
// those that cannot, such as what [model.Func] returns.
//
// 5. Call [ConformBytes] in a native fuzz target. Any byte string is a sequence, so
// the engine can mutate it.
//
//	func FuzzGate(f *testing.F) {
//		f.Fuzz(func(t *testing.T, data []byte) {
//			fuzz.ConformBytes(t, machine, openGate, options, data)
//		})
//	}
//
// 6. Add options when you need them. Options.Invariants are checked after every step.
// Options.Equal compares outputs loosely. Options.IDs tells which ids the system is
// free to choose; the harness compares them up to renaming. Options.Key tells states
// apart, which matters only if the system may leave an input without an answer: the
// harness then follows the machine both with and without the effect of that input.
//
// 7. Measure what the runs reached. Options.Coverage counts points, such as error
// codes or states, and [Coverage.Require] fails a test that missed one.
//
// # Other ways to run
//
// [Linearizable] checks concurrent clients: a [Recorder] records their calls, and the
// check passes if the machine can explain the answers in some order. [Soak] runs
// against a system that cannot be restarted, at a pace that it allows. [Find] and
// [CheckHistory] return an error instead of failing a test.
//
// [MachineOf] and [SystemOf] give a machine or a system another type of input, so
// that both sides of a comparison can share one; [AdaptMachine] changes the outputs,
// too. So a model of your own can be held against one of this library: see its example.
package fuzz
