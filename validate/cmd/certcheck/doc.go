// Command certcheck checks a certificate and its private key as CDN
// SetDomainServerCertificate, the operations of its kind (of DCDN, VOD, live, ESA, the
// classic load balancer and the certificate center), and those that change the certificates
// of a listener of ALB, NLB or GA would, without calling them.
//
//	certcheck [-cert] FILE [-key] FILE [-domain D] ... [-name N] [-type upload|cas|free] [-status on|off] [-force 0|1]
//	          [-op NAME] [-id N] [-region R] [-at TIME|none] [-strict] [-lang en|zh] [-format text|json|sarif] [-text] [-fix DIR]
//	          [-fail-on LIST] [-ignore LIST] [-level ID=LEVEL] ... [-exit-zero] [-expires-within T] [-all] [-width N] [-color WHEN]
//	          [-pass file:PATH|env:NAME|-]
//	certcheck -dir DIR [-domain D] [-op NAME] [-at …] [-strict] [-lang …] [-format …] [-fix DIR] [-quiet]
//	certcheck -alb [-op NAME] [-listener ID] -certificate ID[=FILE] ... [-domain D] ... [-accelerator ID] [-region R] [-token T] [-dry-run]
//	          [-at …] [-lang …] [-format …] [-text]
//	certcheck -codes [-op NAME] [-lang …] [-format text|json]
//	certcheck -explain CODE|LINE|- [-lang …] [-format text|json]
//	certcheck -version
//	certcheck -completion bash|zsh|fish
//
// A FILE of - is standard input. certcheck -h describes every flag.
//
// Without -domain (and without -listener and -accelerator) the conditions on that parameter
// are not checked, and the output says so. An empty value is checked, and refused as a missing
// one.
//
// -op names the operation, in any case and with or without hyphens. A name may be cut
// short as long as it is clear. Products share some names: such a name is that of the
// first product, or of the one whose name stands in front of it, as in
// alb-associate-additional-certificates-with-listener or
// Ga:AssociateAdditionalCertificatesWithListener. Parameters and codes are those of the
// operation; a flag that it has no parameter for is refused. GA names an additional
// certificate by a domain: the first -domain is that of the first -certificate, and so on.
//
// A certificate without a key, or a key without a certificate, is checked alone. Further
// domains are only compared with the names of the certificate.
//
// # Text
//
// The first line has the verdict, the code and the cause. The place of it follows as
// file:line:column (columns are counted in Unicode code points), with the line itself and
// a caret. Of a line that is, or may be, part of a private key it shows the length only.
// Behind help: is what to do. If -fix would lead to files that are accepted, that is the
// command, and what a dry run of it changed. A word behind the code (assumed, reported,
// observed) says that the rule is not documented by the vendor.
//
// Then come the certificates, the warnings by file, and the number of notes. Findings that
// follow from the cause are counted. -all shows everything.
//
// # Levels
//
// A violation has the level error. Advisories are warnings, or notes; FINDINGS.md of
// package validate lists them. -level changes levels, -ignore silences advisories by id or
// level, and -fail-on makes the exit status 1 for those that it names, or that have at
// least the level that it names. An advisory of level error always does. None of them
// changes the verdict.
//
// # Repairs
//
// With -fix the verdict is that of the files that were written. -fix does not write the
// key of a CA, nor certificates if it is not clear which are meant. It does not replace
// a file that holds another key, or the certificate of one. It writes both files or
// none.
//
// -fix takes certificate and key out of base64, UTF-16, DER, PKCS#7, JSON strings and
// Kubernetes Secrets, separates a key from the certificate whose file it is in, and
// exchanges the two if each is in the other's parameter. The certificate keeps the
// name of its file, and a key from the same file has that name with .key. With -pass it opens
// encrypted keys and PKCS#12 files, too: the pass-phrase is the first line of a
// file, of standard input, or the value of an environment variable. Files that
// ask for more than four million iterations are refused before anything is derived.
//
// With -dir, the content of the files decides which belong together: a certificate and
// the private key with the same public key are a pair, whatever the files are called,
// and if several files hold the key, the nearest one counts. Names decide only where the
// content does not: a certificate that no key fits is checked with the key that has its
// name, as in name.crt and name.key, fullchain.pem and privkey.pem (certbot), fullchain.cer
// and domain.key (acme.sh), name_bundle.crt and name.key, or name-crt.pem and
// name-key.pem. A leaf beside its full chain is no pair of its own. If the issuers are in
// another file of the folder only, an advisory says which. A file that holds certificate
// and key is checked in two parts. Files are those with the usual suffixes or none, in
// PEM form or DER, up to 1 MiB and 50,000 of them. Links to files are followed, links to
// folders are not. Certificates and keys that fit nothing are counted, not checked. The
// archive folder of certbot is skipped where it has a live folder beside it, which links
// to its current files.
//
// The list has what is refused first, then the warnings by kind and what is accepted, by
// name if there are 20 pairs or fewer, and last the totals. -quiet leaves out all but
// what is refused, in every format. The advisories folder-not-covered, chain-in-other-file,
// combined-file and key-of-other-file rest on the folder.
//
// With -fix, too, every pair is written to the same place below the folder of -fix: with
// its issuers if they were in another file, and in two files if it was in one. The
// folder of -fix is not searched.
//
// # Exit status
//
//	0  the service would accept, as far as the request alone decides
//	1  it would not; with -fix: not even the fixed files, or they could not be
//	   fixed; with -dir: at least one pair it would not; with -fail-on: there is
//	   one of the findings. -exit-zero makes it 0
//	2  bad usage, or a file that cannot be read or written; with -dir: no pair
//	   at all
//
// # JSON
//
// -format json writes one object on one line, with -dir one for each pair. The
// form is stable: keys are added, but none is removed or given another meaning
// while schema is 1. Arrays are never null.
//
//	{
//	  "schema": 1,
//	  "operation": "SetDomainServerCertificate",
//	  "product": "Cdn",
//	  "verdict": null,
//	  "violations": [],
//	  "advisories": [],
//	  "certificates": [],
//	  "names": [],
//	  "fix": null
//	}
//
// verdict is null if the service would accept, and otherwise the first of
// violations, which are in the order in which the service checks:
//
//	code, status, message  the row of the published table
//	condition              what is wrong, such as KeyMismatch
//	parameter              the name on the wire, "" for none
//	reason, hint           for people, in the language of -lang; the reason
//	                       begins with the position, such as "block 2, line 31: "
//	grade, evidence        documented, observed, reported or assumed
//	source                 where that can be read, absent if unknown
//	edition                original, later, sibling, product or gateway: the
//	                       table of the row
//	block, line            the position in the parameter, if there is one
//	provisional            true if the state of the listener or site may map to
//	                       another code first, absent otherwise
//
// advisories have id, reason and hint, and where there is one parameter, block
// and line. Both have
//
//	level    error, warning or note
//	follows  the condition or id of the finding that is the cause, absent for none
//	place    null, or the file as it was given, with line and column from 1 if
//	         there is one; columns are Unicode code points
//
// certificates are those that could be parsed, with the keys of
// validate.Certificate. names says of each domain whether the leaf covers it:
// domain, covered, and by, the name that does. fix is what a dry run of -fix would
// change, after which the service would accept: changes (each with parameter and
// what) and command, absent if the input is no file. It is null if -fix would not
// help, or there is nothing to change.
//
// Some more keys appear if they are not empty: skipped is the list of the
// conditions that were not checked, failing the advisory that makes the exit status 1,
// fixed the list of what -fix changed, cert and key are the files of a pair relative to the
// folder of -dir, with forward slashes.
//
// With -codes it is an array with one object for each row of each table, in
// published order: catalog, operation, product, code, status, message, edition, and
// conditions, the list of the conditions that map to the row: condition, meaning,
// hint, parameter, grade, and source (key, title, grade, where). What speaks against a
// mapping is in contrary, its source in contrarySource. description is the
// vendor's own in Chinese, if it is known: zh, and source, the key of its page.
// international is the message on the international site if it is another one, neverAnswered says why a row has no
// conditions.
//
// With -explain it is one object for each word that is known of the line: code, condition
// or id (of an advisory, with its level); retryable; advice for a code, which is action
// (again, again-with-token, sign-anew, change-request or stop) and after, how long to
// wait, if that helps; meaning; hint; and places, the rows that have the code or
// the condition, in the form of -codes.
//
// # SARIF
//
// -format sarif writes one SARIF 2.1.0 log with one run, for code scanning. The
// rules are the conditions (level error) and advisory ids (level warning or
// note), with links to FINDINGS.md. Columns are Unicode code points. The properties
// of a result are code, evidence, source, follows, hint (if it says more than the rule)
// and fix, as in JSON. The same finding in the same file has the same fingerprint wherever its
// line has moved to. Without a file to point at, as for a token, the location is
// called command-line; standard input is called stdin, and the pipe of a shell pipe.
package main
