package oracle

// What is known of chains: names and key identifiers are cheap, signatures are not.
var knownOfChains = []Disagreement{
	{"issuer by name alone", "Names and key identifiers lead to one certificate only, and its key did not sign. It is taken for the issuer; Options.VerifyChain tells that the signature is bad."},
	{"signatures beyond the budget", "Certificates of one name are told apart by signatures as far as there is time. Then names decide."},
	{"issuers of each other", "Two certificates issued each other, each for another chain. No order has each before its issuers."},
	{"leaf of an issuer's name", "A certificate that another one names as its issuer is taken for a CA, whatever its signature: its key is not taken for that of a server."},
	{"issuer that OpenSSL does not try", "Of several certificates of one name OpenSSL takes the first that may be the issuer, and does not come back where its key did not sign."},
}
