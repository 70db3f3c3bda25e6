package targets

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/validate"
)

// The committed seeds of the targets whose data is not a sequence of inputs.
func TestByteSeeds(t *testing.T) {
	keepSeeds(t, "PEM", pemSeeds())
	keepSeeds(t, "ServerUsage", usageSeeds())
	keepSeeds(t, "Values", valueSeeds(t))
}

func pemSeeds() (seeds [][]byte) {
	for _, m := range pemTexts {
		seeds = append(seeds, append([]byte{pemRaw}, m.Text()...))
	}
	for data := range fuzz.Bytes(3, 24, 16) {
		seeds = append(seeds, data)
	}
	return seeds
}

func usageSeeds() (seeds [][]byte) {
	for data := range fuzz.Bytes(5, 12, 24) {
		seeds = append(seeds, data)
	}
	return seeds
}

// valueSeeds has a value of every type.
func valueSeeds(tb testing.TB) (seeds [][]byte) {
	tb.Helper()
	certificate, key := inputs.Fixture("p256/leaf+p256/root|commented").Text(), inputs.Fixture("p256/other-key").Text()
	req := &validate.CDNRequest{
		DomainName: "shop.example.net", Status: "on", Certificate: certificate, PrivateKey: validate.NewSecret(key), CertName: "\xff",
	}
	report := validate.Check(req, validate.Options{VerifyChain: true})
	good := *req
	good.CertName, good.PrivateKey = "", validate.NewSecret(inputs.Fixture("p256/key").Text())
	check := validate.Summarize(&good, validate.Options{})
	changed, err := validate.Normalize(errcodes.SetDomainServerCertificate, certificate, good.PrivateKey)
	if err != nil {
		tb.Fatal(err)
	}
	for i, value := range []any{
		report.Violations[0], report.Violations[0].Reason, errcodes.ServiceBusy, errcodes.CondKeyMismatch, errcodes.SetDomainServerCertificate.Table(),
		errcodes.Assumed, errcodes.LaterPage, report, check, check.Leaf, report.Certificates[0], report.Advisories[0], changed.Changes[0],
	} {
		text, err := json.Marshal(value)
		if err != nil {
			tb.Fatal(err)
		}
		seeds = append(seeds, append([]byte{byte(i)}, text...))
	}
	return seeds
}

// keepSeeds compares a committed seed corpus with the given seeds, or writes it. It takes
// the name without Fuzz: the builder of OSS-Fuzz wants the full one in one file only.
func keepSeeds(t *testing.T, target string, seeds [][]byte) {
	t.Helper()
	folder := filepath.Join("testdata", "fuzz", "Fuzz"+target)
	for i, data := range seeds {
		testutil.Golden(t, filepath.Join(folder, fmt.Sprintf("seed-%02d", i)), fmt.Sprintf("go test fuzz v1\n[]byte(%q)\n", data))
	}
	if kept, err := filepath.Glob(filepath.Join(folder, "seed-*")); err != nil || len(kept) != len(seeds) {
		t.Errorf("%s has %d seeds, %v; want %d: remove the last ones", folder, len(kept), err, len(seeds))
	}
}
