package gateway

import (
	"net/http"
	"strconv"
)

// Failure is a refusal by the gateway. Codes, statuses and messages are those of the
// vendor's public list of common errors, unless a comment says otherwise.
type Failure struct {
	Status        int
	Code, Message string
}

// The failures whose text does not depend on the request.
var (
	KeyNotFound         = &Failure{http.StatusNotFound, "InvalidAccessKeyId.NotFound", "Specified access key is not found."}
	KeyInactive         = &Failure{http.StatusBadRequest, "InvalidAccessKeyId.Inactive", "Specified access key is disabled."}
	TokenMismatch       = &Failure{http.StatusBadRequest, "InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatch with the AccessKey."}
	timeMalformed       = &Failure{http.StatusBadRequest, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted."}
	TimeExpired         = &Failure{http.StatusBadRequest, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."}
	NonceUsed           = &Failure{http.StatusBadRequest, "SignatureNonceUsed", "Specified signature nonce was used already."}
	signatureIncomplete = &Failure{http.StatusBadRequest, "IncompleteSignature", "The request signature does not conform to Aliyun standards."}
	SignatureMismatch   = &Failure{http.StatusBadRequest, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation."}
	signatureMethod     = &Failure{http.StatusBadRequest, "InvalidSignatureMethod", "Specified signature method is not valid."}
	formatUnsupported   = &Failure{http.StatusBadRequest, "InvalidParameter.Format", "Specified parameter Format is not valid."}
	MethodUnsupported   = &Failure{http.StatusBadRequest, "UnsupportedHTTPMethod", "This http method is not supported."}
	PathUnknown         = &Failure{http.StatusNotFound, "InvalidApi.NotFound", "Specified api is not found, please check your url and method."}
	ActionUnknown       = &Failure{http.StatusNotFound, "InvalidAction.NotFound", "Specified api is not found, please check your url and method."}
	ThrottledUser       = &Failure{http.StatusBadRequest, "Throttling.User", "Request was denied due to user flow control."}

	// The public list has no codes for these.
	undecodable    = &Failure{http.StatusBadRequest, "InvalidParameter.Encoding", "The percent-encoding of the query or of the form body is broken."}
	bodyIncomplete = &Failure{http.StatusBadRequest, "IncompleteBody", "The body ends before its announced length."}
)

// NotImplemented is the code for an operation that only the real cloud has. The vendor
// has no such code, so the answer has no Recommend link.
const NotImplemented = "NotImplemented.Fake"

// Missing returns the refusal of a request without a required parameter.
func Missing(parameter string) *Failure {
	return &Failure{http.StatusBadRequest, "Missing" + parameter, parameter + " is mandatory for this action."}
}

// Invalid returns the refusal of a malformed parameter.
func Invalid(parameter string) *Failure {
	return &Failure{http.StatusBadRequest, "Invalid" + parameter, "Specified parameter " + parameter + " is not valid."}
}

// NotFlat returns the refusal of an array that is sent as one parameter instead of one
// parameter for each element.
func NotFlat(parameter string) *Failure {
	f := Invalid(parameter)
	f.Message += " Illegal parameter serialization format. Flat format is required."
	return f
}

// tooLarge returns the refusal of a request over the limit in bytes. The public list has
// no code for it.
func tooLarge(limit int) *Failure {
	return &Failure{http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "The request is over " + strconv.Itoa(limit) + " bytes."}
}
