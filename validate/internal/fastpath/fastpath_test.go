package fastpath_test

import (
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate/internal/fastpath"
)

// recognizedTypes are the folders of the fixtures that are recognized.
var recognizedTypes = []string{"rsa1024", "rsa2048", "rsa4096", "p256", "p384", "ed25519"}

func TestRecognized(t *testing.T) {
	for _, folder := range recognizedTypes {
		for _, chain := range []string{"leaf.pem", "chain3.pem"} {
			cert := testdata.Read(folder + "/" + chain)
			if !fastpath.Chain(cert, time.Time{}) {
				t.Errorf("%s of %s is not recognized", chain, folder)
			}
			for _, key := range []string{"key.pem", "key-pkcs8.pem"} {
				if fastpath.Pair(cert, testdata.Read(folder+"/"+key), time.Time{}) != fastpath.Sound {
					t.Errorf("%s with %s of %s is not recognized", chain, key, folder)
				}
			}
			if got := fastpath.Pair(cert, testdata.Read(folder+"/other-key.pem"), time.Time{}); got != fastpath.Mismatch {
				t.Errorf("%s with another key of %s: %d", chain, folder, got)
			}
			for _, other := range recognizedTypes {
				if other != folder && fastpath.Pair(cert, testdata.Read(other+"/key.pem"), time.Time{}) != fastpath.Unknown {
					t.Errorf("%s of %s with the key of %s is recognized", chain, folder, other)
				}
			}
		}
	}
}

// TestPeriod is about the last second at each end.
func TestPeriod(t *testing.T) {
	cert, key := testdata.Read("p256/leaf.pem"), testdata.Read("p256/key.pem")
	c := certificateOf(t, cert)
	for _, test := range []struct {
		at   time.Time
		want bool
	}{
		{c.NotBefore.Add(-time.Nanosecond), false},
		{c.NotBefore, true},
		{c.NotAfter, true},
		{c.NotAfter.Add(time.Nanosecond), false},
		{c.NotAfter.In(time.FixedZone("", 3600)), true},
		{time.Time{}, true},
	} {
		if got := fastpath.Pair(cert, key, test.at) == fastpath.Sound; got != test.want {
			t.Errorf("%v: %t", test.at, got)
		}
		if got := fastpath.Chain(cert, test.at); got != test.want {
			t.Errorf("%v, without key: %t", test.at, got)
		}
	}
}

// TestText is about what surrounds the content.
func TestText(t *testing.T) {
	leaf, key := testdata.Read("p256/leaf.pem"), testdata.Read("p256/key.pem")
	issuer := strings.TrimPrefix(testdata.Read("p256/chain3.pem"), leaf)
	replace := func(text, old, replacement string) string {
		t.Helper()
		if !strings.Contains(text, old) {
			t.Fatalf("no %q", old)
		}
		return strings.Replace(text, old, replacement, 1)
	}
	const begin, end = "-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n"
	noBreak := func(text string) string { return strings.TrimSuffix(text, "\n") }
	for _, test := range []struct {
		name      string
		cert, key string
		want      bool
	}{
		{"as it is", leaf + issuer, key, true},
		{"no final line break", noBreak(leaf), noBreak(key), true},
		{"blank lines around", "\n\n" + leaf + "\n\n" + issuer + "\n", key + "\n", true},
		{"text around", "Bag Attributes\n    friendlyName: x\n" + leaf + "subject=x\r\n" + issuer, key + "text\n", true},
		{"text before the key", leaf, "text\n" + key, false},
		{"text in the last line", leaf + "text", key, false},
		{"text in the last line of the key", leaf, key + "text", false},
		{"nothing", "", key, false},
		{"blank lines alone", "\n", key, false},
		{"no key", leaf, "", false},
		{"text alone", "text\n", key, false},
		{"key in the certificate", leaf + key, key, false},
		{"certificate before the key", leaf, leaf + key, false},
		{"certificate behind the key", leaf, key + leaf, false},
		{"two keys", leaf, key + key, false},
		{"CR LF", strings.ReplaceAll(leaf, "\n", "\r\n"), key, false},
		{"CR", strings.ReplaceAll(leaf, "\n", "\r"), key, false},
		{"indented", " " + leaf, key, false},
		{"byte-order mark", "\xef\xbb\xbf" + leaf, key, false},
		{"a line of zero bytes", "\x00\n" + leaf, key, false},
		{"a BEGIN line in a comment", "# -----BEGIN X-----\n" + leaf, key, false},
		{"a dash", "-\n" + leaf, key, false},
		{"a long line", strings.Repeat("x", 300) + "\n" + leaf, key, false},
		{"space behind BEGIN", replace(leaf, begin, noBreak(begin)+" \n"), key, false},
		{"space behind END", replace(leaf, end, noBreak(end)+" \n"), key, false},
		{"text behind END", replace(leaf, end, noBreak(end)+"x\n"), key, false},
		{"four dashes", leaf[1:], key, false},
		{"other END", replace(leaf, "END CERTIFICATE", "END CERTIFICATION"), key, false},
		{"other labels", strings.ReplaceAll(leaf, "CERTIFICATE", "X509 CERTIFICATE"), key, false},
		{"key labeled otherwise", leaf, strings.ReplaceAll(key, "EC PRIVATE", "RSA PRIVATE"), false},
		{"key labeled as PKCS#8", leaf, strings.ReplaceAll(key, "EC PRIVATE", "PRIVATE"), false},
		{"headers", replace(leaf, begin, begin+"X: y\n\n"), key, false},
		{"blank line inside", replace(leaf, begin, begin+"\n"), key, false},
		{"cut off", leaf[:len(leaf)-len(end)], key, false},
		{"cut off in a line", leaf[:len(leaf)/2], key, false},
		{"nothing inside", begin + end, key, false},
		{"nothing inside the key", leaf, "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", false},
		{"one line", begin + strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(leaf, begin), "\n"+end), "\n", "") + "\n" + end, key, false},
		{"an expired chain", testdata.Read("p384/leaf.pem") + leaf, key, false},
	} {
		if got := fastpath.Pair(test.cert, test.key, time.Time{}) == fastpath.Sound; got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
	}
}

// TestPadding is about the last line: all lengths, and what may stand at its end.
func TestPadding(t *testing.T) {
	for length := range 200 {
		der := make([]byte, length)
		text := pemOf("CERTIFICATE", der)
		if got, want := fastpath.DecodeBlock(text), length; got != want {
			t.Errorf("%d bytes are %d", want, got)
		}
		for _, changed := range []string{
			strings.Replace(text, "A=\n", "B=\n", 1), strings.Replace(text, "A==\n", "B==\n", 1), // bits behind the last byte
			strings.Replace(text, "=\n", "\n", 1), strings.Replace(text, "A\n-", "A=\n-", 1), strings.Replace(text, "A\n-", "=\n-", 1),
			strings.Replace(text, "A\n-", "\n-", 1), strings.Replace(text, "A\nA", "=\nA", 1), strings.Replace(text, "A=", "==", 1),
			strings.Replace(text, "AA=", "===", 1), strings.Replace(text, "A=", "=A", 1), strings.Replace(text, "AA", "A*", 1),
			strings.Replace(text, "A\n-", "A\n\n-", 1), strings.Replace(text, "A\n-", "A\nAAAA\n-", 1),
		} {
			if n := fastpath.DecodeBlock(changed); changed != text && n != 0 && n != len(blocks(changed)[0].Bytes) {
				t.Errorf("%d bytes of\n%s", n, changed)
			}
		}
	}
}

// TestAllocations: what is recognized costs none.
func TestAllocations(t *testing.T) {
	for _, folder := range recognizedTypes {
		for _, chain := range []string{"leaf.pem", "chain3.pem"} {
			cert, key := testdata.Read(folder+"/"+chain), testdata.Read(folder+"/key.pem")
			if got := testing.AllocsPerRun(20, func() { fastpath.Pair(cert, key, time.Time{}) }); got > 0 {
				t.Errorf("%s of %s: %v allocations", chain, folder, got)
			}
		}
	}
}
