package main

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/alicert/alicert/validate"
)

// Words that tools and people add to the name of a certificate or a key, the longer ones
// first. What remains is what belongs together.
var (
	certificateWords = []string{"certificate_chain", "certificate", "fullchain", "public", "bundle", "chained", "cert", "crt", "full"}
	keyWords         = []string{"private_key", "privatekey", "private", "privkey", "priv", "key"}
	issuerWords      = []string{"chain-only", "ca-bundle", "ca_bundle", "cabundle", "intermediate", "intermediates", "issuer", "chain", "root", "ca"}
)

var allWords = slices.Concat(certificateWords, keyWords, issuerWords)

// stem returns a file name without its suffixes and the words around it, "" for a name
// of such words alone.
func stem(name string, words []string) string {
	name = strings.ToLower(name)
	for isMaterial(name) {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	for _, word := range words {
		digits := strings.TrimRight(name, "0123456789")
		number := name[len(digits):] // certbot numbers the files of its archive
		if digits == word {
			return number
		}
		for _, separator := range []string{"_", "-", "."} {
			if front, found := strings.CutSuffix(digits, separator+word); found && front != "" {
				return front + number
			}
		}
	}
	return name
}

// namedAfterIssuer reports whether the name of a file says that the certificates in it
// are those of issuers.
func namedAfterIssuer(name string) bool {
	return stem(name, issuerWords) != stem(name, nil)
}

// suffixes are those of files that may hold certificates or keys. A file without one may,
// too.
var suffixes = []string{".crt", ".cer", ".cert", ".pem", ".der", ".key", ".ca-bundle", ".rsa", ".ecdsa", ".pk8", ".p7b", ".p7c", ".p8", ".pfx", ".p12", ".jks"}

func isMaterial(name string) bool { return slices.Contains(suffixes, path.Ext(name)) }

// certificateSuffixes are those that certificates have whatever is in the file.
var certificateSuffixes = []string{".crt", ".cer", ".cert", ".pem"}

func isCertificateName(name string) bool {
	return slices.Contains(certificateSuffixes, path.Ext(name))
}

const keySuffix = ".key"

// endings are what is put behind a host name in the name of a folder, and what ends the
// names of folders that are no host names although they look like some.
var (
	endings  = []string{"_ecc", "_nginx", "_apache", "_iis", "_tomcat", "_other"}
	noDomain = []string{"old", "bak", "backup", "orig", "tmp", "disabled", "save", "new", "dir", "zip", "local", "pem", "crt", "cer", "key", "d"}
)

// hostOf returns the host name or wildcard that a folder is named after, "" for none:
// the domain of acme.sh, lego, Caddy and Traefik, the lineage of certbot.
func hostOf(folder string) string {
	if folder == "acme.sh" || strings.HasPrefix(folder, ".") || !strings.Contains(folder, ".") {
		return ""
	}
	for _, ending := range endings {
		folder = strings.TrimSuffix(folder, ending)
	}
	for _, prefix := range []string{"wildcard_", "_"} { // as Caddy and lego write it
		if rest, found := strings.CutPrefix(folder, prefix+"."); found {
			folder = "*." + rest
		}
	}
	if n := len(folder) - len("-0001"); n > 0 && folder[n:] > "-0000" && folder[n:] <= "-9999" && strings.Trim(folder[n+1:], "0123456789") == "" {
		folder = folder[:n] // certbot numbers lineages of the same name
	}
	host, err := validate.DomainName(folder)
	last := host[strings.LastIndexByte(host, '.')+1:]
	if err != nil || len(last) < 2 || slices.Contains(noDomain, last) {
		return ""
	}
	return host
}

// compareNames compares paths as people do: a folder's files stand together, and site2 is
// before site10.
func compareNames(a, b string) int {
	for as, bs := a, b; ; {
		x, restOfA, moreOfA := strings.Cut(as, "/")
		y, restOfB, moreOfB := strings.Cut(bs, "/")
		switch order := compareNatural(x, y); {
		case order != 0:
			return order
		case !moreOfA || !moreOfB:
			return cmp.Or(compareBools(moreOfA, moreOfB), strings.Compare(a, b))
		}
		as, bs = restOfA, restOfB
	}
}

// compareBools puts false first.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

func compareNatural(a, b string) int {
	for a != "" && b != "" {
		x, y := leadingNumber(a), leadingNumber(b)
		if x == "" || y == "" {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		a, b = a[len(x):], b[len(y):]
		x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
		if order := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); order != 0 {
			return order
		}
	}
	return cmp.Compare(len(a), len(b))
}

func leadingNumber(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
}
