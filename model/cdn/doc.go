// Package cdn is the model of CDN SetDomainServerCertificate, of the operation that
// took its place, SetCdnDomainSSLCertificate, and of DCDN's twin of that: what the
// service would say, and what would be true afterwards. All work on the same
// domains and certificates.
//
// A [State] is an account: domains, certificates, good standing or not. An
// [Input] is a request, an event that happens without one, or a read. [Machine]
// answers: Step returns the next state and a [model.Output], which names the
// condition that decided and the part of the state that decided it.
//
// A request is judged by package validate once, when it is made into an input
// ([Set], [SetCdnSSL], [SetDcdnSSL], [Upload]); it carries the finished check and no private key.
// So a step parses nothing, and a journal of inputs can be replayed. The requests
// of all operations become a [Setting] each, and what these do is written once.
package cdn
