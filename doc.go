// Package alicert is the map of a library that tells a program, before it calls
// Alibaba Cloud, what the cloud would answer to a request that deploys a
// certificate. It holds no code itself.
//
// In the order in which a newcomer needs them:
//
//   - [github.com/alicert/alicert/validate] checks a request: PEM form, lengths,
//     names, key against certificate, server usage. Its function Deploy is the one
//     call of a program that deploys.
//   - [github.com/alicert/alicert/errcodes] has the operations with their published
//     error tables as data, and finds the code in the errors of the vendor's SDKs.
//   - [github.com/alicert/alicert/validate/cmd/certcheck] is the same check for
//     shells and pipelines.
//   - [github.com/alicert/alicert/model] also answers what the account's state
//     decides, and what would be true afterwards, with one pure state machine for
//     each product and one for the whole account.
//   - [github.com/alicert/alicert/model/fakecloud] puts the account behind the
//     vendor's HTTP protocol, for tests with real clients; its command serves it.
//   - [github.com/alicert/alicert/fuzz] tests any system against a model of it with
//     generated inputs; [github.com/alicert/alicert/fuzz/inputs] generates those of
//     this library's models.
//
// Arrows point one way: errcodes ← validate ← model ← fuzz, with commands on top. The
// packages that check and model link nothing beyond the standard library,
// golang.org/x and filippo.io/nistec (elliptic curves). ARCHITECTURE.md shows more of this for people who change the library.
package alicert
