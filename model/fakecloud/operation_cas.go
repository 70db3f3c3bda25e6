package fakecloud

import (
	"net/url"
	"strings"
	"sync"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// regionOf returns the region of the certificate center that a host addresses:
// cas.ap-southeast-1.aliyuncs.com is the center of that region. It returns "" for the
// center of cn-hangzhou, which every other host addresses.
func regionOf(host string) string {
	product, rest, _ := strings.Cut(strings.ToLower(host), ".")
	region, _, _ := strings.Cut(rest, ".")
	if region == cas.Overseas && (product == "cas" || strings.HasPrefix(product, "cas-")) {
		return cas.Overseas
	}
	return ""
}

func uploadUserCertificate(c *call) model.Action {
	action := cas.Upload(c.requestID, parse[*validate.CASRequest](c, errcodes.UploadUserCertificate), c.validate).Action
	upload, _ := action.(cas.UploadUserCertificate)
	upload.Region = c.region
	return upload
}

// privateKeys has the private keys that were uploaded, by the fingerprints of their leafs.
// They are in memory only: no part of the state, the data directory, the journal, the
// calls or the page. The zero value has none.
type privateKeys struct {
	mu     sync.Mutex
	byLeaf map[string]validate.Secret
}

// spareKeys is how many keys of certificates that do not exist may stay in memory.
const spareKeys = 64

// keep stores the key of an upload that passes all checks of the request alone. It is
// called before the state changes, so that no read misses the key, and afterwards, because
// another upload may have dropped it meanwhile.
func (k *privateKeys) keep(action model.Action, values url.Values, center *cas.State) {
	var check validate.Summary
	var operation errcodes.Operation
	switch a := action.(type) {
	case cas.UploadUserCertificate:
		check, operation = a.Check, errcodes.UploadUserCertificate
	case cdn.SetCertificate:
		check, operation = a.Check, a.Operation
	default:
		return
	}
	key := validate.NewSecret(values.Get(operation.Parameter(errcodes.FieldPrivateKey)))
	if !check.Accepted() || check.Leaf.SHA256 == "" || key.IsZero() {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byLeaf == nil {
		k.byLeaf = map[string]validate.Secret{}
	}
	if len(k.byLeaf) > 2*center.Certificates.Len()+spareKeys {
		k.dropUnused(center)
	}
	k.byLeaf[check.Leaf.SHA256] = key
}

// dropUnused drops the keys of certificates that do not exist.
func (k *privateKeys) dropUnused(center *cas.State) {
	used := make(map[string]validate.Secret, center.Certificates.Len())
	for _, c := range center.Certificates.All() {
		if key, known := k.byLeaf[c.Leaf.SHA256]; known {
			used[c.Leaf.SHA256] = key
		}
	}
	k.byLeaf = used
}

func (k *privateKeys) clear() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.byLeaf = nil
}

// fillIn returns the body of an answer with the private key, where the operation answers
// it. A key that was uploaded before the start of this process is not known.
func (k *privateKeys) fillIn(body any, action model.Action, center *cas.State) any {
	read, is := action.(cas.GetUserCertificateDetail)
	if !is || read.CertFilter {
		return body
	}
	c, found := center.ByNumber(read.CertID, read.Region)
	if !found || !c.KeyStored {
		return body
	}
	k.mu.Lock()
	key := k.byLeaf[c.Leaf.SHA256]
	k.mu.Unlock()
	return cas.WithKey(body, key.Reveal())
}
