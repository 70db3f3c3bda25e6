package errcodes_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud"
)

// answer is an error as an SDK returns it.
type answer struct{ Code *string }

func (a *answer) Error() string { return *a.Code }

// A loop that sends a request until it has its effect, and no longer than that helps. The
// client token is the same in every try, so that the effect comes once, although the
// connection breaks behind it here.
func ExampleAdvise() {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Seed: 1})
	err := errors.Join(
		cloud.Seed(fakecloud.Demo()),
		cloud.Inject(fakecloud.Fault{Times: 1, Code: "Throttling.User"}),
		cloud.Inject(fakecloud.Fault{Times: 1, Drop: fakecloud.DropAfter}),
		cloud.Inject(fakecloud.Fault{Times: 1, Code: "ServiceUnavailable"}),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	client := &http.Client{Transport: cloud.Transport()}
	associate := func(token string) error {
		resp, err := client.PostForm("http://alb.cn-hangzhou.aliyuncs.com/", url.Values{
			"Action": {"AssociateAdditionalCertificatesWithListener"}, "Version": {"2020-06-16"}, "Format": {"JSON"},
			"ListenerId": {"lsn-https"}, "Certificates.1.CertificateId": {"2-cn-hangzhou"}, "ClientToken": {token},
		})
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		var a answer
		if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
			return err
		}
		if a.Code != nil {
			return &a
		}
		return nil
	}
	sleep := func(time.Duration) {} // time.Sleep in a program

	const tries, token = 6, "renewal-of-2026-11"
	for try := range tries {
		err := associate(token)
		if err == nil {
			fmt.Println("associated")
			break
		}
		advice := errcodes.Advise(err)
		fmt.Printf("%s after %v: %s\n", advice.Action, advice.After<<try, advice.Reason.EN)
		if !advice.Retry() {
			break
		}
		sleep(advice.After << try)
	}
	fmt.Println("effects:", cloud.State().ALB.Jobs.Len())

	// Output:
	// again after 1s: more calls were sent than the service allows
	// again-with-token after 2s: the connection broke before the answer, so nobody knows whether the call took effect
	// again-with-token after 4s: the service failed for a while
	// associated
	// effects: 1
}
