package cas

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
)

// CreateCertificateName gives a certificate of the center of a region another name, by
// its number. It is an operation of an older version. Its own table is not known; it has
// the rows of the upload. Domains stay bound to the certificate, which package cdn sees
// to: see [CreateCertificateName.Renames].
type CreateCertificateName struct {
	RequestID string `json:"requestId"`
	Region    string `json:"region,omitempty"` // empty means Region
	CertID    int    `json:"certId,omitempty" wire:"CertificateId"`
	Name      string `json:"name,omitempty"`
}

func (in CreateCertificateName) step(_ int64, s State) (State, model.Output) {
	const table = errcodes.UploadUserCertificate
	target := "certificate " + strconv.Itoa(in.CertID)
	c, found := s.ByNumber(in.CertID, in.Region)
	name := redact.Name(in.Name)
	switch {
	case name == "":
		return s, s.refuse(table, in.RequestID, errcodes.CondCertNameMissing, "the request")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return s, s.refuse(table, in.RequestID, errcodes.CondCertNameMalformed, "the request")
	case utf8.RuneCountInString(name) > table.Limit(errcodes.FieldCertName):
		return s, s.refuse(table, in.RequestID, errcodes.CondCertNameTooLong, "the request")
	case !found:
		return s, s.refuse(errcodes.DeleteUserCertificate, in.RequestID, errcodes.CondCertificateNotFound, target)
	case name != c.Name && s.Certificates.Has(name):
		return s, s.refuse(table, in.RequestID, errcodes.CondCertNameDuplicated, named(name))
	case name != c.Name:
		s = s.Remove(c.Name)
		c.Name = name
		s = s.Put(c)
	}
	return s, model.Output{RequestID: in.RequestID}
}

// Renames returns the old and the new name of the certificate that the request renames
// between two states. ok is false if it renames none.
func (in CreateCertificateName) Renames(before, after State) (old, name string, ok bool) {
	was, found := before.ByNumber(in.CertID, in.Region)
	is, still := after.ByNumber(in.CertID, in.Region)
	return was.Name, is.Name, found && still && was.Name != is.Name
}

// Kind implements [model.Action].
func (CreateCertificateName) Kind() model.Kind { return model.Request }

// About returns the certificate by its new name.
func (in CreateCertificateName) About() model.Resource { return certificate(in.Name) }
