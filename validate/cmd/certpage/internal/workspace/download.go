package workspace

import (
	"archive/zip"
	"bytes"
	"strings"

	"github.com/alicert/alicert/validate"
)

// A Download is a file that the page offers.
type Download struct {
	Name string
	Data []byte
}

// Fixed returns what the repair writes: both texts in an archive, or the only one as a
// file. The name is that of the host. ok is false if there is no repair.
func (w *Workspace) Fixed() (d Download, ok bool) {
	if w.diagnosis == nil || w.diagnosis.Repair == nil {
		return Download{}, false
	}
	certificate, key := w.written.Certificate, w.written.PrivateKey.Reveal()
	host := w.host()
	switch {
	case key == "":
		return Download{host + ".pem", []byte(certificate)}, true
	case certificate == "":
		return Download{host + ".key", []byte(key)}, true
	}
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for _, f := range []struct{ name, text string }{{host + ".pem", certificate}, {host + ".key", key}} {
		header := &zip.FileHeader{Name: f.name, Method: zip.Store}
		header.SetMode(0o600)
		into, err := z.CreateHeader(header)
		if err == nil {
			_, err = into.Write([]byte(f.text))
		}
		if err != nil {
			return Download{}, false
		}
	}
	if z.Close() != nil {
		return Download{}, false
	}
	return Download{host + ".zip", archive.Bytes()}, true
}

// host is a name for files: the first host name of the certificate, or a word.
func (w *Workspace) host() string {
	leaf := w.diagnosis.Repair.Leaf
	for _, c := range w.diagnosis.Report.Certificates {
		if c.SHA256 != leaf || len(c.Names) == 0 {
			continue
		}
		if host, err := validate.DomainName(strings.TrimPrefix(c.Names[0], "*.")); err == nil {
			return host
		}
	}
	return "certificate"
}
