package store

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"strconv"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendLine appends a record, which has no line feed, as a line.
func appendLine(dst, record []byte) []byte {
	dst = fmt.Appendf(dst, "%08x ", crc32.Checksum(record, castagnoli))
	return append(append(dst, record...), '\n')
}

// parseLine returns the record of a line without its line feed.
func parseLine(line []byte) (record []byte, ok bool) {
	if len(line) < 9 || line[8] != ' ' {
		return nil, false
	}
	sum, err := strconv.ParseUint(string(line[:8]), 16, 32)
	record = line[9:]
	return record, err == nil && uint32(sum) == crc32.Checksum(record, castagnoli)
}

// parseLines returns the records of a file, and how many bytes are whole lines of
// them. damaged: a whole line follows one that is not.
func parseLines(data []byte) (records [][]byte, whole int, damaged bool) {
	torn := false
	for len(data) > 0 {
		line, rest, complete := bytes.Cut(data, []byte("\n"))
		record, ok := parseLine(line)
		switch {
		case !complete || !ok:
			torn = true
		case torn:
			return nil, 0, true
		default:
			records, whole = append(records, record), whole+len(line)+1
		}
		data = rest
	}
	return records, whole, false
}
