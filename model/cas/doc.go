// Package cas is the model of the certificate center: the account's certificates by
// name and by id, its operations, and what happens to certificates by itself. The
// machines of CDN and ALB work on the same certificates; package account joins the
// three.
//
// Certificates are records in immutable tables, each with its public PEM text. No
// private key is ever part of a state: of a stored key only the fact and the digest
// of its public half.
package cas
