package table_test

import (
	"fmt"

	"github.com/alicert/alicert/model/table"
)

// A change leaves the old table as it is.
func Example() {
	type domain struct {
		HTTPS bool
		Cert  string
	}
	before := table.Of(map[string]domain{"a.example.com": {}, "b.example.com": {true, "old"}})
	after := before.Set("a.example.com", domain{true, "new"}).Delete("b.example.com")
	fmt.Println(before)
	fmt.Println(after)
	// Output:
	// {"a.example.com":{HTTPS:false Cert:} "b.example.com":{HTTPS:true Cert:old}}
	// {"a.example.com":{HTTPS:true Cert:new}}
}

// A key of two parts makes a table an index.
func ExampleTable_WithPrefix() {
	statuses := table.Of(map[string]string{
		"lsn-1 7-cn":  "Associated",
		"lsn-1 8-cn":  "Associating",
		"lsn-10 9-cn": "Associated",
	})
	for key, status := range statuses.WithPrefix("lsn-1 ") {
		fmt.Println(key, status)
	}
	// Output:
	// lsn-1 7-cn Associated
	// lsn-1 8-cn Associating
}

// Pages continue where the last one ended.
func ExampleTable_From() {
	t := table.Of(map[string]int{"a": 1, "b": 2, "c": 3})
	for key, value := range t.From("b") {
		fmt.Println(key, value)
	}
	// Output:
	// b 2
	// c 3
}
