package cas

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// Deployment is a job that deploys certificates to resources of other products. The
// model keeps the job and its status and does not change the resources: what the
// service does there, and how long it takes, is not known.
type Deployment struct {
	Name         string           `json:"name,omitempty"`
	Certificates string           `json:"certificates,omitempty"` // numbers, joined by commas
	Resources    string           `json:"resources,omitempty"`    // ids, joined by commas
	Status       DeploymentStatus `json:"status"`
	Started      int64            `json:"started,omitempty"` // Unix milliseconds; 0 is unknown
}

// DeploymentStatus is the status of a deployment job.
type DeploymentStatus string

// The statuses of deployment jobs.
const (
	DeploymentPending   DeploymentStatus = "pending"
	DeploymentScheduled DeploymentStatus = "scheduling"
	DeploymentDone      DeploymentStatus = "success"
	DeploymentFault     DeploymentStatus = "error"
)

// DeploymentTime is how long a deployment job takes, in milliseconds. It is made up.
const DeploymentTime = 1000

// MaxDeployments is how many deployment jobs are remembered. The oldest are forgotten
// first.
const MaxDeployments = 1000

func (s DeploymentStatus) underWay() bool { return s == DeploymentPending || s == DeploymentScheduled }

// at returns the status at a time, which may be unknown: a job that is under way ends
// after DeploymentTime.
func (d *Deployment) at(now int64) DeploymentStatus {
	if d.Status.underWay() && d.Started > 0 && now-d.Started >= DeploymentTime {
		return DeploymentDone
	}
	return d.Status
}

// The operations and the event of deployment jobs.
type (
	// CreateDeploymentJob starts a job that deploys certificates of the center of a
	// region, given as numbers joined by commas.
	CreateDeploymentJob struct {
		RequestID   string `json:"requestId"`
		Region      string `json:"region,omitempty"`
		Name        string `json:"name,omitempty"`
		JobType     string `json:"jobType,omitempty"` // any; clients send "user"
		CertIDs     string `json:"certIds,omitempty"`
		ResourceIDs string `json:"resourceIds,omitempty"`
		ContactIDs  string `json:"contactIds,omitempty"`
	}
	// UpdateDeploymentJobStatus changes the status of a job that is under way. Only
	// "scheduling" is known; it starts the job again.
	UpdateDeploymentJobStatus struct {
		RequestID string `json:"requestId"`
		JobID     int    `json:"jobId,omitempty"`
		Status    string `json:"status,omitempty"`
	}
	// DescribeDeploymentJob returns the status of a job.
	DescribeDeploymentJob struct {
		RequestID string `json:"requestId"`
		JobID     int    `json:"jobId,omitempty"`
	}
	// DeploymentFailed says that a job that is under way fails.
	DeploymentFailed struct {
		Job int `json:"job"`
	}
)

type (
	deploymentStarted struct {
		reply.Head
		Number int `json:"JobId" xml:"JobId"`
	}
	deployment struct {
		reply.Head
		CertID     string `json:"CertId" xml:"CertId"`
		ID         int    `json:"Id" xml:"Id"`
		Name       string
		ResourceID string `json:"ResourceId" xml:"ResourceId"`
		StartTime  int64
		Status     string
	}
)

func (in CreateDeploymentJob) step(at int64, s State) (State, model.Output) {
	for text := range strings.SplitSeq(in.CertIDs, ",") {
		number, err := strconv.Atoi(text)
		if _, found := s.ByNumber(number, in.Region); err != nil || !found {
			return s, s.refuse(errcodes.DeleteUserCertificate, in.RequestID, errcodes.CondCertificateNotFound, "certificate "+text)
		}
	}
	s.Deployed++
	s.Deployments = s.Deployments.Set(deploymentKey(s.Deployed), Deployment{in.Name, in.CertIDs, in.ResourceIDs, DeploymentPending, max(at, 0)})
	s.Deployments = s.Deployments.Delete(deploymentKey(s.Deployed - MaxDeployments))
	return s, reply.Answer(in.RequestID, &deploymentStarted{reply.To(in.RequestID), s.Deployed})
}

func (in UpdateDeploymentJobStatus) step(at int64, s State) (State, model.Output) {
	d, found := s.Deployments.Get(deploymentKey(in.JobID))
	if !found {
		return s, s.noDeployment(in.RequestID, in.JobID)
	}
	if now := d.at(at); in.Status == string(DeploymentScheduled) && now.underWay() {
		d.Status, d.Started = DeploymentScheduled, max(at, 0)
		s.Deployments = s.Deployments.Set(deploymentKey(in.JobID), d)
	}
	return s, model.Output{RequestID: in.RequestID}
}

func (in DescribeDeploymentJob) step(at int64, s State) (State, model.Output) {
	d, found := s.Deployments.Get(deploymentKey(in.JobID))
	if !found {
		return s, s.noDeployment(in.RequestID, in.JobID)
	}
	return s, reply.Answer(in.RequestID, &deployment{
		Head: reply.To(in.RequestID), CertID: d.Certificates, ID: in.JobID, Name: d.Name, ResourceID: d.Resources, StartTime: d.Started,
		Status: string(d.at(at)),
	})
}

func (e DeploymentFailed) step(at int64, s State) (State, model.Output) {
	d, found := s.Deployments.Get(deploymentKey(e.Job))
	if !found || !d.at(at).underWay() {
		return s, reply.Ignored()
	}
	d.Status = DeploymentFault
	s.Deployments = s.Deployments.Set(deploymentKey(e.Job), d)
	return s, model.Output{}
}

// noDeployment has the row of the center for what it does not have.
func (s State) noDeployment(requestID string, job int) model.Output {
	return s.refuse(errcodes.DeleteUserCertificate, requestID, errcodes.CondCertificateNotFound, "deployment job "+strconv.Itoa(job))
}

// deploymentKey returns the key of a job in the table, in the order of the numbers.
func deploymentKey(number int) string {
	return fmt.Sprintf("%010d", number)
}

// Kind implements [model.Action].
func (CreateDeploymentJob) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (UpdateDeploymentJobStatus) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DescribeDeploymentJob) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DeploymentFailed) Kind() model.Kind { return model.Event }

// About returns the deployment jobs.
func (CreateDeploymentJob) About() model.Resource { return deploymentResource(0) }

// About returns the job.
func (in UpdateDeploymentJobStatus) About() model.Resource { return deploymentResource(in.JobID) }

// About returns the job.
func (in DescribeDeploymentJob) About() model.Resource { return deploymentResource(in.JobID) }

// About returns the job.
func (e DeploymentFailed) About() model.Resource { return deploymentResource(e.Job) }

func deploymentResource(number int) model.Resource {
	r := model.Resource{Type: "deployment job"}
	if number != 0 {
		r.ID = strconv.Itoa(number)
	}
	return r
}
