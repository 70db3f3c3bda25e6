package validate

import (
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
)

// TestMistakesAreBounded: ids that are long, or made to be hard, are told of in little
// time and few words, whatever is wrong with them.
func TestMistakesAreBounded(t *testing.T) {
	testutil.Long(t)
	t.Parallel()
	const n = 100_000
	for name, value := range map[string]string{
		"digits":    strings.Repeat("1", n),
		"ids":       strings.Repeat("1-cn-a,", n),
		"listeners": strings.Repeat("lsn-", n),
		"hyphens":   "1-cn-" + strings.Repeat("a-", n),
		"dots":      "1-" + strings.Repeat("a.", n),
		"colons":    strings.Repeat("aa:", n),
		"brackets":  strings.Repeat("[", n),
		"spaces":    strings.Repeat(" ", n),
		"slashes":   "https://" + strings.Repeat("/", n),
	} {
		begin := time.Now()
		for _, text := range []string{
			listenerMistake(value, "lsn-").Text().EN, malformedEntry(value).Text().EN, entryMistake(value).Text().EN,
			certIDMistake(value).Text().EN, regionMistake(value, "a", "b").Text().EN,
		} {
			if len(text) > 600 {
				t.Errorf("%s: %d bytes: %.200q", name, len(text), text)
			}
		}
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

// TestSuggestionsHold: what a reason says to use is accepted, and is not what was given.
func TestSuggestionsHold(t *testing.T) {
	t.Parallel()
	suggestion := func(reason string) string {
		_, rest, found := strings.Cut(reason, `use "`)
		if !found {
			return ""
		}
		value, _, _ := strings.Cut(rest, `"`)
		return value
	}
	domains := []string{"a.example.com", "*.a.example.com", ".中国.example", "b"}
	around := [][2]string{{"https://", "/"}, {"", ":443"}, {" ", "\n"}, {`"`, `"`}, {"u@", "."}, {"", "/?a#b"}, {"DNS:", ""}, {"\u200b", "/"}, {"//", ":1/"}, {"<https://u:p@", ":1/>"}, {"", ","}, {"(", ")."}}
	for _, domain := range domains {
		for _, a := range around {
			value := a[0] + domain + a[1]
			if _, reason := hostName(value); suggestion(reason.Text().EN) != domain {
				t.Errorf("%q: %s", value, reason.Text().EN)
			}
		}
	}
	for _, a := range around {
		value := a[0] + "1234567-cn-hangzhou" + a[1]
		reason := entryMistake(value).Text().EN
		if strings.ContainsFunc(value, func(r rune) bool { return !isIDCharacter(r) }) {
			reason = malformedEntry(value).Text().EN
		}
		if suggestion(reason) != "1234567-cn-hangzhou" {
			t.Errorf("%q: %s", value, reason)
		}
		for begin, other := range map[string]string{"lsn-": "lsr-", "lsr-": "lsn-"} {
			value = a[0] + begin + "abc1" + a[1]
			if reason := listenerMistake(value, begin).Text().EN; suggestion(reason) != begin+"abc1" {
				t.Errorf("%q: %s", value, reason)
			}
			if reason := listenerMistake(value, other).Text().EN; suggestion(reason) != "" || !strings.Contains(reason, "begins with "+other) {
				t.Errorf("%q is no listener that begins with %s: %s", value, other, reason)
			}
		}
	}
}

// TestMistakesHideKeys: a value that may be a key is not repeated.
func TestMistakesHideKeys(t *testing.T) {
	t.Parallel()
	key := "MC4CAQAwBQYDK2VwBCIEIAtRtx6SUyLOzjdxPZQi43cxQOXxHB4Cg3ZY79C7DJgj"
	for _, value := range []string{key, "[" + key + "]", key + ",1-cn-hangzhou", " " + key, "https://" + key} {
		_, domain := hostName(value)
		for _, text := range []string{
			listenerMistake(value, "lsn-").Text().EN, malformedEntry(value).Text().EN, entryMistake(value).Text().EN, domain.Text().EN,
			certIDMistake(value).Text().EN, regionMistake(value, "a", "b").Text().EN,
			unsupportedWord(errcodes.CondCertRegionUnsupported, value, []string{"a", "b"}).Text().EN,
		} {
			if strings.Contains(strings.ToLower(text), strings.ToLower(key[:30])) {
				t.Errorf("%s", text)
			}
		}
	}
}
