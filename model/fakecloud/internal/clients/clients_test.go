package clients_test

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud/internal/clients"
)

// TestRecipes checks that every recipe of CLIENTS.md is found with all of its scripts.
func TestRecipes(t *testing.T) {
	page, err := os.ReadFile("../../CLIENTS.md")
	if err != nil {
		t.Fatal(err)
	}
	recipes := clients.Recipes(string(page))
	found := map[string]string{}
	for _, r := range recipes {
		found[r.Tool] = r.Script
	}
	for tool, part := range map[string]string{"": "newcert.sh", "acme.sh": "--deploy-hook ali_cdn", "Terraform": "terraform apply", "aliyun CLI": "aliyun cdn"} {
		if !strings.Contains(found[tool], part) || strings.Contains(found[tool], "```") {
			t.Errorf("%q: %q", tool, found[tool])
		}
	}
	if clients.Recipes("") == nil {
		t.Error("there is always a preparation")
	}
}

func TestEnvironment(t *testing.T) {
	files := clients.Authority{CertFile: "/it's/ca.crt", StoreFile: "/a b/ca.jks", StorePassword: "changeit"}
	for _, demo := range []bool{true, false} {
		text := clients.Environment("0.0.0.0:8080", files, demo, errcodes.English)
		if !strings.Contains(text, "export HTTPS_PROXY='http://127.0.0.1:8080'\n") || !strings.Contains(text, `export SSL_CERT_FILE='/it'\''s/ca.crt'`) {
			t.Error(text)
		}
		if strings.Contains(text, "testsecret") != demo {
			t.Errorf("demo key %v: %s", demo, text)
		}
	}
}

// TestComments: in Chinese every comment of the environment is.
func TestComments(t *testing.T) {
	comments := 0
	for line := range strings.Lines(clients.Environment("127.0.0.1:8080", clients.Authority{}, true, errcodes.Chinese)) {
		if !strings.HasPrefix(line, "# ") {
			continue
		}
		comments++
		if !strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%q", line)
		}
	}
	if comments < 5 {
		t.Errorf("%d comments", comments)
	}
}
