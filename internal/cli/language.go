package cli

import (
	"cmp"
	"os"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
)

// Locale returns the locale of the environment for messages, such as zh_CN.UTF-8.
func Locale() string {
	return cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
}

// Language returns the language of a locale such as zh, zh-CN and en_US.UTF-8. For any
// other it is English, and known is false.
func Language(locale string) (lang errcodes.Lang, known bool) {
	name, _, _ := strings.Cut(strings.ToLower(locale), ".")
	switch name, _, _ = strings.Cut(strings.ReplaceAll(name, "-", "_"), "_"); name {
	case "en":
		return errcodes.English, true
	case "zh":
		return errcodes.Chinese, true
	default:
		return errcodes.English, false
	}
}

// Spoken returns the language for whoever gave the arguments: that of -lang, whatever is
// wrong with the other flags, else that of the locale.
func Spoken(args []string, locale string) errcodes.Lang {
	for i, arg := range args {
		name, value, given := strings.Cut(arg, "=")
		if name != "-lang" && name != "--lang" {
			continue
		}
		if !given && i+1 < len(args) {
			value = args[i+1]
		}
		locale = value
	}
	lang, _ := Language(locale)
	return lang
}

// CheckLanguage refuses a value of -lang that is no known language. An empty one stands for
// the locale.
func CheckLanguage(value, shown string) error {
	if _, known := Language(value); !known && value != "" {
		return bilingual.Fail("-lang %s is not a language; use en or zh", "-lang %s 不是可用的语言；请用 en 或 zh", shown)
	}
	return nil
}
