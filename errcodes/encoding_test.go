package errcodes_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
)

// testEnum tests the text form of an enumeration. Zero is "none" and travels,
// too: it is a field's value in many an Error.
func testEnum[E interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
}, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, kind string, known []E,
) {
	t.Helper()
	for _, want := range append([]E{0}, known...) {
		text, err := want.MarshalText()
		name := want.String()
		if op, is := any(want).(errcodes.Operation); is {
			name = op.ID()
		}
		if err != nil || string(text) != name {
			t.Errorf("%s %d: MarshalText() = %q, %v; want %q", kind, want, text, err, name)
		}
		got := ^want
		if err := P(&got).UnmarshalText(text); err != nil || got != want {
			t.Errorf("%s %q: UnmarshalText gives %d, %v; want %d", kind, text, got, err, want)
		}

		testutil.RoundTrip(t, map[E]E{want: want})
	}

	end := E(len(known) + 1)
	for _, unknown := range []E{end, 255} {
		if text, err := unknown.MarshalText(); err == nil || err.Error() != fmt.Sprintf("errcodes: %d is no %s", uint8(unknown), kind) {
			t.Errorf("%s %d: MarshalText() = %q, %v", kind, unknown, text, err)
		}
		if got, want := unknown.String(), fmt.Sprintf("unknown(%d)", uint8(unknown)); got != want {
			t.Errorf("%s %d: String() = %q; want %q", kind, unknown, got, want)
		}
	}
	for _, text := range []string{"nonsense", " ", "1", "unknown(255)", known[0].String() + " ", "X" + known[0].String()} {
		got := known[0]
		if err := P(&got).UnmarshalText([]byte(text)); err == nil || got != known[0] {
			t.Errorf("%s: UnmarshalText(%q) gives %d, %v", kind, text, got, err)
		}
	}
}

func TestTextForms(t *testing.T) {
	testEnum(t, "condition", slices.Collect(errcodes.Conditions()))
	testEnum(t, "operation", slices.Collect(errcodes.Operations()))
	testEnum(t, "version", []errcodes.Version{errcodes.Original, errcodes.Current})
	testEnum(t, "evidence", []errcodes.Evidence{errcodes.Documented, errcodes.Observed, errcodes.Reported, errcodes.Assumed})
	testEnum(t, "origin", []errcodes.Origin{errcodes.OwnPage, errcodes.LaterPage, errcodes.SiblingPage, errcodes.ProductPage, errcodes.GatewayPage})
}

// TestOperationIDs: no two operations have the same id, or the same name and product; the
// product may stand in front of any name, in any letter case, and a bare name is the first
// operation that has it.
func TestOperationIDs(t *testing.T) {
	ids, first := map[string]errcodes.Operation{}, map[string]errcodes.Operation{}
	for op := range errcodes.Operations() {
		name, full := op.String(), op.Product()+":"+op.String()
		if _, shared := first[name]; !shared {
			first[name] = op
		}
		for _, id := range []string{op.ID(), full} {
			if other, taken := ids[id]; taken && other != op {
				t.Errorf("%d and %d are both %s", op, other, id)
			}
			ids[id] = op
		}
		if (op.ID() == name) != (first[name] == op) || op.ID() != name && op.ID() != full {
			t.Errorf("the id of %s is %s", full, op.ID())
		}
		for _, text := range []string{op.ID(), full, strings.ToUpper(op.Product()) + ":" + name, strings.ToLower(op.Product()) + ":" + name} {
			var got errcodes.Operation
			if err := got.UnmarshalText([]byte(text)); err != nil || got != op {
				t.Errorf("%s is %d, %v; want %d", text, got, err, op)
			}
		}
		if got, ok := errcodes.FindOperation("", name); !ok || got != first[name] {
			t.Errorf("%s without a product is %d", name, got)
		}
		if got, ok := errcodes.FindOperation(op.Product(), name); !ok || got != op {
			t.Errorf("%s is %d", full, got)
		}
		for _, text := range []string{":" + name, "ecs:" + name, op.Product() + ":", op.Product() + "." + name} {
			var got errcodes.Operation
			if err := got.UnmarshalText([]byte(text)); err == nil || got != 0 {
				t.Errorf("%s is %d", text, got)
			}
		}
	}
	if op, ok := errcodes.FindOperation("Cdn", ""); ok {
		t.Errorf("no name is %s", op)
	}
}

// TestOldErrorsDecode: an error without a product is one of the first operation of its
// name, and one of another product comes back as such.
func TestOldErrorsDecode(t *testing.T) {
	for op := range errcodes.Operations() {
		first, _ := errcodes.FindOperation("", op.String())
		for text, want := range map[string]errcodes.Operation{
			`{"operation":"` + op.String() + `"}`:                                  first,
			`{"operation":"` + op.String() + `","product":"` + op.Product() + `"}`: op,
		} {
			var got errcodes.Error
			if err := json.Unmarshal([]byte(text), &got); err != nil || got.Operation != want {
				t.Errorf("%s is one of %s, %v", text, got.Operation.ID(), err)
			}
		}
	}
	for _, text := range []string{`{"operation":"X"}`, `{"operation":"GetCertificateDetail","product":"ecs"}`, `{"product":"cas"}`, `{"operation":1}`} {
		var got errcodes.Error
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is one of %s", text, got.Operation)
		}
	}
}

// TestTablesThroughText: every table comes back from its text, also with the product in
// front.
func TestTablesThroughText(t *testing.T) {
	for want := range errcodes.Tables() {
		for _, text := range []string{want.String(), want.Operation.Product() + ":" + strings.TrimPrefix(want.String(), want.Operation.Product()+":")} {
			var got errcodes.Table
			if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
				t.Errorf("%s is %v, %v", text, got, err)
			}
		}
	}
	for _, text := range []string{" (later edition)", "SetDomainServerCertificate (later edition)", "X", "SetDomainServerCertificate (international site)", "SetCdnDomainSSLCertificate (later edition)"} {
		var got errcodes.Table
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%s is %v", text, got)
		}
	}
}

func TestNamesOnTheWire(t *testing.T) {
	for want, value := range map[string]fmt.Stringer{
		"documented":  errcodes.Documented,
		"observed":    errcodes.Observed,
		"reported":    errcodes.Reported,
		"assumed":     errcodes.Assumed,
		"original":    errcodes.OwnPage,
		"later":       errcodes.LaterPage,
		"sibling":     errcodes.SiblingPage,
		"product":     errcodes.ProductPage,
		"gateway":     errcodes.GatewayPage,
		"KeyMismatch": errcodes.CondKeyMismatch,
	} {
		if value.String() != want {
			t.Errorf("%q; want %q", value, want)
		}
	}
}

func TestUnmarshalErrorsNameWhatIsKnown(t *testing.T) {
	var g errcodes.Evidence
	err := g.UnmarshalText([]byte("rumored"))
	if err == nil || err.Error() != `errcodes: "rumored" is no evidence; known are ["documented" "observed" "reported" "assumed"]` {
		t.Errorf("%v", err)
	}
}

func TestErrorThroughJSON(t *testing.T) {
	errs := []errcodes.Error{
		{},
		{
			Operation: errcodes.UpdateListenerAttribute, Code: "C.1", Status: 599, Message: "m\n\"%s\"<&>", Condition: errcodes.CondDryRun,
			Parameter: "P", Position: errcodes.Position{Block: 2, Line: 31, Column: 5}, Reason: errcodes.Message{EN: "why", ZH: "为什么"},
			Evidence: errcodes.Assumed, Origin: errcodes.SiblingPage, Source: "S", Remedy: errcodes.Message{EN: "do", ZH: "做"}, Follows: errcodes.CondKeyMismatch, Provisional: true,
		},
		{Reason: errcodes.Message{ZH: "只有中文"}},
	}
	for table := range errcodes.Tables() {
		for cond := range table.Conditions() {
			errs = append(errs, table.Error(cond, "a", "b", "c", "d"))
		}
	}
	for _, want := range errs {
		testutil.RoundTrip(t, want)
	}
}

func TestErrorAsJSON(t *testing.T) {
	err := cdn.Error(errcodes.CondCertificateNotPEM)
	err.Contrary = errcodes.Message{EN: "seen otherwise", ZH: "另有所见"}
	tests := []struct {
		name string
		edit func(*errcodes.Error)
		want string
	}{
		{"as it comes from the table", func(*errcodes.Error) {}, `{"operation":"SetDomainServerCertificate","product":"Cdn","code":"Certificate.FormatError","status":400,"message":"The certificate format is error.","condition":"CertificateNotPEM","parameter":"ServerCertificate","grade":"documented","source":"CDN API reference, SetDomainServerCertificate","contrary":{"en":"seen otherwise","zh":"另有所见"},"edition":"original"}`},
		{"with everything", func(e *errcodes.Error) {
			e.Block, e.Line, e.Column, e.Follows, e.Provisional = 2, 31, 5, errcodes.CondCertificateNotPEM, true
			e.Reason = errcodes.Message{EN: "a blank line", ZH: "空行"}
		}, `{"operation":"SetDomainServerCertificate","product":"Cdn","code":"Certificate.FormatError","status":400,"message":"The certificate format is error.","condition":"CertificateNotPEM","parameter":"ServerCertificate","block":2,"line":31,"column":5,"reason":{"en":"a blank line","zh":"空行"},"grade":"documented","source":"CDN API reference, SetDomainServerCertificate","contrary":{"en":"seen otherwise","zh":"另有所见"},"edition":"original","follows":"CertificateNotPEM","provisional":true}`},
	}
	for _, test := range tests {
		e := err
		test.edit(&e)
		data, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, string(data)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

// TestSites: the zero value is a site, so it has no place among testEnum's.
func TestSites(t *testing.T) {
	for want, name := range []string{"china", "international"} {
		text, err := errcodes.Site(want).MarshalText()
		got := errcodes.Site(200)
		if err != nil || string(text) != name || got.UnmarshalText(text) != nil || got != errcodes.Site(want) {
			t.Errorf("%d: %q, %v; %s", want, text, err, got)
		}
	}
	if _, err := errcodes.Site(2).MarshalText(); err == nil || new(errcodes.Site).UnmarshalText([]byte("mars")) == nil {
		t.Error("an unknown site")
	}
}

func TestRowThroughJSON(t *testing.T) {
	for table := range errcodes.Tables() {
		testutil.RoundTrip(t, slices.Collect(table.Rows()))
	}
}
