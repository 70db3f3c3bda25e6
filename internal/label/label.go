// Package label names the vendor's products as people do.
package label

import "strings"

// Product returns what people call a product, by the name in the vendor's API metadata,
// which stands in parentheses where it is another one: "Live" for live, "CLB (Slb)" for
// Slb. An unknown name is returned in capitals.
func Product(name string) string {
	switch name {
	case "live":
		return "Live"
	case "Slb":
		return "CLB (Slb)"
	default:
		return strings.ToUpper(name)
	}
}
