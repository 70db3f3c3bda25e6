package main

import "github.com/alicert/alicert/model/fakecloud/internal/clients"

// environment returns the environment variables that lead clients to the cloud. Each line
// is a comment, in the language, or an export for a shell.
func (o *options) environment(addr string, a *authority) string {
	return clients.Environment(addr, a.files(), o.demoKey, o.language)
}

// files returns the names of the files for clients.
func (a *authority) files() clients.Authority {
	return clients.Authority{CertFile: a.certFile, StoreFile: a.storeFile, StorePassword: storePassword}
}
