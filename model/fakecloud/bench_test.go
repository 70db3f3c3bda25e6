package fakecloud_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
)

// BenchmarkServe is a signed call over the loopback interface: to a handler that
// does nothing but verify the signature, and to the cloud, whose model decides.
func BenchmarkServe(b *testing.B) {
	clock := newClock()
	gate := &gateway.Gate{Keys: gateway.NewKeys(fakecloud.DemoKey()), Now: clock.now}
	verify := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, failure := gateway.Read(r, gateway.DefaultLimit)
		if failure == nil {
			failure = gate.Admit(request)
		}
		if failure != nil {
			request.Write(w, gateway.Refusal(request, "Alb", "", failure))
			return
		}
		request.Write(w, gateway.Success("A", "365F4154-92F6-4AE4-92F8-7FF34B540710", "", ""))
	})
	cloud := newShop(b, fakecloud.Options{Window: -1, Now: clock.now})
	for _, handler := range []struct {
		name   string
		h      http.Handler
		action string
		code   string
	}{
		{"verify only", verify, "AssociateAdditionalCertificatesWithListener", ""},
		{"dry run", cloud, "AssociateAdditionalCertificatesWithListener", "DryRunOperation"},
		{"read", cloud, "GetListenerAttribute", ""},
	} {
		b.Run(handler.name, func(b *testing.B) {
			server := httptest.NewServer(handler.h)
			defer server.Close()
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
			var nonce atomic.Int64
			began := time.Now().UnixNano()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					query := signedQuery("Action", handler.action, "Version", "2020-06-16", "ListenerId", listener, "DryRun", "true",
						"Certificates.1.CertificateId", first, "SignatureNonce", fmt.Sprint(began, nonce.Add(1)), "Timestamp", "2026-11-21T21:15:00Z")
					resp, err := client.Get(server.URL + "/?" + query)
					if err != nil {
						b.Error(err)
						return
					}
					body, err := io.ReadAll(resp.Body)
					_ = resp.Body.Close()
					if err != nil || handler.code == "" && resp.StatusCode != http.StatusOK || !strings.Contains(string(body), handler.code) {
						b.Errorf("%v %s", err, body)
						return
					}
				}
			})
		})
	}
}
