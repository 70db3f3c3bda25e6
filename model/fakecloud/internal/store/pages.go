//go:build !(js || wasip1 || plan9)

package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"os"
)

// The layout of bbolt's file. Numbers are in the byte order of the machine.
const (
	pageHeader = 16 // id, flags (2 bytes), number of elements (2), number of overflow pages (4)
	element    = 16 // of a leaf: flags, position, length of key and value; of a branch: position, length of the key, page
	metaSize   = 64 // with its checksum, after the page header

	branchPage   = 0x01
	leafPage     = 0x02
	metaPage     = 0x04
	freelistPage = 0x10

	bucketElement = 0x01
	bucketHeader  = 16 // page, sequence

	magic   = 0xED0CDAED
	version = 2
)

var order = binary.NativeEndian

// meta is the content of a header page.
type meta struct {
	pageSize                       uint32
	root, freelist, pages, transID uint64
}

// pageChecker checks the pages of a file.
type pageChecker struct {
	file *os.File
	meta
	seen []bool // pages that are in use or in the free list
}

// checkPages returns an error if the pages of a file are damaged. bbolt trusts them:
// damaged pages can make it panic, fault, loop forever or overwrite other data. In a
// valid file each page is reachable from the root exactly once or is free, and no element
// reaches beyond its page.
//
// bbolt has two header pages, which it writes in turn. If one of them is damaged, it uses
// the other one and loses the last change without a message. A killed process damages
// neither of them.
func checkPages(name string) (err error) {
	f, err := os.Open(name) //nolint:gosec // a file of the folder that the user names
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	c := &pageChecker{file: f}
	if err := c.check(); err != nil {
		return damaged("%v", err)
	}
	return nil
}

func (c *pageChecker) check() error {
	if err := c.readMeta(); err != nil {
		return err
	}
	info, err := c.file.Stat()
	if err != nil {
		return err
	}
	if c.pages > math.MaxInt64/uint64(c.pageSize) || info.Size() < c.offset(c.pages) {
		return fmt.Errorf("it has %d bytes instead of the %d pages of %d bytes that were written", info.Size(), c.pages, c.pageSize)
	}
	c.seen = make([]bool, c.pages)
	if err := c.tree(c.root, nil, nil); err != nil {
		return err
	}
	if err := c.checkFreelist(); err != nil {
		return err
	}
	for id := uint64(2); id < c.pages; id++ {
		if !c.seen[id] {
			return fmt.Errorf("page %d is neither in use nor free", id)
		}
	}
	return nil
}

// readMeta reads the header pages. Both must be valid, and one must be a transaction
// ahead of the other.
func (c *pageChecker) readMeta() error {
	first, err := c.readMetaAt(0, 0)
	if err != nil {
		return err
	}
	second, err := c.readMetaAt(1, int64(first.pageSize))
	if err != nil {
		return err
	}
	switch {
	case first.pageSize != second.pageSize || first.pageSize < 512:
		return errors.New("the header pages contradict each other")
	case first.transID == second.transID+1:
		c.meta = first
	case second.transID == first.transID+1:
		c.meta = second
	default:
		return fmt.Errorf("the header pages have the transactions %d and %d, which are not consecutive", first.transID, second.transID)
	}
	return nil
}

func (c *pageChecker) readMetaAt(id uint64, at int64) (meta, error) {
	var b [pageHeader + metaSize]byte
	if _, err := c.file.ReadAt(b[:], at); err != nil {
		return meta{}, fmt.Errorf("header page %d: %w", id, err)
	}
	m, sum := b[pageHeader:], fnv.New64a()
	_, _ = sum.Write(m[:metaSize-8]) // never fails
	if order.Uint64(b[:]) != id || order.Uint16(b[8:]) != metaPage || order.Uint32(m) != magic || order.Uint32(m[4:]) != version || order.Uint64(m[metaSize-8:]) != sum.Sum64() {
		return meta{}, fmt.Errorf("header page %d is not valid", id)
	}
	return meta{order.Uint32(m[8:]), order.Uint64(m[16:]), order.Uint64(m[32:]), order.Uint64(m[40:]), order.Uint64(m[48:])}, nil
}

// page returns a page with its overflow pages, and notes them as seen.
func (c *pageChecker) page(id uint64) ([]byte, error) {
	if id < 2 || id >= c.pages {
		return nil, fmt.Errorf("page %d does not exist", id)
	}
	var header [pageHeader]byte
	if _, err := c.file.ReadAt(header[:], c.offset(id)); err != nil {
		return nil, err
	}
	last := id + uint64(order.Uint32(header[12:]))
	if order.Uint64(header[:]) != id || last >= c.pages {
		return nil, fmt.Errorf("page %d has a wrong header", id)
	}
	for i := id; i <= last; i++ {
		if err := c.note(i); err != nil {
			return nil, err
		}
	}
	page := make([]byte, (last-id+1)*uint64(c.pageSize))
	_, err := c.file.ReadAt(page, c.offset(id))
	return page, err
}

// offset returns the position of a page in the file.
func (c *pageChecker) offset(id uint64) int64 {
	return int64(id * uint64(c.pageSize)) //nolint:gosec // check limits the number of pages
}

func (c *pageChecker) note(id uint64) error {
	if id < 2 || id >= c.pages || c.seen[id] {
		return fmt.Errorf("page %d is used twice or does not exist", id)
	}
	c.seen[id] = true
	return nil
}

// tree checks the tree below a page. Its keys must be at least low and below high; nil
// means no limit.
func (c *pageChecker) tree(id uint64, low, high []byte) error {
	page, err := c.page(id)
	if err != nil {
		return err
	}
	switch order.Uint16(page[8:]) {
	case leafPage:
		return c.leaf(id, page, low, high)
	case branchPage:
		return c.branch(id, page, low, high)
	default:
		return fmt.Errorf("page %d has a wrong type", id)
	}
}

func (c *pageChecker) branch(id uint64, page, low, high []byte) error {
	n := uint64(order.Uint16(page[10:]))
	if n == 0 {
		return fmt.Errorf("page %d is an empty branch", id)
	}
	keys, kids := make([][]byte, n+1), make([]uint64, n)
	keys[n] = high
	for i := range n {
		at := pageHeader + i*element
		if at+element > uint64(len(page)) {
			return fmt.Errorf("page %d has more elements than room", id)
		}
		e := page[at:]
		key, err := slice(page, n, at, order.Uint32(e), uint64(order.Uint32(e[4:])))
		if err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
		keys[i], kids[i] = key, order.Uint64(e[8:])
		if err := ordered(keys[:n], i, low, high); err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
	}
	for i, kid := range kids {
		if err := c.tree(kid, keys[i], keys[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// leaf checks a leaf page and the buckets in it.
func (c *pageChecker) leaf(id uint64, page, low, high []byte) error {
	n := uint64(order.Uint16(page[10:]))
	keys := make([][]byte, n)
	for i := range n {
		at := pageHeader + i*element
		if at+element > uint64(len(page)) {
			return fmt.Errorf("page %d has more elements than room", id)
		}
		e := page[at:]
		keySize, valueSize := order.Uint32(e[8:]), order.Uint32(e[12:])
		both, err := slice(page, n, at, order.Uint32(e[4:]), uint64(keySize)+uint64(valueSize))
		if err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
		keys[i] = both[:keySize]
		if err := ordered(keys, i, low, high); err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
		switch flags := order.Uint32(e); {
		case flags == bucketElement && id != 0:
			if err := c.bucket(both[keySize:]); err != nil {
				return err
			}
		case flags != 0:
			return fmt.Errorf("page %d has an element of a wrong type", id)
		}
	}
	return nil
}

// bucket checks a bucket, which has a root page or is a leaf in its own value.
func (c *pageChecker) bucket(value []byte) error {
	if len(value) < bucketHeader {
		return errors.New("a bucket is too short")
	}
	if root := order.Uint64(value); root != 0 {
		return c.tree(root, nil, nil)
	}
	inline := value[bucketHeader:]
	if len(inline) < pageHeader || order.Uint16(inline[8:]) != leafPage {
		return errors.New("a bucket has a wrong header")
	}
	return c.leaf(0, inline, nil, nil)
}

// slice returns the bytes that an element of a page with n elements points to. They must
// be after all elements and within the page.
func slice(page []byte, n, at uint64, position uint32, size uint64) ([]byte, error) {
	from := at + uint64(position)
	if from < pageHeader+n*element || from+size > uint64(len(page)) {
		return nil, errors.New("an element reaches beyond its page")
	}
	return page[from : from+size], nil
}

// ordered returns an error if the key at index i is out of order.
func ordered(keys [][]byte, i uint64, low, high []byte) error {
	key := keys[i]
	if low != nil && bytes.Compare(key, low) < 0 || high != nil && bytes.Compare(key, high) >= 0 || i > 0 && bytes.Compare(keys[i-1], key) >= 0 {
		return fmt.Errorf("the key %q is out of order", key)
	}
	return nil
}

// checkFreelist checks the list of free pages.
func (c *pageChecker) checkFreelist() error {
	page, err := c.page(c.freelist)
	if err != nil {
		return err
	}
	if order.Uint16(page[8:]) != freelistPage {
		return fmt.Errorf("page %d has a wrong type", c.freelist)
	}
	n, list := uint64(order.Uint16(page[10:])), page[pageHeader:]
	if n == math.MaxUint16 { // the count does not fit into the header
		n, list = order.Uint64(list), list[8:]
	}
	if n > uint64(len(list)/8) {
		return fmt.Errorf("page %d has more elements than room", c.freelist)
	}
	for i := range n {
		if err := c.note(order.Uint64(list[8*i:])); err != nil {
			return err
		}
	}
	return nil
}
