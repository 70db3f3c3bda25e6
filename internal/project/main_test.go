// Package project tests what belongs to no package alone: the pages for people, their code
// and commands, and the exported API as a whole. It is not part of the package that stands
// at the top because `go test ./...` prints nothing before that one is built and run.
package project

import (
	"log"
	"os"
	"testing"
)

// asHook in the environment makes the test binary stand for acme.sh.
const asHook = "ALICERT_TEST_AS_HOOK"

// TestMain goes to the top of the module, where the pages are.
func TestMain(m *testing.M) {
	if os.Getenv(asHook) != "" {
		if err := hook(); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := os.Chdir("../.."); err != nil {
		log.Fatal(err)
	}
	m.Run()
}
