package main

import (
	"bufio"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/validate"
)

// checkALB checks a request for a listener.
func checkALB(opts *options, env environment, out *bufio.Writer) (status int, err error) {
	req := &validate.ALBRequest{
		Op:          opts.operation,
		ListenerID:  opts.listener,
		ClientToken: opts.token,
		DryRun:      opts.dryRun,
	}
	r := &result{when: opts.when, within: opts.within, dryRun: opts.dryRun}
	r.Files, r.Texts = make(map[string]string), make(map[string]string)
	settings := opts.settings()
	if !opts.isSet("listener") {
		r.Skipped = append(r.Skipped, errcodes.CondListenerIDMissing)
	}
	settings.Skip = r.Skipped

	center, err := readCAS(opts, env, req, r)
	if err != nil {
		return exitUsage, err
	}
	if len(center) > 0 {
		settings.Certificate = func(id string) (pem string, ok bool) {
			pem, ok = center[id]
			if delete(center, id); ok { // an id that is repeated is checked once
				r.groups = append(r.groups, group{id, len(validate.ServerCertificate(pem, settings).Certificates)})
			}
			return pem, ok
		}
	}
	r.Report = validate.Check(req, settings)
	// Ids without a file are not looked up.
	r.Report.Advisories = slices.DeleteFunc(r.Report.Advisories, func(a validate.Advisory) bool {
		return a.ID == validate.CertificateUnknown
	})
	r.judge(opts)
	return showOne(r, opts, env, out)
}

// readCAS takes the certificate ids into the request, and returns the
// certificates that are given for them.
func readCAS(opts *options, env environment, req *validate.ALBRequest, r *result) (center map[string]string, err error) {
	center = make(map[string]string)
	for i, value := range opts.certificates {
		id, path, hasFile := strings.Cut(value, "=")
		req.CertificateIDs = append(req.CertificateIDs, id)
		if !hasFile {
			continue
		}
		if err := checkCASFile(id, path, opts.certificates[:i]); err != nil {
			return nil, err
		}
		text, err := readCertificate("certificate", path, env.stdin)
		if err != nil {
			return nil, err
		}
		center[id] = text
		parameter := strings.Replace(opts.operation.Parameter(errcodes.FieldCertificateID), ".N", "."+strconv.Itoa(i+1), 1)
		r.Files[parameter], r.Texts[parameter] = path, text
		if opts.text {
			r.pem = append(r.pem, text)
		}
	}
	return center, nil
}

// checkCASFile refuses a file that contradicts an earlier flag.
func checkCASFile(id, path string, earlier []string) error {
	if path == "" {
		return bilingual.Fail("-certificate %s= has no file name behind the =; give one, or leave the = out", "-certificate %s= 的等号后没有文件名；请补上，或去掉等号", shown(id))
	}
	for _, value := range earlier {
		earlierID, earlierPath, _ := strings.Cut(value, "=")
		switch {
		case path == stdinName && earlierPath == stdinName:
			return bilingual.Fail("-certificate %s=-: standard input is used already; put one of the two into a file", "-certificate %s=-：标准输入已被使用；请将其中一个存为文件", shown(id))
		case id == earlierID && earlierPath != "" && path != earlierPath:
			return bilingual.Fail("-certificate %s: two files are given for this id; give one", "-certificate %s：该 ID 给出了两个文件；请只给一个", shown(id))
		}
	}
	return nil
}
