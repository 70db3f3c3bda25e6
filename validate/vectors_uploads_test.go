package validate_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/testdata/vectors"
)

// uploadPrefix begins the names of the vectors that are made here.
const uploadPrefix = "upload-of-"

// uploads are the operations that take a certificate and its key for something else than an
// accelerated domain, by the word in the names of their vectors, with what their requests
// must have besides.
var uploads = []struct {
	op   errcodes.Operation
	word string
	more map[errcodes.Field]string
}{
	{errcodes.UploadUserCertificate, "cas", map[errcodes.Field]string{errcodes.FieldCertName: "shop"}},
	{errcodes.UploadServerCertificate, "slb", map[errcodes.Field]string{errcodes.FieldRegionID: "cn-hangzhou"}},
	{errcodes.SetCertificate, "esa", map[errcodes.Field]string{errcodes.FieldSiteID: "1234567890", errcodes.FieldCertType: "upload", errcodes.FieldCertName: "shop"}},
}

// asUpload is the vector of an upload through CDN as another operation takes it.
func asUpload(t *testing.T, v vectors.Vector, op errcodes.Operation, more map[errcodes.Field]string) vectors.Vector {
	t.Helper()
	short, long, pad := map[string]string{}, map[string]string{}, map[string]int{}
	for p := range errcodes.SetDomainServerCertificate.Parameters() {
		name := op.Parameter(p.Field)
		if name == "" {
			continue
		}
		if value, ok := v.Short[p.Name]; ok {
			short[name] = value
		}
		if value, ok := v.Long[p.Name]; ok {
			long[name] = value
		}
		if length, ok := v.Pad[p.Name]; ok {
			pad[name] = length
		}
	}
	for field, value := range more {
		if name := op.Parameter(field); short[name] == "" {
			short[name] = value
		}
	}
	v.Operations, v.Short, v.Long, v.Pad = []string{op.ID()}, short, long, pad
	return answer(v, vectorInput(t, v, op.ID()).report())
}

// isAboutUpload reports whether a vector of the original operation is an upload that shows
// what it is about alone, or only just does not.
func isAboutUpload(v vectors.Vector) bool {
	values := v.Values()
	upload := values.Get("ServerCertificateStatus") == "on" && slices.Contains([]string{"", "upload"}, values.Get("CertType"))
	return upload && (v.Expect == vectors.Accepted || v.Expect == v.About() && len(v.Also) == 0)
}

// TestUploadVectors holds vectors to those of the original operation: of each condition the
// shortest one that shows it alone, and the shortest one that only just does not. With
// -update it writes them.
func TestUploadVectors(t *testing.T) {
	original := errcodes.SetDomainServerCertificate
	shortest := map[string]vectors.Vector{}
	for _, v := range readVectors(t) {
		if !slices.Contains(v.Operations, original.ID()) || !isAboutUpload(v) {
			continue
		}
		near := v.Expect == vectors.Accepted
		for _, to := range uploads {
			var cond errcodes.Condition
			if cond.UnmarshalText([]byte(v.About())) != nil || !to.op.Table().Has(cond) { // an advisory, or no condition of the operation
				continue
			}
			own := asUpload(t, v, to.op, to.more)
			if name := to.op.Table().Parameter(cond); own.Short[name] != "" && v.Short[original.Table().Parameter(cond)] == "" {
				continue // the parameter that it is about is one of those that are added
			}
			if own.Expect != v.Expect || len(own.Also) > 0 {
				continue
			}
			own.Name = v.About() + "/" + uploadPrefix + map[bool]string{true: "near-"}[near] + to.word
			own.Comment = strings.TrimSuffix(own.Comment, ".") + ", as " + to.op.String() + " takes it."
			if before, found := shortest[own.Name]; !found || len(own.Format()) < len(before.Format()) {
				shortest[own.Name] = own
			}
		}
	}
	for _, v := range shortest {
		testutil.Golden(t, filepath.Join(vectorFolder, v.Name+".txt"), v.Format())
	}
	files, err := filepath.Glob(filepath.Join(vectorFolder, "*", uploadPrefix+"*.txt"))
	if err != nil || len(files) != len(shortest) {
		t.Errorf("%d files, of which %d are made; %v", len(files), len(shortest), err)
	}
}
