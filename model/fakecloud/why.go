package fakecloud

import (
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
)

// why explains a refusal in one language.
type why struct {
	By        string             `json:"by"`                  // what decided: "model", "gateway", "fault" or "fake"
	Message   string             `json:"message,omitempty"`   // of the service
	Condition errcodes.Condition `json:"condition,omitzero"`  // 0 if the model did not decide
	Reason    string             `json:"reason"`              // with the position in front
	Parameter string             `json:"parameter,omitempty"` // to blame
	Hint      string             `json:"hint,omitempty"`
	Advice    string             `json:"advice,omitempty"`   // whether to send it again
	Evidence  string             `json:"evidence,omitempty"` // how sure the rule is
	Source    string             `json:"source,omitempty"`
	Contrary  string             `json:"contrary,omitempty"` // what speaks against the rule
	Target    string             `json:"target,omitempty"`   // the part of the state that decided
}

// why returns why a call was refused.
func (m *moment) why(lang errcodes.Lang) *why {
	switch {
	case m.call == nil || m.call.Code != "" && m.record != nil && m.record.item.Output.Error.Code != "":
		w := whyOf(&m.record.item.Output.Error, lang)
		if w.By, w.Target = "model", m.record.item.Output.Target; w.Target == "the request" {
			w.Target = ""
		}
		return w
	case m.call.Fault && (m.call.Drop != "" || m.record == nil):
		return m.call.whyFault(lang)
	case m.call.refusal != nil:
		w := whyOf(m.call.refusal, lang)
		w.By = "gateway"
		return w
	case m.call.Code == gateway.NotImplemented:
		return &why{By: "fake", Message: m.call.message, Reason: text(lang, "why.notImplemented"), Hint: text(lang, "why.notImplementedHint")}
	default:
		return m.call.whyGateway(lang)
	}
}

// whyOf explains a refusal of the model or of the checks before it.
func whyOf(e *errcodes.Error, lang errcodes.Lang) *why {
	w := &why{Message: e.Message, Condition: e.Condition, Reason: e.Why(lang), Parameter: e.Parameter, Hint: e.Hint().In(lang), Source: e.Source, Contrary: e.Contrary.In(lang)}
	if w.Reason == "" {
		w.Reason = e.Condition.Meaning().In(lang)
	}
	if e.Evidence != 0 {
		w.Evidence = text(lang, "evidence."+e.Evidence.String())
	}
	w.Advice = adviceText(errcodes.Advise(e), lang)
	return w
}

// whyFault says that a scripted fault decided, and what its code means.
func (c *callMoment) whyFault(lang errcodes.Lang) *why {
	w := &why{By: "fault", Message: c.message, Reason: text(lang, "why.fault")}
	if c.Drop != "" {
		w.Message, w.Reason = "", text(lang, "why.drop."+string(c.Drop))
		return w
	}
	if known, ok := errcodes.Explain(errcodes.Code(c.Code)); ok {
		w.Hint, w.Advice = known.Hint.In(lang), adviceText(known.Advice, lang)
	}
	return w
}

// whyGateway explains a refusal of the gateway by its code.
func (c *callMoment) whyGateway(lang errcodes.Lang) *why {
	w := &why{By: "gateway", Message: c.message}
	advice := errcodes.Advise(errcodes.Code(c.Code))
	w.Reason, w.Hint, w.Advice = advice.Reason.In(lang), advice.Hint.In(lang), adviceText(advice, lang)
	if parameter, is := strings.CutPrefix(c.Code, "Missing"); is && advice.Action != errcodes.Stop {
		w.Parameter = parameter
	}
	return w
}

// adviceText says in one sentence what a program can do.
func adviceText(a errcodes.Advice, lang errcodes.Lang) string {
	if a.Action == 0 {
		return ""
	}
	return text(lang, "advice."+a.Action.String(), a.After.Truncate(time.Second))
}
