package probe

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"time"

	"github.com/alicert/alicert/errcodes"
)

// Observation is one line of a file: a request and the answer to it, with nothing that
// leads to an account.
type Observation struct {
	V       int      `json:"v"`
	Op      string   `json:"op"` // as Endpoint.String has it
	Case    string   `json:"case"`
	Plan    string   `json:"plan"` // digest of the plan
	Request Observed `json:"request"`
	Answer  Answer   `json:"answer"`
	At      string   `json:"at"` // to the minute, in UTC
	Site    string   `json:"site"`
	Region  string   `json:"region"`
	Client  string   `json:"client"`
	Auth    string   `json:"auth"`
}

// Observed is a request without the bytes of its material.
type Observed struct {
	Params map[string]string `json:"params"`
	Absent []string          `json:"absent,omitempty"`
	Method string            `json:"method"`
	Digest string            `json:"digest"`
}

// observationVersion is that of the form of the files.
const observationVersion = 1

// The sites of the vendor, and who calls.
const (
	SiteChina         = "cn"
	SiteInternational = "intl"

	AuthRAM          = "ram-user"
	AuthSTS          = "sts"
	AuthNoPermission = "no-permission" // a RAM user who may not call the operations
)

// Limits on a file.
const (
	maxFile = 512 << 10
	maxLine = 8 << 10
)

const timeForm = "2006-01-02T15:04Z"

var (
	caseForm   = regexp.MustCompile(`^[A-Z][0-9]/[a-z0-9-]{1,40}$`)
	regionForm = regexp.MustCompile(`^[a-z]{2}-[a-z]{2,12}(-[0-9])?$`)
	digestForm = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
	// clientForm is a name and a version, such as aliyun-cli 3.4.9.
	clientForm = regexp.MustCompile(`^[a-z][a-z-]{1,30} [0-9]{1,2}(\.[0-9x]{1,3}){1,2}$`)
)

// Meta is what a user says about a run.
type Meta struct{ Site, Client, Auth string }

func (m Meta) check() error {
	switch {
	case m.Site != SiteChina && m.Site != SiteInternational:
		return errors.New("the site is cn or intl")
	case !clientForm.MatchString(m.Client):
		return errors.New("the client is a name and a version, such as aliyun-cli 3.4.9")
	case m.Auth != AuthRAM && m.Auth != AuthSTS && m.Auth != AuthNoPermission:
		return errors.New("auth is ram-user, sts or no-permission")
	default:
		return nil
	}
}

// site is the site of the tables.
func (o *Observation) site() errcodes.Site {
	if o.Site == SiteInternational {
		return errcodes.InternationalSite
	}
	return errcodes.ChinaSite
}

// time returns when the answer came. It has been checked.
func (o *Observation) time() time.Time {
	at, _ := time.Parse(timeForm, o.At)
	return at
}

// observe returns the line of a case.
func observe(c *Case, plan string, a Answer, at time.Time, m Meta) Observation {
	return Observation{
		V: observationVersion, Op: c.Endpoint.String(), Case: c.ID, Plan: plan,
		Request: Observed{Params: c.params(), Absent: c.Absent, Method: "POST", Digest: c.Digest()},
		Answer:  a, At: at.UTC().Format(timeForm), Site: m.Site, Region: c.Endpoint.Region, Client: m.Client, Auth: m.Auth,
	}
}

// check reports why a line is not one that this version writes. It quotes nothing of the
// line but the name of the case.
func (o *Observation) check() error {
	if o.V != observationVersion {
		return errors.New("the version of the form is not known")
	}
	if !caseForm.MatchString(o.Case) {
		return errors.New("the case has no name")
	}
	c, known := caseByID(o.Case)
	if !known {
		return fmt.Errorf("%s: there is no such case", o.Case)
	}
	err := Meta{o.Site, o.Client, o.Auth}.check()
	at, bad := time.Parse(timeForm, o.At)
	switch {
	case o.Op != c.Endpoint.String(), o.Region != c.Endpoint.Region, o.Request.Method != "POST", o.Request.Digest != c.Digest(),
		!maps.Equal(o.Request.Params, c.params()), !slices.Equal(o.Request.Absent, c.Absent):
		err = errors.New("the request is not that of the case")
	case !digestForm.MatchString(o.Plan):
		err = errors.New("the plan has no digest")
	case bad != nil || at.Year() < 2026 || at.Year() > 2100:
		err = errors.New("the time is not one")
	case !regionForm.MatchString(o.Region):
		err = errors.New("the region is not one")
	case err == nil:
		err = o.Answer.check()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", o.Case, err)
	}
	return nil
}

// Encode writes a file of observations.
func Encode(w io.Writer, observations []Observation) error {
	for i := range observations {
		line, err := json.Marshal(observations[i])
		if err != nil {
			return err
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// Decode reads a file of observations. It treats it as hostile: it takes only what Encode
// writes, to the byte, of requests that this version makes, from one run. Errors quote
// nothing of the file but numbers of lines and names of cases.
func Decode(r io.Reader) ([]Observation, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, errors.New("the file is too long")
	}
	var all []Observation
	seen := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		o, err := decodeLine(lines.Bytes())
		if err == nil && (seen[o.Case] || len(all) > 0 && (o.Plan != all[0].Plan || o.Site != all[0].Site || o.Auth != all[0].Auth || o.Client != all[0].Client)) {
			err = fmt.Errorf("%s: the case stands there twice, or is of another run", o.Case)
		}
		if err == nil && len(all) == MaxCalls {
			err = errors.New("there are too many lines")
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(all)+1, err)
		}
		seen[o.Case] = true
		all = append(all, o)
	}
	if lines.Err() != nil {
		return nil, fmt.Errorf("line %d is too long", len(all)+1)
	}
	if len(all) == 0 {
		return nil, errors.New("the file is empty")
	}
	return all, nil
}

func decodeLine(line []byte) (Observation, error) {
	var o Observation
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&o); err != nil {
		return o, errors.New("it is no observation")
	}
	// Encoding it again finds members that stand there twice, and other spellings.
	if again, err := json.Marshal(o); err != nil || !bytes.Equal(again, line) {
		return o, errors.New("it is not as this program writes it")
	}
	return o, o.check()
}
