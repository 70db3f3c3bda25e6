package oracle

import "slices"

// A Disagreement is a kind of input of which this library says something else than
// others do, on purpose.
type Disagreement struct {
	Name string // by which tests refer to it
	Why  string
}

// Find returns a known disagreement. It panics if there is none of the name.
func Find(name string) Disagreement {
	i := slices.IndexFunc(Known, func(d Disagreement) bool { return d.Name == name })
	if i < 0 {
		panic("oracle: no known disagreement is called " + name)
	}
	return Known[i]
}

// Known lists all disagreements. A test refers to them by name and says which of
// its inputs belong to each. It fails where an entry that it refers to explains
// nothing any more, and a test of this package where nothing refers to an entry.
var Known = slices.Concat(knownOfText, knownOfCertificates, knownOfKeys, knownOfOthers)

var knownOfText = []Disagreement{
	{"damaged armor", "Readers pass over a block whose armor is damaged, and the next one takes its place, the leaf's even."},
	{"foreign block", "A complete block of another kind: readers pass it over; whoever put it there meant something by it."},
	{"private key", "A private key in the text goes wherever the certificate goes. Readers pass it over."},
	{"headers", "Go passes over headers; the published format has none."},
	{"blank line", "OpenSSL takes a blank line inside a body for the end of headers, which Go does not."},
	{"byte-order mark", "It tells of files that were joined, or of an editor. Before a line that would be armor, or alone on one, it is text to both readers."},
	{"long BEGIN line", "To OpenSSL what follows 254 bytes of it is a blank line of the body, which it forgives where all lines are 64 long."},
	{"zero byte", "OpenSSL takes one that begins a line for the end of the file. A block behind it is refused, even one that Go does not read either."},
	{"label with a colon", "Over a body without content, encoding/pem takes the END line for a header, and then gives up on the rest of the text."},
}

var knownOfCertificates = []Disagreement{
	{"anyExtendedKeyUsage", "It stands for every purpose (RFC 5280, section 4.2.1.12), which OpenSSL does not follow here."},
	{"server-gated crypto", "OpenSSL counts it as a server's purpose, crypto/x509 does not any more."},
	{"usage that is not looked at", "Key usage and the Netscape type are nothing to crypto/x509 when it verifies."},
	{"undecodable extension", "OpenSSL could not decode some extension and answers with a warning instead; that is a malformed certificate, not one of another usage."},
	{"extension of no meaning to Go", "OpenSSL decodes every extension that it knows, Go some."},
	{"type of key", "The first public key is none of RSA, ECDSA on P-224 to P-521 and Ed25519, so no common server would load its private key."},
	{"BER", "An encoding that DER does not allow, in a place where Go does not look: a string in pieces, a length that is not the shortest. OpenSSL reads it, nobody writes it."},
	{"extensions without version 3", "Go does not read them. They are read all the same, for what the certificate may be used for; if they cannot be, the certificate is refused."},
	{"later certificate", "Only the first certificate is parsed by crypto/tls."},
	{"issued beside the chain", "A certificate that another one of the text issued is never dropped, and it is no part of the first one's chain: nothing is repaired."},
	{"not a server certificate", "Its usage says so; loading a pair does not look at that."},
}

var knownOfKeys = []Disagreement{
	{"label of another form", "A sound key passes by its content whatever its label, with an advisory: such keys are sent to the service. OpenSSL 3.0 goes by the label."},
	{"label of another kind", "Any label that ends with PRIVATE KEY will do for crypto/tls."},
	{"key beside another certificate", "OpenSSL reads the key, then finds that it is not that of the certificate in the same file; a pair is another question."},
	{"several keys", "Readers take the first. Nothing says that it is the one that is meant."},
	{"plain key labeled encrypted", "It is taken at its word: ENCRYPTED PRIVATE KEY is refused unread."},
	{"bytes behind the key", "The block goes on behind the end of the key. Readers stop there; a key that is not the whole of its block is not well-formed."},
	{"bytes behind the curve", "Go does not look there; OpenSSL does."},
	{"inconsistent key", "`openssl pkey -check` finds it invalid, which loading it does not: an EC key with the public key of another."},
	{"overlong RSA modulus", "Over 16384 bits OpenSSL refuses to work with the key, though it loads it."},
	{"primes of an RSA key", "More than five: both readers load the key, and OpenSSL cannot sign with it."},
	{"version of an RSA key", "OpenSSL takes version 1 for a key of more than two primes, which must be there then."},
	{"parameters of an RSA key", "Go passes over them; OpenSSL takes any that are well-formed."},
	{"coefficients of an RSA key", "Go computes what it cannot read; PKCS#1 does not let it be absent."},
	{"PKCS#8 version 2", "OpenSSL 3.0 does not read it."},
	{"X25519", "It cannot sign, so no certificate of a server has it. Servers refuse to load it."},
	{"DER", "Refused for being DER. What is in it is not looked at."},
	{"DSA", "Refused for the label: DSA is not served, encrypted or not."},
	{"damaged armor of an encrypted key", "Such a text is not decoded."},
	{"no private key", "A certificate with the headers of an encrypted key."},
	{"unreadable form", "OpenSSL gives up on the headers or the lines, before it comes to decrypting."},
}

// What pemutil of go.step.sm/crypto adds.
var knownOfOthers = []Disagreement{
	{"DER to pemutil", "It takes DER; the parameter is PEM."},
	{"label to pemutil", "It goes by the label; OpenSSL and crypto/tls by the content."},
	{"another block beside the key to pemutil", "It takes one block only."},
	{"text behind the key to pemutil", "It takes text behind the block for another one."},
}
