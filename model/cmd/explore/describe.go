package main

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/validate"
)

// maxValue is the length in bytes beyond which a value is cut.
const maxValue = 60

// describe returns an action in one line: the name of its type, then its parameters
// under their JSON names. It omits unset parameters, and PEM texts because the digest
// identifies a certificate.
func describe(action any) string { return strings.Join(wordsOf(action), " ") }

// brief does the same without the words that begin with one of some prefixes, and
// with short names for the operations of a page.
func brief(action any, without []string) string {
	words := slices.DeleteFunc(wordsOf(action), func(word string) bool {
		return slices.ContainsFunc(without, func(begin string) bool { return strings.HasPrefix(word, begin) })
	})
	switch a := action.(type) {
	case alb.ChangeCertificates:
		if a.Operation == errcodes.AssociateAdditionalCertificatesWithListener {
			words[0] = "Associate"
		}
	case cdn.SetCertificate, esa.SetCertificate:
		words[0] = "Set"
	}
	return strings.Join(words, " ")
}

func wordsOf(action any) []string {
	if action == nil {
		return []string{"nothing"}
	}
	return append([]string{nameOf(action)}, parameters(reflect.ValueOf(action))...)
}

// nameOf returns the name of an action's operation or type.
func nameOf(action any) string {
	a, _ := action.(model.Action)
	return account.Input{Action: a}.Name()
}

func parameters(v reflect.Value) (words []string) {
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		words = append(words, parameter(name, options == "", v.Field(i))...)
	}
	return words
}

// parameter returns one field. It includes a false value only if JSON always has the
// field.
func parameter(name string, always bool, v reflect.Value) []string {
	switch value := v.Interface().(type) {
	case validate.Summary:
		return check(&value)
	case validate.Leaf:
		return leaf(value)
	case errcodes.Error:
		return verdict(&value)
	case []string:
		if len(value) == 0 {
			return nil
		}
		return []string{name + "=" + shown(strings.Join(value, ","))}
	}
	switch {
	case name == "pem" || name == "content" || name == "-":
		return nil
	case name == "requestId" && v.String() == sameRequestID:
		return nil
	case v.Kind() == reflect.Struct:
		return parameters(v)
	case v.IsZero() && (!always || v.Kind() != reflect.Bool):
		return nil
	default:
		return []string{name + "=" + shown(fmt.Sprint(v.Interface()))}
	}
}

// sameRequestID is the RequestId of every request of the CDN universes, which is not
// shown. The RequestIds of the ALB universes name jobs.
const sameRequestID = "r"

func check(c *validate.Summary) []string {
	if !c.Accepted() {
		return verdict(&c.Verdict)
	}
	switch c.Key {
	case "":
		return leaf(c.Leaf)
	case c.Leaf.Key:
		return []string{"certificate=" + short(c.Leaf.SHA256), "key=own"}
	default:
		return append(leaf(c.Leaf), "key="+short(c.Key))
	}
}

func leaf(l validate.Leaf) []string {
	if l.SHA256 == "" {
		return nil
	}
	return []string{"certificate=" + short(l.SHA256), "certificateKey=" + short(l.Key)}
}

// verdict returns the reason of a request that is refused in every state.
func verdict(e *errcodes.Error) []string {
	if e.Code == "" {
		return nil
	}
	return []string{"[" + e.Parameter + ": " + e.Condition.Meaning().EN + "]"}
}

// short returns the first digits of a digest, which identify it.
func short(digest string) string { return digest[:min(8, len(digest))] }

// shown returns a value on one line, in quotes unless it is one plain word.
func shown(value string) string {
	if runes := []rune(value); len(runes) > maxValue {
		value = string(runes[:maxValue]) + "…"
	}
	if quoted := strconv.Quote(value); strings.ContainsAny(value, " \"`|") || quoted != `"`+value+`"` {
		return quoted
	}
	return value
}
