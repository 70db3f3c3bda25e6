package inputs

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
)

// sameAnswer reports whether two answers look the same to a client: ids, code, status,
// message and the content of a body. It compares conditions only if the system gives one.
func sameAnswer(want, got model.Output) bool {
	w, g := want.Error, got.Error
	return want.RequestID == got.RequestID && want.JobID == got.JobID && want.Ignored == got.Ignored &&
		w.Code == g.Code && w.Status == g.Status && w.Message == g.Message &&
		(g.Condition == 0 || g.Condition == w.Condition) && sameBody(want.Body, got.Body)
}

// sameBody compares what two bodies say. Times are not compared: inputs of this package
// have none, and a system has its own.
func sameBody(want, got any) bool {
	w, g := text(want), text(got)
	if w == g && w != "" { // as mostly
		return true
	}
	a, errA := members(w)
	b, errB := members(g)
	return errA == nil && errB == nil && reflect.DeepEqual(timeless(a), timeless(b))
}

// members returns the members of a body without the ids that an output also has, or nil
// if no others are left.
func members(body string) (any, error) {
	v, err := decode(body)
	if m, ok := v.(map[string]any); ok {
		delete(m, "RequestId")
		delete(m, "JobId")
		if len(m) == 0 {
			return nil, err
		}
	}
	return v, err
}

// text returns a body as JSON, or "" if it has none.
func text(body any) string {
	data, err := json.Marshal(body)
	if err != nil {
		return ""
	}
	return string(data)
}

// timeless returns a decoded body without the times of changes, and without private keys,
// which are no part of a state.
func timeless(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = timeless(v[i])
		}
	case map[string]any:
		for name := range v {
			switch name {
			case "CreateTime", "CreateTimeStamp", "UpdateTime", "ModifyTime", "GmtCreated", "GmtModified", "CertUpdateTime", "RemainDay", "Key":
				delete(v, name)
			default:
				v[name] = timeless(v[name])
			}
		}
	}
	return v
}

// decode decodes JSON without losing digits.
func decode(text string) (v any, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	err = d.Decode(&v)
	return v, err
}

// idle reports whether an input with this output changes nothing.
func idle(in Input, out model.Output) bool {
	return out.Ignored || out.Error.Code != "" && out.Error.Condition != errcodes.CondSetNotEffective || isRead(in)
}

func isRead(in Input) bool {
	a, ok := in.Action.(model.Action)
	return ok && a.Kind() == model.Read
}

// inputName returns the name of an input's type.
func inputName(in Input) string {
	if in.Action == nil {
		return "nothing"
	}
	return reflect.TypeOf(in.Action).Name()
}

// serviceIDs are the ids that the service chooses: of requests, jobs and certificates.
var serviceIDs = fuzz.IDs[Input, model.Output]{
	Given: func(o model.Output) (ids []string) {
		for _, id := range []string{o.RequestID, o.JobID} {
			if id != "" {
				ids = append(ids, id)
			}
		}
		var body struct {
			CertID     json.Number `json:"CertId"`
			ListenerID string      `json:"ListenerId"`

			ServerCertificateID string `json:"ServerCertificateId"`
			DomainExtensionID   string `json:"DomainExtensionId"`
			ID                  any    `json:"Id"`
		}
		if o.Body == nil || json.Unmarshal([]byte(text(o.Body)), &body) != nil {
			return ids
		}
		if body.CertID != "" {
			ids = append(ids, body.CertID.String())
			for _, region := range []string{cas.Region, cas.Overseas} {
				ids = append(ids, body.CertID.String()+"-"+region)
			}
		}
		for _, id := range []string{body.ServerCertificateID, body.DomainExtensionID} {
			if id != "" {
				ids = append(ids, id)
			}
		}
		if o.JobID != "" && body.ListenerID != "" { // of a listener that the job creates
			ids = append(ids, body.ListenerID)
		}
		if id, is := body.ID.(string); is && id != "" { // of a certificate of a site
			ids = append(ids, id)
		}
		return ids
	},
	Input: func(in Input, rename func(string) string) Input {
		data, err := json.Marshal(in)
		if err != nil {
			return in // of no type that has ids
		}
		renamed := in
		if err := json.Unmarshal(renameJSON(data, rename), &renamed); err != nil {
			return in
		}
		return renamed
	},
	Output: func(o model.Output, rename func(string) string) model.Output {
		o.RequestID, o.JobID = rename(o.RequestID), rename(o.JobID)
		o.Target, o.Error.Message = renameWords(o.Target, rename), renameWords(o.Error.Message, rename)
		if o.Body != nil {
			o.Body = json.RawMessage(renameJSON([]byte(text(o.Body)), rename))
		}
		return o
	},
}

// word matches an id.
var word = regexp.MustCompile(`[A-Za-z0-9_.-]+`)

func renameWords(text string, rename func(string) string) string {
	return word.ReplaceAllStringFunc(text, func(w string) string { return renameID(w, rename) })
}

// renameID renames an id, or a certificate name that was derived from one.
func renameID(id string, rename func(string) string) string {
	for _, prefix := range []string{"cert-", "cas-upload-"} {
		if of, made := strings.CutPrefix(id, prefix); made {
			return prefix + rename(of)
		}
	}
	return rename(id)
}

// renameJSON renames the ids in a JSON text. A text that is not valid stays as it is.
func renameJSON(data []byte, rename func(string) string) []byte {
	v, err := decode(string(data))
	if err != nil {
		return data
	}
	renamed, err := json.Marshal(renameValue("", v, rename))
	if err != nil {
		return data
	}
	return renamed
}

func renameValue(member string, v any, rename func(string) string) any {
	switch v := v.(type) {
	case string:
		if operation, token, found := strings.Cut(v, " "); found && member == "token" {
			return operation + " " + rename(token)
		}
		return renameID(v, rename)
	case json.Number:
		if member != "certId" && member != "CertId" && member != "CertificateId" && member != "Id" {
			return v
		}
		if renamed := rename(v.String()); isNumber(renamed) {
			return json.Number(renamed)
		}
		return v
	case []any:
		for i := range v {
			v[i] = renameValue(member, v[i], rename)
		}
		switch member {
		case "Jobs", "CertificateOrderList", "Certificates", "Listeners", "ServerCertificate", "DomainExtension", "Result":
			slices.SortStableFunc(v, func(a, b any) int { return bytes.Compare(sortKey(a), sortKey(b)) })
		}
		return v
	case map[string]any:
		for name := range v {
			v[name] = renameValue(name, v[name], rename)
		}
		return v
	default:
		return v
	}
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// sortKey sorts the items of a list as the machine does: a listener's default
// certificate first, the others by id or name. Sites have neither and stay in their order.
func sortKey(item any) []byte {
	members, _ := item.(map[string]any)
	rank := "1"
	if members["IsDefault"] == true {
		rank = "0"
	}
	for _, member := range []string{"Id", "Name", "CertificateId", "ListenerId", "DomainExtensionId", "ServerCertificateId"} {
		if id, ok := members[member].(string); ok {
			return []byte(rank + id)
		}
	}
	return []byte(rank)
}
