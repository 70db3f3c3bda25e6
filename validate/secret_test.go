package validate_test

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"log"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/validate"
)

// hidden is what must not be seen in any form.
const hidden = "hidden-material-0123456789"

// leaks reports whether the hidden text is in an output, in a form that a
// careless encoder gives it.
func leaks(output string) bool {
	var numbers, numbersAndCommas []string
	for _, b := range []byte(hidden[:8]) {
		numbers = append(numbers, strconv.Itoa(int(b)))
		numbersAndCommas = append(numbersAndCommas, fmt.Sprintf("0x%02x", b))
	}
	for _, form := range []string{
		hidden[:10], hidden[10:], hex.EncodeToString([]byte(hidden[:8])), strings.ToUpper(hex.EncodeToString([]byte(hidden[:8]))),
		base64.StdEncoding.EncodeToString([]byte(hidden))[:12], strings.Join(numbers, " "), strings.Join(numbers, ","),
		strings.Join(numbersAndCommas, ", "), strings.Join(numbersAndCommas, " "), fmt.Sprintf("% x", hidden[:8]),
	} {
		if strings.Contains(output, form) {
			return true
		}
	}
	return false
}

// holders are values with the secret somewhere inside.
func holders() map[string]any {
	secret := validate.NewSecret(hidden)
	pointer := &secret
	type exported struct{ Key validate.Secret }
	type unexported struct{ key validate.Secret }
	type pointers struct {
		Key *validate.Secret
		key **validate.Secret
	}
	type embedded struct {
		validate.Secret
		Name string
	}
	type nested struct {
		inner  unexported
		keys   []validate.Secret
		byName map[string]unexported
		any    any
		err    error
	}
	err := fmt.Errorf("deploying with %v: %w", secret, errors.New("no route"))
	return map[string]any{
		"secret":               secret,
		"pointer":              pointer,
		"pointer to a pointer": &pointer,
		"exported field":       exported{secret},
		"unexported field":     unexported{secret},
		"pointers in fields":   &pointers{pointer, &pointer},
		"embedded":             embedded{secret, "shop"},
		"slice":                []validate.Secret{secret, secret},
		"array":                [2]validate.Secret{secret},
		"pointers in a slice":  []*validate.Secret{pointer},
		"map value":            map[string]validate.Secret{"key": secret},
		"interface":            []any{secret, pointer},
		"nested":               &nested{unexported{secret}, []validate.Secret{secret}, map[string]unexported{"key": {secret}}, unexported{secret}, err},
		"error":                err,
		"joined errors":        errors.Join(err, fmt.Errorf("%q", secret)),
		"request":              validate.CDNRequest{DomainName: "www.example.com", PrivateKey: secret},
		"pointer to a request": &validate.CDNRequest{DomainName: "www.example.com", PrivateKey: secret},
		"normalized":           validate.Normalized{PrivateKey: secret},
		"function":             func() validate.Secret { return secret },
	}
}

// TestSecretInFormats tries every verb with every flag.
func TestSecretInFormats(t *testing.T) {
	verbs := "vTtbcdoOqxXUeEfFgGspwz%" // w, z and % are none
	flags := []string{"", "+", "-", "#", " ", "0", "+#", "# ", "-0", "40", "-40", ".3", "40.3", "#40.3", "[1]", "[2]", "*"}
	for name, holder := range holders() {
		for _, verb := range verbs {
			for _, flag := range flags {
				format := "%" + flag + string(verb)
				if out := fmt.Sprintf(format, holder); leaks(out) {
					t.Errorf("%s, %s: %s", name, format, out)
				}
			}
		}
		for function, out := range map[string]string{
			"Sprint": fmt.Sprint(holder), "Sprintln": fmt.Sprintln(holder), "Append": string(fmt.Append(nil, holder)),
			"Errorf": fmt.Errorf("%v", holder).Error(),
		} {
			if leaks(out) {
				t.Errorf("%s, %s: %s", name, function, out)
			}
		}
	}
}

// TestSecretShowsItself: what is hidden must be seen to be.
func TestSecretShowsItself(t *testing.T) {
	secret := validate.NewSecret(hidden)
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(format, secret); got != "[REDACTED]" {
			t.Errorf("%s: %s", format, got)
		}
		if got := fmt.Sprintf(format, validate.Secret{}); got != "" {
			t.Errorf("%s of an absent key: %q", format, got)
		}
	}
	if got := secret.String(); got != "[REDACTED]" {
		t.Errorf("String: %s", got)
	}
	if got := (validate.Secret{}).String(); got != "" {
		t.Errorf("String of an absent key: %q", got)
	}
	if got := secret.Reveal(); got != hidden {
		t.Errorf("Reveal: %q", got)
	}
	if got := (validate.Secret{}).Reveal(); got != "" {
		t.Errorf("Reveal of an absent key: %q", got)
	}
}

// TestNewSecret is about absence and equality.
func TestNewSecret(t *testing.T) {
	type file []byte
	if !validate.NewSecret("").IsZero() || !validate.NewSecret([]byte{}).IsZero() || !validate.NewSecret(file(nil)).IsZero() {
		t.Error("an empty text is not an absent key")
	}
	text := file(hidden)
	secret := validate.NewSecret(text)
	text[0] = '!'
	if secret.Reveal() != hidden {
		t.Error("a secret shares memory with the slice it was made of")
	}
	if secret.IsZero() || !secret.Equal(validate.NewSecret(hidden)) || secret.Equal(validate.NewSecret("other")) || secret.Equal(validate.Secret{}) {
		t.Error("secrets are not compared by their texts")
	}
	if !cmp.Equal(secret, validate.NewSecret(hidden)) {
		t.Error("go-cmp does not compare secrets by their texts")
	}
	if diff := cmp.Diff(secret, validate.NewSecret("other")); diff == "" || leaks(diff) {
		t.Errorf("go-cmp: %s", diff)
	}
}

// TestSecretInEncodings: no encoder may leak. Where it
// leaves the field out or fails, that is its right.
func TestSecretInEncodings(t *testing.T) {
	for name, holder := range holders() {
		encodings := map[string]func(*bytes.Buffer) error{
			"JSON":          func(b *bytes.Buffer) error { return json.NewEncoder(b).Encode(holder) },
			"XML":           func(b *bytes.Buffer) error { return xml.NewEncoder(b).Encode(holder) },
			"gob":           func(b *bytes.Buffer) error { return gob.NewEncoder(b).Encode(holder) },
			"text template": func(b *bytes.Buffer) error { return textTemplate.Execute(b, holder) },
			"HTML template": func(b *bytes.Buffer) error { return htmlTemplate.Execute(b, holder) },
			"slog text":     func(b *bytes.Buffer) error { logAll(slog.NewTextHandler(b, nil), holder); return nil },
			"slog JSON":     func(b *bytes.Buffer) error { logAll(slog.NewJSONHandler(b, nil), holder); return nil },
			"slog default":  func(b *bytes.Buffer) error { return logByDefault(b, holder) },
			"log":           func(b *bytes.Buffer) error { log.New(b, "", 0).Print("deploying ", holder); return nil },
			"panic":         func(b *bytes.Buffer) error { return panicking(b, holder) },
		}
		for encoding, encode := range encodings {
			var out bytes.Buffer
			err := encode(&out)
			if leaks(out.String()) {
				t.Errorf("%s, %s: %s", name, encoding, out.String())
			}
			if err != nil && leaks(err.Error()) {
				t.Errorf("%s, %s: %v", name, encoding, err)
			}
		}
	}
}

var (
	textTemplate = template.Must(template.New("").Parse(`{{.}} {{print .}} {{printf "%v %s %x" . . .}} {{html .}} {{js .}}`))
	htmlTemplate = htmltemplate.Must(htmltemplate.New("").Parse(`<a href="{{.}}" title={{.}} onclick="f({{.}})">{{.}}</a><script>x = {{.}}</script>`))
)

func logAll(handler slog.Handler, value any) {
	logger := slog.New(handler)
	logger.Info("deploying", "value", value, slog.Any("again", value), slog.Group("group", "value", value))
	logger.With("value", value).WithGroup("group").Error("failed", "value", value)
}

// logByDefault logs as a program does that sets nothing: slog writes through the
// log package.
func logByDefault(b *bytes.Buffer, value any) error {
	before := log.Writer()
	log.SetOutput(b)
	defer log.SetOutput(before)
	logAll(slog.Default().Handler(), value)
	return nil
}

// panicking shows a value as one does that recovers a panic.
func panicking(b *bytes.Buffer, value any) error {
	func() {
		defer func() {
			recovered := recover()
			fmt.Fprint(b, recovered)
			fmt.Fprintf(b, "%+v %#v", recovered, recovered)
		}()
		panic(value)
	}()
	return nil
}

// TestSecretInText is about what the encodings give that call methods.
func TestSecretInText(t *testing.T) {
	req := validate.CDNRequest{DomainName: "www.example.com", PrivateKey: validate.NewSecret(hidden)}
	encoded, err := json.Marshal(req)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"PrivateKey":"[REDACTED]"`; !bytes.Contains(encoded, []byte(want)) {
		t.Errorf("JSON is %s; want %s in it", encoded, want)
	}
	if encoded, err = json.Marshal(validate.CDNRequest{}); err != nil || !bytes.Contains(encoded, []byte(`"PrivateKey":""`)) {
		t.Errorf("JSON of an absent key is %s, %v", encoded, err)
	}
	if encoded, err = xml.Marshal(req); err != nil || !bytes.Contains(encoded, []byte("<PrivateKey>[REDACTED]</PrivateKey>")) {
		t.Errorf("XML is %s, %v", encoded, err)
	}
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("deploying", "key", req.PrivateKey)
	if !strings.Contains(out.String(), "key=[REDACTED]") {
		t.Errorf("slog writes %s", out.String())
	}
	out.Reset()
	slog.New(slog.NewJSONHandler(&out, nil)).Info("deploying", "key", req.PrivateKey)
	if !strings.Contains(out.String(), `"key":"[REDACTED]"`) {
		t.Errorf("slog writes %s", out.String())
	}
}

// TestSecretDoesNotDecode: there is no way back from a redacted key, and a key
// that came in with a JSON request must not be shown in the error, either.
func TestSecretDoesNotDecode(t *testing.T) {
	for _, text := range []string{`{"PrivateKey":"[REDACTED]"}`, `{"PrivateKey":"` + hidden + `"}`, `{"PrivateKey":{"text":"` + hidden + `"}}`} {
		var req validate.CDNRequest
		err := json.Unmarshal([]byte(text), &req)
		if err == nil {
			t.Errorf("JSON %s decodes", text)
		} else if leaks(fmt.Sprintf("%+v %#v", err, err)) {
			t.Errorf("JSON %s: %v", text, err)
		}
		if !req.PrivateKey.IsZero() {
			t.Errorf("JSON %s gives a key", text)
		}
	}
	for _, text := range []string{"[REDACTED]", hidden} {
		var req validate.CDNRequest
		err := xml.Unmarshal([]byte("<R><PrivateKey>"+text+"</PrivateKey></R>"), &req)
		if err == nil {
			t.Errorf("XML with %s decodes", text)
		} else if leaks(fmt.Sprintf("%+v %#v", err, err)) {
			t.Errorf("XML with %s: %v", text, err)
		}
	}
}
