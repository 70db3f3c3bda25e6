package model

// Fault is a failure between a caller and a correct system.
type Fault string

// The faults. The first three keep the input from taking effect.
const (
	Throttled   Fault = "throttled"    // answered with Throttling.User, no effect
	Unavailable Fault = "unavailable"  // answered with ServiceUnavailable (503), no effect
	LostRequest Fault = "lost request" // no answer, no effect
	LostAnswer  Fault = "lost answer"  // no answer, but an effect
)

// FaultyInput is an input with its fault.
type FaultyInput[I any] struct {
	Input I     `json:"input"`
	Fault Fault `json:"fault,omitempty"`
}

// FaultyOutput is the output that the caller sees.
type FaultyOutput[O any] struct {
	Output O     `json:"output"`          // the zero value if there was a fault
	Fault  Fault `json:"fault,omitempty"` // LostRequest and LostAnswer both show as LostAnswer: the caller cannot tell
}

// WithFaults puts a fault layer before a machine. A fault is part of the input, so
// sequences with faults are deterministic.
func WithFaults[S, I, O any](m Machine[S, I, O]) Machine[S, FaultyInput[I], FaultyOutput[O]] {
	return Func(m.Init(), func(s S, a FaultyInput[I]) (S, FaultyOutput[O]) {
		switch a.Fault {
		case Throttled, Unavailable:
			return s, FaultyOutput[O]{Fault: a.Fault}
		case LostRequest:
			return s, FaultyOutput[O]{Fault: LostAnswer}
		case LostAnswer:
			s, _ = m.Step(s, a.Input)
			return s, FaultyOutput[O]{Fault: LostAnswer}
		default:
			next, output := m.Step(s, a.Input)
			return next, FaultyOutput[O]{Output: output}
		}
	})
}
