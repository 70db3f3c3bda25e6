package validate_test

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"flag"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/compare/baseline"
)

var slowSearch = flag.Duration("slow", 0, "search for slow input for so long from each seed")

// A slowInput is a certificate and a key within the limits.
type slowInput struct{ name, cert, key string }

// slowInputs are the seeds of the search: what is known to be slow.
func slowInputs(tb testing.TB) []slowInput {
	tb.Helper()
	leaf, key := pkiFile(tb, "rsa2048/leaf.pem"), pkiFile(tb, "rsa2048/key.pem")
	fill := func(text string) string {
		return strings.Repeat(text, validate.DefaultCertificateLimit/len(text))
	}
	rsaInput := func(name string, key pkcs1) slowInput {
		return slowInput{name, leafFor(tb, &rsa.PublicKey{N: key.N, E: key.E}), pemOf("RSA PRIVATE KEY", marshal(tb, key))}
	}
	long, unequal := longRSA(8192, 8192), longRSA(8200, 8184)
	broken := long
	broken.D = new(big.Int).Add(long.D, big.NewInt(2))
	longExponent, evenExponent, version, multiple := long, long, long, long
	longExponent.DP = new(big.Int).Lsh(long.DP, 64)
	evenExponent.E++
	version.Version = -1
	multiple.P = new(big.Int).Mul(long.P, big.NewInt(3))
	several := long
	several.Version = 1
	for range 3 {
		several.AdditionalPrime = append(several.AdditionalPrime, otherPrime{big.NewInt(3), big.NewInt(1), big.NewInt(1)})
	}
	few := longRSA(1024, 1024)
	few.Version, few.AdditionalPrime = 1, []otherPrime{{big.NewInt(7), big.NewInt(1), big.NewInt(1)}}
	few.P = new(big.Int).Exp(big.NewInt(3), big.NewInt(27_700), nil) // the two fill a key's text
	few.Q = new(big.Int).Exp(big.NewInt(5), big.NewInt(18_900), nil)
	inputs := []slowInput{
		{"typical", leaf, key},
		{"chain", pkiFile(tb, "rsa2048/chain3.pem"), key},
		{"P-521", pkiFile(tb, "p521/leaf.pem"), pkiFile(tb, "p521/key.pem")},
		rsaInput("RSA of 16384 bits", long),
		rsaInput("RSA of 16384 bits, d wrong", broken),
		rsaInput("RSA of 16384 bits, five primes", several),
		rsaInput("RSA of 2048 bits, two long primes and a third", few),
		rsaInput("RSA of 16384 bits, dP too long", longExponent),
		rsaInput("RSA of 16384 bits, e even", evenExponent),
		rsaInput("RSA of 16384 bits, version -1", version),
		rsaInput("RSA of 16384 bits, p a multiple", multiple),
		rsaInput("RSA of 16384 bits, primes of unequal length", unequal),
		{"the same certificate, to the limit", fill(leaf), key},
		{"chains of P-256, to the limit", fill(pkiFile(tb, "p256/chain3.pem")), pkiFile(tb, "p256/key.pem")},
		{"chains of P-521, to the limit", fill(pkiFile(tb, "p521/chain3.pem")), pkiFile(tb, "p521/key.pem")},
		{"short blocks", fill(pemOf("CERTIFICATE", []byte{0})), key},
		{"BEGIN lines", fill("-----BEGIN CERTIFICATE-----\n"), key},
		{"BEGIN lines that are damaged", fill("-----BEGIN CERTIFICATE----\n"), key},
		{"words BEGIN", fill("BEGIN "), strings.Repeat("BEGIN ", validate.DefaultPrivateKeyLimit/6)},
		{"letters that look like E", fill("\u0415"), strings.Repeat("\u0415", validate.DefaultPrivateKeyLimit/2)},
		{"P-521 keys with short numbers", pkiFile(tb, "p256/leaf.pem"), shortKeys()},
		{"lines without BEGIN", strings.Repeat("MA\n", 5000) + "-----END CERTIFICATE-----\n", key + key + strings.Repeat("MA\n", 4000) + "-----END PRIVATE KEY-----\n"},
		{"blank lines", fill("\n"), strings.Repeat("\n", validate.DefaultPrivateKeyLimit)},
		{"blank lines with something among them", "\x00" + fill("\n")[1:], "-" + strings.Repeat("\n", validate.DefaultPrivateKeyLimit-1)},
		{"blank lines in a block", "-----BEGIN CERTIFICATE-----\n" + fill("\n")[30:], key},
		{"spaces", fill(" "), strings.Repeat(" ", validate.DefaultPrivateKeyLimit)},
		{"long names", leafWith(tb, func(t *x509.Certificate) {
			for range 1400 {
				t.Subject.ExtraNames = append(t.Subject.ExtraNames, pkix.AttributeTypeAndValue{Type: asn1.ObjectIdentifier{2, 5, 4, 11}, Value: "x"})
			}
			t.DNSNames = slices.Repeat([]string{"a.example"}, 1500)
		}), pkiFile(tb, "p256/key.pem")},
	}
	return inputs
}

// shortKeys returns as many different keys as fit into a key's text.
func shortKeys() string {
	var text strings.Builder
	for i := range 200 {
		der := []byte{0x30, 16, 2, 1, 1, 4, 2, byte(i), 1, 0xa0, 7, 6, 5, 0x2b, 0x81, 4, 0, 0x23}
		text.WriteString(pemOf("EC PRIVATE KEY", der))
		if text.Len() > validate.DefaultPrivateKeyLimit*9/10 {
			break
		}
	}
	return text.String()
}

// longRSA returns numbers that fit each other, of a key whose primes have the given
// lengths. They are not primes: TLS servers do not test that.
func longRSA(pBits, qBits int) pkcs1 {
	random := rand.New(rand.NewPCG(1, 2))
	one, e := big.NewInt(1), big.NewInt(65537)
	prime := func(bits int) (p, d *big.Int) {
		for d == nil {
			bytes := make([]byte, bits/8)
			for i := range bytes {
				bytes[i] = byte(random.Uint32())
			}
			bytes[0] |= 0xc0
			bytes[len(bytes)-1] |= 3
			p = new(big.Int).SetBytes(bytes)
			d = new(big.Int).ModInverse(e, new(big.Int).Sub(p, one))
		}
		return p, d
	}
	for {
		p, dP := prime(pBits)
		q, dQ := prime(qBits)
		d := new(big.Int).ModInverse(e, new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)))
		inverse := new(big.Int).ModInverse(q, p)
		if d != nil && inverse != nil {
			return pkcs1{N: new(big.Int).Mul(p, q), E: 65537, D: d, P: p, Q: q, DP: dP, DQ: dQ, QInv: inverse}
		}
	}
}

// took is the processor time of a report and a verdict together, at best.
func (in *slowInput) took() time.Duration {
	least := time.Duration(math.MaxInt64)
	opts := validate.Options{Now: inPeriod}
	for range 3 {
		start := baseline.CPUTime()
		req := pairRequest(in.cert, in.key)
		_ = validate.Check(req, opts)
		_ = validate.Verdict(req, opts)
		least = min(least, baseline.CPUTime()-start)
	}
	return least
}

// changed returns an input that differs in some place and is within the limits.
func (in slowInput) changed(random *rand.Rand) slowInput {
	text, limit := &in.cert, validate.DefaultCertificateLimit
	if random.IntN(4) == 0 {
		text, limit = &in.key, validate.DefaultPrivateKeyLimit
	}
	lines := strings.SplitAfter(*text, "\n")
	from := random.IntN(len(lines))
	to := from + random.IntN(min(len(lines)-from, 40)+1)
	switch random.IntN(4) {
	case 0: // some lines again, as often as they fit
		again := strings.Join(lines[from:to], "")
		if times := limit - len(*text); again != "" && times > len(again) {
			lines = slices.Insert(lines, to, strings.Repeat(again, 1+random.IntN(times/len(again))))
		}
	case 1:
		lines = slices.Delete(lines, from, to)
	case 2: // another character
		line := []byte(lines[from])
		if len(line) > 0 {
			line[random.IntN(len(line))] = "A\n- \r=\x00"[random.IntN(7)]
		}
		lines[from] = string(line)
	default: // another content
		block, _ := pem.Decode([]byte(*text))
		if block == nil || len(block.Bytes) == 0 {
			break
		}
		before := pemOf(block.Type, block.Bytes)
		block.Bytes[random.IntN(len(block.Bytes))] = byte(random.Uint32())
		*text = strings.Replace(*text, before, pemOf(block.Type, block.Bytes), 1)
		return in
	}
	if joined := strings.Join(lines, ""); len(joined) <= limit && joined != "" {
		*text = joined
	}
	return in
}

// TestSlowest climbs from the seeds towards input that takes longer, for the time of
// the flag -slow, and logs the slowest in terms of tls.X509KeyPair:
//
//	go test ./validate -run TestSlowest -v -slow 30s
//
// A report and a verdict together count. Without a search the seeds are held to a
// bound: about five times the slowest that is known, twice as slow as that is under the
// race detector.
func TestSlowest(t *testing.T) {
	const most = 150
	inputs := slowInputs(t)
	random := rand.New(rand.NewPCG(3, 4))
	for _, in := range inputs {
		slowest := in.took()
		steps := 0
		for end := time.Now().Add(*slowSearch); time.Now().Before(end); steps++ {
			next := in.changed(random)
			if took := next.took(); took > slowest+slowest/20 && next.took() > slowest+slowest/20 {
				in, slowest = next, took
			}
		}
		typical := time.Duration(math.MaxInt64)
		for range 20 {
			start := baseline.CPUTime()
			if _, err := tls.X509KeyPair([]byte(inputs[0].cert), []byte(inputs[0].key)); err != nil {
				t.Fatal(err)
			}
			typical = min(typical, baseline.CPUTime()-start)
		}
		slowest = in.took()
		ratio := float64(slowest) / float64(typical)
		t.Logf("%5.1f × tls.X509KeyPair of RSA-2048: %s (%d steps; %d and %d bytes)", ratio, in.name, steps, len(in.cert), len(in.key))
		if ratio > most {
			t.Errorf("%s: %v", in.name, slowest)
		}
	}
}
