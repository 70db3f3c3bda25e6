package fakecloud_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// inLines breaks a text into lines.
func inLines(text string, width int) string {
	var lines []string
	for part := range slices.Chunk([]byte(text), width) {
		lines = append(lines, string(part))
	}
	return strings.Join(lines, "\n")
}

// TestSecretsStayOut puts a private key, a token and a secret, whole and in pieces, with
// and without BEGIN and END lines, into every parameter of every operation and into an
// unknown one. It checks that no output contains them.
func TestSecretsStayOut(t *testing.T) {
	testutil.Long(t)
	armored := testdata.Read("p256/key.pem")
	block, _ := pem.Decode([]byte(armored))
	body, scalar := base64.StdEncoding.EncodeToString(block.Bytes), base64.StdEncoding.EncodeToString(block.Bytes[7:39])
	quoted, _ := json.Marshal(armored)
	const token = "TOKEN-0123-of-a-temporary-key"
	safe := base64.RawURLEncoding.EncodeToString(block.Bytes)
	traces := []string{body[4:20], body[68:80], scalar[4:20], scalar[20:40], safe[4:20], hex.EncodeToString(block.Bytes)[20:40], "TOKEN-0123"}
	for name, secret := range map[string]string{
		"PEM": armored, "body": body, "lines of 76": inLines(body, 76), "lines of 60": inLines(body, 60), "lines of 48": inLines(body, 48),
		"40 characters": body[:40], "scalar": scalar, "URL-safe": safe, "JSON": string(quoted), "hexadecimal": hex.EncodeToString(block.Bytes),
		"encoded": url.QueryEscape(body), "encoded twice": url.QueryEscape(url.QueryEscape(scalar)), "token": token, "token in a text": "the " + token + "!",
	} {
		t.Run(name, func(t *testing.T) { checkStaysOut(t, secret, token, traces) })
	}
}

func checkStaysOut(t *testing.T, secret, token string, traces []string) {
	t.Helper()
	key := testdata.Read("p256/key.pem")
	parameters := []string{
		"DomainName", "ServerCertificateStatus", "ServerCertificate", "PrivateKey", "CertType", "CertName", "ForceSet", "ListenerId",
		"Certificates.1.CertificateId", "Certificates", "ClientToken", "DryRun", "CertificateType", "NextToken", "MaxResults", "LoadBalancerIds.1",
		"ListenerProtocol", "LoadBalancerId", "JobIds.1", "ResourceIds.1", "Name", "Cert", "Key", "CertId", "PageNumber", "SSLProtocol", "SSLPub", "SSLPri", "CertRegion", "Env", "ResourceId.1", "ResourceType", "Unknown", secret, "Action", "Version",
	}
	dir := t.TempDir()
	cloud, err := fakecloud.Open(dir, fakecloud.Options{
		NoAuth: true, Remember: 100_000, Now: newClock().now,
		Keys: []fakecloud.Key{{ID: "tmpid", Secret: validate.NewSecret("tmpsecret"), SecurityToken: validate.NewSecret(token)}},
	}, shop())
	if err != nil {
		t.Fatal(err)
	}
	base := []string{
		"DomainName", www, "ServerCertificateStatus", "on", "ServerCertificate", testdata.Read("p256/leaf.pem"), "PrivateKey", key, "CertName", "a",
		"SSLProtocol", "on", "SSLPub", testdata.Read("p256/leaf.pem"), "SSLPri", key,
		"ForceSet", "1", "ListenerId", listener, "Certificates.1.CertificateId", first, "Name", "b", "Cert", testdata.Read("p256/leaf.pem"), "Key", key,
	}
	for _, action := range fakecloud.OperationNames() {
		for _, parameter := range parameters {
			got := call(t, cloud, action, append(slices.Clip(base), parameter, secret)...)
			for _, trace := range traces {
				if strings.Contains(got.raw, trace) {
					t.Errorf("%s: %.40s: the answer has %q: %s", action, parameter, trace, got.raw)
				}
			}
		}
	}
	state, err := json.Marshal(cloud.State())
	if err != nil {
		t.Fatal(err)
	}
	calls, err := json.Marshal(cloud.Calls())
	if err != nil {
		t.Fatal(err)
	}
	var journal bytes.Buffer
	if _, err := cloud.Journal().WriteTo(&journal); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{
		"state": string(state), "calls": string(calls), "journal": journal.String(),
		"printed": fmt.Sprintf("%v %+v %#v", cloud.State(), cloud.Journal(), cloud.Calls()),
	}
	maps.Copy(texts, controlAnswers(t, cloud))
	checkJournal(t, cloud, 0)
	if err := cloud.Close(); err != nil {
		t.Error(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	kept := ""
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		kept += string(data)
	}
	texts["folder"] = kept
	for name, text := range texts {
		if len(text) < 1000 && !strings.Contains(name, "row?") {
			t.Errorf("%s: %q", name, text)
		}
		for _, trace := range traces {
			if strings.Contains(text, trace) {
				t.Errorf("the %s has %q", name, trace)
			}
		}
	}
	if !strings.Contains(string(calls), "[REDACTED]") {
		t.Error("nothing was left out of the calls")
	}
}

// controlAnswers returns what the control paths answer about everything.
func controlAnswers(t *testing.T, cloud *fakecloud.Cloud) map[string]string {
	t.Helper()
	texts := map[string]string{}
	paths := []string{"", "view", "view?lang=zh", "state", "journal", "calls", "timeline?limit=200", "timeline?limit=200&refused=1&lang=zh", "seed", "gotest"}
	for i, path := range slices.Concat(paths, rowsOf(t, cloud)) {
		if i >= len(paths) && i%7 != 0 {
			continue // one in seven is enough of each parameter and operation
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/_/"+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		texts["control path /_/"+path] = send(t, cloud, r).raw
	}
	return texts
}

// rowsOf returns the paths of the details of all rows.
func rowsOf(t *testing.T, cloud *fakecloud.Cloud) (paths []string) {
	t.Helper()
	for before := 0; ; {
		page := get[rows](t, cloud, "timeline?limit=200&before="+str(before))
		for _, r := range page.Rows {
			paths = append(paths, "row?number="+str(r.Number))
		}
		if before = page.Before; before == 0 {
			return paths
		}
	}
}

// TestSecretsOfTheControlPath checks that a refusal does not repeat the body.
func TestSecretsOfTheControlPath(t *testing.T) {
	armored := testdata.Read("p256/key.pem")
	block, _ := pem.Decode([]byte(armored))
	body := base64.StdEncoding.EncodeToString(block.Bytes)
	cloud := open(t, fakecloud.Options{})
	for _, secret := range []string{armored, body, body[:40], base64.RawURLEncoding.EncodeToString(block.Bytes)} {
		quoted, _ := json.Marshal(secret)
		for path, bodies := range map[string][]string{
			"events": {`%s`, `{%s:1}`, `{"cdn":{%s:{}}}`, `{"cdn":{"DomainAdded":{"name":%s}}}`, `{"cdn":{"CertificateAdded":{"certificate":{"name":%s}}}}`, `{"alb":{"ListenerAdded":{"id":"x","listener":{"protocol":%s}}}}`, `{"alb":{"JobFinished":{"job":%s}}}`},
			"faults": {`%s`, `{%s:1}`, `{"action":%s}`, `{"code":%s}`, `{"message":%s}`, `{"drop":%s}`, `{"body":%s}`},
		} {
			for _, form := range bodies {
				text := fmt.Sprintf(form, quoted)
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1/_/"+path, strings.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Content-Type", "application/json")
				got := send(t, cloud, r)
				if got.status != http.StatusBadRequest || strings.Contains(got.raw, secret[4:20]) || strings.Contains(got.raw, body[4:20]) {
					t.Errorf("%s: %.100s: %d %s", path, text, got.status, got.raw)
				}
			}
		}
	}
	for _, text := range []any{cloud.State(), cloud.Faults(), cloud.Journal()} {
		if strings.Contains(fmt.Sprintf("%+v", text), body[4:20]) {
			t.Errorf("%T has it", text)
		}
	}
}

// TestLongNamesAreKept checks that a long value is not treated as a secret.
func TestLongNamesAreKept(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	const name = "certificate-of-www-example-com-for-production-renewed-2026-11-21"
	must(t, call(t, cloud, "SetDomainServerCertificate", "DomainName", www, "ServerCertificateStatus", "on", "CertName", name,
		"ServerCertificate", testdata.Read("p256/leaf.pem"), "PrivateKey", testdata.Read("p256/key.pem")))
	if got := must(t, call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www)); !strings.Contains(got.raw, name) {
		t.Errorf("%s", got.raw)
	}
	calls := cloud.Calls()
	if got := calls[0].Values.Get("ServerCertificate"); got != testdata.Read("p256/leaf.pem") {
		t.Errorf("the call has the certificate %q", got)
	}
}

// TestKeyInAnID checks that a message with an id that may be a key shows its length
// instead.
func TestKeyInAnID(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	block, _ := pem.Decode([]byte(testdata.Read("p256/key.pem")))
	scalar := base64.StdEncoding.EncodeToString(block.Bytes[7:39])
	got := call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", scalar, "Certificates.1.CertificateId", first)
	if !strings.Contains(got.text("Message"), "a value of 44 bytes") {
		t.Error(got.raw)
	}
	got = call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", scalar)
	if !strings.Contains(got.text("Message"), "a value of 44 bytes") {
		t.Error(got.raw)
	}
}
