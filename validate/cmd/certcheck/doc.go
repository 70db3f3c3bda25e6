// Command certcheck checks a certificate and its private key as CDN
// SetDomainServerCertificate, the operations that replaced it, and ALB
// AssociateAdditionalCertificatesWithListener would, without calling them.
//
//	certcheck -cert FILE -key FILE [-domain D] [-name N] [-type upload|cas|free] [-status on|off] [-force 0|1]
//	          [-op NAME] [-id N] [-region R] [-at RFC3339|none] [-strict] [-lang en|zh] [-format text|json|sarif] [-text] [-fix DIR]
//	certcheck -dir DIR [-domain D] [-op NAME] [-at …] [-strict] [-lang …] [-format …]
//	certcheck -alb [-listener ID] -certificate ID[=FILE] ... [-token T] [-dry-run] [-at …] [-lang …] [-format …] [-text]
//	certcheck -codes [-lang …] [-format text|json]
//	certcheck -explain CODE [-lang …] [-format text|json]
//
// A FILE of - is standard input. certcheck -h describes every flag.
//
// Without -domain (and without -listener) the conditions on that parameter are not
// checked, and the output says so. An empty value is checked, and refused as a missing
// one.
//
// -op names the operation, in any case and with or without hyphens. A name may be cut
// short as long as it is clear. Parameters and codes are
// those of the operation. -force goes with the original operation only, -id and
// -region with the others.
//
// With -fix the verdict is that of the files that were written. -fix does not write the
// key of a CA, nor certificates if it is not clear which are meant. It does not replace
// a file that holds another key, or the certificate of one. It writes both files or
// none.
//
// With -dir, these count as pairs: fullchain.pem and privkey.pem (certbot),
// fullchain.cer and domain.key in a folder named after the domain (acme.sh),
// cert.pem and key.pem, and name.crt, name.cer or name.pem beside name.key (lego
// and everybody else). Links to files are followed, links to folders are not.
// Certificates without a key are counted, not checked. The archive folder of
// certbot is skipped, because live links to its current files.
//
// # Exit status
//
//	0  the service would accept, as far as the request alone decides
//	1  it would not; with -fix: not even the fixed files, or they could not be
//	   fixed; with -dir: at least one pair it would not
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
//	  "verdict": null,
//	  "violations": [],
//	  "advisories": [],
//	  "certificates": []
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
//	grade                  documented, observed, reported or assumed
//	edition                original, later, sibling, product or gateway: the
//	                       table of the row
//	block, line            the position in the parameter, if there is one
//	provisional            true if the listener's state may map to another
//	                       code first, absent otherwise
//
// advisories have id, reason and hint, and where there is one parameter, block
// and line. certificates are those that could be parsed, with the keys of
// validate.Certificate.
//
// Three more keys appear if they are not empty: skipped is the list of the
// conditions that were not checked, fixed the list of what -fix changed (each
// with parameter and what), cert and key are the files of a pair relative to the
// folder of -dir, with forward slashes.
//
// With -codes it is an array with one object for each row of each table, in
// published order: catalog, operation, code, status, message, edition, and
// conditions, the list of the conditions that map to the row: condition, meaning,
// hint, parameter, grade, and source (key, title, grade, where). What speaks against a
// mapping is in contrary, its source in contrarySource. international is the message
// on the international site if it is another one, neverAnswered says why a row has no
// conditions.
//
// With -explain it is one object: code, retryable, meaning, hint, and places, the
// rows that have the code, in the form of -codes.
//
// # SARIF
//
// -format sarif writes one SARIF 2.1.0 log with one run, for code scanning. The
// rules are the conditions (level error) and advisory ids (level warning or
// note). The same finding in the same file has the same fingerprint wherever its
// line has moved to. Without a file to point at, as for a token, the location is
// called command-line; standard input is called stdin.
package main
