package validate

// ParsersOnly returns options under which the fast path is not asked.
func ParsersOnly(o Options) Options {
	o.parsersOnly = true
	return o
}
