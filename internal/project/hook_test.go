package project

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// hook sends a request as a deploy hook of acme.sh does: to the host of the vendor, by the
// proxy, with the authority and the key of the environment. The cloud may still be starting.
func hook() error {
	if got, want := strings.Join(os.Args[1:], " "), "--deploy -d www.example.com --deploy-hook ali_cdn"; got != want {
		return fmt.Errorf("acme.sh %s; want acme.sh %s", got, want)
	}
	text, err := os.ReadFile(os.Getenv("CURL_CA_BUNDLE"))
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	proxy, err := url.Parse(os.Getenv("HTTPS_PROXY"))
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{
		Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
	}}
	var answer *http.Response
	for range 300 {
		if answer, err = client.Get("https://cdn.aliyuncs.com/?Action=DescribeCdnDomainDetail&Version=2018-05-10&DomainName=www.example.com&AccessKeyId=" + os.Getenv("Ali_Key")); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err == nil && !strings.Contains(string(body), "MissingTimestamp") { // the key is known, and the request is not signed
		err = fmt.Errorf("%s: %s", answer.Status, body)
	}
	return err
}
