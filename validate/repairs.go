package validate

// Repair returns what [Normalize] makes of the certificate and key of a request, and
// reports whether the service would accept the request with them. It is a dry run, for
// callers that want to promise a repair: ok is false if Normalize fails, if the result
// would be refused, too, or if the request has no certificate and key of its own. It
// takes about as long as [Normalize] and [Check] together; a parsed Pair cannot be
// repaired.
func Repair(r Request, o Options) (n Normalized, ok bool) {
	switch r := r.(type) {
	case *CDNRequest:
		if !r.fits() || orEmpty(r).Pair != nil {
			return Normalized{}, false
		}
		repaired := *orEmpty(r)
		n, err := Normalize(r.Operation(), repaired.Certificate, repaired.PrivateKey)
		if err != nil {
			return Normalized{}, false
		}
		repaired.Certificate, repaired.PrivateKey = n.Certificate, n.PrivateKey
		return accepted(&repaired, n, o)
	case *CASRequest:
		if !r.fits() || orEmpty(r).Pair != nil {
			return Normalized{}, false
		}
		repaired := *orEmpty(r)
		n, err := Normalize(r.Operation(), repaired.Certificate, repaired.PrivateKey)
		if err != nil {
			return Normalized{}, false
		}
		repaired.Certificate, repaired.PrivateKey = n.Certificate, n.PrivateKey
		return accepted(&repaired, n, o)
	default:
		return Normalized{}, false
	}
}

func accepted(r Request, n Normalized, o Options) (Normalized, bool) {
	if Verdict(r, o) != nil {
		return Normalized{}, false
	}
	return n, true
}
