package fuzz_test

import (
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

var (
	cdnMachine     = fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
	albMachine     = fuzz.MachineOf(alb.Machine{}, inputs.Input.ALB)
	accountMachine = fuzz.MachineOf(world.Machine{}, inputs.Input.Account)
)
