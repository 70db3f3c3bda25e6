package validate

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"unicode/utf8"
)

// nameText writes the name of a parsed certificate as its String method does, cut
// for display. The time and memory of String grow with the square of the length: 69 MB
// for a name that fills the certificate.
func nameText(name pkix.Name) string {
	const (
		usual  = 100                       // bytes
		enough = longestText * utf8.UTFMax // bytes of what is shown
	)
	text := make([]byte, 0, usual)
	if name.SerialNumber != "" {
		text = appendSet(text, "SERIALNUMBER", name.SerialNumber)
	}
	if name.CommonName != "" {
		text = appendSet(text, "CN", name.CommonName)
	}
	text = appendSet(text, "OU", name.OrganizationalUnit...)
	text = appendSet(text, "O", name.Organization...)
	text = appendSet(text, "POSTALCODE", name.PostalCode...)
	text = appendSet(text, "STREET", name.StreetAddress...)
	text = appendSet(text, "L", name.Locality...)
	text = appendSet(text, "ST", name.Province...)
	text = appendSet(text, "C", name.Country...)
	for _, attribute := range slices.Backward(name.Names) {
		if len(text) > enough {
			break
		}
		if hasField(attribute.Type) {
			continue
		}
		if len(text) > 0 {
			text = append(text, ',')
		}
		text = append(text, pkix.RDNSequence{{attribute}}.String()...)
	}
	return cut(string(text))
}

// hasField reports whether pkix.Name has a field for a type of attributes.
func hasField(t asn1.ObjectIdentifier) bool {
	if len(t) != 4 || t[0] != 2 || t[1] != 5 || t[2] != 4 {
		return false
	}
	switch t[3] {
	case 3, 5, 6, 7, 8, 9, 10, 11, 17:
		return true
	default:
		return false
	}
}

// appendSet appends the values of one type of attributes.
func appendSet(text []byte, typeName string, values ...string) []byte {
	for i, value := range values {
		switch {
		case i > 0:
			text = append(text, '+')
		case len(text) > 0:
			text = append(text, ',')
		}
		text = append(append(text, typeName...), '=')
		for at, c := range value {
			switch c {
			case ',', '+', '"', '\\', '<', '>', ';':
				text = append(text, '\\')
			case ' ':
				if at == 0 || at == len(value)-1 {
					text = append(text, '\\')
				}
			case '#':
				if at == 0 {
					text = append(text, '\\')
				}
			}
			text = utf8.AppendRune(text, c)
		}
	}
	return text
}
