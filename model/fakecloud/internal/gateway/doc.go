// Package gateway is the protocol in front of the vendor's operations, and knows
// no operation: it reads a request in any of its forms, checks who sent it and
// when, and writes answers.
//
// # Requests
//
// A request is a GET or a POST of "/". Its parameters are in the query, in a form
// body (Content-Type application/x-www-form-urlencoded), or in both. Names and
// values are decoded as forms: a plus is a space. Where a name is repeated the
// first value counts, those of the query before those of the body. Action and
// Version are parameters or the headers x-acs-action and x-acs-version.
//
// # The order of checking
//
// Size and encoding of the request, its method and path, Format; then, by
// [Gate.Admit]: the access key with its security token, the time, the form of
// the nonce, the signature, and whether the nonce was used before. What an
// operation makes of its parameters comes last and is not checked here.
//
// # Signatures
//
// HMAC-SHA1, version 1.0, over all parameters (Authorization absent), and
// ACS3-HMAC-SHA256 over the query, the signed headers and the digest of the body
// (Authorization present). Every x-acs- header that is sent must be signed.
//
// # Answers
//
// No answer repeats a value that may be a secret: the string to sign, which the
// vendor's answer to a wrong signature has in it, is left out then.
//
// JSON or XML, as Format says. Without Format, HMAC-SHA1 requests get XML and
// ACS3 requests JSON.
package gateway
