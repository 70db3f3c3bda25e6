// Package alb is the model of ALB AssociateAdditionalCertificatesWithListener
// and the operations around it: what the service would say, and what would be
// true afterwards.
//
// A [State] is the load balancers, their listeners with their default and
// additional certificates, client tokens used up, jobs, and the certificate
// cas. An [Input] is a request, an event that happens without one, or a read.
// [Machine] answers: Step returns the next state and a [model.Output], which
// names the condition that decided and the part of the state that decided it.
//
// An association is asynchronous: the certificates are Associating and the
// listener Configuring until the event [JobFinished] or [JobFailed].
package alb
