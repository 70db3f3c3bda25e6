package probe

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Answer is an answer of the service, as far as it may be told to others.
type Answer struct {
	HTTP    int      `json:"http,omitempty"` // 0: the saved text does not tell
	Code    string   `json:"code"`           // "": not refused
	Message string   `json:"message,omitempty"`
	Lang    string   `json:"lang,omitempty"` // of the message: en or zh
	Fields  []string `json:"fields,omitempty"`
}

// Limits on what is read.
const (
	maxAnswer  = 64 << 10 // bytes of a saved answer
	maxMessage = 600      // bytes
	maxFields  = 16
)

var (
	errNoAnswer = errors.New("the text is none of the known forms of an answer")
	errTooLong  = errors.New("the answer is too long")
)

// ParseAnswer reads a saved answer: the output of the vendor's CLI, the error text of one
// of the SDKs, a body in JSON or XML, or a whole HTTP response. The text may be hostile:
// an answer that is returned still has to pass redaction.
func ParseAnswer(data []byte) (Answer, error) {
	if len(data) > maxAnswer {
		return Answer{}, errTooLong
	}
	data = bytes.TrimPrefix(bytes.TrimSpace(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))), []byte("\ufeff"))
	if !utf8.Valid(data) {
		return Answer{}, errNoAnswer
	}
	switch {
	case bytes.HasPrefix(data, []byte("HTTP/")):
		return parseResponse(data)
	case bytes.HasPrefix(data, []byte("{")):
		return parseJSON(data)
	case bytes.HasPrefix(data, []byte("<")):
		return parseXML(data)
	default:
		return parseText(string(data))
	}
}

// parseResponse reads a response as curl -i prints it.
func parseResponse(data []byte) (Answer, error) {
	response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(data)), nil)
	if err != nil {
		return Answer{}, errNoAnswer
	}
	defer func() { _ = response.Body.Close() }()
	_, body, _ := bytes.Cut(data, []byte("\n\n")) // whatever length the header has, after the line ends were changed
	if body = bytes.TrimSpace(body); len(body) == 0 {
		return Answer{}, errNoAnswer
	}
	parse := parseJSON
	if body[0] == '<' {
		parse = parseXML
	}
	a, err := parse(body)
	if err == nil && a.Code == "" && response.StatusCode >= http.StatusBadRequest {
		return Answer{}, errNoAnswer // a refusal without a code is no answer of the service
	}
	a.HTTP = response.StatusCode
	return a, err
}

// parseJSON reads one object.
func parseJSON(data []byte) (Answer, error) {
	var object map[string]json.RawMessage
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&object); err != nil {
		return Answer{}, errNoAnswer
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Answer{}, errNoAnswer
	}
	text := func(name string) string {
		var s string
		_ = json.Unmarshal(object[name], &s) // another type counts as absent
		return s
	}
	a := Answer{Code: text("Code"), Message: text("Message")}
	_ = json.Unmarshal(object["statusCode"], &a.HTTP) // the SDKs add it
	delete(object, "statusCode")
	for name := range object {
		a.Fields = append(a.Fields, name)
	}
	if a.Code == "" && text("RequestId") == "" {
		return Answer{}, errNoAnswer
	}
	return a.tidy(), nil
}

// parseXML reads one element with the same children.
func parseXML(data []byte) (Answer, error) {
	var root struct {
		Children []struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		} `xml:",any"`
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&root); err != nil {
		return Answer{}, errNoAnswer
	}
	var a Answer
	known := false
	for _, child := range root.Children {
		a.Fields = append(a.Fields, child.XMLName.Local)
		switch child.XMLName.Local {
		case "Code":
			a.Code = child.Text
		case "Message":
			a.Message = child.Text
		case "RequestId":
			known = true
		}
	}
	if a.Code == "" && !known {
		return Answer{}, errNoAnswer
	}
	return a.tidy(), nil
}

var (
	// textCode finds the code in the texts of the SDKs: the CLI and the older ones for Go
	// and Java name it, those made by Tea and that for Python put it before the message.
	textCode = []*regexp.Regexp{
		regexp.MustCompile(`(?m)^\s*(?:ErrorCode|Code):\s*([A-Za-z0-9._-]+)\s*$`),
		regexp.MustCompile(`(?m)HTTP Status: \d+ Error:([A-Za-z0-9._-]+) `),
		regexp.MustCompile(`(?m)^(?:Error: |[\w.]+Exception: )([A-Za-z0-9._-]+)(?: code: \d+,| :)`),
	}
	textMessage = []*regexp.Regexp{
		regexp.MustCompile(`(?m)^\s*Message:\s*(?:code: \d+, )?(.*?)(?: request id: .*)?$`),
		regexp.MustCompile(`(?m)HTTP Status: \d+ Error:[A-Za-z0-9._-]+ (.*?)(?: RequestID: .*)?$`),
		regexp.MustCompile(`(?m)^(?:Error: |[\w.]+Exception: )[A-Za-z0-9._-]+(?: code: \d+,| :) (.*?)(?: request id: .*)?$`),
	}
	textStatus = regexp.MustCompile(`(?m)(?:^\s*StatusCode: |HTTP Status: |^(?:Error: )?[A-Za-z0-9._-]+ code: )(\d{3})\b`)
	textData   = regexp.MustCompile(`(?m)^\s*Data: (\{.*\})\s*$`)
)

// parseText reads the output of the CLI, or the error text of an SDK.
func parseText(text string) (Answer, error) {
	if data := textData.FindStringSubmatch(text); data != nil {
		if a, err := parseJSON([]byte(data[1])); err == nil {
			return a, nil
		}
	}
	for i, pattern := range textCode {
		code, message := pattern.FindStringSubmatch(text), textMessage[i].FindStringSubmatch(text)
		if code == nil {
			continue
		}
		a := Answer{Code: code[1]}
		if message != nil {
			a.Message = message[1]
		}
		if status := textStatus.FindStringSubmatch(text); status != nil {
			a.HTTP, _ = strconv.Atoi(status[1]) // three digits
		}
		return a.tidy(), nil
	}
	return Answer{}, errNoAnswer
}

// tidy sorts the fields and finds the language.
func (a Answer) tidy() Answer {
	slices.Sort(a.Fields)
	a.Code, a.Message = strings.TrimSpace(a.Code), strings.TrimSpace(a.Message)
	a.Lang = languageOf(a.Message)
	return a
}
