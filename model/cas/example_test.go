package cas_test

import (
	"fmt"

	"github.com/alicert/alicert/model/cas"
)

// A center is a value: what was kept of an old one stays as it was.
func Example() {
	empty := cas.State{}
	one, _ := empty.Add(cas.Certificate{Name: "shop", ID: "1234567-cn-hangzhou", PEM: "…"})
	used := one.Update("shop", func(c *cas.Certificate) { c.Listeners++ })

	_, removed := one.Withdraw("shop")
	fmt.Println("removed while nothing uses it:", removed)
	_, removed = used.Withdraw("shop")
	fmt.Println("removed while a listener uses it:", removed)

	c, _ := used.ByID("1234567-cn-hangzhou")
	fmt.Println(c.Name, c.Source, c.Status, c.Listeners)
	fmt.Println(empty.Certificates.Len(), one.Certificates.Len())
	// Output:
	// removed while nothing uses it: true
	// removed while a listener uses it: false
	// shop cas issued 1
	// 0 1
}
