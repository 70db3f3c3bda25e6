package errcodes

import "slices"

// Explanation is what a code means wherever it stands in the tables.
type Explanation struct {
	Code      Code `json:"code"`
	Retryable bool `json:"retryable"` // as [Retryable] says

	// Meaning and Hint are those of the conditions that earn the code in any
	// operation, joined where there are several, or what is known of a code
	// that nothing here earns.
	Meaning Text `json:"meaning"`
	Hint    Text `json:"hint"`

	// Places are the rows that have the code, catalog by catalog.
	Places []Place `json:"places"`
}

// Place is one row of one catalog, and the conditions that earn it there, in the
// order in which they are judged. A row without any is known, and never answered.
type Place struct {
	Catalog    Catalog     `json:"catalog"`
	Row        Row         `json:"row"`
	Conditions []Condition `json:"conditions"`
}

// Conditions returns the conditions that earn the code in any operation, each
// once.
func (e *Explanation) Conditions() (conds []Condition) {
	for _, p := range e.Places {
		for _, cond := range p.Conditions {
			if !slices.Contains(conds, cond) {
				conds = append(conds, cond)
			}
		}
	}
	return conds
}

// Explain says what a code means, what to do about it, and what earns it in every
// operation that has it. ok is false for a code of no catalog.
func Explain(code Code) (e Explanation, ok bool) {
	e = Explanation{Code: code, Retryable: Retryable(code)}
	for catalog := range Catalogs() {
		for row := range catalog.Rows() {
			if row.Code == code {
				e.Places = append(e.Places, Place{catalog, row, append([]Condition{}, slices.Collect(catalog.Earning(row))...)})
			}
		}
	}
	var meanings, hints []Text
	for _, cond := range e.Conditions() {
		meanings, hints = append(meanings, cond.Meaning()), append(hints, cond.Hint())
	}
	if len(meanings) == 0 {
		known := unearned[code]
		meanings, hints = []Text{known.meaning}, []Text{known.hint}
	}
	e.Meaning, e.Hint = oneOf(meanings), oneOf(hints)
	return e, len(e.Places) > 0
}

// oneOf joins different texts.
func oneOf(texts []Text) (joined Text) {
	for i, text := range texts {
		switch {
		case slices.Contains(texts[:i], text):
		case i == 0:
			joined = text
		default:
			joined.EN += "; or " + text.EN
			joined.ZH += "；或者 " + text.ZH
		}
	}
	return joined
}

// unearned has the codes that no condition earns in any operation: as far as their
// messages tell what they mean.
var unearned = map[Code]struct{ meaning, hint Text }{
	AuthenticationFailed: {
		Text{"the service could not verify the caller or the certificate", "服务无法完成验证"},
		Text{"check the identity that calls and the certificate that is sent", "检查调用身份和所发送的证书"},
	},
	CertStorageFailed: {
		Text{"the service could not save the certificate", "服务保存证书失败"},
		Text{"send it again later; if it stays so, ask the vendor's support", "稍后重新提交；如仍失败，请联系客服"},
	},
	InvalidDomainNotOnline: {
		Text{"the domain is not online", "域名未上线"},
		Text{"bring the domain online first", "先启用该域名"},
	},
	DecodeError: {
		Text{"the service could not decode the certificate or the private key", "服务无法解码证书或私钥"},
		Text{"judge both with certcheck; check that nothing has encoded them twice", "用 certcheck 检查两者；确认内容没有被重复编码"},
	},
	SSLPubError: {
		Text{"the service could not encode the certificate", "服务无法编码证书"},
		Text{"judge the certificate with certcheck", "用 certcheck 检查证书"},
	},
	SSLPriError: {
		Text{"the service could not encode the private key", "服务无法编码私钥"},
		Text{"judge the private key with certcheck", "用 certcheck 检查私钥"},
	},
	DomainInSafeMode: {
		Text{"the domain is in safe mode, in which it may not be changed", "域名处于安全模式，不允许变更"},
		Text{"ask the vendor's support for permission", "请联系客服申请权限"},
	},
	CreateCertificateFailed: {
		Text{"the service could not create the certificate", "服务创建证书失败"},
		Text{"send it again", "重新提交"},
	},
	InvalidEnv: {
		Text{"the service does not know the environment that is asked for", "服务不支持所指定的环境"},
		Text{`leave Env out, or spell it exactly "staging", in lower case`, `不传 Env，或准确填写小写的 "staging"`},
	},
}
