// Package gateway implements the protocol around the vendor's operations: it reads
// requests in all their forms, authenticates them, and writes answers. It does not
// depend on the operations.
//
// # Requests
//
// A request is a GET or a POST of "/". Its parameters are in the query, in a form body
// (Content-Type application/x-www-form-urlencoded), or in both. Names and values are
// decoded as forms: a plus is a space. With an ACS3 signature, the body may also be a JSON
// object (application/json), whose members are parameters. If a name is repeated, the
// first value counts, and values of the query come before values of the body. Action and Version are
// parameters or the headers x-acs-action and x-acs-version.
//
// # The order of checks
//
// [Read] checks the size and the encoding of the request, its method and path, and
// Format. Then [Gate.Admit] checks the access key with its security token, the time, the
// length of the nonce, the signature, and whether the nonce was used before. The
// parameters of the operation come last and are not checked here.
//
// # Signatures
//
// The gateway accepts HMAC-SHA1, version 1.0, over all parameters (Authorization
// absent), and ACS3-HMAC-SHA256 over the query, the signed headers and the digest of the
// body (Authorization present). The signature must cover every x-acs- header of the
// request.
//
// # Answers
//
// Format selects JSON or XML. Without Format, HMAC-SHA1 requests get XML and ACS3
// requests get JSON.
//
// No answer repeats a value that may be a secret. The vendor's answer to a wrong
// signature quotes the string to sign; it is left out if it contains such a value.
package gateway
