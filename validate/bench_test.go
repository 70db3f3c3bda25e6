package validate_test

import (
	"crypto/tls"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// BenchmarkPair compares one check with what a program would call instead,
// tls.X509KeyPair, on the same texts. Compare within one run only.
func BenchmarkPair(b *testing.B) {
	for _, folder := range []string{"rsa2048", "rsa4096", "p256", "p384", "ed25519"} {
		for _, form := range []struct{ name, file string }{{"leaf", "leaf.pem"}, {"chain3", "chain3.pem"}} {
			cert, key := pkiFile(b, folder+"/"+form.file), pkiFile(b, folder+"/key.pem")
			req := &validate.CDNRequest{
				DomainName: "www.example.com", Status: "on", Certificate: cert, PrivateKey: validate.NewSecret(key),
			}
			opts := validate.Options{Now: inPeriod}
			b.Run(folder+"/"+form.name, func(b *testing.B) {
				b.Run("verdict", func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if err := validate.Verdict(req, opts); err != nil {
							b.Fatal(err)
						}
					}
				})
				b.Run("summary", func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if s := validate.Summarize(req, opts); !s.Accepted() {
							b.Fatal(s.Verdict)
						}
					}
				})
				b.Run("report", func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if err := validate.Check(req, opts).Err(); err != nil {
							b.Fatal(err)
						}
					}
				})
				b.Run("X509KeyPair", func(b *testing.B) {
					b.ReportAllocs()
					certBytes, keyBytes := []byte(cert), []byte(key)
					for b.Loop() {
						if _, err := tls.X509KeyPair(certBytes, keyBytes); err != nil {
							b.Fatal(err)
						}
					}
				})
			})
		}
	}
}

// BenchmarkRefused is the cost of saying no: it must not depend on what follows
// the reason.
func BenchmarkRefused(b *testing.B) {
	leaf, key := pkiFile(b, "rsa2048/leaf.pem"), pkiFile(b, "p256/key.pem")
	tail := func(text string, size int) string { return strings.Repeat(text, max(1, size/len(text))) }
	refused := []struct {
		name string
		edit func(*input)
	}{
		{"certificate/64KiB+1", cert(strings.Repeat("A", 64<<10+1))},
		{"certificate/16MiB", cert(strings.Repeat("A", 16<<20))},
		{"key/16KiB+1", privateKey(strings.Repeat("A", 16<<10+1))},
		{"name/129", certName(strings.Repeat("证", 129))},
		{"name/1MiB", certName(strings.Repeat("证", 1<<20/3))},
		{"domain/254", domain(strings.Repeat("a.", 126) + "aa")},
		{"damagedCertificate/1KB", cert(damageBegin(b, leaf) + tail(leaf, 1<<10))},
		{"damagedCertificate/60KB", cert(damageBegin(b, leaf) + tail(leaf, 60<<10))},
		{"damagedKey/1KB", privateKey(damageBegin(b, key) + tail(leaf, 1<<10))},
		{"damagedKey/14KB", privateKey(damageBegin(b, key) + tail(leaf, 14<<10))},
		{"mismatch/p256", privateKey(pkiFile(b, "p256/other-key.pem"))},
		{"mismatch/p384", all(cert(pkiFile(b, "p384/leaf.pem")), privateKey(pkiFile(b, "p384/other-key.pem")))},
		{"mismatch/ed25519", all(cert(pkiFile(b, "ed25519/leaf.pem")), privateKey(pkiFile(b, "ed25519/other-key.pem")))},
		{"mismatch/rsa2048", all(cert(leaf), privateKey(pkiFile(b, "rsa2048/other-key.pem")))},
		{"encrypted", all(cert(leaf), privateKey(pkiFile(b, "encrypted/pkcs8-huge-iterations.pem")))},
	}
	for _, r := range refused {
		in := soundInput(b, errcodes.SetDomainServerCertificate)
		r.edit(in)
		b.Run(r.name+"/verdict", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if in.verdict() == nil {
					b.Fatal("accepted")
				}
			}
		})
		b.Run(r.name+"/report", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if in.report().Err() == nil {
					b.Fatal("accepted")
				}
			}
		})
		b.Run(r.name+"/X509KeyPair", func(b *testing.B) {
			b.ReportAllocs()
			certBytes, keyBytes := []byte(in.cdn.Certificate), []byte(in.cdn.PrivateKey.Reveal())
			for b.Loop() {
				_, _ = tls.X509KeyPair(certBytes, keyBytes)
			}
		})
	}
}
