package alb

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
)

// The products whose load balancers a state has, as [LoadBalancer] and the actions name
// them. One engine serves all: the table of a request's operation says which conditions
// it has and by which rows it answers.
const (
	albProduct = ""

	// NLB is the network load balancer.
	NLB = "Nlb"

	// GA is Global Accelerator. Its accelerators are load balancers here.
	GA = "Ga"
)

// products are in the order of their groups.
var products = []string{albProduct, NLB, GA}

// productOf returns the product of an operation.
func productOf(op errcodes.Operation) string {
	if p := op.Product(); p != "Alb" && p != "" {
		return p
	}
	return albProduct
}

// productOfJob returns the product of the operation that started a job, by its ID.
func productOfJob(id string) string {
	product, name, qualified := strings.Cut(id, ":")
	if !qualified {
		product, name = "", id
	}
	op, _ := errcodes.FindOperation(product, name)
	return productOf(op)
}

// idOf returns the name of an action of a product that has the same name in ALB, and its
// operation's ID if package errcodes has it.
func idOf(product, name string) string {
	if product == albProduct {
		return name
	}
	return product + ":" + name
}

// operationOf returns the product's operation of a name that ALB has, too.
func operationOf(product, name string) errcodes.Operation {
	op, _ := errcodes.FindOperation(product, name)
	return op
}

// wireName returns the name of an operation on the wire.
func wireName(id string) string {
	if _, name, qualified := strings.Cut(id, ":"); qualified {
		return name
	}
	return id
}
