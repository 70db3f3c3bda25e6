package errcodes

import "slices"

// Explanation is what a code means in all tables that have it.
type Explanation struct {
	Code      Code `json:"code"`
	Retryable bool `json:"retryable"` // as [Retryable] says

	// Meaning and Hint are those of the conditions that map to the code in any
	// operation, joined if there are several. For a code that no condition maps
	// to, they say what its message tells.
	Meaning Message `json:"meaning"`
	Hint    Message `json:"hint"`

	// Occurrences are the rows that have the code, table by table.
	Occurrences []Occurrence `json:"places"`
}

// Occurrence is one row of one table, and the conditions that map to it, in the
// order in which they are checked. A row without conditions is never answered.
type Occurrence struct {
	Table      Table       `json:"catalog"`
	Row        Row         `json:"row"`
	Conditions []Condition `json:"conditions"`
}

// Conditions returns the conditions that map to the code in any operation, each
// once.
func (e *Explanation) Conditions() (conds []Condition) {
	for _, p := range e.Occurrences {
		for _, cond := range p.Conditions {
			if !slices.Contains(conds, cond) {
				conds = append(conds, cond)
			}
		}
	}
	return conds
}

// Explain says what a code means, what to do about it, and which conditions map to
// it in each operation. ok is false for a code of no table.
func Explain(code Code) (e Explanation, ok bool) {
	e = Explanation{Code: code, Retryable: Retryable(code)}
	for table := range Tables() {
		for row := range table.Rows() {
			if row.Code == code {
				conds := append([]Condition{}, slices.Collect(table.ConditionsFor(row))...)
				e.Occurrences = append(e.Occurrences, Occurrence{table, row, conds})
			}
		}
	}
	var meanings, hints []Message
	for _, cond := range e.Conditions() {
		meanings, hints = append(meanings, cond.Meaning()), append(hints, cond.Hint())
	}
	if len(meanings) == 0 {
		known := unmapped[code]
		meanings, hints = []Message{known.meaning}, []Message{known.hint}
	}
	e.Meaning, e.Hint = oneOf(meanings), oneOf(hints)
	return e, len(e.Occurrences) > 0
}

// oneOf joins different texts.
func oneOf(texts []Message) (joined Message) {
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

// unmapped has the codes that no condition maps to in any operation. Their messages
// are all that is known of them.
var unmapped = map[Code]struct{ meaning, hint Message }{
	AuthenticationFailed: {
		Message{"the service could not verify the caller or the certificate", "服务无法完成验证"},
		Message{"check the identity that calls and the certificate that is sent", "检查调用身份和所发送的证书"},
	},
	CertStorageFailed: {
		Message{"the service could not save the certificate", "服务保存证书失败"},
		Message{"send it again later; if it stays so, ask the vendor's support", "稍后重新提交；如仍失败，请联系客服"},
	},
	InvalidDomainNotOnline: {
		Message{"the domain is not online", "域名未上线"},
		Message{"bring the domain online first", "先启用该域名"},
	},
	DecodeError: {
		Message{"the service could not decode the certificate or the private key", "服务无法解码证书或私钥"},
		Message{"check both with certcheck; check that nothing has encoded them twice", "用 certcheck 检查两者；确认内容没有被重复编码"},
	},
	SSLPubError: {
		Message{"the service could not encode the certificate", "服务无法编码证书"},
		Message{"check the certificate with certcheck", "用 certcheck 检查证书"},
	},
	SSLPriError: {
		Message{"the service could not encode the private key", "服务无法编码私钥"},
		Message{"check the private key with certcheck", "用 certcheck 检查私钥"},
	},
	DomainInSafeMode: {
		Message{"the domain is in safe mode, in which it may not be changed", "域名处于安全模式，不允许变更"},
		Message{"ask the vendor's support for permission", "请联系客服申请权限"},
	},
	CreateCertificateFailed: {
		Message{"the service could not create the certificate", "服务创建证书失败"},
		Message{"send it again", "重新提交"},
	},
	InvalidEnv: {
		Message{"the service does not know the environment that is asked for", "服务不支持所指定的环境"},
		Message{`leave Env out, or spell it exactly "staging", in lower case`, `不传 Env，或准确填写小写的 "staging"`},
	},
	ParamRepeat: {
		Message{"what is to be stored is there already", "要保存的数据已存在"},
		Message{"look for it first, and use what is there", "先查询并使用已有的数据"},
	},
	InsufficientQuota: {
		Message{"the account's quota is used up", "账号额度已用完"},
		Message{"buy more, or remove what is no longer needed", "购买额度，或移除不再需要的资源"},
	},
	DeductQuotaFailed: {
		Message{"the service could not deduct the quota", "服务扣除额度失败"},
		Message{"send it again later; if it stays so, ask the vendor's support", "稍后重新提交；如仍失败，请联系客服"},
	},
	PermissionDenied: {
		Message{"the caller has no permission for the operation", "调用者没有该操作的权限"},
		Message{"grant the calling identity access to the certificate center", "为调用身份授予证书中心的权限"},
	},
	FlowControlError: {
		Message{"more calls per second were sent than are allowed", "每秒调用次数超过限制"},
		Message{"wait a second, then send it again", "等待一秒后重试"},
	},
	InvalidStatusDeleteProtection: {
		Message{"the status of the resource forbids to delete it", "资源的当前状态不允许删除"},
		Message{"wait until its status allows it", "等待状态允许后再删除"},
	},
	InvalidStatusUpdateProtection: {
		Message{"the status of the resource forbids to change it", "资源的当前状态不允许更新"},
		Message{"wait until its status allows it", "等待状态允许后再更新"},
	},
	DomainRepeat: {
		Message{"a domain is given twice, or is there already", "域名重复"},
		Message{"name each domain once", "每个域名只写一次"},
	},
	InternalError: {
		Message{"the service failed inside", "服务内部错误"},
		Message{"send it again later; if it stays so, ask the vendor's support", "稍后重新提交；如仍失败，请联系客服"},
	},
	OperationDeniedSystemUpgrading: {
		Message{"the service is being upgraded", "服务正在升级维护"},
		Message{"send it again later", "稍后重新提交"},
	},
}
