package validate_test

import (
	"slices"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// TestSingle checks that an operation that takes one certificate for one domain looks at
// the first ones, however many more a request has.
func TestSingle(t *testing.T) {
	for _, test := range []struct {
		id, domain string
		want       errcodes.Condition
	}{
		{"1-cn-hangzhou", "www.example.com", 0},
		{"1-cn-hangzhou", "*", errcodes.CondDomainNameMalformed},
		{"1 cn-hangzhou", "www.example.com", errcodes.CondCertificateIDMalformed},
	} {
		for _, more := range []int{0, 1, validate.MaxCertificates} {
			got, _ := validate.Check(&validate.ALBRequest{
				Op: errcodes.UpdateAdditionalCertificateWithListener, ListenerID: "lsr-1", LoadBalancerID: "ga-1", Region: "cn-hangzhou",
				CertificateIDs: append([]string{test.id}, slices.Repeat([]string{""}, more)...),
				Domains:        append([]string{test.domain}, slices.Repeat([]string{"a b"}, more)...),
			}, validate.Options{}).Verdict()
			if got.Condition != test.want {
				t.Errorf("%s for %s and %d more: %v; want %v", test.id, test.domain, more, got.Condition, test.want)
			}
		}
	}
}
