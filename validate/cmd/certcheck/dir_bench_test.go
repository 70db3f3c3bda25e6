package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"flag"
	"fmt"
	"io"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	dirPairs  = flag.Int("dir.pairs", 10_000, "how many pairs BenchmarkDir checks")
	dirRounds = flag.Int("dir.rounds", 7, "how often BenchmarkDir runs each command")
	dirIssuer = flag.String("dir.issuer", "RSA", "the `kind` of key that issues the certificates of BenchmarkDir: RSA, P-256, P-384, Ed25519, or own for that of each")
	dirBinary = flag.String("dir.binary", "", "the command that BenchmarkDir runs; one that it builds if none is given")
)

// BenchmarkDir compares runs of the command over a folder of 10,000 pairs, a folder each,
// with a program that loads them with tls.LoadX509KeyPair on two cores. They take turns,
// and the ratios are the medians of the rounds. Memory is the largest that was resident.
func BenchmarkDir(b *testing.B) {
	command := buildCommand(b)
	root := b.TempDir()
	makePairs(b, root, *dirPairs)
	runs := []struct {
		name string
		args []string
	}{
		{"load", []string{"load-pairs", root}},
		{"text", []string{command, "-dir", root}},
		{"json", []string{command, "-dir", root, "-format", "json"}},
		{"sarif", []string{command, "-dir", root, "-format", "sarif"}},
	}
	all := make([][]used, len(runs))
	for round := range *dirRounds + 1 {
		for i := range runs {
			at := (round + i) % len(runs)
			u := measured(b, runs[at].args)
			if round > 0 { // the first one fills the cache of the system
				all[at] = append(all[at], u)
			}
		}
	}
	for i, run := range runs {
		b.Run(run.name, func(b *testing.B) {
			for b.Loop() { // everything is measured already
			}
			var wall, cpu, memory []float64
			for round, u := range all[i] {
				wall = append(wall, float64(u.Wall)/float64(all[0][round].Wall))
				cpu = append(cpu, float64(u.CPU)/float64(all[0][round].CPU))
				memory = append(memory, float64(u.Memory)/(1<<20))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(wall), "wall/load")
			b.ReportMetric(median(cpu), "CPU/load")
			b.ReportMetric(slices.Max(memory), "MB")
			b.ReportMetric(all[i][len(all[i])/2].Wall.Seconds(), "s")
		})
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// buildCommand builds the command: the binary of a test is larger.
func buildCommand(b *testing.B) string {
	b.Helper()
	if *dirBinary != "" {
		return *dirBinary
	}
	path := filepath.Join(b.TempDir(), "certcheck")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		b.Skipf("go build: %v\n%s", err, out)
	}
	return path
}

// used is what a process took.
type used struct {
	Wall, CPU time.Duration
	Memory    int64 // bytes
}

// measured runs a command and returns what it took. Another process starts it: the memory
// of a process counts what that of its parent was when it started.
func measured(b *testing.B, args []string) (u used) {
	b.Helper()
	out, err := exec.Command("measure-run", args...).Output()
	if err == nil {
		err = json.Unmarshal(out, &u)
	}
	if err != nil {
		b.Fatalf("%q: %v, %s", args, err, out)
	}
	return u
}

// measureRun is the command that runs another, and writes what that took.
func measureRun() {
	command := exec.Command(os.Args[1], os.Args[2:]...)
	command.Stdout, command.Stderr = io.Discard, os.Stderr
	start := time.Now()
	if err := command.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	u := used{Wall: time.Since(start), CPU: command.ProcessState.UserTime() + command.ProcessState.SystemTime(), Memory: peakMemory(command.ProcessState)}
	_ = json.NewEncoder(os.Stdout).Encode(u)
}

// loadPairs is the command that loads the pairs of a folder on two cores.
func loadPairs() {
	runtime.GOMAXPROCS(2)
	root := os.Args[1]
	folders, err := os.ReadDir(root)
	if err != nil {
		panic(err)
	}
	var group sync.WaitGroup
	for worker := range 2 {
		group.Go(func() {
			for i := worker; i < len(folders); i += 2 {
				folder := filepath.Join(root, folders[i].Name())
				if _, err := tls.LoadX509KeyPair(filepath.Join(folder, "fullchain.pem"), filepath.Join(folder, "privkey.pem")); err != nil {
					panic(err)
				}
			}
		})
	}
	group.Wait()
}

// pairMaker makes pairs, each with a key of its own.
type pairMaker struct {
	primes  []*big.Int
	issuers map[string]issuer // by the kind of key
}

type issuer struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// makePairs makes n pairs, a folder each: chains of two, of ten keys four of RSA-2048, four
// of P-256, one of P-384 and one of Ed25519.
func makePairs(tb testing.TB, root string, n int) {
	tb.Helper()
	m := pairMaker{issuers: make(map[string]issuer)}
	for products := -1; products < (n+len(kinds))*4/len(kinds); {
		prime, err := rand.Prime(rand.Reader, 1024)
		if err != nil {
			tb.Fatal(err)
		}
		products += len(m.primes)
		m.primes = append(m.primes, prime)
	}
	for _, kind := range kinds {
		if _, done := m.issuers[kind]; !done {
			rootKey, key := m.key(tb, kind, n), m.key(tb, kind, n+3)
			root := issuer{m.certificate(tb, "Root "+kind, rootKey, issuer{nil, rootKey}), rootKey}
			m.issuers[kind] = issuer{m.certificate(tb, "Issuing CA "+kind, key, root), key}
		}
	}
	var group sync.WaitGroup
	for worker := range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := worker; i < n; i += runtime.GOMAXPROCS(0) {
				m.write(tb, root, i)
			}
		})
	}
	group.Wait()
}

var kinds = [...]string{"RSA", "P-256", "RSA", "P-256", "P-384", "RSA", "P-256", "RSA", "P-256", "Ed25519"}

func (m *pairMaker) write(tb testing.TB, root string, i int) {
	tb.Helper()
	kind, name := kinds[i%len(kinds)], fmt.Sprintf("site%05d.example.com", i)
	by := m.issuers[*dirIssuer]
	if *dirIssuer == "own" {
		by = m.issuers[kind]
	}
	folder := filepath.Join(root, name)
	key := m.key(tb, kind, i)
	leaf := m.certificate(tb, name, key, by)
	chain := slices.Concat(pemBlock("CERTIFICATE", leaf.Raw), pemBlock("CERTIFICATE", by.cert.Raw))
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err == nil {
		writeFile(tb, filepath.Join(folder, "fullchain.pem"), string(chain))
		writeFile(tb, filepath.Join(folder, "privkey.pem"), string(pemBlock("PRIVATE KEY", der)))
		return
	}
	tb.Error(err)
}

func pemBlock(label string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
}

// key makes a key. Those of RSA have two of the primes, another two for each i below the
// number of their products, because to find primes takes long.
func (m *pairMaker) key(tb testing.TB, kind string, i int) (key crypto.Signer) {
	tb.Helper()
	var err error
	switch kind {
	case "RSA":
		nth := i * 4 / len(kinds)
		one := big.NewInt(1)
		p, q := m.pairOfPrimes(nth)
		k := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: 65537}, Primes: []*big.Int{p, q}}
		k.D = new(big.Int).ModInverse(big.NewInt(65537), new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)))
		k.Precompute()
		err, key = k.Validate(), k
	case "P-256":
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "P-384":
		key, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	default:
		_, key, err = ed25519.GenerateKey(rand.Reader)
	}
	if err != nil {
		tb.Error(err)
	}
	return key
}

// pairOfPrimes returns the nth pair of different primes.
func (m *pairMaker) pairOfPrimes(n int) (p, q *big.Int) {
	for second := 1; ; second++ {
		if n < second {
			return m.primes[second], m.primes[n]
		}
		n -= second
	}
}

// certificate makes that of a server, or without an issuer a root, and for another name
// than that of a host one of a CA.
func (m *pairMaker) certificate(tb testing.TB, name string, key crypto.Signer, by issuer) *x509.Certificate {
	tb.Helper()
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	t := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name}, KeyUsage: x509.KeyUsageDigitalSignature, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour),
	}
	if by.cert == nil {
		by.cert = t
	}
	if strings.Contains(name, ".") {
		t.DNSNames, t.ExtKeyUsage = []string{name, "www." + name}, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	} else {
		t.IsCA, t.KeyUsage = true, x509.KeyUsageCertSign|x509.KeyUsageCRLSign
	}
	if err != nil {
		tb.Error(err)
		return nil
	}
	der, err := x509.CreateCertificate(rand.Reader, t, by.cert, key.Public(), by.key)
	if err != nil {
		tb.Error(err)
		return nil
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Error(err)
	}
	return cert
}
