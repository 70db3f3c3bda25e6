package main

import (
	"encoding/json"
	"errors"
	"os"
	"time"

	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/model/fakecloud"
)

// open creates the cloud. finish closes its files.
func (o *options) open() (cloud *fakecloud.Cloud, finish func() error, err error) {
	var trace *traceFile
	if o.journal != "" {
		if trace, err = createTrace(o.journal, o.data != ""); err != nil {
			return nil, nil, err
		}
		o.cloud.Observe = trace.write
	}
	if o.data != "" {
		cloud, err = fakecloud.Open(o.data, o.cloud, o.seed)
	} else {
		cloud = fakecloud.New(o.cloud)
		err = cloud.Seed(o.seed)
	}
	if err != nil {
		return nil, nil, errors.Join(err, trace.close())
	}
	return cloud, func() error { return errors.Join(cloud.Close(), trace.close()) }, nil
}

// openAuthority returns the authority of -ca, or a temporary one. remove deletes the files
// of the latter.
func (o *options) openAuthority() (a *authority, remove func(), err error) {
	if o.ca == "" {
		return temporaryAuthority(time.Now)
	}
	if a, err = openAuthority(o.ca, time.Now); err != nil {
		return nil, nil, bilingual.Fail("-ca: %v", "-ca：%v", err)
	}
	return a, func() {}, nil
}

// traceFile is the file of -journal. close reports its errors.
type traceFile struct {
	file *os.File
	err  error
}

func createTrace(name string, continued bool) (*traceFile, error) {
	flags := os.O_CREATE | os.O_WRONLY | os.O_APPEND
	if !continued {
		flags |= os.O_TRUNC
	}
	file, err := os.OpenFile(name, flags, 0o600) //nolint:gosec // the user names the file
	return &traceFile{file: file}, err
}

func (t *traceFile) write(r fakecloud.Record) {
	data, err := json.Marshal(r)
	if err == nil {
		_, err = t.file.Write(append(data, '\n'))
	}
	t.err = errors.Join(t.err, err)
}

func (t *traceFile) close() error {
	if t == nil {
		return nil
	}
	return errors.Join(t.err, t.file.Close())
}
