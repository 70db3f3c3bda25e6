package alicert_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// The 3 a.m. failure: the key is right, and so is the certificate, but an
// intermediate stands first.
func Example() {
	certificate, _ := os.ReadFile("testdata/demo/shop.example.com.pem")
	key, _ := os.ReadFile("testdata/demo/shop.example.com.key")

	request := &validate.CDNRequest{
		DomainName:  "shop.example.com",
		Status:      "on",
		Certificate: string(certificate),
		PrivateKey:  validate.NewSecret(key),
	}
	opts := validate.Options{Now: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)} // a program passes time.Now()
	err := validate.Verdict(request, opts)
	fmt.Println(errors.Is(err, errcodes.CertificateMissMatch))
	fmt.Println(err)

	fixed, _ := validate.Normalize(errcodes.SetDomainServerCertificate, request.Certificate, request.PrivateKey)
	request.Certificate, request.PrivateKey = fixed.Certificate, fixed.PrivateKey
	fmt.Println(validate.Verdict(request, opts))
	// Output:
	// true
	// Certificate.MissMatch (400): The Private Key does not math the specified Certificate! [PrivateKey: the key belongs to the certificate in block 2 (line 22): the leaf is not first]
	// <nil>
}
