package probe

import "github.com/alicert/alicert/errcodes"

// centerCases are C1: uploads to the certificate center that cannot be stored. There is no
// target that could be missing, so each has two faults of its own: the certificate is not
// one, and the key is not one; or the key is of a form that is refused and also of another
// pair. What could be stored, C2, is not there.
func centerCases() []Case {
	upload := func(id string, purpose errcodes.Message, changes ...string) Case {
		params, absent := with([]Param{{"Name", "@name/unknown"}, {"Cert", nothing}, {"Key", nothing}}, changes...)
		return Case{
			ID: "C1/" + id, Group: Center, Operation: errcodes.UploadUserCertificate, Endpoint: casEndpoint,
			Params: params, Absent: absent, Purpose: purpose,
		}
	}
	form := say("the code of a certificate in a wrong form", "证书格式错误时的错误码")
	name := say("how long a name may be, and whether that is judged first", "名称长度上限，以及是否最先检查")
	key := say("the code of a key in a wrong form", "私钥格式错误时的错误码")
	return []Case{
		upload("nothing", form),
		upload("cut-off", form, "Cert=@cert/cut-off", "Key=@key/other-cut-off").because(say("certificate and key are cut off", "证书和私钥都被截断")),
		upload("one-line", form, "Cert=@cert/one-line", "Key=@key/other-cut-off").because(say("the certificate has no line breaks, and the key is cut off", "证书没有换行，私钥被截断")),
		upload("key-encrypted", key, "Cert=@cert/good", "Key=@key/other-encrypted").because(say("the key is encrypted, and of another pair", "私钥已加密，且属于另一对")),
		upload("key-public", key, "Cert=@cert/good", "Key=@key/other-public").because(say("the key is a public one, and of another pair", "提供的是公钥，且属于另一对")),
		upload("name-63", name, "Name=@name/63-letters"),
		upload("name-64", name, "Name=@name/64-letters"),
		upload("name-129", name, "Name=@name/129-letters"),
	}
}
