// Package validate tells, before the service is called, what it would answer to
// a request as far as the request alone decides.
//
// There is one function for each operation. It takes a typed request and
// returns a [Report]:
//
//	report := validate.SetDomainServerCertificate(&validate.SetDomainServerCertificateRequest{
//		DomainName:              "www.example.com",
//		ServerCertificateStatus: "on",
//		ServerCertificate:       certificatePEM,
//		PrivateKey:              validate.NewSecret(keyPEM),
//	}, validate.Options{At: time.Now()})
//	if err := report.Err(); err != nil {
//		return err // Certificate.MissMatch (400): … [PrivateKey: the key belongs to … block 2 …]
//	}
//
// A report holds every violation in the order in which the service judges, then
// advisories (what the service accepts but a deployer wants to know), then what
// was learnt of the certificates. [Report.Err] is the service's answer.
//
// Which one to use: the report where a person reads the result or a certificate
// is to be described. Where only the answer matters, as in a server, a batch or a
// loop of tests, the Verdict method of a request gives the same answer, always,
// and looks at nothing behind the first violation. Sound material costs it a small
// part of what tls.X509KeyPair takes, and no allocation of its own. Check is a
// verdict with what a model or a journal wants to keep.
//
// [SetCdnDomainSSLCertificate] judges the operation that took the place of
// SetDomainServerCertificate, and [SetDcdnDomainSSLCertificate] its twin of DCDN.
// They find the same conditions; only parameters and codes have other names.
//
// The parts are usable alone: [DomainName], [CertName], [ServerCertificate],
// [PrivateKey], [KeyPair], [ServerUsage]. [Normalize] writes certificate and key
// in the form that the vendor publishes, and repairs what leaves nothing to
// guess.
//
// # What passes
//
// Where the documents are silent, a certificate or key passes only if both
// OpenSSL 3.0 and Go would load it into a TLS server. On top, three things are
// refused because to pass over them in silence would pick another leaf or hide a
// leak: damaged PEM armour, blocks of another kind inside the certificate, and
// several private keys. A private key passes by its content even if its label
// does not fit.
//
// # Bounds
//
// Nothing is decoded before the length limits of [Options]. A pass-phrase is
// never asked for and nothing is derived from one. RSA keys of more than 16384
// bits are refused before any arithmetic. No input within the default limits costs
// a call more than 20 ms of processor time and 16 MiB of memory: signatures are
// verified by no RSA key of more than 8192 bits and no exponent of more than 17
// bits, and for some milliseconds at most, and the advisory
// [ChainLinkNotVerifiable] says what was left out. Where the limits are lifted, the cost grows with the input, and
// one text holds at most [MaxChainCertificates]. What a report shows of a
// certificate is cut to 200 characters.
//
// A nil request counts as an empty one.
//
// # Secrets
//
// The private key travels as a [Secret]. No key material reaches a report, an
// error or a panic. The arithmetic on it is not all in constant time: the key is
// the caller's own, and so is the process.
//
// Every function is a pure function of its arguments: no clock, no randomness,
// no input or output. All are safe for concurrent use and keep nothing.
package validate
