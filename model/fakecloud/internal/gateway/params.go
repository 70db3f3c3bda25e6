package gateway

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// pair is a decoded parameter.
type pair struct{ name, value string }

// parse decodes a query or a form body. It returns all parameters that can be decoded,
// and the first error. Names and values share no memory with the text, so that storing
// one of them does not keep the whole text in memory.
func parse(text string) (pairs []pair, err error) {
	for part := range strings.SplitSeq(text, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		decodedName, nameErr := url.QueryUnescape(name)
		decodedValue, valueErr := url.QueryUnescape(value)
		if failed := cmp.Or(nameErr, valueErr); failed != nil {
			err = cmp.Or(err, failed)
			continue
		}
		pairs = append(pairs, pair{own(decodedName, name), own(decodedValue, value)})
	}
	return pairs, err
}

// members returns the members of a JSON object as parameters, sorted by name: a text
// without its quotes, another value as it is written. What null says is absent. Another
// text than an object has no members, as nothing public tells how it is refused.
func members(text []byte) (pairs []pair) {
	var object map[string]json.RawMessage
	if json.Unmarshal(text, &object) != nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		value := string(object[name])
		switch value[0] {
		case '"':
			_ = json.Unmarshal(object[name], &value) // it was checked
		case 'n':
			continue
		}
		pairs = append(pairs, pair{name, value})
	}
	return pairs
}

// own returns a decoded text in memory of its own. The decoder returns a part of its
// argument if there is nothing to decode.
func own(decoded, encoded string) string {
	if decoded == encoded {
		return strings.Clone(decoded)
	}
	return decoded
}

// values returns the values of parameters by name. Nearly all lists have one element, so
// they share an array.
func values(query, form []pair) url.Values {
	n := len(query) + len(form)
	values, array := make(url.Values, n), make([]string, 0, n)
	for _, pairs := range [][]pair{query, form} {
		for _, p := range pairs {
			if before, repeated := values[p.name]; repeated {
				values[p.name] = append(before, p.value)
				continue
			}
			array = append(array, p.value)
			values[p.name] = array[len(array)-1 : len(array) : len(array)]
		}
	}
	return values
}

// canonical appends the parameters in the form that both signatures use: sorted by the
// decoded name, percent-encoded, joined. It leaves out the parameter with the name skip.
func canonical(dst []byte, pairs []pair, skip string) []byte {
	sorted := slices.Clone(pairs)
	slices.SortStableFunc(sorted, func(a, b pair) int { return cmp.Compare(a.name, b.name) })
	first := true
	for _, p := range sorted {
		if p.name == skip {
			continue
		}
		if !first {
			dst = append(dst, '&')
		}
		first = false
		dst = append(appendEncoded(dst, p.name), '=')
		dst = appendEncoded(dst, p.value)
	}
	return dst
}

// List returns the elements of a flat array of texts, name.1, name.2 and so on, in the
// order of their numbers. The numbers may have gaps.
func List(values url.Values, name string) []string {
	type element struct {
		number uint64
		value  string
	}
	var elements []element
	for parameter := range values {
		digits, found := strings.CutPrefix(parameter, name+".")
		number, err := strconv.ParseUint(digits, 10, 64)
		if found && err == nil && number > 0 && strconv.FormatUint(number, 10) == digits {
			elements = append(elements, element{number, values.Get(parameter)})
		}
	}
	slices.SortFunc(elements, func(a, b element) int { return cmp.Compare(a.number, b.number) })
	var list []string
	for _, e := range elements {
		list = append(list, e.value)
	}
	return list
}

// appendEncoded appends text in the percent-encoding of both signatures: unreserved
// characters unchanged, every other byte as %XX in upper case.
func appendEncoded[T string | []byte](dst []byte, text T) []byte {
	const upper = "0123456789ABCDEF"
	for i := range len(text) {
		if c := text[i]; unreserved(c) {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', upper[c>>4], upper[c&15])
		}
	}
	return dst
}

func unreserved(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	default:
		return c == '-' || c == '_' || c == '.' || c == '~'
	}
}
