// Package inputs generates inputs for the machines of this library and has the
// options with which package fuzz runs them.
//
// [CDN], [ALB] and [Account] return the options of model/cdn, model/alb and the
// machine that is both. All three machines share one type of input, so they are
// adapted:
//
//	machine := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
//	fuzz.Conform(t, machine, open, inputs.CDN())
//
// Here open returns a new system that answers an [Input]. The action of an Input is a
// request as a client sends it ([Set], [SetCdn], [SetDcdn], [Upload], [Associate],
// [Dissociate]), or an event or a read of model/cdn or model/alb.
//
// Requests name their certificates and keys as a [Fixture] instead of holding them, so
// printed failures are short and contain no private key.
//
// [Documented] lists every documented code and condition of an operation, for
// [fuzz.Coverage.Require].
package inputs
