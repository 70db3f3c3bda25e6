package model_test

import "github.com/alicert/alicert/model"

// turnstile is a machine of three states. A coin unlocks it, a person who passes
// locks it, and a kick breaks it for good.
func turnstile() model.Machine[string, string, string] {
	return model.Func("locked", func(state, input string) (next, output string) {
		switch {
		case state == "broken":
			return "broken", "out of order"
		case input == "kick":
			return "broken", "ouch"
		case state == "locked" && input == "coin":
			return "unlocked", "thanks"
		case state == "unlocked" && input == "coin":
			return "unlocked", "refunded"
		case state == "unlocked" && input == "push":
			return "locked", "passed"
		case state == "locked" && input == "push":
			return "locked", "blocked"
		default:
			return state, "what?"
		}
	})
}

// same is the key and the name of what is a string anyway.
func same(s string) string { return s }

func turnstileSpace() model.Space[string, string, string] {
	return model.Space[string, string, string]{
		Machine: turnstile(),
		Inputs:  []string{"coin", "push", "kick"},
		Key:     same,
		Outcome: same,
	}
}
