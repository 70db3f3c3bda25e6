package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/alicert/alicert/validate/internal/compare/baseline"
)

// TestDirLinear: eight times as many files take about eight times as long to search, whatever
// they are.
func TestDirLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures, so nothing else should run")
	}
	leaf, key, issuing := readText(t, "pki", "p256", "leaf.pem"), readText(t, "pki", "p256", "key.pem"), readText(t, "pki", "p256", "issuing.pem")
	other := readText(t, "pki", "rsa2048", "key.pem")
	for name, put := range map[string]func(root string, i int) error{
		"dangling links": func(root string, i int) error {
			dir := filepath.Join(root, fmt.Sprint("archive", i))
			if err := os.Mkdir(dir, 0o755); err != nil {
				return err
			}
			return os.Symlink("nowhere", filepath.Join(dir, "cert.pem"))
		},
		"one pair in many folders": func(root string, i int) error {
			writeFile(t, filepath.Join(root, fmt.Sprint("site", i), "cert.pem"), leaf)
			writeFile(t, filepath.Join(root, fmt.Sprint("site", i), "key.pem"), key)
			return nil
		},
		"keys far away": func(root string, i int) error {
			writeFile(t, filepath.Join(root, "certs", fmt.Sprint(i), "a.crt"), leaf)
			writeFile(t, filepath.Join(root, "private", fmt.Sprint(i), "a.key"), key)
			return nil
		},
		"wrong keys in one folder": func(root string, i int) error {
			writeFile(t, filepath.Join(root, fmt.Sprint("a", i, ".crt")), leaf+fmt.Sprint(i))
			writeFile(t, filepath.Join(root, fmt.Sprint("a", i, ".key")), other)
			return nil
		},
		"an issuer for each": func(root string, i int) error {
			writeFile(t, filepath.Join(root, fmt.Sprint("a", i, ".issuer.crt")), issuing)
			writeFile(t, filepath.Join(root, fmt.Sprint("a", i, ".crt")), leaf)
			writeFile(t, filepath.Join(root, fmt.Sprint("a", i, ".key")), key)
			return nil
		},
	} {
		const few, times, tolerance = 100, 8, 3
		var took [2]time.Duration
		for round, n := range []int{few, times * few} {
			root := t.TempDir()
			for i := range n {
				if err := put(root, i); err != nil {
					t.Skip(err)
				}
			}
			took[round] = time.Hour
			for range 3 {
				start := baseline.CPUTime()
				found, err := findPairs(root, "")
				if took[round] = min(took[round], baseline.CPUTime()-start); err != nil || len(found.pairs)+len(found.unreadable) < n/2 {
					t.Fatalf("%s: %d pairs, %v", name, len(found.pairs), err)
				}
			}
		}
		if took[1] > tolerance*times*took[0] {
			t.Errorf("%s: %d take %v, %d take %v", name, few, took[0], times*few, took[1])
		}
		t.Logf("%s: %d times as many take %.1f times as long", name, times, float64(took[1])/float64(took[0]))
	}
}
