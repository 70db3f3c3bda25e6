package errcodes

import "strings"

// retryable are codes that stand for a passing state: the same request may
// succeed later. Codes of throttling are matched by name instead.
//
// Rests on the messages of the published tables ("please retry later", "please
// try again") and on what deploy tools repeat.
var retryable = [...]Code{
	ServiceBusy,
	IncorrectStatusListener,
	ResourceInConfiguringListener,
	CreateCertificateFailed,
	"IdempotenceProcessing",
	"InternalError",
	"ServiceUnavailable",
	"SystemBusy",
}

// Retryable reports whether waiting and sending the same request again can
// help. It knows the codes of the catalogs and those of the gateway in front of
// every operation; for an unknown code it is false. IncorrectStatus.Listener is
// retryable although a stopped listener earns it too: bound the number of tries.
func Retryable(code Code) bool {
	for _, c := range retryable {
		if c == code {
			return true
		}
	}
	return strings.Contains(string(code), "Throttling")
}
