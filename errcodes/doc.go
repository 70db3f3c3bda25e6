// Package errcodes holds the published error tables of the operations as data,
// and says what each line of them means.
//
// Three words carry the package:
//
//   - A [Row] is the vendor's: one line of a published table, with the exact [Code],
//     HTTP status and message template, mistakes included, and the vendor's own
//     description in Chinese where a page is known that has it.
//   - A [Condition] is ours: one thing that can be wrong ("the key is not that
//     of the first certificate"), with its meaning, a hint that says what to do,
//     and an [Evidence] that says what the rule rests on.
//   - A [Table] joins them: it maps every condition of one operation, in the
//     order in which they are checked, to exactly one row.
//
// What a mapping rests on is in the table, too: its [Evidence], the [Source] where that
// can be read, and what speaks against it ([Contrary]). No mapping is shown surer than
// its source. What this library assumes names the decision, and a row that is known and
// never answered says why.
//
// Each operation is one of a product, and products share some names:
// ListListenerCertificates is an operation of ALB, NLB and GA. [Operation.ID] has the
// product in front where the name alone is that of another one, as in
// "Ga:ListListenerCertificates", and [FindOperation] finds an operation by both. JSON has
// the product beside the operation.
//
// Current operations stand behind the vendor's gateway, which refuses an absent
// required parameter and a value of the wrong type before the service sees the request:
// [Table.GatewayCheck]. The operations of the certificate center answer in the language
// of the account's [Site].
//
// So a check is written once, against conditions, and an operation that spells
// the same failures differently is another table, not another check.
//
// An [*Error] is the row of a condition that holds: the service's answer, and what
// the service does not say. [errors.Is] tests it for a code or a condition:
//
//	errors.Is(err, errcodes.CertificateMissMatch)  // any reason for this code
//	errors.Is(err, errcodes.CondKeyMismatch)       // this reason only
//
// For an error of one of the vendor's SDKs or of the network below it, [Advise] says
// whether to send the request again, when and how. [Of] finds the code alone, and
// [Explain] says what a code means in each operation.
//
// The tables rest on the vendor's published pages, such as that of CDN
// SetDomainServerCertificate (24 rows) and that of ALB
// AssociateAdditionalCertificatesWithListener (6 rows and DryRunOperation). If a page
// has no row for a condition, the table borrows one from a later or a sibling table,
// and the [Origin] of the row says so. Golden files hold the rows of the published
// pages to the letter. CODES.md beside this file lists all rows with their conditions.
//
// # Languages
//
// What this library says is a [Message], in English and Chinese: reason, remedy, meaning,
// hint. The vendor's codes and messages have one spelling. Error() of every error is in
// English, whatever the locale, so that logs can be searched. For people, ask the error:
//
//	if e, ok := errors.AsType[*errcodes.Error](err); ok {
//		fmt.Println(e.Code, e.Why(errcodes.Chinese)) // what was found, and where
//		fmt.Println(e.Hint().In(errcodes.Chinese))   // what to do
//	}
//
// For an error of an SDK or of the network, the reason and the hint of [Advise] are such
// messages, too.
//
// Everything here is constant and safe for concurrent use.
package errcodes

//go:generate go run ../fuzz/cmd/probe evidence -out observed.go ../testdata/observations
//go:generate go run ./internal/gen -out CODES.md
