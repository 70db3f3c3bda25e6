package inputs_test

import (
	"fmt"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz/inputs"
)

// What a run has to reach so that no documented answer of an operation stays untried.
func ExampleDocumented() {
	for _, point := range inputs.Documented(errcodes.DeleteUserCertificate.Table()) {
		if point.Dimension == "condition" {
			fmt.Println(point.Name)
		}
	}
	// Output:
	// DeleteUserCertificate ParameterMissing
	// DeleteUserCertificate CertIDMalformed
	// DeleteUserCertificate CertificateNotFound
	// DeleteUserCertificate CertificateInUse
}
