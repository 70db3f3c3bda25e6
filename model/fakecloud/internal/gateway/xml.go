package gateway

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
)

// asXML writes a JSON object as XML: members are elements, an array repeats the
// element that it is the value of.
func asXML(root string, object []byte) []byte {
	x := &xmlWriter{from: json.NewDecoder(bytes.NewReader(object))}
	x.from.UseNumber()
	x.to.WriteString("<?xml version='1.0' encoding='UTF-8'?>")
	x.element(root)
	return x.to.Bytes()
}

type xmlWriter struct {
	from *json.Decoder
	to   bytes.Buffer
}

// element writes the next value as an element, or as several of one name.
func (x *xmlWriter) element(name string) {
	token, _ := x.from.Token() // the object was made here: it is sound
	if token == json.Delim('[') {
		for x.from.More() {
			x.element(name)
		}
		_, _ = x.from.Token()
		return
	}
	x.to.WriteString("<" + name + ">")
	switch value := token.(type) {
	case json.Delim:
		for x.from.More() {
			member, _ := x.from.Token()
			x.element(fmt.Sprint(member))
		}
		_, _ = x.from.Token()
	case string:
		_ = xml.EscapeText(&x.to, []byte(value)) // a buffer takes everything
	case nil:
	default:
		fmt.Fprint(&x.to, value)
	}
	x.to.WriteString("</" + name + ">")
}
