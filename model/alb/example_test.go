package alb_test

import (
	"fmt"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// A listener whose load balancer has room for one more certificate: the second
// request meets the first one's job, and then the quota.
func ExampleScenario() {
	begin := alb.Scenario{}.
		LoadBalancer("alb-1", alb.Standard).
		Listener("lsn-1", alb.HTTPS).
		Default("1-cn-hangzhou").
		Certificates(30)
	for i := range 24 {
		begin = begin.Associated(cas.IDOf(i + 2))
	}
	associate := func(requestID, certificate string) alb.Input {
		return alb.Change(requestID, &validate.ALBRequest{
			ListenerID: "lsn-1", CertificateIDs: []string{certificate},
		})
	}
	steps := model.Run(alb.Machine{Initial: begin.State()},
		associate("r1", "26-cn-hangzhou"),
		associate("r2", "27-cn-hangzhou"),
		alb.Input{Action: alb.JobFinished{Job: "job-r1"}},
		associate("r3", "27-cn-hangzhou"),
	)
	for _, s := range steps {
		fmt.Println(s.Output.Outcome(), s.Output.Err())
	}
	fmt.Println(steps[3].To.Class("lsn-1"))
	// Output:
	// Success <nil>
	// ListenerConfiguring IncorrectStatus.Listener (400): The status of lsn-1 [Configuring] is incorrect. [ListenerId]
	// Success <nil>
	// QuotaExceeded ResourceQuotaExceeded.LoadBalancerCertificatesNum (400): The quota of alb_quota_loadbalancer_certificates_num_standard_edition is exceeded for resource alb-1, usage 25/25. [Certificates]
	// Running, associated, quota used up
}
