package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/fuzz/internal/probe"
)

// TestDocuments: both pages say how many calls each group has, and have the headings that
// the script names.
func TestDocuments(t *testing.T) {
	calls := map[probe.Group]int{}
	for _, c := range probe.Cases() {
		calls[c.Group]++
	}
	for page, heading := range map[string]string{"PROBE.md": "\n## When it stops\n", "PROBE.zh.md": "\n## 停止时怎么办\n"} {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range probe.Groups() {
			if want := fmt.Sprintf("\n| `%s` | %d | ", g, calls[g]); !strings.Contains(string(data), want) {
				t.Errorf("%s has no %q", page, want)
			}
		}
		if !strings.Contains(string(data), heading) {
			t.Errorf("%s has no heading %q", page, heading)
		}
		for _, number := range []int{probe.MaxCalls, probe.MaxEveningCalls} {
			if !strings.Contains(string(data), fmt.Sprint(number)) {
				t.Errorf("%s does not say %d", page, number)
			}
		}
	}
	if time.Minute/probe.Pause != 30 {
		t.Error("the pages say that there are 30 calls a minute")
	}
}
