// Package cdn is the model of CDN SetDomainServerCertificate and of its
// counterparts, such as SetCdnDomainSSLCertificate: what the service would say, and
// what would be true afterwards. All work on the same domains and certificates.
//
// A [State] is an account: domains, good standing or not, and the certificate
// center. An [Input] is a request, an event that happens without one, or a read.
// [Machine] answers: Step returns the next state and a [model.Output], which names
// the condition that decided and the part of the state that decided it. The events
// and operations of the certificate center itself are in package cas; package
// account joins the machines.
//
// A request is checked by package validate once, when it is made into an input
// ([Set]); it carries the finished check and no private key. So a step parses
// nothing, and a journal of inputs can be replayed.
package cdn
