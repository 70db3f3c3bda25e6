package validate

// Repair returns what [Normalize] makes of the certificate and key of a request, and
// reports whether the service would accept the request with them. It is a dry run, for
// callers that want to promise a repair. ok is false if Normalize fails, if the service
// would refuse what it makes, too, or if the request carries a [Pair], which has no
// texts. It takes about as long as [Normalize] and [Verdict] together.
func Repair(r Request, o Options) (n Normalized, ok bool) {
	switch r := r.(type) {
	case *CDNRequest:
		repaired := *orEmpty(r)
		return repairTexts(&repaired, repaired.Pair, &repaired.Certificate, &repaired.PrivateKey, o)
	case *CASRequest:
		repaired := *orEmpty(r)
		return repairTexts(&repaired, repaired.Pair, &repaired.Certificate, &repaired.PrivateKey, o)
	default:
		return Normalized{}, false
	}
}

// repairTexts normalizes certificate and key, which are fields of the request.
func repairTexts(r Request, p *Pair, certificate *string, key *Secret, o Options) (Normalized, bool) {
	if !r.fits() || p != nil {
		return Normalized{}, false
	}
	n, err := Normalize(r.Operation(), *certificate, *key)
	if err != nil {
		return Normalized{}, false
	}
	*certificate, *key = n.Certificate, n.PrivateKey
	if Verdict(r, o) != nil {
		return Normalized{}, false
	}
	return n, true
}
