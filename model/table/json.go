package table

import (
	"bytes"
	"encoding/json"
	"io"
)

// chunk is how many bytes WriteJSON collects before it writes them.
const chunk = 32 << 10

// MarshalJSON encodes the table as an object. It loses nothing if keys and records
// have only text in valid UTF-8.
func (t Table[V]) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := t.WriteJSON(&b)
	return b.Bytes(), err
}

// WriteJSON writes the result of MarshalJSON piece by piece, so that a large table needs
// little memory.
func (t Table[V]) WriteJSON(w io.Writer) error {
	b := []byte{'{'}
	first := true
	for k, v := range t.All() {
		if !first {
			b = append(b, ',')
		}
		first = false
		key, err := json.Marshal(k)
		if err != nil {
			return err
		}
		value, err := json.Marshal(v)
		if err != nil {
			return err
		}
		b = append(append(append(b, key...), ':'), value...)
		if len(b) >= chunk {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(append(b, '}'))
	return err
}

// UnmarshalJSON decodes the result of MarshalJSON.
func (t *Table[V]) UnmarshalJSON(data []byte) error {
	var records map[string]V
	if err := json.Unmarshal(data, &records); err != nil {
		return err
	}
	*t = Of(records)
	return nil
}
