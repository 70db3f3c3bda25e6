package damaged

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/testdata/vectors"
)

// Vectors returns a vector for each variant of the certificate, and one of the private
// key. Their answers are missing, apart from the first reason and its code.
func Vectors() (made []vectors.Vector) {
	certificate, key := testdata.Read("p384/leaf.pem"), testdata.Read("p384/key.pem")
	table := errcodes.SetDomainServerCertificate.Table()
	for _, v := range Variants() {
		comment := strings.ReplaceAll(v.Name, "-", " ")
		for _, cond := range []errcodes.Condition{errcodes.CondCertificateNotPEM, errcodes.CondPrivateKeyNotPEM} {
			what, field, long := "certificate", errcodes.FieldCertificate, map[string]string{"ServerCertificate": certificate, "PrivateKey": key}
			if cond == errcodes.CondPrivateKeyNotPEM {
				what, field = "private-key", errcodes.FieldPrivateKey
			}
			parameter := table.Operation.Parameter(field)
			long[parameter] = v.Damage(long[parameter])
			made = append(made, vectors.Vector{
				Name:       cond.String() + "/damaged-" + v.Class + "-" + v.Name,
				Comment:    "The " + what + " text is damaged (" + v.Class + "): " + comment + ".",
				Operations: []string{table.Operation.String()},
				Short:      map[string]string{"DomainName": "www.example.com", "ServerCertificateStatus": "on"},
				Long:       long,
				Time:       vectors.DefaultTime(),
				Expect:     cond.String(),
				Code:       string(table.Error(cond).Code),
				At:         vectors.Finding{Parameter: parameter, Reason: v.Says},
			})
		}
	}
	return made
}
