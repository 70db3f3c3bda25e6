package probe

import (
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
)

// albCase is a dry run of an association with the changes. DryRun is only changed to
// values that are tested themselves.
func albCase(id string, purpose errcodes.Message, changes ...string) Case {
	params, absent := with(albBase, changes...)
	return Case{
		ID: id, Group: ALBDry, Operation: errcodes.AssociateAdditionalCertificatesWithListener, Endpoint: albEndpoint,
		Params: params, Absent: absent, Purpose: purpose,
	}
}

// albCases are A1: which checks come before the look-up of the listener. A2, which wants
// a real listener, is not there: its requests would have one reason to fail.
func albCases() []Case {
	before := func(what, zh string) errcodes.Message {
		return say("whether this is refused before the listener is looked up: "+what, "是否在查找监听之前就被拒绝："+zh)
	}
	many := albCase("A1/ids-16", before("16 certificates", "16 张证书"), ids(16)...)
	many.Evening = true
	return []Case{
		many,
		albCase("A1/ids-15", before("15 certificates", "15 张证书"), ids(15)...),
		albCase("A1/ids-0", before("no certificate", "没有证书"), "-Certificates.1.CertificateId"),
		albCase("A1/id-malformed", before("an id that is none", "格式错误的证书 ID"), "Certificates.1.CertificateId=none at all"),
		albCase("A1/id-repeated", before("the same id twice", "重复的证书 ID"), "Certificates.2.CertificateId=@id/01"),
		albCase("A1/token-64", before("a token of 64 characters", "64 个字符的 Token"), "ClientToken="+strings.Repeat("t", 64)),
		albCase("A1/token-65", before("a token of 65 characters", "65 个字符的 Token"), "ClientToken="+strings.Repeat("t", 65)),
		albCase("A1/token-chinese", before("a token outside of ASCII", "非 ASCII 的 Token"), "ClientToken=证"),
		albCase("A1/json-array", before("an array in JSON", "JSON 数组"),
			"-Certificates.1.CertificateId", `Certificates=[{"CertificateId":"none"}]`),
		albCase("A1/id-bare", before("a bare number", "只有数字的证书 ID"), "Certificates.1.CertificateId=9000000000000000001"),
	}
}

// ids returns changes that set n certificate ids.
func ids(n int) (changes []string) {
	for i := range n {
		changes = append(changes, "Certificates."+strconv.Itoa(i+1)+".CertificateId=@id/"+idNames[i])
	}
	return changes
}
