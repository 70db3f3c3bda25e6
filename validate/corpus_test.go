package validate_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/alicert/alicert/validate"
)

// The corpus is some nine thousand certificate and key files that other projects
// test with, each with labels that say what OpenSSL and Go make of it. It is not
// part of this repository; without it these tests are skipped.

var corpusUpdate = flag.Bool("corpus.update", false, "write the numbers of the corpus tests to CORPUS.md")

// noLimits checks as the service does, but for length: what is compared here is
// how texts are read, and no text is too long for the readers it is compared with.
var noLimits = validate.Options{CertificateLimit: -1, PrivateKeyLimit: -1}

// corpusFile is one file with its labels, as far as they are looked at.
type corpusFile struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"`
	Format    string `json:"format"`
	Encrypted bool   `json:"encrypted"`

	OpenSSL struct {
		UseChain string `json:"use_chain_file_L0"`
		UseKey   string `json:"use_PrivateKey_file"`
		Pkey     string `json:"pkey"`
	} `json:"openssl"`

	Cert struct { // the first certificate, as OpenSSL prints it
		SHA256    string `json:"sha256"`
		KeyType   string `json:"key_type"`
		SSLServer string `json:"ssl_server"`
	} `json:"cert"`

	Key struct { // as OpenSSL prints it
		Type  string `json:"key_type"`
		Bits  int    `json:"key_bits"`
		Check string `json:"check"`
	} `json:"key"`

	Go struct {
		Certs   int `json:"n_cert"`
		CertsOK int `json:"n_cert_ok"`
		Cert    struct {
			Parse string `json:"parse"`
		} `json:"cert"`
		Key struct {
			Label string `json:"label"`
			PKCS1 string `json:"pkcs1"`
			SEC1  string `json:"ec"`
			PKCS8 string `json:"pkcs8"`
			Parse string `json:"parse"`
		} `json:"key"`
	} `json:"go"`

	FirstDisputed json.RawMessage `json:"first_cert_disputed"` // what each reader takes for the first certificate

	PEM struct {
		Blocks []corpusBlock `json:"blocks"` // as a tolerant reader finds them
	} `json:"pem"`

	Data []byte `json:"-"`

	// What we say of it, checked once: of the text as it is, of its certificates
	// alone, and of its first private key alone.
	certificates, certificatesAlone, privateKey, privateKeyAlone func() *validate.Report
}

type corpusBlock struct {
	Label string `json:"label"`
}

// goTakesKey reports whether one of Go's parsers takes the first private key.
func (f *corpusFile) goTakesKey() bool { return f.Go.Key.Parse == "ok" }

// bothTakeKey reports whether OpenSSL loads the file as a private key, and Go too.
func (f *corpusFile) bothTakeKey() bool { return f.OpenSSL.UseKey == "ok" && f.goTakesKey() }

// bothTakeCertificates reports whether OpenSSL loads the file as a server's
// certificate chain, and so does Go, with the same certificate as the first.
func (f *corpusFile) bothTakeCertificates() bool {
	return f.OpenSSL.UseChain == "ok" && f.Go.Certs > 0 && f.Go.Certs == f.Go.CertsOK && f.FirstDisputed == nil
}

func isCertificate(label string) bool { return label == "CERTIFICATE" }
func isPrivateKey(label string) bool  { return strings.HasSuffix(label, "PRIVATE KEY") }

// blocks returns the blocks of the file that Go finds and keep wants.
func (f *corpusFile) blocks(keep func(label string) bool) (kept []*pem.Block) {
	for block, rest := pem.Decode(f.Data); block != nil; block, rest = pem.Decode(rest) {
		if keep(block.Type) {
			kept = append(kept, block)
		}
	}
	return kept
}

// onlyCertificates returns the certificates of the file without what else is in
// it.
func (f *corpusFile) onlyCertificates() string {
	var text strings.Builder
	for _, block := range f.blocks(isCertificate) {
		text.Write(pem.EncodeToMemory(block))
	}
	return text.String()
}

// onlyFirstKey returns the first private key of the file without what else is in
// it.
func (f *corpusFile) onlyFirstKey() string {
	if keys := f.blocks(isPrivateKey); len(keys) > 0 {
		return string(pem.EncodeToMemory(keys[0]))
	}
	return ""
}

// corpusPair is a certificate file and a key file, and how they are related.
type corpusPair struct {
	CertID  string    `json:"cert"`
	KeyID   string    `json:"key"`
	Class   string    `json:"class"`
	Formats [2]string `json:"formats"`
	OpenSSL string    `json:"openssl_L0"`
	Go      string    `json:"go_x509keypair"`

	Cert *corpusFile `json:"-"`
	Key  *corpusFile `json:"-"`
}

func (p *corpusPair) bothLoad() bool { return p.OpenSSL == "ok" && p.Go == "ok" }

type corpus struct {
	files []*corpusFile
	pairs []*corpusPair
}

// loadCorpus reads the corpus once for all tests of the package.
var loadCorpus = sync.OnceValues(func() (*corpus, error) {
	dir := os.Getenv("ALICERT_CORPUS")
	data := make(map[string][]byte)
	for _, archive := range []string{"files.tar.gz", "derived.tar.gz"} {
		if err := untar(filepath.Join(dir, archive), data); err != nil {
			return nil, fmt.Errorf("%s: %w", archive, err)
		}
	}
	files, err := readLines[corpusFile](filepath.Join(dir, "labels.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	pairs, err := readLines[corpusPair](filepath.Join(dir, "pairs.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*corpusFile, len(files))
	for _, f := range files {
		content, ok := data[f.ID]
		if !ok {
			return nil, fmt.Errorf("%s is in no archive", f.ID)
		}
		byID[f.ID], f.Data = f, content
		f.certificates = checkedOnce(validate.ServerCertificate, func() string { return string(f.Data) })
		f.certificatesAlone = checkedOnce(validate.ServerCertificate, f.onlyCertificates)
		f.privateKey = checkedOnce(checkKey, func() string { return string(f.Data) })
		f.privateKeyAlone = checkedOnce(checkKey, f.onlyFirstKey)
	}
	for _, p := range pairs {
		if p.Cert, p.Key = byID[p.CertID], byID[p.KeyID]; p.Cert == nil || p.Key == nil {
			return nil, fmt.Errorf("no file for the pair %s, %s", p.CertID, p.KeyID)
		}
	}
	return &corpus{files, pairs}, nil
})

func checkedOnce(check func(string, validate.Options) *validate.Report, text func() string) func() *validate.Report {
	return sync.OnceValue(func() *validate.Report { return check(text(), noLimits) })
}

func checkKey(text string, opts validate.Options) *validate.Report {
	return validate.PrivateKey(validate.NewSecret(text), opts)
}

func untar(name string, into map[string][]byte) error {
	archive, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return err
	}
	for files := tar.NewReader(unzipped); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if into[header.Name], err = io.ReadAll(files); err != nil {
			return err
		}
	}
}

// readLines reads a compressed file of one JSON object a line.
func readLines[T any](name string) ([]*T, error) {
	file, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	var all []*T
	for lines := json.NewDecoder(unzipped); ; {
		one := new(T)
		switch err := lines.Decode(one); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("%s, object %d: %w", filepath.Base(name), len(all)+1, err)
		}
		all = append(all, one)
	}
}

// needCorpus returns the corpus, or skips the test.
func needCorpus(t *testing.T) *corpus {
	t.Helper()
	if os.Getenv("ALICERT_CORPUS") == "" {
		t.Skip("set ALICERT_CORPUS to the folder of the certificate corpus")
	}
	if testing.Short() {
		t.Skip("the corpus takes too long for a short run")
	}
	c, err := loadCorpus()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
