// Command copymaterial copies the fixtures that the universes of package cdn are
// made of to where the command explore embeds them. It runs through go generate:
//
//	go generate ./model/cmd/explore
package main

import (
	"flag"
	"io"
	"log"
	"os"
	"path/filepath"
)

// Exit codes.
const (
	exitOK = iota
	exitFailed
	exitUsage
)

// copies has the name of each copy and the fixture that it is a copy of.
var copies = map[string]string{
	"certificate.pem":       "p256/chain3.pem",
	"private-key.pem":       "p256/key.pem",
	"other-certificate.pem": "p384/leaf.pem",
	"other-private-key.pem": "p384/key.pem",
	"not-server.pem":        "usage/client-only.pem",
	"unsupported-key.pem":   "unsupported/secp256k1-key.pem",
}

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

func run(args []string, stderr io.Writer) int {
	logger := log.New(stderr, "copymaterial: ", 0)
	flags := flag.NewFlagSet("copymaterial", flag.ContinueOnError)
	flags.SetOutput(stderr)
	from := flags.String("from", "", "`directory` of the fixtures")
	to := flags.String("to", "", "`directory` of the copies")
	if err := flags.Parse(args); err != nil {
		return exitUsage // flag has said why
	}
	if *from == "" || *to == "" || flags.NArg() != 0 {
		logger.Print("want -from and -to, and no arguments")
		return exitUsage
	}
	if err := copyAll(*from, *to); err != nil {
		logger.Print(err)
		return exitFailed
	}
	return exitOK
}

func copyAll(from, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for name, fixture := range copies {
		data, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(fixture)))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
