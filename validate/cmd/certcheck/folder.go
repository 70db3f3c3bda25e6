package main

import (
	"cmp"
	"path"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// adviseFolder adds what the folder of a pair tells of it to the report.
func (o *options) adviseFolder(r *result, combined bool) {
	p := r.pair

	add := func(id validate.AdvisoryID, parameter, follows string, reason, remedy errcodes.Message) {
		level := cmp.Or(o.judged.of[id], id.Level())
		if level == validate.LevelIgnore {
			return
		}
		r.Report.Advisories = append(r.Report.Advisories, validate.Advisory{
			ID: id, Level: level, Parameter: parameter, Reason: printable(reason), Remedy: printable(remedy), Follows: follows,
		})
	}
	if p.host != "" {
		add(validate.FolderNotCovered, o.certificateParameter(), "",
			bilingual.Say("the folder is named after %[1]s, which the names of the certificate do not cover", "目录以 %[1]s 命名，但证书的域名不包含它", p.host),
			bilingual.Say("check that this is the certificate of %[1]s; rename the folder if it is not meant to be", "请确认这是否为 %[1]s 的证书；如果不是，请重命名该目录", p.host))
	}
	if p.issuers != "" {
		leaf, issuers := path.Base(p.cert), path.Base(p.issuers)
		join := bilingual.Say("send both in one text: cat %[1]s %[2]s > fullchain.pem; -fix does so", "请合并后发送：cat %[1]s %[2]s > fullchain.pem；-fix 会这样做", leaf, issuers)
		if !isPlainName(leaf) || !isPlainName(issuers) {
			join = errcodes.Message{}
		}
		add(validate.ChainInOtherFile, o.certificateParameter(), "",
			bilingual.Say("the server certificate alone; its issuers are in %s beside it", "只有服务器证书；颁发者的证书在同一目录的 %s 中", issuers),
			join)
		if _, told := r.Report.Advisory(validate.ChainInOtherFile); told {
			for i := range r.Report.Advisories {
				if a := &r.Report.Advisories[i]; a.ID == validate.ChainLinkMissing && a.Follows == "" {
					a.Follows = string(validate.ChainInOtherFile)
				}
			}
		}
	}
	if combined {
		add(validate.CombinedFile, o.certificateParameter(), "",
			bilingual.Say("it holds certificate and private key, which were checked apart", "同时含有证书和私钥；已分开检查"),
			errcodes.Message{})
	}
	if p.keyOf != "" {
		add(validate.KeyOfOtherFile, o.keyParameter(), errcodes.CondKeyMismatch.String(),
			bilingual.Say("%[1]s is the key of %[2]s (%[3]s)", "%[1]s 是 %[2]s（%[3]s）的私钥", path.Base(p.key), p.keyOf, p.named),
			errcodes.Message{})
	}
	r.judge(o)
}

// isPlainName reports whether a shell takes a file name as it is.
func isPlainName(name string) bool {
	odd := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("._-", r)
	}
	return !strings.HasPrefix(name, "-") && !strings.ContainsFunc(name, odd)
}

func printable(m errcodes.Message) errcodes.Message {
	return errcodes.Message{EN: redact.Printable(m.EN), ZH: redact.Printable(m.ZH)}
}
