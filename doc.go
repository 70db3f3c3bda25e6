// Package alicert is the map of a library that tells a program, before it calls
// the cloud, exactly what the cloud would answer. It holds no code itself.
//
// Two operations of Alibaba Cloud come first: CDN SetDomainServerCertificate and
// ALB AssociateAdditionalCertificatesWithListener. Both take certificates, both
// fail at night when a certificate was renewed, and neither says why. The
// operations that took the place of the first, CDN SetCdnDomainSSLCertificate and
// DCDN SetDcdnDomainSSLCertificate, are other tables for the same checks.
//
// In the order in which a newcomer needs them:
//
//   - [github.com/alicert/alicert/validate] checks a request: PEM form, lengths,
//     names, key against certificate, server usage. Pure functions, one call,
//     the exact documented error code, and what to do about it.
//   - [github.com/alicert/alicert/errcodes] has the published error tables as
//     data, and finds the code in the errors of the vendor's SDKs.
//   - [github.com/alicert/alicert/validate/cmd/certcheck] is the same check for
//     shells and pipelines.
//   - [github.com/alicert/alicert/model] answers what the service would say, and
//     what would be true afterwards: both operations as pure state machines,
//     [github.com/alicert/alicert/model/cdn] and
//     [github.com/alicert/alicert/model/alb], side by side in
//     [github.com/alicert/alicert/model/account].
//   - [github.com/alicert/alicert/model/fakecloud] puts both behind the vendor's
//     HTTP protocol, for tests with real clients; its command serves them.
//   - [github.com/alicert/alicert/fuzz] tests any system against a model of it with
//     generated inputs; [github.com/alicert/alicert/fuzz/inputs] generates those of
//     this library's models.
//
// Arrows point one way: errcodes ← validate ← model ← fuzz ← commands. The packages
// that programs import compile nothing beyond the standard library and golang.org/x;
// fuzz, which tests import, has one dependency more.
package alicert
