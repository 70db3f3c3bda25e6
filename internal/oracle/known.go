package oracle

import "slices"

// A Disagreement is a kind of input that this library intentionally answers differently
// from other readers.
type Disagreement struct {
	Name string // tests refer to it
	Why  string
}

// Find returns a known disagreement by its name. It panics if there is none.
func Find(name string) Disagreement {
	i := slices.IndexFunc(Known, func(d Disagreement) bool { return d.Name == name })
	if i < 0 {
		panic("oracle: no known disagreement is called " + name)
	}
	return Known[i]
}

// Known lists all disagreements. A test refers to them by name and says which of its
// inputs belong to each. It fails if such an entry no longer explains an input. A test of
// this package fails if no test refers to an entry.
var Known = slices.Concat(knownOfText, knownOfCertificates, knownOfKeys, knownOfChains, knownOfOthers)

var knownOfText = []Disagreement{
	{"damaged armor", "Readers skip a block with a damaged BEGIN or END line. The next block then takes its place, even that of the leaf."},
	{"look-alike", "A person takes a line for a BEGIN or END line, though its dashes, spaces or letters are others, or text stands in front of it. Readers skip it, and the next block takes its place."},
	{"base64 alone", "Readers skip a certificate or key without BEGIN and END lines. The next block takes its place."},
	{"foreign block", "Readers skip a complete block of another kind. It is refused, because it is probably a mistake."},
	{"private key", "A private key in the certificate text is sent wherever the certificate is sent. Readers skip it."},
	{"headers", "Go skips headers. The published format has none."},
	{"blank line", "OpenSSL reads a blank line inside a body as the end of headers. Go does not."},
	{"byte-order mark", "A byte-order mark comes from joined files or from an editor. In front of a BEGIN or END line, or alone on a line, it is text to both readers."},
	{"long BEGIN line", "OpenSSL reads the part after 254 bytes as a blank line of the body. It accepts that if all lines are 64 long."},
	{"zero byte", "OpenSSL reads a zero byte at the beginning of a line as the end of the file. A block after it is refused, even if Go does not read it either."},
	{"label with a colon", "If the body is empty, encoding/pem reads the END line as a header, and then stops reading the text."},
}

var knownOfCertificates = []Disagreement{
	{"anyExtendedKeyUsage", "It allows every purpose (RFC 5280, section 4.2.1.12). OpenSSL does not follow that here."},
	{"server-gated crypto", "OpenSSL accepts it for a server. crypto/x509 no longer does."},
	{"usage that is not looked at", "crypto/x509 does not check key usage and the Netscape type when it verifies."},
	{"undecodable extension", "OpenSSL could not decode an extension and prints a warning instead. The certificate is malformed; its usage is unknown."},
	{"extension of no meaning to Go", "OpenSSL decodes every extension that it knows. Go decodes some."},
	{"type of key", "The first public key is not RSA, ECDSA on P-224 to P-521 or Ed25519, so no common server loads its private key."},
	{"BER", "An encoding that DER does not allow, in a place where Go does not look: a string in pieces, a length that is not the shortest. OpenSSL reads it, nobody writes it."},
	{"extensions that Go passes over", "The certificate is not of version 3, or a unique identifier is in BER's constructed form. They are read all the same, for what the certificate may be used for; if they cannot be, the certificate is refused."},
	{"later certificate", "Only the first certificate is parsed by crypto/tls."},
	{"issued beside the chain", "A certificate was issued by another one of the text, but is not in the chain of the first. Such a certificate is never dropped, so the text is not repaired."},
	{"not a server certificate", "The usage excludes servers. Loading a pair does not check it."},
}

var knownOfKeys = []Disagreement{
	{"label of another form", "A sound key is accepted by its content under any key label, with an advisory, because such keys are sent to the service. OpenSSL 3.0 uses the label."},
	{"label of another kind", "crypto/tls accepts any label that ends with PRIVATE KEY."},
	{"key beside another certificate", "OpenSSL reads the key, then reports that it does not match the certificate in the same file. Here a matching pair is a separate check."},
	{"several keys", "Readers use the first key. It is not certain that it is the intended one."},
	{"bytes behind the key", "The block continues after the end of the key. Readers stop there. A key must fill its block."},
	{"bytes behind the curve", "OpenSSL checks them. Go does not."},
	{"inconsistent key", "The public key in an EC key is that of another key. `openssl pkey -check` reports it; loading the key does not."},
	{"overlong RSA modulus", "OpenSSL loads a key of more than 16384 bits, but refuses to use it."},
	{"primes of an RSA key", "More than five: both readers load the key, and OpenSSL cannot sign with it."},
	{"version of an RSA key", "OpenSSL reads version 1 as a key of more than two primes, and requires them."},
	{"parameters of an RSA key", "Go passes over them; OpenSSL takes any that are well-formed."},
	{"coefficients of an RSA key", "Go computes coefficients that it cannot read. PKCS#1 requires them."},
	{"PKCS#8 version 2", "OpenSSL 3.0 does not read it."},
	{"X25519", "The key cannot sign, so no server certificate has it. Servers refuse to load it."},
	{"DER", "DER is refused without reading its content."},
	{"DSA", "The label is refused: DSA is not supported, encrypted or not."},
	{"damaged armor of an encrypted key", "Such a text is not decoded."},
	{"a plain key", "The content of the block is a key that is not encrypted, whatever its label says. Its content decides."},
	{"no private key", "A certificate with the headers of an encrypted key."},
	{"unreadable form", "OpenSSL reports an error in the headers or the lines, before it decrypts."},
}

// What is known of chains: names and key identifiers are cheap, signatures are not.
var knownOfChains = []Disagreement{
	{"issuer by name alone", "Names and key identifiers lead to one certificate only, and its key did not sign. It is taken for the issuer; Options.VerifyChain tells that the signature is bad."},
	{"signatures beyond the budget", "Certificates of one name are told apart by signatures as far as there is time. Then names decide."},
	{"issuers of each other", "Two certificates issued each other, each for another chain. No order has each before its issuers."},
	{"leaf of an issuer's name", "A certificate that another one names as its issuer is taken for a CA, whatever its signature: its key is not taken for that of a server."},
	{"issuer that OpenSSL does not try", "Of several certificates of one name OpenSSL takes the first that may be the issuer, and does not come back where its key did not sign."},
}

// Disagreements with pemutil of go.step.sm/crypto.
var knownOfOthers = []Disagreement{
	{"DER to pemutil", "pemutil accepts DER. The parameter is PEM."},
	{"label to pemutil", "pemutil uses the label. OpenSSL and crypto/tls use the content."},
	{"another block beside the key to pemutil", "pemutil accepts one block only."},
	{"text behind the key to pemutil", "pemutil reads text after the block as another block."},
}
