// Command mkvectors writes a test vector for every way to damage PEM text: one for the
// certificate, and one for the private key.
//
//	go run ./testdata/damaged/mkvectors [-out testdata/vectors]
//
// It writes requests. Their answers come from
//
//	go test ./validate -run TestVectors -update
//
// Run both again for new variants: then the places are known that the reasons belong to.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"

	"github.com/alicert/alicert/testdata/damaged"
	"github.com/alicert/alicert/testdata/vectors"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("mkvectors: ")
	out := flag.String("out", filepath.Join("testdata", "vectors"), "write the vectors to `dir`")
	flag.Parse()
	committed := map[string]vectors.Vector{}
	read, err := vectors.All()
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range read {
		committed[v.Name] = v
	}
	for _, v := range damaged.Vectors() {
		if there, ok := committed[v.Name]; ok { // the reason is checked at the place that was found
			v.At.Block, v.At.Line = there.At.Block, there.At.Line
		}
		if err := os.WriteFile(filepath.Join(*out, v.Name+".txt"), []byte(v.Format()), 0o644); err != nil { //nolint:gosec // everybody may read them
			log.Fatal(err)
		}
	}
}
