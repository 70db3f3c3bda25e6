package errcodes_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/alicert/alicert/errcodes"
)

// deploy stands for a call of yours that fails.
func deploy() error {
	err := errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondKeyMismatch)
	return fmt.Errorf("deploying to www.example.com: %w", &err)
}

// An error answers to its code, which several conditions may share, and to its
// condition.
func Example() {
	err := deploy()
	fmt.Println("code:", errors.Is(err, errcodes.CertificateMissMatch))
	fmt.Println("condition:", errors.Is(err, errcodes.CondKeyMismatch))
	fmt.Println("other condition of that code:", errors.Is(err, errcodes.CondStoredKeyMismatch))
	// Output:
	// code: true
	// condition: true
	// other condition of that code: false
}

// The fields have everything that the service does not say.
func ExampleError() {
	if e, ok := errors.AsType[*errcodes.Error](deploy()); ok {
		fmt.Println(e.Operation)
		fmt.Println(e.Code, e.Status, e.Message)
		fmt.Println(e.Condition, e.Parameter, e.Evidence, e.Origin)
	}
	// Output:
	// SetDomainServerCertificate
	// Certificate.MissMatch 400 The Private Key does not math the specified Certificate!
	// KeyMismatch PrivateKey documented original
}

func ExampleError_Error() {
	err := errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondCertificateNotPEM)
	fmt.Println(&err)

	err.Block, err.Line = 2, 31
	err.Reason = errcodes.Message{EN: "a blank line inside the block", ZH: "块内有空行"}
	fmt.Println(&err)
	// Output:
	// Certificate.FormatError (400): The certificate format is error. [ServerCertificate]
	// Certificate.FormatError (400): The certificate format is error. [ServerCertificate: block 2, line 31: a blank line inside the block]
}

func ExampleError_Why() {
	err := errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondCertificateNotPEM)
	err.Block, err.Line = 2, 31
	err.Reason = errcodes.Message{EN: "a blank line inside the block", ZH: "块内有空行"}
	fmt.Println(err.Why(errcodes.English))
	fmt.Println(err.Why(errcodes.Chinese))
	// Output:
	// block 2, line 31: a blank line inside the block
	// 第 2 个 PEM 块，第 31 行：块内有空行
}

func ExampleError_Hint() {
	err := errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondPrivateKeyEncrypted)
	fmt.Println(err.Hint().In(errcodes.English))
	// Output:
	// decrypt it first: openssl pkey -in key.pem -out plain.pem
}

func ExamplePosition_Prefix() {
	reason := errcodes.Message{EN: "bad base64", ZH: "base64 有误"}
	fmt.Println(errcodes.Position{Block: 1, Line: 0}.Prefix(reason).EN)
	fmt.Println(errcodes.Position{Block: 1, Line: 7}.Prefix(reason).EN)
	fmt.Println(errcodes.Position{Block: 0, Line: 0}.Prefix(reason).EN)
	fmt.Println(errcodes.Position{Block: 1, Line: 7}.Prefix(errcodes.Message{}).ZH)
	// Output:
	// block 1: bad base64
	// block 1, line 7: bad base64
	// bad base64
	// 第 1 个 PEM 块，第 7 行
}

// The arguments fill the message; where the vendor sends a constant, the table
// knows it.
func ExampleTable_Error() {
	alb := errcodes.AssociateAdditionalCertificatesWithListener.Table()
	fmt.Println(alb.Error(errcodes.CondListenerConfiguring, "lsn-1", "Configuring").Message)
	fmt.Println(alb.Error(errcodes.CondCertificateIsDefault).Message)
	fmt.Println(alb.Error(errcodes.CondDomainNotFound) == errcodes.Error{})
	// Output:
	// The status of lsn-1 [Configuring] is incorrect.
	// The operation is not allowed because of DefaultCertificateUsed.
	// true
}

// The current version of a table spells the same condition differently; operations
// around it follow the original one.
func ExampleTable_Row() {
	for table := range errcodes.Tables() {
		if row, ok := table.Row(errcodes.CondListenerConfiguring); ok {
			fmt.Printf("%s: %s, %s\n", table, row.Code, row.Message)
		}
	}
	// Output:
	// AssociateAdditionalCertificatesWithListener: IncorrectStatus.Listener, The status of %s [%s] is incorrect.
	// AssociateAdditionalCertificatesWithListener (later edition): ResourceInConfiguring.Listener, The specified resource %s is configuring, please try again later.
	// DissociateAdditionalCertificatesFromListener: IncorrectStatus.Listener, The status of %s [%s] is incorrect.
	// UpdateListenerAttribute: IncorrectStatus.Listener, The status of %s [%s] is incorrect.
	// DeleteListener: ResourceInConfiguring.Listener, The specified resource %s is configuring, please try again later.
	// Nlb:AssociateAdditionalCertificatesWithListener: IncorrectStatus.listener, The status of listener [%s] is incorrect.
	// DisassociateAdditionalCertificatesWithListener: IncorrectStatus.listener, The status of listener [%s] is incorrect.
	// Nlb:UpdateListenerAttribute: IncorrectStatus.listener, The status of listener [%s] is incorrect.
	// SetLoadBalancerHTTPSListenerAttribute: ServiceIsConfiguring, A previous configuration is pending; please try again later.
	// CreateDomainExtension: DomainExtensionProcessing, A previous configuration is pending; please try again later.
	// SetDomainExtensionAttribute: DomainExtensionProcessing, A previous configuration is pending; please try again later.
	// DeleteDomainExtension: DomainExtensionProcessing, A previous configuration is pending; please try again later.
	// Ga:AssociateAdditionalCertificatesWithListener: NotActive.Listener, The state of the listener is not active.
	// UpdateAdditionalCertificateWithListener: NotActive.Listener, The state of the listener is not active.
	// Ga:DissociateAdditionalCertificatesFromListener: NotActive.Listener, The state of the listener is not active.
	// UpdateListener: NotActive.Listener, The state of the listener is not active.
}

func ExampleTable_Rows() {
	for row := range errcodes.AssociateAdditionalCertificatesWithListener.Table().Rows() {
		fmt.Println(row.Status, row.Code, row.Origin)
	}
	// Output:
	// 400 IncorrectStatus.Listener original
	// 400 OperationDenied.DefaultCertificateUsed original
	// 400 OperationFailed.DefaultCertificateNotFound original
	// 400 ResourceAlreadyAssociated.Certificate original
	// 400 ResourceQuotaExceeded.LoadBalancerCertificatesNum original
	// 404 ResourceNotFound.Certificate original
	// 400 DryRunOperation original
	// 400 OperationDenied.HttpListenerNotSupport later
	// 400 InvalidParameter later
	// 403 Forbidden.LoadBalancer later
	// 404 ResourceNotFound.Listener later
	// 400 IdempotenceSignatureMismatch sibling
	// 400 MissingListenerId gateway
	// 400 MissingCertificates gateway
	// 400 InvalidCertificates gateway
	// 400 InvalidDryRun gateway
}

// The conditions are in the order of the checks: the first that holds is the answer.
func ExampleTable_Conditions() {
	cdn := errcodes.SetDomainServerCertificate.Table()
	for cond := range cdn.Conditions() {
		if cdn.Rank(cond) == 3 {
			break
		}
		fmt.Println(cond, "blames", cdn.Parameter(cond))
	}
	// Output:
	// DomainNameMissing blames DomainName
	// DomainNameMalformed blames DomainName
	// StatusUnsupported blames ServerCertificateStatus
}

// Several conditions can be behind one answer of the service.
func ExampleTable_ConditionsFor() {
	cdn := errcodes.SetDomainServerCertificate.Table()
	for row := range cdn.Rows() {
		if row.Code != errcodes.CertificateStatusError {
			continue
		}
		fmt.Println(row.Message)
		for cond := range cdn.ConditionsFor(row) {
			fmt.Println("-", cond.Meaning().EN)
		}
	}
	// Output:
	// Certificate is not exist or its status is error.
	// - the domain has no free certificate, or it is not issued
	// The certificate status is error.
	// - the first certificate has expired
	// - the first certificate is not valid yet
	// - the certificate is pending, revoked or expired in the certificate center
}

func ExampleTable_Evidence() {
	cond := errcodes.CondListenerConfiguring
	fmt.Println(errcodes.AssociateAdditionalCertificatesWithListener.Table().Evidence(cond))
	fmt.Println(albCurrent.Evidence(cond))
	// Output:
	// observed
	// documented
}

func ExampleTables() {
	for table := range errcodes.Tables() {
		rows := 0
		for range table.Rows() {
			rows++
		}
		fmt.Println(table, rows)
	}
	// Output:
	// SetDomainServerCertificate 24
	// AssociateAdditionalCertificatesWithListener 16
	// AssociateAdditionalCertificatesWithListener (later edition) 17
	// DissociateAdditionalCertificatesFromListener 14
	// UpdateListenerAttribute 9
	// ListListenerCertificates 3
	// GetLoadBalancerAttribute 2
	// CreateListener 14
	// DeleteListener 7
	// SetCdnDomainSSLCertificate 40
	// SetDcdnDomainSSLCertificate 41
	// SetVodDomainCertificate 24
	// SetVodDomainSSLCertificate 27
	// SetLiveDomainCertificate 26
	// UploadUserCertificate 17
	// DeleteUserCertificate 4
	// ListUserCertificateOrder 2
	// DescribeDomainCertificateInfo 2
	// DescribeCdnDomainDetail 2
	// ListTagResources 1
	// GetUserCertificateDetail 4
	// GetCertificateDetail 3
	// Nlb:AssociateAdditionalCertificatesWithListener 13
	// DisassociateAdditionalCertificatesWithListener 12
	// Nlb:UpdateListenerAttribute 21
	// Nlb:ListListenerCertificates 3
	// Nlb:GetLoadBalancerAttribute 2
	// GetJobStatus 2
	// UploadServerCertificate 13
	// DeleteServerCertificate 3
	// SetServerCertificateName 6
	// SetLoadBalancerHTTPSListenerAttribute 14
	// DescribeLoadBalancerHTTPSListenerAttribute 6
	// CreateDomainExtension 17
	// SetDomainExtensionAttribute 9
	// DeleteDomainExtension 7
	// DescribeDomainExtensions 7
	// DescribeDomainExtensionAttribute 3
	// DescribeLoadBalancerAttribute 2
	// SetCertificate 16
	// DeleteCertificate 8
	// GetCertificate 5
	// ListCertificates 6
	// ListInstanceQuotasWithUsage 3
	// ListSites 2
	// Ga:AssociateAdditionalCertificatesWithListener 15
	// UpdateAdditionalCertificateWithListener 17
	// Ga:DissociateAdditionalCertificatesFromListener 14
	// UpdateListener 14
	// Ga:ListListenerCertificates 5
	// DescribeListener 3
	// DescribeAccelerator 3
}

// Which rules rest on real answers of the service, rather than on its documents?
// Three products have an operation of one name. Without a product it is that of the first.
func ExampleOperation_ID() {
	for op := range errcodes.Operations() {
		if op.String() == "ListListenerCertificates" {
			fmt.Println(op.Product(), op, op.ID())
		}
	}
	// Output:
	// Alb ListListenerCertificates ListListenerCertificates
	// Nlb ListListenerCertificates Nlb:ListListenerCertificates
	// Ga ListListenerCertificates Ga:ListListenerCertificates
}

// A log has product and name; a file has the ID.
func ExampleFindOperation() {
	op, ok := errcodes.FindOperation("ga", "ListListenerCertificates")
	fmt.Println(op.ID(), ok)
	op, ok = errcodes.FindOperation("", "ListListenerCertificates")
	fmt.Println(op.ID(), ok)
	_, ok = errcodes.FindOperation("Cdn", "ListListenerCertificates")
	fmt.Println(ok)
	err := op.UnmarshalText([]byte("Ga:ListListenerCertificates"))
	fmt.Println(op == errcodes.GAListListenerCertificates, err)
	// Output:
	// Ga:ListListenerCertificates true
	// ListListenerCertificates true
	// false
	// true <nil>
}

func ExampleConditions() {
	for cond := range errcodes.Conditions() {
		if cond.Evidence() == errcodes.Observed {
			fmt.Println(cond)
		}
	}
	// Output:
	// ParameterMissing
	// ListenerConfiguring
	// CertificateOtherRegion
}

func ExampleCondition_Hint() {
	cond := errcodes.CondKeyMismatch
	fmt.Println(cond.Meaning().EN + ": " + cond.Hint().EN)
	fmt.Println(cond.Meaning().ZH + "：" + cond.Hint().ZH)
	// Output:
	// the private key is not that of the first certificate: send the key that the leaf was issued for, and the leaf as the first certificate
	// 私钥与第一份证书不匹配：发送与服务器证书对应的私钥，并将服务器证书放在最前
}

// A condition travels by its name.
func ExampleCondition_MarshalText() {
	data, err := json.Marshal(map[errcodes.Condition]int{errcodes.CondKeyMismatch: 3})
	fmt.Println(string(data), err)
	// Output:
	// {"KeyMismatch":3} <nil>
}

// sdkError has the shape of the vendor's SDK errors.
type sdkError struct{ Code *string }

func (*sdkError) Error() string { return "SDKError" }

// Of reads the code of any error, so that a switch can use it.
func ExampleOf() {
	busy := "ServiceBusy"
	for _, err := range []error{
		fmt.Errorf("through an SDK: %w", &sdkError{&busy}),
		deploy(),
		errors.New("connection reset"),
	} {
		code, ok := errcodes.Of(err)
		fmt.Println(code, ok)
	}
	// Output:
	// ServiceBusy true
	// Certificate.MissMatch true
	//  false
}

func ExampleMessage_In() {
	meaning := errcodes.CondDomainOffline.Meaning()
	fmt.Println(meaning.In(errcodes.English), meaning.In(errcodes.Chinese))
	// Output:
	// the domain is offline 域名已下线
}
