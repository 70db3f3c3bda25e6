// Package errcodes holds the published error tables of the operations as data,
// and says what each line of them means.
//
// Three words carry the package:
//
//   - A [Row] is theirs: one line of a published table, with the exact [Code],
//     HTTP status and message template, mistakes included.
//   - A [Condition] is ours: one thing that can be wrong ("the key is not that
//     of the first certificate"), with its meaning, a hint that says what to do,
//     and an [Evidence] that says what the rule rests on.
//   - A [Table] joins them: it maps every condition of one operation, in the
//     order in which they are checked, to exactly one row.
//
// So a check is written once, against conditions, and an operation that spells
// the same failures differently is another table, not another check.
//
// An [*Error] is a row earned: what the service answers, and what it leaves out.
// Ask it with [errors.Is] for a code or a condition:
//
//	errors.Is(err, errcodes.CertificateMissMatch)  // any reason for this code
//	errors.Is(err, errcodes.CondKeyMismatch)       // this reason only
//
// For errors that came back from the service through one of the vendor's SDKs,
// [Of] finds the code, [Retryable] says whether to wait and try again, and [Explain]
// what it means and what to do.
//
// The tables rest on the vendor's published pages of CDN
// SetDomainServerCertificate (24 rows) and ALB
// AssociateAdditionalCertificatesWithListener (6 rows and DryRunOperation).
// Where those have no row for a condition, one is borrowed from a later or a
// sibling table, and the row's [Origin] says so. Golden files with the
// published rows hold every row of the operations' own tables to the letter. The ALB
// operations around the association have smaller tables of the same kind, with what is
// known of theirs and the rest borrowed. CODES.md beside this file lists all rows with
// their conditions.
//
// Everything here is constant and safe for concurrent use.
package errcodes

//go:generate go run ./internal/gen -out CODES.md
