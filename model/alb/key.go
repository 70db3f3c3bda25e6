package alb

import (
	"encoding/binary"

	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// Key returns the canonical text of a state, for telling states apart while
// exploring: two states are the same if and only if their keys are. It is not
// meant for reading. Of certificates it has the digests of leaf and text; the
// centre's indices follow from its certificates and are left out.
func Key(s State) string {
	b := make([]byte, 0, 1024)
	b = appendNumber(b, s.LoadBalancers.Len())
	for id, lb := range s.LoadBalancers.All() {
		b = appendBit(appendText(appendText(b, id), string(lb.Edition)), lb.Forbidden)
		b = appendNumber(appendNumber(b, lb.Quota), lb.Associations)
	}
	b = appendNumber(b, s.Listeners.Len())
	for id, l := range s.Listeners.All() {
		b = appendText(appendText(appendText(b, id), l.LoadBalancer), string(l.Protocol))
		b = appendText(appendText(appendText(b, string(l.Status)), l.Default), l.Job)
		b = appendNumber(b, l.Port)
	}
	b = appendNumber(b, s.Associations.Len())
	for key, a := range s.Associations.All() {
		b = appendText(appendText(appendText(b, key), string(a.Status)), a.Job)
	}
	b = appendNumber(b, s.Tokens.Len())
	for key, t := range s.Tokens.All() {
		b = appendText(appendText(appendText(appendText(b, key), t.Parameters), t.RequestID), t.JobID)
	}
	return string(appendCentre(appendJobs(b, s), s.Centre))
}

func appendJobs(b []byte, s State) []byte {
	b = appendNumber(b, s.Jobs.Len())
	for id, j := range s.Jobs.All() {
		b = appendText(appendText(appendText(b, id), j.Operation), j.Listener)
		b = appendText(appendText(b, string(j.Status)), j.Default)
	}
	b = appendNumber(appendNumber(b, s.Ended), s.Finished.Len())
	for _, id := range s.Finished.All() {
		b = appendText(b, id)
	}
	return b
}

func appendCentre(b []byte, s centre.State) []byte {
	b = appendNumber(appendNumber(b, s.Numbered), s.Certificates.Len())
	for name, c := range s.Certificates.All() {
		b = appendText(appendText(b, name), c.ID)
		b = appendText(appendText(b, string(c.Source)), string(c.Status))
		b = appendLeaf(appendText(b, c.Content), c.Leaf)
		b = appendBit(appendBit(appendBit(b, c.NotServer), c.KeyStored), c.Locked)
		b = appendNumber(appendNumber(b, c.Domains), c.Listeners)
	}
	return b
}

// appendLeaf appends what identifies a leaf: its fingerprint, or all there is
// where somebody made one up without.
func appendLeaf(b []byte, l validate.Leaf) []byte {
	if b = appendText(b, l.SHA256); l.SHA256 != "" {
		return b
	}
	b = appendText(appendText(appendText(appendText(b, l.Key), l.Name), l.Names), l.Serial)
	return binary.AppendVarint(binary.AppendVarint(b, l.NotBefore), l.NotAfter)
}

// appendText appends a text after its length, so that no two sequences of texts
// run into the same bytes.
func appendText(b []byte, text string) []byte { return append(appendNumber(b, len(text)), text...) }

func appendNumber(b []byte, n int) []byte { return binary.AppendVarint(b, int64(n)) }

func appendBit(b []byte, bit bool) []byte {
	if bit {
		return append(b, 1)
	}
	return append(b, 0)
}
