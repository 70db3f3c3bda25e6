package errcodes_test

import (
	"testing"

	"github.com/alicert/alicert/errcodes"
)

func TestRetryable(t *testing.T) {
	retryable := map[errcodes.Code]bool{}
	for _, code := range []errcodes.Code{
		"ServiceBusy", "IncorrectStatus.Listener", "ResourceInConfiguring.Listener",
		"Throttling", "Throttling.User", "Throttling.Api", "Rejected.Throttling",
		"SystemBusy", "IdempotenceProcessing", "ServiceUnavailable", "InternalError", "CreateCertificateFailed",
		"FlowControlError", "DeductQuotaFailed", "OperationDenied.SystemUpgrading",
	} {
		retryable[code] = true
		if !errcodes.Retryable(code) {
			t.Errorf("%s is not retryable", code)
		}
	}

	for _, code := range []errcodes.Code{"", "Unknown", "servicebusy", "ServiceBusy.", " ServiceBusy", "SignatureDoesNotMatch", "IncorrectStatus"} {
		if errcodes.Retryable(code) {
			t.Errorf("%q is retryable", code)
		}
	}
	for table := range errcodes.Tables() {
		for row := range table.Rows() {
			if got := errcodes.Retryable(row.Code); got != retryable[row.Code] {
				t.Errorf("Retryable(%s) = %v", row.Code, got)
			}
		}
	}
}
