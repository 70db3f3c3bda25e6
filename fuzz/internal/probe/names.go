package probe

import (
	"errors"
	"strings"
)

// idNames are those of the certificate ids that no account has.
var idNames = []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16"}

// names are certificate names that are tested, by what is special about them.
var names = map[string]func(tag string) string{
	"128-letters": func(tag string) string { return tag + strings.Repeat("n", 128-len(tag)) },
	"129-letters": func(tag string) string { return tag + strings.Repeat("n", 129-len(tag)) },
	"128-chinese": func(string) string { return strings.Repeat("证", 128) },
	"129-chinese": func(string) string { return strings.Repeat("证", 129) },
	"63-letters":  func(tag string) string { return tag + strings.Repeat("n", 63-len(tag)) },
	"64-letters":  func(tag string) string { return tag + strings.Repeat("n", 64-len(tag)) },
	"space":       func(tag string) string { return tag + " name" },
	"slash":       func(tag string) string { return tag + "/name" },
	"control":     func(tag string) string { return tag + "\x01name" },
	"unknown":     func(tag string) string { return tag },
}

func (m *Material) name(name string) (string, error) {
	form, known := names[name]
	if !known {
		return "", errors.New("there is no such name")
	}
	return form("alicert-probe-" + m.random), nil
}
