// Package explanation says what an error code, a condition or an advisory means. The
// command certcheck and the page of certpage show it.
package explanation

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/lookup"
	"github.com/alicert/alicert/validate"
)

// An Explanation is what a code, a condition or an advisory means in the form that certcheck
// promises.
type Explanation struct {
	Code      errcodes.Code       `json:"code,omitempty"`
	Condition errcodes.Condition  `json:"condition,omitzero"`
	ID        validate.AdvisoryID `json:"id,omitempty"`
	Level     validate.Level      `json:"level,omitempty"`
	Retryable bool                `json:"retryable"`
	Advice    *Action             `json:"advice,omitempty"`
	Meaning   string              `json:"meaning"`
	Hint      string              `json:"hint"`
	Places    []Row               `json:"places"`
}

// Action is what a program can do about a code.
type Action struct {
	Action errcodes.Action `json:"action"`
	After  string          `json:"after,omitempty"`
}

// A Row is a row of a published table in the form that certcheck promises.
type Row struct {
	Catalog    errcodes.Table  `json:"catalog"`
	Operation  string          `json:"operation"` // its name on the wire
	Product    string          `json:"product"`   // that has the operation: products may share names
	Code       errcodes.Code   `json:"code"`
	Status     int             `json:"status"`
	Message    string          `json:"message"`
	Edition    errcodes.Origin `json:"edition"`
	Conditions []Condition     `json:"conditions"`

	// Description is the vendor's own, in Chinese, and the key of the page that has it.
	Description errcodes.Description `json:"description,omitzero"`
	// International is the message of the international site, if it has one of its own.
	International string `json:"international,omitempty"`
	// NeverAnswered says why a row without conditions is never answered.
	NeverAnswered string `json:"neverAnswered,omitempty"`
}

// A Condition is one that a row answers.
type Condition struct {
	Condition errcodes.Condition `json:"condition"`
	Meaning   string             `json:"meaning"`
	Hint      string             `json:"hint"`
	Parameter string             `json:"parameter"`
	Grade     errcodes.Evidence  `json:"grade"`
	Source    errcodes.Source    `json:"source"`

	// Contrary is what speaks against the mapping, with its source.
	Contrary       string          `json:"contrary,omitempty"`
	ContrarySource errcodes.Source `json:"contrarySource,omitzero"`
}

// Rows returns the rows of all tables, or of those of one operation if it is not 0.
func Rows(only errcodes.Operation, lang errcodes.Lang) []Row {
	rows := []Row{}
	for table := range errcodes.Tables() {
		if only != 0 && table.Operation != only {
			continue
		}
		for row := range table.Rows() {
			rows = append(rows, newRow(table, row, lang))
		}
	}
	return rows
}

func newRow(table errcodes.Table, row errcodes.Row, lang errcodes.Lang) Row {
	object := Row{
		Catalog: table, Operation: table.Operation.String(), Product: table.Operation.Product(),
		Code: row.Code, Status: row.Status, Message: row.Message, Edition: row.Origin,
		Conditions: []Condition{}, Description: row.Description, International: Abroad(table, row),
	}
	why, _ := table.NeverAnswered(row)
	object.NeverAnswered = why.In(lang)
	for m := range table.Mappings() {
		if m.Row != row {
			continue
		}
		object.Conditions = append(object.Conditions, Condition{
			Condition: m.Condition, Meaning: m.Condition.Meaning().In(lang), Hint: m.Condition.Hint().In(lang),
			Parameter: m.Parameter, Grade: m.Evidence, Source: m.Source,
			Contrary: m.Contrary.Says.In(lang), ContrarySource: m.Contrary.Source,
		})
	}
	return object
}

// Abroad returns the message of a row on the international site, if it is another one.
func Abroad(table errcodes.Table, row errcodes.Row) string {
	other := table
	other.Site = errcodes.InternationalSite
	rows := slices.Collect(other.Rows())
	if i := slices.Index(slices.Collect(table.Rows()), row); i >= 0 && rows[i].Message != row.Message {
		return rows[i].Message
	}
	return ""
}

// New explains what was looked up.
func New(e lookup.Entry, lang errcodes.Lang) *Explanation {
	object := &Explanation{Code: e.Code, Condition: e.Condition, ID: e.Advisory, Places: []Row{}}
	switch {
	case e.Code != "":
		known, _ := errcodes.Explain(e.Code)
		object.Retryable = known.Advice.Retry()
		object.Advice = &Action{Action: known.Advice.Action}
		if known.Advice.After > 0 {
			object.Advice.After = known.Advice.After.String()
		}
		object.Meaning, object.Hint = known.Meaning.In(lang), known.Hint.In(lang)
		for _, o := range known.Occurrences {
			object.Places = append(object.Places, newRow(o.Table, o.Row, lang))
		}
	case e.Condition != 0:
		object.Meaning, object.Hint = e.Condition.Meaning().In(lang), e.Condition.Hint().In(lang)
		for table, row := range RowsFor(e.Condition) {
			object.Places = append(object.Places, newRow(table, row, lang))
		}
	default:
		object.Level = e.Advisory.Level()
		object.Meaning, object.Hint = e.Advisory.Meaning().In(lang), e.Advisory.Hint().In(lang)
	}
	return object
}

// RowsFor yields the row that a condition maps to in each table that has it.
func RowsFor(cond errcodes.Condition) iter.Seq2[errcodes.Table, errcodes.Row] {
	return func(yield func(errcodes.Table, errcodes.Row) bool) {
		for table := range errcodes.Tables() {
			if row, has := table.Row(cond); has && !yield(table, row) {
				return
			}
		}
	}
}

// Advice says in one sentence what a program can do about a code.
func Advice(a errcodes.Advice) errcodes.Message {
	after := duration(a.After.Truncate(time.Second))
	switch a.Action {
	case errcodes.Again:
		return errcodes.Message{EN: "send it again after " + after.EN + ", and wait twice as long after each try", ZH: "可稍后重试：先等待 " + after.ZH + "，之后每次等待时间加倍"}
	case errcodes.AgainWithToken:
		return errcodes.Message{EN: "send it again after " + after.EN + " with the same client token: nobody knows whether it took effect", ZH: "可稍后重试：等待 " + after.ZH + " 后用相同的客户端 Token 重试（无法确定是否已生效）"}
	case errcodes.SignAnew:
		return errcodes.Message{EN: "sign it anew, then send it again", ZH: "重新签名后再发送"}
	case errcodes.ChangeRequest:
		return errcodes.Message{EN: "sending the same request again does not help", ZH: "重试无效，需先修改请求"}
	default:
		return errcodes.Message{EN: "stop: a program cannot help, a person has to see to it", ZH: "停止重试：需要人工处理"}
	}
}

// duration writes a time span of seconds, or of minutes.
func duration(d time.Duration) errcodes.Message {
	m := errcodes.Message{EN: d.String(), ZH: fmt.Sprintf("%d 秒", d/time.Second)}
	if d >= time.Minute && d%time.Minute == 0 {
		m.ZH = fmt.Sprintf("%d 分钟", d/time.Minute)
	}
	return m
}
