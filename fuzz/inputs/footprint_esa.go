package inputs

import (
	"iter"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/esa"
)

// esaFootprint is the footprint of model/esa: its sites, which share plans and are listed
// together, are one resource.
func esaFootprint(s esa.State, _ iter.Seq[Input], link func(...string)) func(Input, accessFunc) {
	linkCertificates(s.CAS, link)
	return func(in Input, access accessFunc) {
		switch a := in.ESA().Action.(type) {
		case nil:
		case cas.Action:
			accessCAS(a, access)
		case esa.SetCertificate:
			if !a.Check.Accepted() {
				return
			}
			access(sitesResource, fuzz.Write)
			if a.CasID != 0 {
				each(access, fuzz.Read, idResources(cas.IDIn(a.CasID, a.Region))...)
			}
		case esa.Action:
			how := fuzz.Write
			if a.Kind() == model.Read {
				how = fuzz.Read
			}
			access(sitesResource, how)
		default: // unknown
			access(fuzz.All, fuzz.Write)
		}
	}
}

const sitesResource = "sites"
