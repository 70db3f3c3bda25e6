package fakecloud

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/alicert/alicert/model/fakecloud/internal/store"
)

// fill sets every field below a value to a value that is not zero. A table gets several
// records.
func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Struct:
		if set := v.Addr().MethodByName("Set"); set.IsValid() { // a table
			for _, key := range []string{"a", "", strings.Repeat("long ", 500), "证"} {
				record := reflect.New(set.Type().In(1)).Elem()
				fill(t, record)
				v.Set(v.Addr().MethodByName("Set").Call([]reflect.Value{reflect.ValueOf(key), record})[0])
			}
			return
		}
		for _, field := range v.Fields() {
			fill(t, field)
		}
	case reflect.String:
		v.SetString("some text, <é>\n")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8: // the site, of which 1 is the last
		v.SetUint(1)
	case reflect.Int, reflect.Int64:
		v.SetInt(1<<31 - 7)
	default:
		t.Fatalf("%v is not supported", v.Type())
	}
}

// TestEverythingIsKept checks that every field of a snapshot survives a restart.
func TestEverythingIsKept(t *testing.T) {
	dir := t.TempDir()
	full := &snapshot{}
	fill(t, reflect.ValueOf(&full.state).Elem())
	encode := func(m *snapshot) string {
		text, err := json.Marshal(m.state)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, m := range []*snapshot{full, {}, full} { // the second one checks that records are removed
		cloud, err := Open(dir, Options{Progress: Manual()}, Seed{})
		if err != nil {
			t.Fatal(err)
		}
		k := cloud.engine.persister
		change := k.deltaTo(m)
		if err := k.store.Update(change.write); err != nil {
			t.Fatal(err)
		}
		if err := cloud.Close(); err != nil {
			t.Fatal(err)
		}
		cloud, err = Open(dir, Options{Progress: Manual()}, Seed{})
		if err != nil {
			t.Fatal(err)
		}
		got := cloud.engine.current.Load()
		if encode(got) != encode(m) {
			t.Errorf("kept\n%s\nof\n%s", encode(got), encode(m))
		}
		if err := cloud.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRecordsThatCannotBeRead checks records with valid checksums that this version
// cannot decode.
func TestRecordsThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct {
		part, key, value, says string
	}{
		"an unknown member of a domain":      {"domains", "d", `{"https":true,"http3":true}`, `unknown field "http3"`},
		"an unknown member of the account":   {accountPart, accountPart, `{"suspended":false,"plan":"gold"}`, `unknown field "plan"`},
		"an unknown member of a certificate": {certificatePart, "c", `{"name":"c","source":"cas","status":"issued","leaf":{"shape":"oak"}}`, `unknown field "shape"`},
		"a text that is not there":           {certificatePart, "c", `{"name":"c","source":"cas","status":"issued","text":"00ff"}`, "the text of the certificate is missing"},
		"a record of another kind":           {"jobs", "j", `[]`, "cannot unmarshal"},
		"half a record":                      {"listeners", "l", `{"port":`, "unexpected EOF"},
		"two records":                        {"tokens", "t", `{}{}`, "more than one value"},
		"an empty record":                    {"usedTokens", "d", ``, "EOF"},
		"a nonce of no number":               {noncePart, "x", strings.Repeat("n", 24), "not a valid nonce"},
		"a nonce that is too short":          {noncePart, nonceKey(7), "n", "not a valid nonce"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			cloud, err := Open(dir, Options{}, Seed{})
			if err != nil {
				t.Fatal(err)
			}
			if err := cloud.Close(); err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(dir, partNames())
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Update(func(tx *store.Tx) error { return tx.Put(test.part, test.key, []byte(test.value)) }); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second attempt shows that the first changed nothing
				_, err = Open(dir, Options{}, Demo())
				if err == nil {
					t.Fatal("opened")
				}
				for _, says := range []string{dir, test.says, test.part, "Nothing was changed"} {
					if !strings.Contains(err.Error(), says) {
						t.Errorf("%v; want %q in it", err, says)
					}
				}
			}
		})
	}
}
