package validate

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/container"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/pemscan"
)

// A piece is a certificate or a private key of an input.
type piece struct {
	label string
	der   []byte
	body  string // of the block as it stands, "" if it was made of DER
	block int    // in the text, from 1; 0: it was no block of the text itself
}

// text returns the piece in PEM form.
func (p piece) text() string {
	if p.body != "" {
		return "-----BEGIN " + p.label + "-----\n" + p.body + "-----END " + p.label + "-----\n"
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: p.label, Bytes: p.der}))
}

// public returns the public half of a private key, nil if it cannot be read.
func (p piece) public() any {
	if strings.Contains(p.body, "DEK-Info") {
		return nil
	}
	key, problem := parseKey(p.der)
	if problem.cond != 0 {
		return nil
	}
	return key.public
}

// An unpacked input is taken apart into certificates and private keys.
type unpacked struct {
	certs, keys []piece
	from        message.Reason // what they came in, if that is no PEM text
	relabeled   bool           // a block had another label, or held something else
	foreign     bool           // there is a block that is neither
}

// apart reports whether the pieces are others than the blocks of the text.
func (u unpacked) apart() bool { return !u.from.IsZero() || u.relabeled }

// unpack takes certificate and key out of what they came in, separates them if they came
// in one text, and exchanges them if each is in the other's parameter. Of several
// keys it keeps the one that fits the first certificate. If anything is left to guess it
// returns both as they are.
func (n *normalizer) unpack(certificate string, key Secret) (string, Secret) {
	c, readable := unpackWithin(certificate, n.opts.certificateLimit())
	if !readable || c.foreign {
		c = unpacked{}
	}
	// A key may come in the text of its certificate, which is longer.
	k, readable := unpackWithin(key.Reveal(), max(n.opts.privateKeyLimit(), n.opts.certificateLimit()))
	if !readable {
		k = unpacked{}
	}
	certs, exchanged := c.certs, len(c.certs) == 0 && len(k.certs) > 0 && certificate != ""
	if exchanged {
		if len(c.keys) == 0 {
			return certificate, key // nothing says what the first one was to be
		}
		certs = k.certs
	}
	outCertificate, outKey := certificate, key
	if several := len(c.keys) > 0 || len(k.keys) > 1; several || k.apart() && len(k.keys) == 1 {
		one, ok := keyFor(distinctKeys(slices.Concat(k.keys, c.keys)), certs)
		if !ok {
			return certificate, key
		}
		outKey = NewSecret(one.text())
	}
	if exchanged || len(c.keys) > 0 || c.apart() {
		if len(certs) == 0 {
			return certificate, key
		}
		outCertificate = textOf(certs)
	}
	n.saysUnpacked(c, k, exchanged, outCertificate != certificate, !outKey.Equal(key))
	return outCertificate, outKey
}

// unpackWithin takes a text apart that is not longer than a limit.
func unpackWithin(text string, limit int) (u unpacked, ok bool) {
	if text == "" || len(text) > limit {
		return unpacked{}, false
	}
	return unpackText(text, 0)
}

func textOf(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.text())
	}
	return b.String()
}

// saysUnpacked records the changes of unpack.
func (n *normalizer) saysUnpacked(c, k unpacked, exchanged, certificateChanged, keyChanged bool) {
	if certificateChanged {
		n.says(errcodes.CondCertificateNotPEM, c, exchanged)
		if len(c.keys) > 0 && !exchanged {
			taken := message.ChangeKeyTakenOut.With()
			if c.from.IsZero() { // a text for certificates, and no file that is for both
				taken = taken.Advising(message.HintNewKeyIfRead)
			}
			n.change(errcodes.CondCertificateNotPEM, taken)
		}
	}
	if keyChanged {
		n.says(errcodes.CondPrivateKeyNotPEM, k, exchanged)
		switch all := len(k.keys) + len(c.keys); {
		case exchanged:
		case len(k.keys) == 0:
			n.changed(errcodes.CondPrivateKeyNotPEM, message.ChangeKeyFromCertificate)
		case all > 1:
			n.changed(errcodes.CondPrivateKeyNotPEM, message.ChangeOneOfKeys, all)
		}
	}
}

func (n *normalizer) says(of errcodes.Condition, u unpacked, exchanged bool) {
	switch {
	case exchanged:
		n.changed(of, message.ChangeExchanged)
	case !u.from.IsZero():
		n.changed(of, message.ChangeUnpacked, u.from)
	case u.relabeled:
		n.changed(of, message.ChangeRepaired)
	}
}

// mostKeys is how many different keys are told apart: working out a public key takes the
// time of a signature.
const mostKeys = 32

// distinctKeys returns each key once, the first of its copies. Keys that cannot be read,
// encrypted ones, are the same if their bytes are, and so are all keys beyond mostKeys.
func distinctKeys(keys []piece) (distinct []piece) {
	seen := map[string]bool{}
	for _, k := range keys {
		if !seen[string(k.der)] {
			seen[string(k.der)] = true
			distinct = append(distinct, k)
		}
	}
	if len(distinct) > mostKeys {
		return distinct
	}
	keys, distinct = distinct, nil
	var publics []any // of the distinct ones
	for _, k := range keys {
		public := k.public()
		if public == nil || !slices.ContainsFunc(publics, func(other any) bool { return samePublicKey(public, other) }) {
			distinct, publics = append(distinct, k), append(publics, public)
		}
	}
	return distinct
}

// keyFor returns the only key, or the one that fits the first certificate that is not
// that of a CA. ok is false if that is not exactly one, or if there are more than mostKeys.
func keyFor(keys, certs []piece) (one piece, ok bool) {
	if len(keys) == 1 {
		return keys[0], true
	}
	if len(keys) > mostKeys {
		return piece{}, false
	}
	for _, p := range certs {
		cert, err := x509.ParseCertificate(p.der)
		if err != nil {
			return piece{}, false
		}
		if namesOnlyCA(cert) {
			continue
		}
		fits := slices.DeleteFunc(slices.Clone(keys), func(k piece) bool {
			public := k.public()
			return public == nil || !samePublicKey(cert.PublicKey, public)
		})
		if len(fits) == 1 {
			return fits[0], true
		}
		return piece{}, false
	}
	return piece{}, false
}

// certificatesIn returns the certificates of a text, none if it cannot be read.
func certificatesIn(text string) []piece {
	u, ok := unpackText(text, 0)
	if !ok {
		return nil
	}
	return u.certs
}

// deepest is how many containers inside each other are opened.
const deepest = 3

// unpackText takes a text apart. ok is false if anything is left to guess.
func unpackText(text string, depth int) (u unpacked, ok bool) {
	if depth > deepest {
		return unpacked{}, false
	}
	c := container.Recognize(text)
	from := nameOf(c)
	switch c.Kind {
	case container.PEM, container.Unknown:
		if c.Layers == 0 {
			return unpackPEM(text, depth)
		}
		u, ok = unpackPEM(c.Data, depth)
	case container.UTF16, container.UTF16LE, container.UTF16BE:
		plain, decoded := container.DecodeUTF16(c.Data, c.Kind)
		if !decoded {
			return unpacked{}, false
		}
		u, ok = unpackText(plain, depth+1)
	case container.SecretYAML, container.SecretJSON, container.TraefikStore, container.JSON:
		u, ok = unpackValues(c.Data, depth)
	default:
		u.certs, u.keys, ok = unpackDER([]byte(c.Data), c.Kind)
	}
	if c.Layers == 0 && (c.Kind == container.Certificate || isPrivateKeyKind(c.Kind)) {
		from = message.PlainDER.With()
	}
	u.from = from
	return u, ok
}

// unpackDER takes apart what is in DER.
func unpackDER(der []byte, kind container.Kind) (certs, keys []piece, ok bool) {
	switch kind {
	case container.Certificate:
		return []piece{{label: certificateLabel, der: der}}, nil, true
	case container.PKCS7:
		all, ok := container.Certificates(der)
		for _, one := range all {
			certs = append(certs, piece{label: certificateLabel, der: one})
		}
		return certs, nil, ok
	case container.PrivateKey:
		key, problem := parseKey(der)
		return nil, []piece{{label: key.fits, der: der}}, problem.cond == 0
	case container.EncryptedKey:
		return nil, []piece{{label: encryptedLabel, der: der}}, true
	default:
		return nil, nil, false
	}
}

// unpackPEM takes a PEM text apart, one with damaged BEGIN and END lines too.
func unpackPEM(text string, depth int) (u unpacked, ok bool) {
	items, sound := soundBlocks(text)
	if sound = sound && len(items) > 0; sound {
		for _, item := range items {
			body, defect := item.Block.Decode(nil)
			if defect.Kind != 0 {
				sound = false
				break
			}
			u.add(piece{item.Block.Label, body.DER, item.Block.Body, item.Index}, body.Encrypted, depth)
		}
	}
	if sound {
		return u, true
	}
	blocks, _, ok := repair(text)
	if !ok || len(blocks) == 0 {
		u, ok = unpackValues(text, depth)
		u.from = message.ThisJSON.With()
		return u, ok
	}
	u = unpacked{}
	for _, b := range blocks {
		u.add(b, false, depth)
	}
	return u, true
}

// soundBlocks returns the blocks of a text. ok is false if a BEGIN or END line is
// damaged.
func soundBlocks(text string) (items []pemscan.Item, ok bool) {
	for s := pemscan.Scan(strings.TrimPrefix(text, utf8BOM)); ; {
		item, more := s.Next()
		if !more {
			return items, true
		}
		switch item.Kind {
		case pemscan.KindDamage:
			return nil, false
		case pemscan.KindBlock:
			items = append(items, item)
		default:
		}
	}
}

// add puts a block where it belongs by its content.
func (u *unpacked) add(p piece, encrypted bool, depth int) {
	kind := container.DER(p.der)
	switch {
	case p.label == "EC PARAMETERS" || p.label == "DH PARAMETERS":
	case isPrivateKeyLabel(p.label):
		if !encrypted && !slices.Contains(properLabels, p.label) {
			if _, keys, ok := unpackDER(p.der, kind); ok && len(keys) == 1 {
				p.label, p.body, u.relabeled = keys[0].label, "", true
			}
		}
		u.keys = append(u.keys, p)
	case encrypted, p.label == "TRUSTED CERTIFICATE", isPrivateKeyKind(kind) && !relabels(p.label):
		u.foreign = true
	case p.label == certificateLabel && kind != container.PKCS7:
		u.addCertificate(p, kind, depth)
	default:
		certs, keys, ok := unpackDER(p.der, kind)
		if !ok {
			u.foreign = true
			return
		}
		u.certs, u.keys = append(u.certs, certs...), append(u.keys, keys...)
		if u.relabeled = true; kind == container.PKCS7 {
			u.from = message.ThisPKCS7.With()
		}
	}
}

// addCertificate adds a block CERTIFICATE, or what is in it under another layer. Of what it
// holds otherwise the check of the content says what it is.
func (u *unpacked) addCertificate(p piece, kind container.Kind, depth int) {
	if kind == container.Unknown {
		inside, ok := unpackText(string(p.der), depth+1)
		if ok && !inside.foreign && len(inside.certs)+len(inside.keys) > 0 {
			u.certs, u.keys = append(u.certs, inside.certs...), append(u.keys, inside.keys...)
			u.relabeled = true
			return
		}
	}
	u.certs = append(u.certs, p)
}

func isPrivateKeyKind(kind container.Kind) bool {
	return kind == container.PrivateKey || kind == container.EncryptedKey
}

// relabels reports whether a label that is none of a private key may stand around one:
// it is the right one in other letters.
func relabels(label string) bool {
	return !knownLabel(label) && label != certificateLabel
}

// unpackValues takes the texts out of JSON, or out of a Kubernetes Secret in YAML: strings
// that are PEM text, or base64 of it. ok is false if there are several server
// certificates.
func unpackValues(text string, depth int) (u unpacked, ok bool) {
	values, ok := stringsOf(text)
	if !ok {
		return unpacked{}, false
	}
	for _, value := range values {
		if c := container.Recognize(value); c.Kind != container.PEM {
			continue
		}
		inside, readable := unpackText(value, depth+1)
		if !readable {
			return unpacked{}, false
		}
		u.certs = append(u.certs, inside.certs...)
		u.keys = append(u.keys, inside.keys...)
		u.foreign = u.foreign || inside.foreign
	}
	return u, len(u.certs)+len(u.keys) > 0 && len(distinctServers(u.certs)) <= 1
}

// distinctServers returns the certificates that are not those of CAs, each once.
func distinctServers(certs []piece) (servers []piece) {
	for _, p := range certs {
		cert, err := x509.ParseCertificate(p.der)
		if err == nil && namesOnlyCA(cert) || slices.ContainsFunc(servers, func(other piece) bool { return bytes.Equal(p.der, other.der) }) {
			continue
		}
		servers = append(servers, p)
	}
	return servers
}

// stringsOf returns the string values of JSON, or the values of the lines of YAML, in
// order.
func stringsOf(text string) (values []string, ok bool) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") || strings.HasPrefix(text, `"`) {
		if !json.Valid([]byte(text)) {
			return nil, false
		}
		for d := json.NewDecoder(strings.NewReader(text)); ; {
			token, err := d.Token()
			if err != nil {
				return values, true
			}
			if value, isString := token.(string); isString {
				values = append(values, value)
			}
		}
	}
	if container.Recognize(text).Kind != container.SecretYAML {
		return nil, false
	}
	for line := range strings.Lines(text) {
		if _, value, isPair := strings.Cut(line, ": "); isPair {
			values = append(values, strings.Trim(value, "\"' \r\n"))
		}
	}
	return values, true
}
