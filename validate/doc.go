// Package validate tells, before the cloud is called, what it would answer to a
// request that deploys a certificate, as far as the request alone decides.
//
// A deployer calls [Deploy] and looks at the error:
//
//	report, err := validate.Deploy(errcodes.SetCdnDomainSSLCertificate,
//		"www.example.com", certificatePEM, validate.NewSecret(keyPEM), time.Now())
//	if err != nil {
//		return err // Certificate.MissMatch (400): … [SSLPri: the key belongs to … block 2 …]
//	}
//
// The error is an [*errcodes.Error]: the code of the service, the condition behind
// it, the parameter, the position in the text, and what to do. The [Report] has
// every other violation in the order in which the service checks, advisories (findings
// that the service accepts, but a deployer wants to know), and a description of the
// certificates. Each advisory has a [Level], which Options.Levels changes; FINDINGS.md
// lists them all. A finding that follows from another one names it in Follows, so that one
// cause can be told once. [Repair] is a dry run of [Normalize], for a caller that wants to
// promise a repair.
//
// # Languages
//
// Reasons, hints and remedies are in English and Chinese ([errcodes.Message]). The text of
// an error is English, for logs that are searched. [Report.In] returns a report in one
// language, as people read it:
//
//	for _, v := range report.In(errcodes.Chinese).Violations {
//		fmt.Println(v.Code, v.Reason, v.Hint)
//	}
//
// # Requests
//
// Requests with more parameters are of three types:
//
//   - a [CDNRequest] sets the certificate of a domain of CDN, DCDN, VOD or live, or of a
//     site of ESA;
//   - an [ALBRequest] changes the certificates of a listener of ALB, NLB or GA;
//   - a [CASRequest] uploads a certificate to the certificate center or to the classic
//     load balancer.
//
// The operation is one of their fields: the error table of the operation says which
// fields it looks at, what it calls them, and which code each condition maps to. [Parse]
// makes a request of its parameters on the wire.
//
// [Check] reports everything. [Verdict] has the same answer, always, and stops at
// the first violation; use it in a server, a batch or a loop of tests. For an
// ordinary request it costs a small part of what tls.X509KeyPair takes, and no
// allocation. [Summarize] returns a verdict with the data that a model or a
// journal keeps of the request. To read one certificate once for several domains, call
// [ParsePair]: it makes a [Pair], which requests carry instead of the texts.
//
// # Parts
//
// The parts can be used alone: [DomainName], [CertName], [ServerCertificate],
// [PrivateKey], [KeyPair], [ServerUsage], [ParseLeaf]. [Normalize] writes certificate
// and key in the form that the vendor publishes, and repairs damage that leaves
// nothing to guess.
//
// # What passes
//
// If the documents are silent, a certificate or key passes only if both
// OpenSSL 3.0 and Go would load it into a TLS server. Three more things are refused:
// damaged BEGIN and END lines, blocks of another kind inside the certificate, and
// several private keys. To skip them in silence would pick another leaf or hide a
// leak. A private key passes by its content even if its label does not fit.
//
// # Bounds
//
// The length limits of [Options] are checked before anything is decoded. No
// pass-phrase is asked for, and none is stretched into a key. RSA keys of more than 16384
// bits are refused before any arithmetic. No input within the default limits costs
// a call more than 20 ms of processor time and 16 MiB of memory: signatures are
// verified by no RSA key of more than 8192 bits and no exponent of more than 17
// bits, and for some milliseconds at most, and the advisory
// [ChainLinkNotVerifiable] names the signatures that were left out. If the limits are
// lifted, the cost grows with the input, and one text holds at most
// [MaxChainCertificates]. A report cuts the texts of a certificate to 200 characters.
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
// no input or output. All are safe for concurrent use and keep no state.
package validate
