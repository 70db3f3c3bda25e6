package cdn

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/alicert/alicert/model/internal/secret"
)

// publicName returns a certificate name as it is, unless it looks like a private
// key that was given in the wrong parameter: that is known by its digest.
func publicName(name string) string {
	if secret.In(name) {
		sum := sha256.Sum256([]byte(name))
		return "redacted-" + hex.EncodeToString(sum[:8])
	}
	return strings.ToValidUTF8(name, "\uFFFD")
}
