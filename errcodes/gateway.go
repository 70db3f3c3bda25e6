package errcodes

import (
	"slices"
	"strconv"
	"strings"
)

// ParameterType says how the gateway reads a parameter. The zero value is text.
type ParameterType uint8

const (
	// TypeString is text of any kind.
	TypeString ParameterType = iota
	// TypeBoolean is "true" or "false", in any letter case.
	TypeBoolean
	// TypeInteger is a decimal number of at most 63 bits, which may have zeros in
	// front.
	TypeInteger
	// TypeFlatArray is one parameter for each element, with its number in the name.
	TypeFlatArray

	numParameterTypes // one more than the last type
)

var parameterTypeNames = [numParameterTypes]string{"string", "boolean", "integer", "flat array"}

// String returns "string", "boolean", "integer" or "flat array".
func (t ParameterType) String() string { return nameOf(parameterTypeNames[:], t) }

// Reads reports whether a value that is not empty can be read as the type. One value
// is no flat array.
func (t ParameterType) Reads(value string) bool {
	switch t {
	case TypeBoolean:
		return strings.EqualFold(value, "true") || strings.EqualFold(value, "false")
	case TypeInteger:
		const bits = 63
		_, err := strconv.ParseUint(value, 10, bits)
		return err == nil
	case TypeFlatArray:
		return false
	default:
		return true
	}
}

// GatewayCheck is what the vendor's gateway checks of one parameter before the service
// sees the request. A condition that is 0 is not checked.
type GatewayCheck struct {
	Parameter  Parameter
	Missing    Condition // the parameter is absent or empty
	Unreadable Condition // its value cannot be read as its type
}

// GatewayCheck returns what the gateway checks at place i, from 0; ok is false behind the
// last one. The order is that of the parameters in the operation's metadata. The
// conditions come before all others of the table. A table that documents rows of its own
// for absent parameters has no such checks. It is no iterator, so that a check of a
// request allocates nothing.
func (t Table) GatewayCheck(i int) (check GatewayCheck, ok bool) {
	d := t.data()
	if d == nil || i < 0 || i >= len(d.gateway) {
		return GatewayCheck{}, false
	}
	return d.gateway[i], true
}

// missing and unreadable name conditions that are older than the general ones.
var (
	missing = map[Field]Condition{
		FieldDomainName:   CondDomainNameMissing,
		FieldListenerID:   CondListenerIDMissing,
		FieldCertificates: CondCertificatesMissing,
		FieldCertName:     CondCertNameMissing,
	}
	unreadable = map[Field]Condition{
		FieldCertID: CondCertIDMalformed,
		FieldDryRun: CondDryRunMalformed,
	}
)

// gatewayEvidence is the evidence for one of the gateway's rows of an operation, where
// it is not only that of other parameters.
type gatewayEvidence struct {
	field    Field
	absent   bool // for the absent parameter, not for the unreadable one
	evidence Evidence
	source   source
	contrary contrary
}

// behindGateway returns a table with the gateway's conditions in front of its own, and
// the gateway's rows behind its own.
func behindGateway(parameters []Parameter, t table, known ...gatewayEvidence) table {
	var front []mapping
	add := func(cond Condition, p Parameter, row Row, absent bool) {
		m := mapping{cond: cond, code: row.Code, field: p.Field, evidence: Assumed, source: ruleGateway}
		for _, k := range known {
			if k.field == p.Field && k.absent == absent {
				m.evidence, m.source, m.contrary = k.evidence, k.source, k.contrary
			}
		}
		for _, r := range t.rows { // the page may have a row of that code, with another message
			if r.Code == row.Code {
				m.nth++
			}
		}
		front = append(front, m)
		t.rows = append(slices.Clip(t.rows), row)
	}
	for _, p := range parameters {
		check := GatewayCheck{Parameter: p}
		if strings.Contains(p.Name, ".") { // a part of an array, which the service checks
			continue
		}
		if p.Required {
			check.Missing = conditionOf(missing, p.Field, CondParameterMissing)
			add(check.Missing, p, missingRow(p.Name), true)
		}
		if p.Type != TypeString {
			check.Unreadable = conditionOf(unreadable, p.Field, CondParameterUnreadable)
			add(check.Unreadable, p, unreadableRow(p), false)
		}
		if check.Missing != 0 || check.Unreadable != 0 {
			t.gateway = append(t.gateway, check)
		}
	}
	t.mappings = append(front, t.mappings...)
	return t
}

func conditionOf(known map[Field]Condition, f Field, general Condition) Condition {
	if cond, own := known[f]; own {
		return cond
	}
	return general
}

func missingRow(name string) Row {
	return Row{Code("Missing" + name), 400, name + " is mandatory for this action.", GatewayPage, none}
}

func unreadableRow(p Parameter) Row {
	text := "Specified parameter " + p.Name + " is not valid."
	if p.Type == TypeFlatArray {
		text += " Illegal parameter serialization format. Flat format is required."
	}
	return Row{Code("Invalid" + p.Name), 400, text, GatewayPage, none}
}
