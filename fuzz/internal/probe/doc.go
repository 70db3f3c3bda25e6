// Package probe has what the command probe does: a plan of requests that a user sends to
// an account of their own, the redacted record of the answers, and their comparison with
// what this library says.
//
//   - A [Case] is one request, as names and values. Values that begin with @ stand for
//     material that a [Material] makes: certificates, keys, names that do not exist.
//   - A [Plan] is a choice of cases with the material for them. [Plan.Prove] holds each
//     request against the model: it is refused in every state of the explored universes.
//   - An [Observation] is a case with the answer to it, as one line of a file. It has
//     nothing that leads to an account.
//   - [Compare] holds observations against the tables, and names the rules that differ.
//   - [Weigh] turns files of observations into evidence, which go generate writes into
//     package errcodes.
//
// The package sends nothing and reads no credentials.
package probe
