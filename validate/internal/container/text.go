package container

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
)

// magics begin binary files.
var magics = []struct {
	kind  Kind
	begin string
}{
	{JKS, "\xfe\xed\xfe\xed"},
	{JCEKS, "\xce\xce\xce\xce"},
	{ZIP, "PK\x03\x04"},
	{ZIP, "PK\x05\x06"},
	{Gzip, "\x1f\x8b"},
	{Archive, "BZh"},
	{Archive, "\xfd7zXZ\x00"},
	{Archive, "7z\xbc\xaf\x27\x1c"},
	{Archive, "Rar!\x1a\x07"},
	{Archive, "\x28\xb5\x2f\xfd"},
	{OtherSealed, "Salted__"},
	{OtherSealed, "age-encryption.org/"},
	{OpenSSHKey, openSSHMagic},
}

func binaryKind(data []byte) Kind {
	for _, m := range magics {
		if !bytes.HasPrefix(data, []byte(m.begin)) {
			continue
		}
		if m.kind == Gzip && holdsTar(data) {
			return TarGzip
		}
		return m.kind
	}
	return Unknown
}

// tarBlock is the size of the header of a tar archive.
const tarBlock = 512

func isTar(text string) bool {
	const at = 257
	return len(text) >= tarBlock && strings.HasPrefix(text[at:], "ustar")
}

// holdsTar reads the first block of what is compressed.
func holdsTar(data []byte) bool {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return false
	}
	first := make([]byte, tarBlock)
	_, err = io.ReadFull(z, first)
	return err == nil && isTar(string(first))
}

// document recognizes texts that have a form: JSON, YAML, HTML, files of other tools.
func document(text string) Kind {
	text = strings.TrimSpace(text)
	lower := strings.ToLower(text[:min(len(text), 1024)])
	begins := func(prefixes ...string) bool {
		for _, p := range prefixes {
			if strings.HasPrefix(lower, p) {
				return true
			}
		}
		return false
	}
	switch {
	case text == "":
		return Unknown
	case begins("putty-user-key-file-"):
		return PuTTY
	case begins("$ansible_vault;"):
		return AnsibleVault
	case begins("ssh-rsa aaaa", "ssh-ed25519 aaaa", "ssh-dss aaaa", "ecdsa-sha2-nistp", "sk-ssh-ed25519", "sk-ecdsa-sha2-", "---- begin ssh2 public key"):
		return SSHPublicKey
	case begins("<!doctype html", "<html", "<head", "<body") || begins("<") && strings.Contains(lower, "<html"):
		return HTML
	case begins("<?xml", "<error>"):
		return XML
	case begins("certificate:\n", "certificate:\r\n", "certificate request:") && strings.Contains(lower, "serial number") || begins("private-key:", "rsa private-key:", "private key:"):
		return Dump
	case isSOPS(text):
		return SOPS
	case begins("{", "[") && strings.Contains(text, `"`):
		return jsonKind(text)
	case isSecret(text):
		return SecretYAML
	default:
		return Unknown
	}
}

var (
	secretLine = regexp.MustCompile(`(?m)^[ -]*(kind:[ \t]*"?Secret"?[ \t]*|"?(tls\.crt|tls\.key)"?:[ \t]*"?[A-Za-z0-9+/=]{40,}"?[ \t]*)\r?$`)
	sopsKey    = regexp.MustCompile(`(?m)(^sops:|^[ \t]*"sops":)`)
)

// isSOPS and isSecret look for words first: an expression takes much longer.
func isSOPS(text string) bool {
	return strings.Contains(text, "ENC[AES256_GCM,") || strings.Contains(text, "sops") && strings.Contains(text, "mac") && sopsKey.MatchString(text)
}

func isSecret(text string) bool {
	return (strings.Contains(text, "Secret") || strings.Contains(text, "tls.")) && secretLine.MatchString(text)
}

func jsonKind(text string) Kind {
	has := func(keys ...string) bool {
		for _, key := range keys {
			if !strings.Contains(text, `"`+key+`"`) {
				return false
			}
		}
		return true
	}
	switch {
	case has("kty"):
		return JWK
	case has("kind", "Secret"):
		return SecretJSON
	case has("certificate", "key") && (has("Certificates") || has("domain", "main")):
		return TraefikStore
	case has("registration", "email"), has("uri", "body"):
		return ACMEAccount
	default:
		return JSON
	}
}

var (
	url  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://\S+$`)
	path = regexp.MustCompile(`(?i)^@?((file:|~?/|\.{1,2}[/\\]|[a-z]:[/\\]|\\\\)\S.*|[^\s"'(){}<>$]*\.(pem|crt|cer|cert|key|p12|pfx|der|p7b|p7c|jks|csr|txt))$`)
	call = regexp.MustCompile(`^(\$\{)?(file|filebase64|readFile|pathexpand)\(.*\)\}?$`)

	placeholder = regexp.MustCompile(`(?i)^(<[^<>]+>|\{\{.*\}\}|\$\{[^{}]*\}|\$\(?[a-z_][a-z0-9_]*\)?|%[a-z_][a-z0-9_]*%|\[.*\]|\(.*\)|__\w+__|@@?\w+@@?` +
		`|x{3,}|\*{3,}|\.{3,}|-|null|nil|none|undefined|nan|todo.*|tbd|fixme|empty|test|secret|string|redacted|sensitive` +
		`|.*(your|my|insert|paste|replace|change|fill|placeholder|dummy|sample)[ _-]?.*` +
		`|.*(粘贴|填写|填入|输入|替换|此处|这里|在此|您的|你的|示例|占位).*` +
		`|(ssl|tls|server|https)?[ _-]?(cert|certificate|certificates|pem|crt|private[ _-]?key|privkey|key|fullchain)[ _-]*(content|contents|here|body|data|text|goes here)*)$`)
)

// words recognizes a short text in one line that stands for something else.
func words(text string) Kind {
	const longest = 1024
	text = strings.Trim(text, " \t\r\n\"'`")
	switch {
	case text == "" || len(text) > longest || strings.ContainsAny(text, "\r\n"):
		return Unknown
	case call.MatchString(text):
		return Path
	case strings.HasPrefix(text, "file://"):
		return Path
	case url.MatchString(text):
		return URL
	case path.MatchString(text):
		return Path
	case len(text) < 200 && placeholder.MatchString(text):
		return Placeholder
	default:
		return Unknown
	}
}
