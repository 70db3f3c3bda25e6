package cdn

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// keyMarker stands in the armour of every kind of private key.
const keyMarker = "PRIVATE KEY"

// publicText returns the certificate blocks of a text that was judged, and the
// blank lines around them, as they stand. Other text is no part of a certificate,
// and nobody has looked at it: it may be a private key that is commented out.
func publicText(pem string) string {
	var kept strings.Builder
	inside := false
	for line := range strings.Lines(pem) {
		if strings.HasPrefix(line, "-----BEGIN CERTIFICATE-----") {
			inside = true
		}
		if inside || strings.TrimSpace(line) == "" {
			kept.WriteString(line)
		}
		if strings.HasPrefix(line, "-----END CERTIFICATE-----") {
			inside = false
		}
	}
	if kept.Len() == len(pem) {
		return pem // shared, not copied
	}
	return kept.String()
}

// publicName returns a certificate name as it is, unless it looks like a private
// key that was given in the wrong parameter: that is known by its digest.
func publicName(name string) string {
	if strings.Contains(name, keyMarker) {
		sum := sha256.Sum256([]byte(name))
		return "redacted-" + hex.EncodeToString(sum[:8])
	}
	return strings.ToValidUTF8(name, "\uFFFD")
}
