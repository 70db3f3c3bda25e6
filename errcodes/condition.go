package errcodes

import "iter"

// Condition is one thing that can be wrong with a request or with the state it
// meets, in this library's own words. Operations spell the same condition
// differently; a [Catalog] says how. The zero value is no condition: success.
//
// A Condition is an error value, so that it can be the target of [errors.Is]
// where a code is too coarse:
//
//	if errors.Is(err, errcodes.CondPrivateKeyEncrypted) { … }
type Condition uint8

// Conditions that the request itself shows, in the order in which they are
// judged. What each means and what to do about it: [Condition.Meaning],
// [Condition.Hint].
const (
	CondDomainNameMissing Condition = iota + 1
	CondDomainNameMalformed
	CondStatusUnsupported
	CondCertTypeUnsupported
	CondForceSetUnsupported
	CondCertNameMalformed
	CondCertNameTooLong
	CondCertIDMalformed
	CondCertRegionUnsupported
	CondCertificateUnidentified
	CondCertificateMissing
	CondPrivateKeyMissing
	CondCertificateTooLong
	CondPrivateKeyTooLong
	CondPrivateKeyBlank
	CondCertificateNotPEM
	CondPrivateKeyNotPEM
	CondCertificateMalformed
	CondCertificateNotServer
	CondPrivateKeyEncrypted
	CondPrivateKeyUnsupported
	CondPrivateKeyMalformed
	CondKeyMismatch
	CondCertificateExpired
	CondCertificateNotYetValid

	CondListenerIDMissing
	CondCertificatesMissing
	CondTooManyCertificates
	CondCertificateIDMissing
	CondCertificateIDMalformed
	CondClientTokenTooLong
	CondClientTokenNotASCII
	CondDryRunMalformed
	CondCertificateRepeated
)

// Conditions that only the state behind the service can show.
const (
	CondAccountSuspended Condition = iota + CondCertificateRepeated + 1
	CondDomainNotFound
	CondDomainNotPermitted
	CondDomainOffline
	CondDomainConfiguring
	CondCertificateNotFound
	CondFreeCertificateUnavailable
	CondCertificateStatusBad
	CondStoredKeyMissing
	CondStoredKeyMismatch
	CondCertNameDuplicated
	CondContentDuplicated
	CondTurnOffNotPermitted
	CondCertificateDeleteFailed
	CondSetNotEffective
	CondDomainProtected

	CondLoadBalancerNotFound
	CondListenerNotFound
	CondLoadBalancerForbidden
	CondListenerProtocolUnsupported
	CondTokenReused
	CondListenerConfiguring
	CondListenerNotRunning
	CondDefaultCertificateMissing
	CondCertificateIsDefault
	CondCertificateAssociated
	CondCertificateNotAssociated
	CondQuotaExceeded
	CondDryRun

	numConditions // one more than the last condition
)

// Conditions yields every condition of every operation, in the order of their
// declaration.
func Conditions() iter.Seq[Condition] {
	return func(yield func(Condition) bool) {
		for c := Condition(1); c < numConditions; c++ {
			if !yield(c) {
				return
			}
		}
	}
}

// String returns the condition's name, such as "KeyMismatch", and "" for none.
func (c Condition) String() string {
	if c >= numConditions {
		return nameOf(nil, c)
	}
	return conditions[c].name
}

// Error returns the name. It makes Condition a target for [errors.Is].
func (c Condition) Error() string { return c.String() }

// Meaning says what the condition is, in one sentence.
func (c Condition) Meaning() Text { return c.info().meaning }

// Hint says what to do about it.
func (c Condition) Hint() Text { return c.info().hint }

// Grade says what the rule "this input is refused" rests on. Where a rule is
// shared by operations whose documents differ, [Catalog.Grade] is the one for
// the operation at hand.
func (c Condition) Grade() Grade { return c.info().grade }

// MarshalText encodes the condition as its name, and fails for a number
// without one.
func (c Condition) MarshalText() ([]byte, error) { return marshal(c, numConditions, "condition") }

// UnmarshalText decodes a name that MarshalText wrote, and refuses others.
func (c *Condition) UnmarshalText(text []byte) error {
	return unmarshal(c, numConditions, "condition", text)
}

func (c Condition) info() conditionInfo {
	if c >= numConditions {
		return conditionInfo{}
	}
	return conditions[c]
}
