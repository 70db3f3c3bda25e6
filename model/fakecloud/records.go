package fakecloud

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/model/fakecloud/internal/store"
	"github.com/alicert/alicert/model/table"
)

// The parts of the store that are no tables of a snapshot as they are.
const (
	accountPart     = "account"      // one record: what is not in a table
	certificatePart = "certificates" // without their texts
	textPart        = "texts"        // of certificates, each once, by its digest
	noncePart       = "nonces"       // by their numbers
)

// tablePart is a part of the store that is a table of a snapshot.
type tablePart struct {
	name  string
	read  func(*store.Store, *snapshot) error
	write func(tx *store.Tx, from, to *snapshot) error
}

var tableParts = []tablePart{
	partOf("domains", func(m *snapshot) *table.Table[cdn.Domain] { return &m.state.CDN.Domains }),
	partOf("ids", func(m *snapshot) *table.Table[string] { return &m.state.CAS.IDs }),
	partOf("leaves", func(m *snapshot) *table.Table[bool] { return &m.state.CAS.Leaves }),
	partOf("loadBalancers", func(m *snapshot) *table.Table[alb.LoadBalancer] { return &m.state.ALB.LoadBalancers }),
	partOf("listeners", func(m *snapshot) *table.Table[alb.Listener] { return &m.state.ALB.Listeners }),
	partOf("associations", func(m *snapshot) *table.Table[alb.Association] { return &m.state.ALB.Associations }),
	partOf("tokens", func(m *snapshot) *table.Table[alb.Token] { return &m.state.ALB.Tokens }),
	partOf("jobs", func(m *snapshot) *table.Table[alb.Job] { return &m.state.ALB.Jobs }),
	partOf("finished", func(m *snapshot) *table.Table[string] { return &m.state.ALB.Finished }),
	partOf("usedTokens", func(m *snapshot) *table.Table[string] { return &m.state.ALB.Used }),
}

func partNames() []string {
	names := []string{accountPart, certificatePart, textPart, noncePart}
	for _, p := range tableParts {
		names = append(names, p.name)
	}
	return names
}

// partOf returns the part of a table: each of its records is one of the store.
func partOf[V comparable](name string, of func(*snapshot) *table.Table[V]) tablePart {
	return tablePart{
		name: name,
		read: func(s *store.Store, m *snapshot) error {
			t := of(m)
			return s.Read(name, func(key string, value []byte) error {
				var v V
				err := strictly(value, &v)
				*t = t.Set(key, v)
				return err
			})
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

// put writes one change of a part. record is what stands for the value after it.
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

// accountRecord is what of a snapshot is in no table.
type accountRecord struct {
	Suspended bool `json:"suspended"`
	Numbered  int  `json:"numbered"`
	Ended     int  `json:"ended"`
}

func accountOf(m *snapshot) accountRecord {
	return accountRecord{m.state.CDN.Suspended, m.state.CAS.Numbered, m.state.ALB.Ended}
}

func (a accountRecord) putInto(m *snapshot) {
	m.state.CDN.Suspended, m.state.CAS.Numbered, m.state.ALB.Ended = a.Suspended, a.Numbered, a.Ended
}

// certificate is a certificate as it is kept: its PEM is empty, and Text the digest
// of it.
type certificate struct {
	cas.Certificate
	Text string `json:"text,omitempty"`
}

// toKeep is what is to be kept to come from one snapshot to another.
type toKeep struct {
	from, to *snapshot
	nonces   []gateway.Nonce // the last ones
	were     noncesKept
	are      noncesKept
	texts    map[string]int // how many certificates have a text; not to be changed
	more     map[string]int // how many more have it then
}

// changeTo returns what is to be kept to come to a snapshot.
func (k *keeper) changeTo(m *snapshot) *toKeep {
	c := &toKeep{from: k.kept, to: m, were: k.nonces, texts: k.texts, more: map[string]int{}}
	c.nonces, c.are.first, c.are.next = k.gate.NoncesSince(k.nonces.next)
	return c
}

// take notes that a change is kept.
func (k *keeper) take(c *toKeep) {
	k.kept, k.nonces = c.to, c.are
	for digest, more := range c.more {
		if k.texts[digest] += more; k.texts[digest] == 0 {
			delete(k.texts, digest)
		}
	}
}

// write writes the records that differ.
func (c *toKeep) write(tx *store.Tx) error {
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

func (c *toKeep) writeCertificates(tx *store.Tx) error {
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

func (c *toKeep) writeNonces(tx *store.Tx) error {
	for number := c.were.first; number < min(c.are.first, c.were.next); number++ {
		if err := tx.Delete(noncePart, nonceKey(number)); err != nil {
			return err
		}
	}
	number := c.are.next - uint64(len(c.nonces))
	for i, n := range c.nonces {
		value := binary.BigEndian.AppendUint64(n.ID[:], uint64(n.Until))
		if err := tx.Put(noncePart, nonceKey(number+uint64(i)), value); err != nil {
			return err
		}
	}
	return nil
}

// read reads the snapshot that is kept, with its nonces.
func (k *keeper) read() error {
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
	k.kept = m
	return k.readNonces()
}

func (k *keeper) readCertificates(m *snapshot) error {
	texts := map[string]string{}
	err := k.store.Read(textPart, func(digest string, value []byte) error {
		var text string
		err := strictly(value, &text)
		texts[digest] = text
		return err
	})
	if err != nil {
		return err
	}
	return k.store.Read(certificatePart, func(name string, value []byte) error {
		var c certificate
		if err := strictly(value, &c); err != nil {
			return err
		}
		if c.Text != "" {
			text, known := texts[c.Text]
			if !known {
				return errors.New("its text is missing")
			}
			c.PEM = text
			k.texts[c.Text]++
		}
		m.state.CAS.Certificates = m.state.CAS.Certificates.Set(name, c.Certificate)
		return nil
	})
}

func (k *keeper) readNonces() error {
	var nonces []gateway.Nonce
	err := k.store.Read(noncePart, func(key string, value []byte) error {
		number, err := strconv.ParseUint(key, 16, 64)
		if len(nonces) == 0 {
			k.nonces.first = number
		}
		if err != nil || number != k.nonces.first+uint64(len(nonces)) || len(value) != len(gateway.Nonce{}.ID)+8 {
			return errors.New("it is no nonce")
		}
		id := [16]byte(value)
		nonces = append(nonces, gateway.Nonce{ID: id, Until: int64(binary.BigEndian.Uint64(value[len(id):]))})
		return nil
	})
	k.nonces.next = k.nonces.first + uint64(len(nonces))
	k.gate.RestoreNonces(k.nonces.first, nonces)
	return err
}
