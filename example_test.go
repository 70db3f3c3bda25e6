package alicert_test

import (
	"errors"
	"fmt"
	"os"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// The 3 a.m. failure: the key is right, and so is the certificate, but an
// intermediate stands first.
func Example() {
	certificate, _ := os.ReadFile("testdata/demo/shop.example.com.pem")
	key, _ := os.ReadFile("testdata/demo/shop.example.com.key")

	request := &validate.SetDomainServerCertificateRequest{
		DomainName:              "shop.example.com",
		ServerCertificateStatus: "on",
		ServerCertificate:       string(certificate),
		PrivateKey:              validate.NewSecret(key),
	}
	err := request.Verdict(validate.Options{})
	fmt.Println(errors.Is(err, errcodes.CertificateMissMatch))
	fmt.Println(err)

	fixed, _ := validate.Normalize(request.ServerCertificate, request.PrivateKey)
	request.ServerCertificate, request.PrivateKey = fixed.Certificate, fixed.PrivateKey
	fmt.Println(request.Verdict(validate.Options{}))
	// Output:
	// true
	// Certificate.MissMatch (400): The Private Key does not math the specified Certificate! [PrivateKey: the key belongs to the certificate in block 2 (line 22): the leaf is not first]
	// <nil>
}
