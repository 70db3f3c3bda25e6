package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/webdriver"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate/cmd/certpage/internal/workspace"
)

var screenshots = flag.String("screenshots", "", "folder for the pictures of TestScreenshots")

// TestScreenshots takes pictures of the page for people to look at. One of them, page.png,
// is small and stands in this folder, for documents.
func TestScreenshots(t *testing.T) {
	if *screenshots == "" {
		t.Skip("without -screenshots DIR there is nowhere to put the pictures")
	}
	for name, screen := range map[string]webdriver.Screen{
		"1280": {Width: 1280, Height: 1750}, "390": {Width: 390, Height: 2700, Phone: true},
	} {
		b := webdriver.Start(t, screen)
		take := func(name ...string) {
			b.Eval(`new Promise((yes) => setTimeout(yes, 200))`) // for colors that change slowly
			b.Screenshot(*screenshots, strings.Join(name, "-"))
		}
		for _, lang := range []string{"zh", "en"} {
			for mode, dark := range map[string]bool{"light": false, "dark": true} {
				b.Dark(dark)
				openPage(t, b)
				b.Eval(`document.querySelector("[data-lang=` + lang + `]").click()`)
				take(name, lang, mode, "empty")
				b.Eval(`document.getElementById("example").click()`)
				b.Wait(`document.querySelector("#verdict .refused")`)
				b.Eval(`document.querySelector("#findings details").open = true`)
				take(name, lang, mode, "refused")
				drop(b, workspace.File{Name: "site.pem", Data: []byte(testdata.Read("p256/leaf.pem"))}, workspace.File{Name: "site.key", Data: []byte(testdata.Read("p256/key.pem"))})
				b.Eval(`(() => { document.getElementById("log").value = "Code: InvalidSSLPub"; document.querySelector("#ask button").click(); })()`)
				take(name, lang, mode, "accepted")
			}
		}
	}
	b := webdriver.Start(t, webdriver.Screen{Width: 1000, Height: 1300})
	openPage(t, b)
	b.Eval(`document.getElementById("example").click()`)
	b.Wait(`document.querySelector("#verdict .refused")`)
	b.Eval(`new Promise((yes) => setTimeout(yes, 200))`)
	b.Screenshot(*screenshots, "page")
	shrink(t, filepath.Join(*screenshots, "page.png"))
}

// shrink writes a picture again with its 64 commonest colors.
func shrink(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	count := map[color.RGBA]int{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			count[color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA)]++
		}
	}
	colors := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)))
	})
	palette := make(color.Palette, min(len(colors), 64))
	for i := range palette {
		palette[i] = colors[i]
	}
	small := image.NewPaletted(bounds, palette)
	draw.Draw(small, bounds, picture, bounds.Min, draw.Src)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
