package main

import (
	"path"
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// Advisories that rest on the folder of a pair. Package validate has those that rest on
// a request.
const (
	folderNotCovered validate.AdvisoryID = "folder-not-covered"  // the names do not cover the host name that the folder is named after
	chainInOtherFile validate.AdvisoryID = "chain-in-other-file" // the file has the leaf alone; its issuers are in a file beside it
	combinedFile     validate.AdvisoryID = "combined-file"       // one file holds certificate and key
	keyOfOtherFile   validate.AdvisoryID = "key-of-other-file"   // the key belongs to the certificate of another file
)

// adviseFolder adds what the folder of a pair tells of it to the report.
func (o *options) adviseFolder(r *result, combined bool) {
	p := r.pair
	name := path.Base(p.cert)
	add := func(id validate.AdvisoryID, level validate.Level, parameter, follows string, reason, remedy errcodes.Message) {
		r.report.Advisories = append(r.report.Advisories, validate.Advisory{
			ID: id, Level: level, Parameter: parameter, Reason: printable(reason), Remedy: printable(remedy), Follows: follows,
		})
	}
	if p.host != "" {
		add(folderNotCovered, validate.LevelWarning, o.certificateParameter(), "",
			say("the folder is named after %[1]s, which the names of the certificate do not cover", "目录以 %[1]s 命名，但证书的域名不包含它", p.host),
			say("check that this is the certificate of %[1]s; rename the folder if it is not meant to be", "请确认这是否为 %[1]s 的证书；如果不是，请重命名该目录", p.host))
	}
	if p.issuers != "" {
		issuers := path.Base(p.issuers)
		add(chainInOtherFile, validate.LevelWarning, o.certificateParameter(), "",
			say("%[1]s has the server certificate alone; its issuers are in %[2]s beside it", "%[1]s 只含服务器证书；颁发者的证书在同一目录的 %[2]s 中", name, issuers),
			say("send both in one text: cat %[1]s %[2]s > fullchain.pem; -fix does so", "请合并后发送：cat %[1]s %[2]s > fullchain.pem；-fix 会这样做", name, issuers))
		for i := range r.report.Advisories {
			if a := &r.report.Advisories[i]; a.ID == validate.ChainLinkMissing && a.Follows == "" {
				a.Follows = string(chainInOtherFile)
			}
		}
	}
	if combined {
		add(combinedFile, validate.LevelNote, o.certificateParameter(), "",
			say("%[1]s holds certificate and private key; they were checked apart", "%[1]s 同时含有证书和私钥；已分开检查", name),
			say("send the certificates and the key in a parameter each; -fix writes two files", "请将证书和私钥分别填入各自的参数；-fix 会写成两个文件"))
	}
	if p.keyOf != "" {
		add(keyOfOtherFile, validate.LevelWarning, o.keyParameter(), errcodes.CondKeyMismatch.String(),
			say("%[1]s is the key of %[2]s (%[3]s)", "%[1]s 是 %[2]s（%[3]s）的私钥", path.Base(p.key), p.keyOf, p.named),
			say("find the key that was made for this certificate, or have the certificate issued again", "请找到为该证书生成的私钥，或重新签发证书"))
	}
}

// advisory returns the advisory of a kind, nil if there is none.
func (r *result) advisory(id validate.AdvisoryID) *validate.Advisory {
	i := slices.IndexFunc(r.report.Advisories, func(a validate.Advisory) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return &r.report.Advisories[i]
}

func printable(m errcodes.Message) errcodes.Message {
	return errcodes.Message{EN: redact.Printable(m.EN), ZH: redact.Printable(m.ZH)}
}
