package fastpath

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// skipText skips ordinary text between blocks: short lines, which neither reader can
// misread and no person takes for a BEGIN or END line or for a certificate in base64. ok
// is false if there is another line. It stops at a line that may begin a block.
func skipText(text string) (rest string, ok bool) {
	const longest = 200 // OpenSSL reads 254 bytes at once
	for text != "" && text[0] != '-' {
		line, _, ended := strings.Cut(text[:min(longest, len(text))], "\n")
		trimmed := strings.TrimLeft(line, " \t\r")
		if !ended || trimmed != "" && (trimmed[0] <= ' ' || trimmed[0] == '-' || remarkable(trimmed)) {
			return "", false
		}
		text = text[len(line)+1:]
	}
	return text, true
}

// remarkable reports whether a line of text has characters other than ASCII, two dashes
// or an encoding of one, or is base64 that may be DER.
func remarkable(line string) bool {
	const sequence = 'M' // what base64 of a DER SEQUENCE begins with
	other := line[0] != sequence
	for i := range len(line) {
		switch c := line[i]; {
		case c >= utf8.RuneSelf, c == '%', c == '&', c == '\\', c == '-' && line[i-1] == '-':
			return true
		case c == '=' && strings.HasPrefix(line[i:], "=2D"):
			return true
		case c > ' ' && c != '=' && sextets[c] == invalid:
			other = true
		}
	}
	return !other
}

// decodeBlock decodes the block that a text begins with into dst, and returns
// the number of bytes and what follows the END line. n is 0 unless the block
// is in canonical form and fits.
func decodeBlock(dst []byte, text, begin, end string) (n int, rest string) {
	const width = 64
	body, ok := strings.CutPrefix(text, begin)
	if !ok {
		return 0, ""
	}
	for {
		length := width
		if len(body) <= width || body[width] != '\n' {
			length = strings.IndexByte(body[:min(width, len(body))], '\n')
		}
		if length <= 0 || body[0] == '-' {
			break
		}
		k := decodeLine(dst[n:], body[:length])
		if k == 0 {
			return 0, ""
		}
		n += k
		body = body[length+1:]
		if k < width/4*3 { // the last line
			break
		}
	}
	switch rest, ok = strings.CutPrefix(body, end); {
	case !ok:
		return 0, ""
	case rest == "":
		return n, ""
	case rest[0] != '\n':
		return 0, ""
	default:
		return n, rest[1:]
	}
}

// decodeLine decodes one line of base64; n is 0 unless it is sound. It takes
// eight characters at once, by a table for each place of four.
func decodeLine(dst []byte, line string) (n int) {
	if len(line)%4 != 0 {
		return 0
	}
	padded := ""
	if last := len(line) - 4; line[len(line)-1] == '=' {
		line, padded = line[:last], line[last:]
	}
	var bad uint32
	for len(line) >= 8 && len(dst) >= 8 {
		high := base64[0][line[0]] | base64[1][line[1]] | base64[2][line[2]] | base64[3][line[3]]
		low := base64[0][line[4]] | base64[1][line[5]] | base64[2][line[6]] | base64[3][line[7]]
		binary.BigEndian.PutUint64(dst, uint64(high)<<40|uint64(low)<<16)
		bad |= high | low
		line, dst, n = line[8:], dst[6:], n+6
	}
	for len(line) >= 4 && len(dst) >= 3 {
		four, ok := decodeFour(line)
		if !ok {
			return 0
		}
		copy(dst, four[:])
		line, dst, n = line[4:], dst[3:], n+3
	}
	if line != "" || bad&anyInvalid != 0 {
		return 0
	}
	if padded != "" {
		k := decodePadded(dst, padded)
		if k == 0 {
			return 0
		}
		n += k
	}
	return n
}

// decodePadded decodes four characters, the last one or two of them padding. The
// bits behind the last byte must be zero.
func decodePadded(dst []byte, four string) (n int) {
	padding := len(four) - len(strings.TrimRight(four, "="))
	if n = 3 - padding; n < 1 || n > len(dst) {
		return 0
	}
	decoded, ok := decodeFour(four[:1+n] + "AA"[:padding])
	if !ok || decoded[n] != 0 || decoded[2] != 0 {
		return 0
	}
	return copy(dst, decoded[:n])
}

func decodeFour(four string) (decoded [3]byte, ok bool) {
	a, b, c, d := sextets[four[0]], sextets[four[1]], sextets[four[2]], sextets[four[3]]
	return [3]byte{a<<2 | b>>4, b<<4 | c>>2, c<<6 | d}, (a|b|c|d)&invalid == 0
}

// base64 has the value of each character at each place of four, and anyInvalid for those
// outside the alphabet.
var base64 = func() (tables [4][256]uint32) {
	for c := range 256 {
		for place := range tables {
			tables[place][c] = uint32(sextets[c]&^invalid) << (18 - 6*place)
			if sextets[c] == invalid {
				tables[place][c] = anyInvalid
			}
		}
	}
	return tables
}()

const anyInvalid = 1 << 31

// invalid marks characters outside the alphabet.
const invalid = 0x80

// sextets has the value of each character of the base64 alphabet. It is a
// string because strings cannot change.
const sextets = "" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x3e\x80\x80\x80\x3f" +
	"\x34\x35\x36\x37\x38\x39\x3a\x3b\x3c\x3d\x80\x80\x80\x80\x80\x80" +
	"\x80\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e" +
	"\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x80\x80\x80\x80\x80" +
	"\x80\x1a\x1b\x1c\x1d\x1e\x1f\x20\x21\x22\x23\x24\x25\x26\x27\x28" +
	"\x29\x2a\x2b\x2c\x2d\x2e\x2f\x30\x31\x32\x33\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80" +
	"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"
