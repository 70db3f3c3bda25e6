package validate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

// forms are those of the ids that other parameters and services have.
type forms struct {
	certificate *regexp.Regexp // NUMBER-REGION
	turned      *regexp.Regexp // REGION-NUMBER, or another separator
	endpoint    *regexp.Regexp // a number with a host name behind it
	classic     *regexp.Regexp // a server certificate of SLB
	listener    *regexp.Regexp
	balancer    *regexp.Regexp
	resource    *regexp.Regexp // of ALB, but neither of the two
	fingerprint *regexp.Regexp
	number      *regexp.Regexp
}

// idForms compiles the forms when the first request needs them: most need none.
var idForms = sync.OnceValue(func() *forms {
	return &forms{
		certificate: regexp.MustCompile(`(?i)\b[0-9]+-[a-z]{2}-[a-z][a-z0-9-]*\b`),
		turned:      regexp.MustCompile(`^(?i:([a-z]{2}-[a-z][a-z0-9]*(?:-[0-9])?)[-_:/.@]([0-9]{4,})|([0-9]+)[_:/.@]([a-z]{2}-[a-z][a-z0-9-]*))$`),
		endpoint:    regexp.MustCompile(`^([0-9]+)[-_.@](?:[a-z0-9-]+\.)+[a-z]+$`),
		classic:     regexp.MustCompile(`^[0-9]+_[0-9a-f]+(?:_[0-9]+)+$`),
		listener:    regexp.MustCompile(`(?i)\bls[nr]-[a-z0-9-]*[a-z0-9]`),
		balancer:    regexp.MustCompile(`^(?i:[anc]lb|gwlb|slb|lb|ga)[-_]`),
		resource:    regexp.MustCompile(`^(?i:sgp|rule|acl|rsp|vco|tls|asp|nls)-`),
		fingerprint: regexp.MustCompile(`^(?i:[0-9a-f]{2}(?::[0-9a-f]{2}){7,}|[0-9a-f]{32,})$`),
		number:      regexp.MustCompile(`[0-9]+`),
	}
})

// moreThanID says what a value has in it beside one id, or beside several.
func moreThanID(value string, ids []string, more, list message.ID) message.Reason {
	if len(ids) > 1 {
		return message.ListEach.With(list.With(quote(value)), ids[0])
	}
	return use(more.With(quote(value)), ids[0])
}

// adviseListenerID reports an id that is not that of a listener. The service does not
// document the form, but every example on its pages has it.
func (c *checker) adviseListenerID(id string) {
	if before, port, found := strings.Cut(id, "@"); found && isNumber(port) && c.table.Operation.Product() == "Nlb" {
		id = before
	}
	begin := "lsn-"
	if c.table.Operation.Product() == "Ga" {
		begin = "lsr-"
	}
	if reason := listenerMistake(id, begin); !reason.IsZero() {
		c.advise(ListenerIDForm, errcodes.FieldListenerID, errcodes.Position{}, reason)
	}
}

// listenerMistake says what is wrong with the id of a listener, which begins in one way.
func listenerMistake(id, begin string) message.Reason {
	ids := slices.DeleteFunc(idForms().listener.FindAllString(id, -1), func(id string) bool {
		return !strings.HasPrefix(strings.ToLower(id), begin) // of another product
	})
	shown := quote(id)
	switch {
	case len(ids) == 1 && ids[0] == id && id == strings.ToLower(id):
		return message.Reason{}
	case len(ids) == 1 && ids[0] == id:
		return use(message.ListenerCase.With(shown), strings.ToLower(id))
	case len(ids) > 0:
		return moreThanID(id, ids, message.ListenerMore, message.ListenerList)
	case idForms().balancer.MatchString(strings.TrimFunc(id, isWrapping)):
		return message.ListenerBalancer.With(shown, begin)
	case idForms().resource.MatchString(id):
		return message.ListenerGroup.With(shown, begin)
	case isNumber(id):
		return message.ListenerPort.With(shown, begin)
	case idForms().certificate.FindString(id) == id:
		return message.ListenerCertificate.With(shown, begin)
	default:
		return message.ListenerOther.With(shown, begin)
	}
}

// malformedEntry says which character a certificate id cannot have.
func malformedEntry(id string) message.Reason {
	for _, r := range id {
		if !isIDCharacter(r) {
			reason := message.EntryCharacter.With(quote(id), visible(r))
			if mistake := entryList(id); !mistake.IsZero() {
				reason = message.DomainAnd.With(reason, mistake)
			} else if ids := idForms().certificate.FindAllString(id, -1); len(ids) == 1 {
				reason = use(reason, ids[0])
			}
			return reason
		}
	}
	return quote(id)
}

func isIDCharacter(r rune) bool { return r > ' ' && r < unicode.MaxASCII }

// entryList says that an entry has several ids in it, or is JSON.
func entryList(id string) message.Reason {
	ids := idForms().certificate.FindAllString(id, -1)
	switch {
	case strings.HasPrefix(id, "[") || strings.HasPrefix(id, "{"):
		reason := message.EntryJSON.With(quote(id))
		if len(ids) == 1 {
			return use(reason, ids[0])
		}
		return reason
	case len(ids) > 1:
		return message.EntryList.With(quote(id), ids[0])
	default:
		return message.Reason{}
	}
}

// adviseEntryID reports a certificate id that is not of the form NUMBER-REGION, and says
// what it is if that can be told.
func (c *checker) adviseEntryID(entry int, id string) {
	switch reason := entryMistake(id); {
	case isNumber(id):
		c.adviseEntry(entry, IDWithoutRegion, message.EntryNumber.With(quote(id), shortened(id)))
	case !reason.IsZero():
		c.adviseEntry(entry, CertificateIDForm, reason)
	case !hasRegion(id):
		c.adviseEntry(entry, IDWithoutRegion, message.IDWithoutRegion.With(quote(id)))
	}
}

func entryMistake(id string) message.Reason {
	if reason := entryList(id); !reason.IsZero() {
		return reason
	}
	shown := quote(id)
	switch found := idForms().certificate.FindString(id); {
	case found == id && id == strings.ToLower(id):
		return message.Reason{}
	case found == id:
		return use(message.EntryCase.With(shown), strings.ToLower(id))
	case found != "":
		return use(message.EntryMore.With(shown), strings.ToLower(found))
	case idForms().listener.MatchString(id):
		return message.EntryListener.With(shown)
	case idForms().balancer.MatchString(strings.TrimFunc(id, isWrapping)):
		return message.EntryBalancer.With(shown)
	case idForms().classic.MatchString(id):
		return message.EntryClassic.With(shown)
	}
	if m := idForms().turned.FindStringSubmatch(id); m != nil {
		return use(message.EntryTurned.With(shown), strings.ToLower(m[2]+m[3]+"-"+m[1]+m[4]))
	}
	if m := idForms().endpoint.FindStringSubmatch(id); m != nil {
		return message.EntryEndpoint.With(shown, shortened(m[1])+"-cn-hangzhou")
	}
	if kind := kindOfValue(id); kind != 0 {
		return message.EntryOther.With(shown, kind.With())
	}
	return message.Reason{}
}

// kindOfValue tells what else a value may be, 0 for nothing that is known.
func kindOfValue(value string) message.ID {
	bare := strings.TrimFunc(value, isWrapping)
	switch {
	case strings.Contains(value, "://"):
		return message.KindURL
	case strings.HasPrefix(value, "acs:") || strings.HasPrefix(value, "arn:"):
		return message.KindResource
	case idForms().fingerprint.MatchString(value):
		return message.KindFingerprint
	case strings.ContainsAny(value, `/\`) || isMaterialName(value):
		return message.KindFile
	case idForms().resource.MatchString(bare) || strings.HasPrefix(bare, "cert-") || strings.HasPrefix(bare, "cas-") || strings.HasPrefix(bare, "cas_"):
		return message.KindID
	case strings.Contains(value, ".") && isHostName(bare):
		return message.KindHostName
	default:
		return 0
	}
}

// isMaterialName reports whether a value ends as the names of certificate files do.
func isMaterialName(value string) bool {
	suffix := strings.ToLower(value[strings.LastIndexByte(value, '.')+1:])
	return slices.Contains([]string{"pem", "crt", "cer", "key", "pfx", "p12", "der"}, suffix)
}

func isNumber(value string) bool {
	for i := range len(value) {
		if value[i] < '0' || value[i] > '9' {
			return false
		}
	}
	return value != ""
}

// certIDMistake says what is wrong with a number of the certificate center.
func certIDMistake(id string) message.Reason {
	shown := quote(id)
	numbers := idForms().number.FindAllString(id, -1)
	first, region, _ := strings.Cut(idForms().certificate.FindString(id), "-")
	switch {
	case region != "" && len(id) <= longestShown:
		return use(message.CertIDWithRegion.With(shown, region), first)
	case len(numbers) == 1 && strings.TrimFunc(id, isSurplusOfNumber) == numbers[0]:
		return use(message.CertIDMore.With(shown), numbers[0])
	case len(numbers) > 1 && strings.TrimFunc(id, func(r rune) bool { return isSurplusOfNumber(r) || '0' <= r && r <= '9' }) == "" && strings.ContainsAny(id, ",;| \t\n"):
		return moreThanID(id, numbers, message.CertIDMore, message.CertIDList)
	}
	const exact = 1 << 53 // what a float holds without loss
	if f, err := strconv.ParseFloat(id, 64); err == nil && f >= 1 && f < exact && f == float64(int64(f)) && !strings.HasPrefix(strings.ToLower(id), "0x") {
		return use(message.CertIDOther.With(shown), strconv.FormatInt(int64(f), 10))
	}
	return message.CertIDOther.With(shown)
}

// isSurplusOfNumber reports whether a character may stand beside a number without being
// part of one.
func isSurplusOfNumber(r rune) bool {
	return unicode.IsSpace(r) || isFormat(r) || isWrapping(r) || r == '+' || r == '#'
}

// regionMistake says what is wrong with the region of a certificate of the center.
func regionMistake(region, china, abroad string) message.Reason {
	shown := quote(region)
	if number, rest, _ := strings.Cut(idForms().certificate.FindString(region), "-"); rest != "" {
		reason := message.CertRegionWithID.With(shown, shortened(number))
		if rest == china || rest == abroad {
			return use(reason, rest)
		}
		return reason
	}
	return message.CertRegionOther.With(shown, china, abroad)
}
