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
	"github.com/alicert/alicert/validate"
)

// maxValue is the length of the longest value that is shown whole.
const maxValue = 60

// describe tells an action in one line: the name of its type, then its parameters
// as JSON names them. PEM texts are left out, for a certificate is known by its
// digest, and so is what is not set.
func describe(action any) string { return strings.Join(wordsOf(action), " ") }

// brief does so without the words that begin in one of several ways, and with
// short names for the operations that a page is about.
func brief(action any, without []string) string {
	words := slices.DeleteFunc(wordsOf(action), func(word string) bool {
		return slices.ContainsFunc(without, func(begin string) bool { return strings.HasPrefix(word, begin) })
	})
	switch a := action.(type) {
	case alb.ChangeCertificates:
		if a.Operation == errcodes.AssociateAdditionalCertificatesWithListener {
			words[0] = "Associate"
		}
	case cdn.SetCertificate:
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

// parameter tells one field; one that JSON always has is told where it is false.
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

// sameRequestID is what every request of the CDN universes has, so it tells
// nothing. Those of the ALB universes name their jobs.
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

// verdict tells what is wrong with a request that is refused whatever the state.
func verdict(e *errcodes.Error) []string {
	if e.Code == "" {
		return nil
	}
	return []string{"[" + e.Parameter + ": " + e.Condition.Meaning().EN + "]"}
}

// short returns the digits of a digest that tell it from others.
func short(digest string) string { return digest[:min(8, len(digest))] }

// shown returns a value on one line, in quotes where it is not one plain word.
func shown(value string) string {
	if runes := []rune(value); len(runes) > maxValue {
		value = string(runes[:maxValue]) + "…"
	}
	if quoted := strconv.Quote(value); strings.ContainsAny(value, " \"`|") || quoted != `"`+value+`"` {
		return quoted
	}
	return value
}
