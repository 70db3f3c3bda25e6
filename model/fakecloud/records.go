package fakecloud

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/model/fakecloud/internal/store"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/model/world"
)

// The parts of the store that are no tables of a moment as they are.
const (
	accountPart     = "account"      // one record: what is not in a table
	certificatePart = "certificates" // without their texts
	textPart        = "texts"        // of certificates, each once, by its digest
	noncePart       = "nonces"       // by their numbers
)

// tablePart is a part of the store that is a table of a moment.
type tablePart struct {
	name  string
	read  func(*store.Store, *moment) error
	write func(tx *store.Tx, from, to *moment) error
}

var tableParts = []tablePart{
	partOf("domains", func(m *moment) *table.Table[cdn.Domain] { return &m.state.CDN.Domains }),
	partOf("ids", func(m *moment) *table.Table[string] { return &m.state.CDN.Centre.IDs }),
	partOf("leaves", func(m *moment) *table.Table[bool] { return &m.state.CDN.Centre.Leaves }),
	partOf("loadBalancers", func(m *moment) *table.Table[alb.LoadBalancer] { return &m.state.ALB.LoadBalancers }),
	partOf("listeners", func(m *moment) *table.Table[alb.Listener] { return &m.state.ALB.Listeners }),
	partOf("associations", func(m *moment) *table.Table[alb.Association] { return &m.state.ALB.Associations }),
	partOf("tokens", func(m *moment) *table.Table[alb.Token] { return &m.state.ALB.Tokens }),
	partOf("jobs", func(m *moment) *table.Table[alb.Job] { return &m.state.ALB.Jobs }),
	partOf("finished", func(m *moment) *table.Table[string] { return &m.state.ALB.Finished }),
	partOf("jobTimes", func(m *moment) *table.Table[jobTimes] { return &m.times.Jobs }),
	partOf("domainTimes", func(m *moment) *table.Table[int64] { return &m.times.Domains }),
	partOf("tokenOrder", func(m *moment) *table.Table[string] { return &m.times.Tokens }),
}

func partNames() []string {
	names := []string{accountPart, certificatePart, textPart, noncePart}
	for _, p := range tableParts {
		names = append(names, p.name)
	}
	return names
}

// partOf returns the part of a table: each of its records is one of the store.
func partOf[V comparable](name string, of func(*moment) *table.Table[V]) tablePart {
	return tablePart{
		name: name,
		read: func(s *store.Store, m *moment) error {
			t := of(m)
			return s.Read(name, func(key string, value []byte) error {
				var v V
				err := strictly(value, &v)
				*t = t.Set(key, v)
				return err
			})
		},
		write: func(tx *store.Tx, from, to *moment) error {
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

// account is what of a moment is in no table.
type account struct {
	Suspended bool `json:"suspended"`
	Numbered  int  `json:"numbered"`
	Ended     int  `json:"ended"`
	Used      int  `json:"used"`
}

func accountOf(m *moment) account {
	return account{m.state.CDN.Suspended, m.state.CDN.Centre.Numbered, m.state.ALB.Ended, m.times.Used}
}

func (a account) putInto(m *moment) {
	m.state.CDN.Suspended, m.state.CDN.Centre.Numbered, m.state.ALB.Ended, m.times.Used = a.Suspended, a.Numbered, a.Ended, a.Used
}

// certificate is a certificate as it is kept: its PEM is empty, and Text the digest
// of it.
type certificate struct {
	centre.Certificate
	Text string `json:"text,omitempty"`
}

// toKeep is what is to be kept to come from one moment to another.
type toKeep struct {
	from, to *moment
	nonces   []gateway.Nonce // the last ones
	were     noncesKept
	are      noncesKept
	texts    map[string]int // how many certificates have a text; not to be changed
	more     map[string]int // how many more have it then
}

// changeTo returns what is to be kept to come to a moment.
func (k *keeper) changeTo(m *moment) *toKeep {
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
		if err := put(tx, accountPart, table.Change[account]{Key: accountPart, Is: true}, a); err != nil {
			return err
		}
	}
	return c.writeNonces(tx)
}

func (c *toKeep) writeCertificates(tx *store.Tx) error {
	texts := map[string]string{}
	count := func(text string, more int) (digest string) {
		if digest = centre.ContentOf(text); digest != "" {
			texts[digest] = text
			c.more[digest] += more
		}
		return digest
	}
	for change := range c.from.state.CDN.Centre.Certificates.Diff(c.to.state.CDN.Centre.Certificates) {
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

// read reads the moment that is kept, with its nonces.
func (k *keeper) read() error {
	m := &moment{}
	for _, p := range tableParts {
		if err := p.read(k.store, m); err != nil {
			return err
		}
	}
	var a account
	if err := k.store.Read(accountPart, func(_ string, value []byte) error { return strictly(value, &a) }); err != nil {
		return err
	}
	a.putInto(m)
	if err := k.readCertificates(m); err != nil {
		return err
	}
	m.state = world.Machine{Initial: m.state}.Init()
	k.kept = m
	return k.readNonces()
}

func (k *keeper) readCertificates(m *moment) error {
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
		m.state.CDN.Centre.Certificates = m.state.CDN.Centre.Certificates.Set(name, c.Certificate)
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
