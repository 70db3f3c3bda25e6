package fakecloud

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/model/fakecloud/internal/store"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/validate"
)

// The parts of the store that differ from the tables of a snapshot.
const (
	accountPart     = "account"      // one record with the fields that are in no table
	certificatePart = "certificates" // certificates without their texts
	textPart        = "texts"        // the texts of certificates, each once, by digest
	noncePart       = "nonces"       // used nonces, by number
)

// tablePart is a part of the store that holds a table of a snapshot.
type tablePart struct {
	name  string
	read  func(*store.Store, *snapshot) error
	write func(tx *store.Tx, from, to *snapshot) error
}

var tableParts = []tablePart{
	partOf("domains", func(m *snapshot) *table.Table[cdn.Domain] { return &m.state.CDN.Domains }),
	partOf("configs", func(m *snapshot) *table.Table[cdn.Config] { return &m.state.CDN.Configs }),
	partOf("ids", func(m *snapshot) *table.Table[string] { return &m.state.CAS.IDs }),
	partOf("leaves", func(m *snapshot) *table.Table[bool] { return &m.state.CAS.Leaves }),
	partOf("deployments", func(m *snapshot) *table.Table[cas.Deployment] { return &m.state.CAS.Deployments }),
	partOf("loadBalancers", func(m *snapshot) *table.Table[alb.LoadBalancer] { return &m.state.ALB.LoadBalancers }),
	partOf("listeners", func(m *snapshot) *table.Table[alb.Listener] { return &m.state.ALB.Listeners }),
	partOf("associations", func(m *snapshot) *table.Table[alb.Association] { return &m.state.ALB.Associations }),
	partOf("tokens", func(m *snapshot) *table.Table[alb.Token] { return &m.state.ALB.Tokens }),
	partOf("jobs", func(m *snapshot) *table.Table[alb.Job] { return &m.state.ALB.Jobs }),
	partOf("finished", func(m *snapshot) *table.Table[string] { return &m.state.ALB.Finished }),
	partOf("classicLoadBalancers", func(m *snapshot) *table.Table[clb.LoadBalancer] { return &m.state.CLB.LoadBalancers }),
	partOf("classicListeners", func(m *snapshot) *table.Table[clb.Listener] { return &m.state.CLB.Listeners }),
	partOf("serverCertificates", func(m *snapshot) *table.Table[clb.Certificate] { return &m.state.CLB.Certificates }),
	partOf("domainExtensions", func(m *snapshot) *table.Table[clb.Extension] { return &m.state.CLB.Extensions }),
	partOf("usedTokens", func(m *snapshot) *table.Table[string] { return &m.state.ALB.Used }),
	partOf("plans", func(m *snapshot) *table.Table[esa.Plan] { return &m.state.ESA.Plans }),
	partOf("sites", func(m *snapshot) *table.Table[esa.Site] { return &m.state.ESA.Sites }),
	partOf("siteCertificates", func(m *snapshot) *table.Table[esa.Certificate] { return &m.state.ESA.Certificates }),
	partOf("siteCertificateNames", func(m *snapshot) *table.Table[string] { return &m.state.ESA.Names }),
}

func partNames() []string {
	names := []string{accountPart, certificatePart, textPart, noncePart}
	for _, p := range tableParts {
		names = append(names, p.name)
	}
	return names
}

// partOf returns the part for a table. Each record of the table is a record of the store.
func partOf[V comparable](name string, of func(*snapshot) *table.Table[V]) tablePart {
	return tablePart{
		name: name,
		read: func(s *store.Store, m *snapshot) error {
			var b table.Builder[V]
			var d recordDecoder
			err := s.Read(name, func(key string, value []byte) error {
				var v V
				err := d.decode(value, &v)
				b.Add(key, v)
				return err
			})
			*of(m) = b.Table()
			return err
		},
		write: func(tx *store.Tx, from, to *snapshot) error {
			for c := range of(from).Diff(*of(to)) {
				if err := put(tx, name, c, c.After); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// put writes one change of a part. record is stored in place of the changed value.
func put[V comparable](tx *store.Tx, part string, c table.Change[V], record any) error {
	if !c.Is {
		return tx.Delete(part, c.Key)
	}
	data, err := json.Marshal(record)
	if err != nil {
		return err
	}
	return tx.Put(part, c.Key, data)
}

// accountRecord holds the fields of a snapshot that are in no table.
type accountRecord struct {
	Suspended             bool          `json:"suspended"`
	Numbered              int           `json:"numbered"`
	Ended                 int           `json:"ended"`
	Site                  errcodes.Site `json:"site,omitzero"`
	Deployed              int           `json:"deployed,omitempty"`
	RefuseRepeatedContent bool          `json:"refuseRepeatedContent,omitempty"`
	Configs               int           `json:"configs,omitempty"`
}

func accountOf(m *snapshot) accountRecord {
	s := &m.state
	return accountRecord{s.CDN.Suspended, s.CAS.Numbered, s.ALB.Ended, s.CAS.Site, s.CAS.Deployed, s.CDN.RefuseRepeatedContent, s.CDN.ConfigsMade}
}

func (a accountRecord) putInto(m *snapshot) {
	s := &m.state
	s.CDN.Suspended, s.CDN.RefuseRepeatedContent, s.CDN.ConfigsMade, s.ALB.Ended = a.Suspended, a.RefuseRepeatedContent, a.Configs, a.Ended
	s.CAS.Numbered, s.CAS.Site, s.CAS.Deployed = a.Numbered, a.Site, a.Deployed
}

// recordDecoder decodes records one after the other as strictly does, without a decoder
// for each.
type recordDecoder struct {
	record  []byte
	decoder *json.Decoder
}

// Read gives the decoder the record, and no more.
func (d *recordDecoder) Read(p []byte) (int, error) {
	if len(d.record) == 0 {
		return 0, io.EOF
	}
	n := copy(p, d.record)
	d.record = d.record[n:]
	return n, nil
}

// decode decodes a record. After an error no more can be decoded.
func (d *recordDecoder) decode(record []byte, v any) error {
	if d.decoder == nil {
		d.decoder = json.NewDecoder(d)
		d.decoder.DisallowUnknownFields()
	}
	start := d.decoder.InputOffset()
	d.record = append(bytes.TrimSpace(record), '\n') // ends numbers, too
	length := int64(len(d.record)) - 1
	if err := d.decoder.Decode(v); err != nil {
		return err
	}
	if end := d.decoder.InputOffset(); end-start > length+1 || end-start < length {
		return errors.New("the record has more than one value")
	}
	return nil
}

// certificate is the stored form of a certificate. Its PEM is empty, and Text is the
// digest of the text.
type certificate struct {
	cas.Certificate
	Text string `json:"text,omitempty"`
}

// delta is the difference between two snapshots, as an update of the store.
type delta struct {
	from, to *snapshot
	nonces   []gateway.Nonce // the newest nonces
	before   nonceRange
	after    nonceRange
	texts    map[string]int // counts the certificates with a text before the update; read only
	more     map[string]int // the changes of these counts
}

// deltaTo returns the update that writes a snapshot.
func (k *persister) deltaTo(m *snapshot) *delta {
	c := &delta{from: k.saved, to: m, before: k.nonces, texts: k.texts, more: map[string]int{}}
	c.nonces, c.after.first, c.after.next = k.gate.NoncesSince(k.nonces.next)
	return c
}

// commit records that an update is on the disk.
func (k *persister) commit(c *delta) {
	k.saved, k.nonces = c.to, c.after
	for digest, more := range c.more {
		if k.texts[digest] += more; k.texts[digest] == 0 {
			delete(k.texts, digest)
		}
	}
}

// write writes the records that differ.
func (c *delta) write(tx *store.Tx) error {
	for _, p := range tableParts {
		if err := p.write(tx, c.from, c.to); err != nil {
			return err
		}
	}
	if err := c.writeCertificates(tx); err != nil {
		return err
	}
	if a := accountOf(c.to); a != accountOf(c.from) || tx.Empty(accountPart) {
		if err := put(tx, accountPart, table.Change[accountRecord]{Key: accountPart, Is: true}, a); err != nil {
			return err
		}
	}
	return c.writeNonces(tx)
}

func (c *delta) writeCertificates(tx *store.Tx) error {
	texts := map[string]string{}
	count := func(text string, more int) (digest string) {
		if digest = cas.ContentOf(text); digest != "" {
			texts[digest] = text
			c.more[digest] += more
		}
		return digest
	}
	for change := range c.from.state.CAS.Certificates.Diff(c.to.state.CAS.Certificates) {
		count(change.Before.PEM, -1)
		record := certificate{change.After, count(change.After.PEM, +1)}
		record.PEM = ""
		if err := put(tx, certificatePart, change, record); err != nil {
			return err
		}
	}
	for digest, more := range c.more {
		was, is := c.texts[digest] > 0, c.texts[digest]+more > 0
		if was == is {
			continue
		}
		if err := put(tx, textPart, table.Change[string]{Key: digest, Is: is}, texts[digest]); err != nil {
			return err
		}
	}
	return nil
}

func nonceKey(number uint64) string { return fmt.Sprintf("%016x", number) }

func (c *delta) writeNonces(tx *store.Tx) error {
	for number := c.before.first; number < min(c.after.first, c.before.next); number++ {
		if err := tx.Delete(noncePart, nonceKey(number)); err != nil {
			return err
		}
	}
	number := c.after.next - uint64(len(c.nonces))
	for i, n := range c.nonces {
		value, err := binary.Append(nil, binary.BigEndian, n)
		if err != nil {
			return err
		}
		if err := tx.Put(noncePart, nonceKey(number+uint64(i)), value); err != nil {
			return err
		}
	}
	return nil
}

// read reads the stored snapshot and nonces.
func (k *persister) read() error {
	m := &snapshot{}
	for _, p := range tableParts {
		if err := p.read(k.store, m); err != nil {
			return err
		}
	}
	var a accountRecord
	if err := k.store.Read(accountPart, func(_ string, value []byte) error { return strictly(value, &a) }); err != nil {
		return err
	}
	a.putInto(m)
	if err := k.readCertificates(m); err != nil {
		return err
	}
	k.saved = m
	return k.readNonces()
}

func (k *persister) readCertificates(m *snapshot) error {
	texts := map[string]*sharedText{}
	var d recordDecoder
	err := k.store.Read(textPart, func(digest string, value []byte) error {
		t := &sharedText{digest: digest}
		err := d.decode(value, &t.pem)
		texts[digest] = t
		return err
	})
	if err != nil {
		return err
	}
	var certificates table.Builder[cas.Certificate]
	err = k.store.Read(certificatePart, func(name string, value []byte) error {
		var c certificate
		if err := d.decode(value, &c); err != nil {
			return err
		}
		if c.Text != "" {
			t, known := texts[c.Text]
			if !known {
				return errors.New("the text of the certificate is missing")
			}
			k.texts[t.digest]++
			t.giveTo(&c.Certificate)
		}
		certificates.Add(name, c.Certificate)
		return nil
	})
	m.state.CAS.Certificates = certificates.Table()
	return err
}

// sharedText is the text of certificates, and what follows from it, which they share in memory.
type sharedText struct {
	digest, pem string
	leaf        validate.Leaf
}

// giveTo sets the text of a certificate.
func (t *sharedText) giveTo(c *cas.Certificate) {
	c.PEM = t.pem
	if c.Content == t.digest {
		c.Content = t.digest
	}
	if c.Leaf == t.leaf {
		c.Leaf = t.leaf
	} else {
		t.leaf = c.Leaf
	}
}

func (k *persister) readNonces() error {
	var nonces []gateway.Nonce
	err := k.store.Read(noncePart, func(key string, value []byte) error {
		number, err := strconv.ParseUint(key, 16, 64)
		if len(nonces) == 0 {
			k.nonces.first = number
		}
		var nonce gateway.Nonce
		if err != nil || number != k.nonces.first+uint64(len(nonces)) || len(value) != binary.Size(nonce) {
			return errors.New("the record is not a valid nonce")
		}
		if _, err := binary.Decode(value, binary.BigEndian, &nonce); err != nil {
			return err
		}
		nonces = append(nonces, nonce)
		return nil
	})
	k.nonces.next = k.nonces.first + uint64(len(nonces))
	k.gate.RestoreNonces(k.nonces.first, nonces)
	return err
}
