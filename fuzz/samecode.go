package fuzz

import "github.com/alicert/alicert/model"

// SameCode is a loose Options.Equal: two answers agree if both are refused with the same
// code, or neither is. A stub passes with it before it has messages, bodies and ids. It
// does not tell an event that was ignored from one that applied.
func SameCode(want, got model.Output) bool { return want.Error.Code == got.Error.Code }
