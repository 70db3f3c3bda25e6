//go:build openssl && cgo

package baseline

/*
#cgo LDFLAGS: -lssl -lcrypto
#include <stdlib.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

// check loads a chain and a key as a TLS server does, n times over. It returns
// how often both were accepted and fit each other.
static int check(const char *cert, int cert_len, const char *key, int key_len, int n) {
	int accepted = 0;
	for (int i = 0; i < n; i++) {
		BIO *cert_bio = BIO_new_mem_buf(cert, cert_len), *key_bio = BIO_new_mem_buf(key, key_len);
		X509 *leaf = PEM_read_bio_X509_AUX(cert_bio, NULL, NULL, NULL), *next;
		EVP_PKEY *pkey = PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL);
		while ((next = PEM_read_bio_X509(cert_bio, NULL, NULL, NULL)) != NULL)
			X509_free(next);
		accepted += leaf != NULL && pkey != NULL && X509_check_private_key(leaf, pkey) == 1;
		ERR_clear_error();
		X509_free(leaf);
		EVP_PKEY_free(pkey);
		BIO_free(cert_bio);
		BIO_free(key_bio);
	}
	return accepted;
}
*/
import "C"

import "errors"

// openssl returns a loop in C: one call from Go costs next to nothing beside a
// check, so each check is one call.
func openssl() []Baseline {
	return []Baseline{{"OpenSSL", func(p Pair) (func() error, error) {
		cert, key := C.CString(string(p.Cert)), C.CString(string(p.Key)) // freed with the process
		return func() error {
			if C.check(cert, C.int(len(p.Cert)), key, C.int(len(p.Key)), 1) != 1 {
				return errors.New("OpenSSL refuses the pair")
			}
			return nil
		}, nil
	}}}
}
