package main

import (
	"bufio"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// checkALB checks a request for a listener.
func checkALB(opts *options, env environment, out *bufio.Writer) (status int, err error) {
	req := &validate.ALBRequest{
		Op:          opts.operation,
		ListenerID:  opts.listener,
		ClientToken: opts.token,
		DryRun:      opts.dryRun,

		Domains:        opts.domains,
		LoadBalancerID: opts.accelerator,
		Region:         opts.region,
	}
	r := &result{when: opts.when, within: opts.within, dryRun: opts.dryRun}
	r.Files, r.Texts = make(map[string]string), make(map[string]string)
	settings := opts.settings()
	r.Skipped, settings.Skip = diagnosis.CompleteListener(req, diagnosis.GivenListener{
		Listener: opts.isSet("listener"), Accelerator: opts.isSet("accelerator"), Region: opts.isSet("region"), Domain: opts.isSet("domain"),
	})

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
	if v, refused := r.Report.Verdict(); refused {
		r.flag = flagOf(&v)
	}
	r.judge(opts)
	return showOne(r, opts, env, out)
}

// flagOf returns the flag that gives the parameter that a verdict misses, "" for none.
func flagOf(v *errcodes.Error) string {
	switch v.Condition {
	case errcodes.CondListenerIDMissing, errcodes.CondCertificatesMissing, errcodes.CondCertificateIDMissing, errcodes.CondDomainNameMissing, errcodes.CondParameterMissing:
	default:
		return ""
	}
	for _, f := range listenerFlags {
		before, after, _ := strings.Cut(v.Operation.Parameter(f.field), "N")
		if before != "" && strings.HasPrefix(v.Parameter, before) && strings.HasSuffix(v.Parameter, after) {
			return "-" + f.name
		}
	}
	if v.Operation.Parameter(errcodes.FieldCertificateID) == "" {
		return "-domain"
	}
	return "-certificate"
}

var listenerFlags = []struct {
	field errcodes.Field
	name  string
}{
	{errcodes.FieldListenerID, "listener"},
	{errcodes.FieldLoadBalancerID, "accelerator"},
	{errcodes.FieldRegionID, "region"},
	{errcodes.FieldDomainName, "domain"},
	{errcodes.FieldCertificateID, "certificate"},
}

// checkEntries refuses what the parameters of an operation have no place for, and domains
// and certificates of GA that are not pairs.
func (o *options) checkEntries() error {
	domains, certificates := len(o.domains), len(o.certificates)
	switch {
	case o.mode() != modeALB:
		return nil
	case o.operation.Parameter(errcodes.FieldCertificates) == "" && max(domains, certificates) > 1:
		name := "certificate"
		if certificates < 2 {
			name = "domain"
		}
		return bilingual.Fail("-%[1]s is given more than once, and %[2]s takes one; send a request for each", "-%[1]s 给出了多次，而 %[2]s 只接受一个；请分别请求", name, o.operation.ID())
	case o.isSet("domain") && o.isSet("certificate") && domains != certificates:
		return bilingual.Fail("-domain is given %[1]d times and -certificate %[2]d times; give a -domain for each -certificate, in the same order",
			"-domain 给出了 %[1]d 次，-certificate 给出了 %[2]d 次；请按相同顺序为每个 -certificate 给出一个 -domain", domains, certificates)
	default:
		return nil
	}
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
