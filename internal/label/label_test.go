package label_test

import (
	"testing"

	"github.com/alicert/alicert/internal/label"
)

func TestProduct(t *testing.T) {
	for name, want := range map[string]string{"": "", "Cdn": "CDN", "dcdn": "DCDN", "vod": "VOD", "live": "Live", "Slb": "CLB (Slb)", "Ga": "GA", "ESA": "ESA", "cas": "CAS"} {
		if got := label.Product(name); got != want {
			t.Errorf("%s: %q; want %q", name, got, want)
		}
	}
}
