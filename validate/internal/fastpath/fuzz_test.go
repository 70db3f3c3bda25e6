package fastpath_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/fastpath"
	"github.com/alicert/alicert/validate/internal/openssl"
)

// material is a sound pair, or sound halves of two, taken apart.
type material struct {
	certificates [][]byte
	key          []byte
	label        string
	texts        []string // their PEM text, the key last
}

const certificateLabel = "CERTIFICATE"

// seeds returns pairs of every kind of key in every form, and mismatches.
func seeds(tb testing.TB) (all []material) {
	tb.Helper()
	for _, folder := range []string{"p256", "rsa1024", "ed25519", "p384", "rsa2048"} {
		for _, chain := range []string{"leaf.pem", "chain3.pem"} {
			for _, key := range []string{"key.pem", "key-pkcs8.pem", "other-key.pem"} {
				m := material{}
				for _, block := range blocks(testdata.Read(folder + "/" + chain)) {
					m.certificates = append(m.certificates, block.Bytes)
					m.texts = append(m.texts, pemOf(certificateLabel, block.Bytes))
				}
				block := blocks(testdata.Read(folder + "/" + key))[0]
				m.key, m.label = block.Bytes, block.Type
				m.texts = append(m.texts, pemOf(m.label, m.key))
				all = append(all, m)
			}
		}
	}
	return all
}

func blocks(text string) (all []*pem.Block) {
	for block, rest := pem.Decode([]byte(text)); block != nil; block, rest = pem.Decode(rest) {
		all = append(all, block)
	}
	return all
}

// An edit is six bytes of the fuzzer's: what it is done to (a certificate, the
// key or a text), where, how, and with what.
const editLength = 6

// editElement changes one element of a tree.
func editElement(nodes *[]*node, where int, how byte, with int, donors [][]byte) {
	places := all(nodes)
	if len(places) == 0 {
		return
	}
	place := places[where%len(places)]
	n := place.node()
	flat := func() {
		der := n.encode(nil)
		n.content, n.inner = der[headerLength(der):], nil
	}
	switch how % 10 {
	case 0: // another byte
		if flat(); len(n.content) > 0 {
			n.content[with>>8%len(n.content)] = byte(with)
		}
	case 1: // another bit
		if flat(); len(n.content) > 0 {
			n.content[with/8%len(n.content)] ^= 1 << (with % 8)
		}
	case 2:
		n.tag = byte(with)
	case 3: // left out
		*place.list = slices.Delete(*place.list, place.at, place.at+1)
	case 4: // twice
		*place.list = slices.Insert(*place.list, place.at, n.clone())
	case 5: // something else instead
		(*place.list)[place.at] = parse(donors[with%len(donors)])[0]
	case 6: // something in front
		*place.list = slices.Insert(*place.list, place.at, parse(donors[with%len(donors)])[0])
	case 7: // shorter
		if flat(); len(n.content) > 0 {
			n.content = n.content[:with%len(n.content)]
		}
	case 8: // longer
		flat()
		n.content = append(n.content, byte(with))
	default:
		n.long = !n.long
	}
}

// headerLength is the length of tag and length of an element.
func headerLength(der []byte) int {
	if der[1] < 0x80 {
		return 2
	}
	return 2 + int(der[1]&0x7f)
}

// editText changes a text in place of what is in it.
func editText(text string, where int, how byte, with int) string {
	at := where % len(text)
	switch how % 5 {
	case 0:
		return text[:at] + string([]byte{byte(with)}) + text[at+1:]
	case 1:
		return text[:at] + string([]byte{byte(with)}) + text[at:]
	case 2:
		return text[:at] + text[at+1:]
	case 3: // moves a line break
		lines := strings.SplitAfter(text, "\n")
		i := where % len(lines)
		lines[i] = strings.TrimSuffix(lines[i], "\n")
		return strings.Join(lines, "")
	default:
		lines := strings.SplitAfter(text, "\n")
		i := where % len(lines)
		return strings.Join(slices.Insert(lines, i, []string{"\n", " \n", "x\n", "\r\n", "-\n"}[with%5]), "")
	}
}

// FuzzFastpath changes sound pairs, element by element: what is recognized must be
// taken by Go and by the full check.
func FuzzFastpath(f *testing.F) {
	materials := seeds(f)
	donors := donorsOf(materials)
	for i := range materials {
		f.Add(uint8(i), []byte{})
		for how := range byte(10) {
			f.Add(uint8(i), []byte{0, 0, 20 * how, how, 1, how})
			f.Add(uint8(i), []byte{1, 0, 3 * how, how, 1, how})
			f.Add(uint8(i), []byte{2, 1, how, how, 0, how})
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, edits []byte) {
		m := materials[int(which)%len(materials)]
		cert, key := m.edit(edits, donors)
		checkRecognized(t, cert, key)
		// Nearly every change of a certificate's key is a mismatch; the rest of the
		// certificate should be looked at all the same.
		if len(edits) >= editLength && edits[0]%4 == 0 {
			checkCertificates(t, cert)
		}
		if found := blocks(key); len(found) > 0 && found[0].Type == "RSA PRIVATE KEY" {
			checkRSA(t, found[0].Bytes)
		}
	})
}

// donorsOf returns elements of all kinds, to be put where they do not belong.
func donorsOf(materials []material) (donors [][]byte) {
	for _, m := range materials {
		for _, der := range append(slices.Clone(m.certificates), m.key) {
			nodes := parse(der)
			for _, place := range all(&nodes) {
				donors = append(donors, place.node().encode(nil))
			}
		}
	}
	return donors
}

// edit returns the texts of a pair after some edits.
func (m *material) edit(edits []byte, donors [][]byte) (cert, key string) {
	const mostEdits = 4
	trees := make([][]*node, len(m.certificates)+1) // the key is the last
	tree := func(i int) *[]*node {
		switch {
		case trees[i] != nil:
		case i < len(m.certificates):
			trees[i] = parse(m.certificates[i])
		default:
			trees[i] = parse(m.key)
		}
		return &trees[i]
	}
	texts := make([][]byte, 0, mostEdits)
	for range mostEdits {
		if len(edits) < editLength {
			break
		}
		e := edits[:editLength]
		edits, texts = edits[editLength:], append(texts, e)
		where, with := int(e[1])<<8|int(e[2]), int(e[4])<<8|int(e[5])
		switch e[0] % 4 {
		case 0:
			editElement(tree(int(e[0]/4)%len(m.certificates)), where, e[3], with, donors)
		case 1:
			editElement(tree(len(m.certificates)), where, e[3], with, donors)
		}
	}
	for i, whole := range m.texts {
		if trees[i] != nil {
			label := certificateLabel
			if i == len(m.certificates) {
				label = m.label
			}
			whole = pemOf(label, encode(trees[i]))
		}
		if i < len(m.certificates) {
			cert += whole
		} else {
			key = whole
		}
	}
	for _, e := range texts {
		where, with := int(e[1])<<8|int(e[2]), int(e[4])<<8|int(e[5])
		switch e[0] % 4 {
		case 2:
			cert = editText(cert, where, e[3], with)
		case 3:
			key = editText(key, where, e[3], with)
		}
	}
	return cert, key
}

// checkRSA holds what is said of the numbers of an RSA key to what Go says.
func checkRSA(t *testing.T, der []byte) (sound, known bool) {
	t.Helper()
	version, outer := 1, cryptobyte.String(der)
	var in cryptobyte.String
	if !outer.ReadASN1(&in, tag.SEQUENCE) || !outer.Empty() || !in.ReadASN1Integer(&version) || version > 0 {
		return false, false
	}
	sound, known = fastpath.RSA(in)
	if _, err := x509.ParsePKCS1PrivateKey(der); known && sound != (err == nil) {
		t.Errorf("sound: %t; x509.ParsePKCS1PrivateKey: %v\n%x", sound, err, der)
	}
	return sound, known
}

// checkRecognized holds what is recognized to what Go and the full check say.
func checkRecognized(t *testing.T, cert, key string) {
	t.Helper()
	answer := fastpath.Pair(cert, key, time.Time{})
	if answer == fastpath.Unknown {
		return
	}
	checkParses(t, cert)
	_, std := tls.X509KeyPair([]byte(cert), []byte(key))
	full := validate.KeyPair(cert, validate.NewSecret(key), validate.Options{}).Err()
	alone := validate.PrivateKey(validate.NewSecret(key), validate.Options{}).Err() // which does not ask the fast path
	switch answer {
	case fastpath.Sound:
		if std != nil || full != nil || alone != nil {
			t.Errorf("sound; tls.X509KeyPair: %v; the full check: %v; of the key alone: %v", std, full, alone)
		}
	case fastpath.Mismatch:
		if std == nil || !strings.HasPrefix(std.Error(), "tls: private key does not match") || !errors.Is(full, errcodes.CondKeyMismatch) {
			t.Errorf("a mismatch; tls.X509KeyPair: %v; the full check: %v", std, full)
		}
	default:
		t.Errorf("answer %v", answer)
	}
}

// checkCertificates does the same for certificates alone.
func checkCertificates(t *testing.T, cert string) {
	t.Helper()
	if fastpath.Chain(cert, time.Time{}) {
		if err := validate.ServerCertificate(cert, validate.Options{}).Err(); err != nil {
			t.Errorf("recognized; the full check: %v", err)
		}
		checkParses(t, cert)
	}
}

// checkParses checks that Go reads every certificate, and finds as many.
func checkParses(t *testing.T, cert string) {
	t.Helper()
	found := blocks(cert)
	for i, block := range found {
		if _, err := x509.ParseCertificate(block.Bytes); err != nil {
			t.Errorf("recognized; x509.ParseCertificate: %v", err)
		}
		exact, ok := openssl.Exact(block.Bytes)
		if !ok || i == 0 && (!exact.PublicKey() || exact.Extensions() != 0) {
			t.Errorf("recognized; the rules of OpenSSL: %t", ok)
		}
	}
	if n := strings.Count(cert, "-----BEGIN"); n != len(found) {
		t.Errorf("recognized; encoding/pem finds %d of %d blocks", len(found), n)
	}
}
