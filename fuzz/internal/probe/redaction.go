package probe

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/alicert/alicert/internal/redact"
)

// What may stand in an answer that is told to others.
var (
	codeForm  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]{0,79}$`)
	fieldForm = regexp.MustCompile(`^[A-Za-z]{1,40}$`)

	// leads are forms of what could lead to an account: ids, addresses, names of
	// resources, keys. In a message each becomes %s.
	leads = regexp.MustCompile(strings.Join([]string{
		`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`, // ids of requests
		`\bacs:[^\s\]]*`,                        // names of resources in policies
		`\b(?:LTAI|STS\.|TMP\.)[A-Za-z0-9._-]*`, // access keys
		`\b[\w.+-]+@[\w-]+(?:\.[\w-]+)*`,        // addresses of mail, RAM users
		`\bhttps?://\S*`,
		`\b(?:lsn|alb|nlb|lb|i|sg|vpc|rg|job|acl|eip)-[A-Za-z0-9]{4,}\b`,                // ids of resources
		`\b(?:[A-Za-z0-9-]+\.)+(?:[A-Za-z]{2,}|xn--[A-Za-z0-9-]+)\b(?:\.[A-Za-z]{2,})?`, // names of hosts, and of codes
		`\b\d{1,3}(?:\.\d{1,3}){3}\b`,
		`\b[0-9a-f:]*:[0-9a-f]{1,4}:[0-9a-f:]+\b`,
		`\b\d{5,}(?:-[a-z]+(?:-[a-z0-9]+)*)?\b`, // numbers of accounts and certificates
		`\b[A-Za-z0-9_]*\d[A-Za-z0-9_]{15,}\b`,  // whatever is long and has digits
		`\b[A-Za-z0-9+/_=-]{32,}`,
		`\b(?:[A-Za-z_-]+[0-9]|[0-9]+[A-Za-z_-])[A-Za-z0-9_-]*`, // letters and digits
	}, "|"))

	// Public words that leads would take away.
	publicWords = regexp.MustCompile(`^(?:cn|ap|us|eu|me)-[a-z]+(?:-[0-9])?$`)
)

// redaction hides what a plan made up and what could lead to an account.
type redaction struct{ made []string }

func (m *Material) redaction() redaction {
	r := redaction{made: []string{m.Domain(), m.Listener(), "alicert-probe-" + m.random, m.random}}
	for _, n := range idNames {
		r.made = append(r.made, m.id(n))
	}
	return r
}

// apply returns the answer with ids replaced by %s. It refuses what it cannot make
// harmless; the error quotes nothing of it.
func (r redaction) apply(a Answer) (Answer, error) {
	if len(a.Message) > maxMessage {
		return Answer{}, errors.New("the message is too long")
	}
	a.Message = r.hide(a.Message)
	if aboutCaller(a.Code) { // it may name a user
		a.Message = ""
	}
	a.Lang = languageOf(a.Message)
	return a, a.check()
}

// hide replaces ids by %s.
func (r redaction) hide(message string) string {
	for _, made := range r.made {
		message = strings.ReplaceAll(message, made, "%s")
	}
	return leads.ReplaceAllStringFunc(message, func(found string) string {
		if publicWords.MatchString(found) || isParameter(found) {
			return found
		}
		return "%s"
	})
}

// isParameter reports whether a match is the name of a parameter of this library's
// operations.
func isParameter(found string) bool {
	return slices.Contains([]string{"Certificates.N.CertificateId", "Certificates.1.CertificateId"}, found)
}

// check reports why an answer cannot be told to others. It quotes nothing.
func (a *Answer) check() error {
	switch {
	case a.HTTP != 0 && (a.HTTP < 100 || a.HTTP > 599):
		return errors.New("the status is none of HTTP")
	case a.Code != "" && !codeForm.MatchString(a.Code), manyDigits.MatchString(a.Code), strings.Contains(a.Code, "LTAI"), a.Code != "" && redact.Is(a.Code):
		return errors.New("the code has not the form of a code")
	case len(a.Message) > maxMessage, strings.ContainsFunc(a.Message, hidden):
		return errors.New("the message is too long, or has characters that cannot be seen")
	case redact.Armored(a.Message), manyDigits.MatchString(a.Message), strings.Contains(a.Message, "@"), a.Message != "" && aboutCaller(a.Code):
		return errors.New("the message may have a secret or an id")
	case a.Lang != languageOf(a.Message):
		return errors.New("the language is not that of the message")
	case len(a.Fields) > maxFields, !slices.IsSorted(a.Fields):
		return errors.New("there are too many fields, or they are not sorted")
	}
	for i, field := range a.Fields {
		if !fieldForm.MatchString(field) || i > 0 && field == a.Fields[i-1] {
			return errors.New("a field has no name, or stands there twice")
		}
	}
	for _, lead := range leads.FindAllString(a.Message, -1) {
		if !publicWords.MatchString(lead) && !isParameter(lead) {
			return fmt.Errorf("the message has %d bytes that may be an id", len(lead))
		}
	}
	return nil
}

// aboutCaller reports whether a code tells of the caller, the rate of calls or a fault of
// the service, and not of a request.
func aboutCaller(code string) bool {
	for _, prefix := range []string{
		"Throttling", "Forbidden", "NoPermission", "Unauthorized", "InvalidAccessKey", "Signature", "IncompleteSignature",
		"InvalidSecurityToken", "MissingSecurityToken", "InvalidTimeStamp", "ServiceUnavailable", "InternalError", "UnknownError",
	} {
		if strings.HasPrefix(code, prefix) {
			return true
		}
	}
	return false
}

// manyDigits is a number as long as those of accounts and certificates.
var manyDigits = regexp.MustCompile(`\d{5,}`)

func hidden(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }

// languageOf tells Chinese from English.
func languageOf(message string) string {
	switch {
	case message == "":
		return ""
	case strings.ContainsFunc(message, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return "zh"
	default:
		return "en"
	}
}
