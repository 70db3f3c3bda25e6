package diagnosis

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"

	"github.com/alicert/alicert/validate"
)

// A Repair is what a repair would do, from a dry run that succeeded: the service would
// accept what it writes.
type Repair struct {
	Changes []validate.Change
	Command []string // of certcheck; nil if there is none, or it cannot be given again, as after a pipe
	Leaf    string   // the fingerprint of the certificate that comes first, as that of validate.Certificate
}

// DryRun repairs the texts of a request that was checked with the options. It returns nil
// if that fails, if the service would refuse the result, or if there is nothing to change.
func DryRun(request validate.Request, o validate.Options, report *validate.Report) (*Repair, validate.Normalized) {
	if report.Err() == nil && len(report.Advisories) == 0 {
		return nil, validate.Normalized{}
	}
	written, ok := validate.Repair(request, o)
	if !ok || len(written.Changes) == 0 {
		return nil, validate.Normalized{}
	}
	plan := &Repair{Changes: written.Changes}
	if block, _ := pem.Decode([]byte(written.Certificate)); block != nil {
		sum := sha256.Sum256(block.Bytes)
		plan.Leaf = hex.EncodeToString(sum[:])
	}
	return plan, written
}

// Moved reports whether the leaf has another place in what a repair writes, and where it
// is now.
func (p *Repair) Moved(r *validate.Report) (from validate.Certificate, moved bool) {
	if p == nil || len(r.Certificates) == 0 {
		return from, false
	}
	for _, c := range r.Certificates[1:] {
		if c.SHA256 == p.Leaf && c.SHA256 != r.Certificates[0].SHA256 {
			return c, true
		}
	}
	return from, false
}
