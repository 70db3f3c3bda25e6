// Package oracle says what others make of certificates and keys, for tests that
// hold this library to them, and lists where it differs on purpose.
//
//   - [OpenSSLBlocks] and [OpenSSLCertificates] state how OpenSSL 3.0 reads PEM,
//     so that a fuzz target can ask a million times; a test holds them to the
//     openssl command.
//   - [GoBlocks] is encoding/pem, [Pairs] are crypto/tls and go.step.sm/crypto.
//   - [Known] is the one list of disagreements, each with its reason.
//   - [Mangler] damages PEM text at random.
package oracle
