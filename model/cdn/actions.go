package cdn

// Actions returns a value of every type of action, for programs that have to know
// them all, such as one that makes inputs.
func Actions() []Action { return actions() }
