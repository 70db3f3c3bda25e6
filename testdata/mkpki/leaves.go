package main

import (
	"crypto/x509"
	"fmt"
	"net"
	"time"

	"go.step.sm/crypto/x509util"
)

// variant is a certificate for the P-256 leaf key that differs in one property from the
// ordinary leaf for www.example.com.
type variant struct {
	name       string
	serial     int64
	selfSigned bool
	change     func(*x509.Certificate)
}

// makeVariants issues the certificates with the P-256 issuing CA.
func (g *generator) makeVariants(dir string, variants []variant) error {
	h := g.hierarchies["p256"]
	for _, v := range variants {
		name := dir + "/" + v.name
		template, err := g.leafTemplate(v.serial, name, "www.example.com", "www.example.com")
		if err != nil {
			return err
		}
		if v.change != nil {
			v.change(template)
		}
		var cert *x509.Certificate
		if v.selfSigned {
			cert, err = selfSign(template, h.leafKey)
		} else {
			cert, err = h.issue(template, h.leafKey.Public())
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := g.addCerts(name, cert); err != nil {
			return err
		}
	}
	return nil
}

// makeValidity makes certificates that are expired, not yet valid, or of a short period.
func (g *generator) makeValidity() error {
	period := func(from, to time.Time) func(*x509.Certificate) {
		return func(t *x509.Certificate) { t.NotBefore, t.NotAfter = from, to }
	}
	date := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	return g.makeVariants("validity", []variant{
		{name: "expired.pem", serial: 1101, change: period(date(2020, 1, 1), date(2021, 1, 1))},
		{name: "not-yet.pem", serial: 1102, change: period(date(2048, 1, 1), date(2049, 1, 1))},
		{name: "short.pem", serial: 1103, change: period(date(2026, 1, 1), date(2026, 3, 31))},
	})
}

// makeNames makes the certificates with unusual names.
func (g *generator) makeNames() error {
	idn, err := x509util.SanitizeName("中国.example")
	if err != nil {
		return err
	}
	return g.makeVariants("names", []variant{
		{name: "idn.pem", serial: 1201, change: func(t *x509.Certificate) {
			t.Subject.CommonName = idn
			t.DNSNames = []string{idn}
		}},
		{name: "no-san.pem", serial: 1202, change: func(t *x509.Certificate) {
			t.DNSNames = nil
		}},
		{name: "ip.pem", serial: 1203, change: func(t *x509.Certificate) {
			t.Subject.CommonName = "192.0.2.1"
			t.DNSNames = nil
			t.IPAddresses = []net.IP{net.IPv4(192, 0, 2, 1)}
		}},
		// Escape sequences, which a terminal would execute.
		{name: "escape.pem", serial: 1204, change: func(t *x509.Certificate) {
			t.Subject.CommonName = "\x1b[31mred\x1b[0m"
		}},
	})
}
