package main

import (
	"fmt"
	"slices"
	"strings"

	clienttest "github.com/alicert/alicert/model/fakecloud/clienttest/go"
)

// tables returns the tables: the refusals of each operation, the refusals of the gateway,
// and the behaviors.
func tables(suite *clienttest.Suite, results []clienttest.Result) (string, error) {
	var b strings.Builder
	operations := suite.Operations()
	slices.Reverse(operations)
	for _, operation := range append(operations, "") {
		var columns []clienttest.Result
		for _, r := range results {
			if operation == "" || slices.Contains(r.Operations, operation) {
				columns = append(columns, r)
			}
		}
		if err := refusals(&b, suite, operation, columns); err != nil {
			return "", err
		}
	}
	err := behaviors(&b, results)
	return b.String(), err
}

func refusals(b *strings.Builder, suite *clienttest.Suite, operation string, columns []clienttest.Result) error {
	if operation == "" {
		b.WriteString("The gateway, whatever the operation:\n\n| status | code |")
	} else {
		fmt.Fprintf(b, "`%s`:\n\n| status | code (condition) |", operation)
	}
	for _, c := range columns {
		fmt.Fprintf(b, " %s |", c.Client)
	}
	b.WriteString("\n|---|---|" + strings.Repeat(":-:|", len(columns)) + "\n")
	for i := range suite.Refusals {
		r := &suite.Refusals[i]
		if r.Operation != operation {
			continue
		}
		condition := ""
		if r.Condition != "" {
			condition = " (" + r.Condition + ")"
		}
		fmt.Fprintf(b, "| %d | `%s`%s |", r.Status, r.Code, condition)
		for _, c := range columns {
			switch c.Outcomes[r.Name()] {
			case clienttest.Reached:
				b.WriteString(" ✓ |")
			case clienttest.Scripted:
				b.WriteString(" (✓) |")
			default:
				return fmt.Errorf("%s has no result for %s", c.Client, r.Name())
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
	return nil
}

func behaviors(b *strings.Builder, results []clienttest.Result) error {
	b.WriteString("What the clients do:\n\n| client |")
	all := clienttest.Behaviors()
	for _, behavior := range all {
		fmt.Fprintf(b, " %s |", behavior.Title)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(all)) + "\n")
	for _, r := range results {
		fmt.Fprintf(b, "| %s |", r.Client)
		if r.Outcomes["success"] == "" {
			return fmt.Errorf("%s has no result for success", r.Client)
		}
		for _, behavior := range all {
			outcome := r.Outcomes[behavior.Name]
			if outcome == "" {
				outcome = "–"
			}
			fmt.Fprintf(b, " %s |", outcome)
		}
		b.WriteString("\n")
	}
	return nil
}
