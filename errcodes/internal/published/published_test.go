package published_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes/internal/published"
)

// The documents below are made up, in the forms of the real ones.

const cdnDocument = "# Open the door\n" +
	"\n" +
	"|参数|类型|\n" +
	"|:-|:-|\n" +
	"|Door|String|\n" +
	"\n" +
	"|错误代码|错误信息|HTTP 状态码|描述|\n" +
	"|:---|:---|:-------|:-|\n" +
	"|Door.Locked|The door is locked!|403|门已锁。|\n" +
	"| Door.Open | The %s door does't close \\| open. | 400 | 门开着。 |\r\n" +
	"\n" +
	"The end.\n"

const albDocument = `Opens doors.

Parameters
Door String Yes
The door. The error message returned because of a door is not here.

Error codes

HttpCode Error code Error message Description
403 Door.Locked The door %s [%s] is locked. The error message returned because the door %s is locked.
404 Door The door is not found. The error message returned because there is no door.

400 Door.Late This line is no longer part of the table.
`

const listDocument = `# Facts

## Windows

| status | code | message |
|---|---|---|
| 400 | Window.Open | The window is open. |

## Doors, current table

Some text | with a bar.

| status | code | message |
|--------|:----:|--------:|
| 400 | Door.Open | The door is open. |
| 404 | Door.Missing | The door %s is missing. |

### Rare doors

| status | code | message |
|---|---|---|
| 500 | Door.Rare | The door is rare. |
`

const listHeading = "Doors, current table"

func list(heading string) func(io.Reader) ([]published.Line, error) {
	return func(r io.Reader) ([]published.Line, error) { return published.List(r, heading) }
}

func TestExtract(t *testing.T) {
	tests := []struct {
		name string
		read func(io.Reader) ([]published.Line, error)
		text string
		want []published.Line
	}{
		{"cdn", published.CDN, cdnDocument, []published.Line{
			{403, "Door.Locked", "The door is locked!"},
			{400, "Door.Open", "The %s door does't close | open."},
		}},
		{"alb", published.ALB, albDocument, []published.Line{
			{403, "Door.Locked", "The door %s [%s] is locked."},
			{404, "Door", "The door is not found."},
		}},
		{"alb at the end of the document", published.ALB, albDocument[:strings.Index(albDocument, "\n\n400 ")], []published.Line{
			{403, "Door.Locked", "The door %s [%s] is locked."},
			{404, "Door", "The door is not found."},
		}},
		{"list", list(listHeading), listDocument, []published.Line{
			{400, "Door.Open", "The door is open."},
			{404, "Door.Missing", "The door %s is missing."},
		}},
		{"list under a deeper heading", list("Rare doors"), listDocument, []published.Line{
			{500, "Door.Rare", "The door is rare."},
		}},
		{"list without a last newline", list("Rare doors"), strings.TrimSpace(listDocument), []published.Line{
			{500, "Door.Rare", "The door is rare."},
		}},
		{"tsv", published.ReadTSV, "400\tDoor\tThe door\n599\tA.1\t!\n", []published.Line{
			{400, "Door", "The door"},
			{599, "A.1", "!"},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.read(strings.NewReader(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestExtractRefuses(t *testing.T) {
	cdn := func(replace, by string) string { return strings.Replace(cdnDocument, replace, by, 1) }
	alb := func(replace, by string) string { return strings.Replace(albDocument, replace, by, 1) }
	inList := func(replace, by string) string { return strings.Replace(listDocument, replace, by, 1) }
	const header = "|错误代码|错误信息|HTTP 状态码|描述|"

	tests := []struct {
		name string
		read func(io.Reader) ([]published.Line, error)
		text string
		want string
	}{
		{"cdn: empty document", published.CDN, "", "line 0: the text ends without a table with the header " + header},
		{"cdn: other document", published.CDN, albDocument, "line 13: the text ends without a table with the header " + header},
		{"cdn: columns in another order", published.CDN, cdn("|错误代码|错误信息|", "|错误信息|错误代码|"), "line 12: the text ends without a table with the header " + header},
		{"cdn: no separator", published.CDN, cdn("|:---|:---|:-------|:-|\n", ""), `line 8: want the line of dashes under the header ` + header + `; got "|Door.Locked|The door is locked!|403|门已锁。|"`},
		{"cdn: separator of other columns", published.CDN, cdn("|:---|:---|:-------|:-|", "|:---|:---|"), `line 8: want the line of dashes under the header ` + header + `; got "|:---|:---|"`},
		{"cdn: separator without dashes", published.CDN, cdn("|:---|:---|:-------|:-|", "|:---|:---|:|:-|"), `line 8: want the line of dashes under the header ` + header + `; got "|:---|:---|:|:-|"`},
		{"cdn: ends after the header", published.CDN, header, `line 1: want the line of dashes under the header ` + header + `; got ""`},
		{"cdn: no rows", published.CDN, header + "\n|-|-|-|-|\n\ntext", "line 3: no rows under the header " + header},
		{"cdn: too few cells", published.CDN, cdn("|门已锁。|", "|"), `line 9: want the 4 cells ` + header + `; got 3 in "|Door.Locked|The door is locked!|403|"`},
		{"cdn: unescaped bar", published.CDN, cdn(`\|`, `|`), `line 10: want the 4 cells ` + header + `; got 5 in "| Door.Open | The %s door does't close | open. | 400 | 门开着。 |"`},
		{"cdn: status is no number", published.CDN, cdn("|403|", "|4O3|"), `line 9: want an HTTP status of three digits; got "4O3" in "|Door.Locked|The door is locked!|4O3|门已锁。|"`},
		{"cdn: status with a sign", published.CDN, cdn("|403|", "|+43|"), `line 9: want an HTTP status of three digits; got "+43" in "|Door.Locked|The door is locked!|+43|门已锁。|"`},
		{"cdn: status out of range", published.CDN, cdn("|403|", "|600|"), `line 9: want an HTTP status of three digits; got "600" in "|Door.Locked|The door is locked!|600|门已锁。|"`},
		{"cdn: no code", published.CDN, cdn("|Door.Locked|", "||"), `line 9: want an error code of letters, digits and dots; got "" in "||The door is locked!|403|门已锁。|"`},
		{"cdn: text for a code", published.CDN, cdn("|Door.Locked|", "|Door Locked|"), `line 9: want an error code of letters, digits and dots; got "Door Locked" in "|Door Locked|The door is locked!|403|门已锁。|"`},
		{"cdn: no message", published.CDN, cdn("The door is locked!", " "), `line 9: want a message of one line without tabs; got "" in "|Door.Locked| |403|门已锁。|"`},
		{"cdn: tab in a message", published.CDN, cdn("The door is", "The door\tis"), `line 9: want a message of one line without tabs; got "The door\tis locked!" in "|Door.Locked|The door\tis locked!|403|门已锁。|"`},
		{"cdn: two tables", published.CDN, cdnDocument + cdnDocument, "line 19: a second table with the header " + header},
		{"cdn: endless line", published.CDN, cdn("The door is", strings.Repeat("x", 2<<20)), "after line 8: bufio.Scanner: token too long"},
		{"cdn: endless line as the first row", published.CDN, header + "\n|-|-|-|-|\n" + strings.Repeat("x", 2<<20), "after line 2: bufio.Scanner: token too long"},

		{"alb: empty document", published.ALB, "", `line 0: the document ends without the line "HttpCode Error code Error message Description"`},
		{"alb: other document", published.ALB, cdnDocument, `line 12: the document ends without the line "HttpCode Error code Error message Description"`},
		{"alb: no rows", published.ALB, alb("Description\n", "Description\n\n"), `line 10: no rows under the line "HttpCode Error code Error message Description"`},
		{"alb: no description", published.ALB, alb("The error message returned because there is no door.", ""), `line 11: want a description that begins with "The error message returned because" in "404 Door The door is not found."`},
		{"alb: no message", published.ALB, alb("The door is not found. The", "The"), `line 11: want a description that begins with "The error message returned because" in "404 Door The error message returned because there is no door."`},
		{"alb: one word", published.ALB, alb("404 Door The door is not found. The error message returned because there is no door.", "404"), `line 11: want status, code, message and description in "404"`},
		{"alb: two words", published.ALB, alb("404 Door The door is not found. The error message returned because there is no door.", "404 Door"), `line 11: want status, code, message and description in "404 Door"`},
		{"alb: no status", published.ALB, alb("404 Door", "Door Four"), `line 11: want an HTTP status of three digits; got "Door" in "Door Four The door is not found. The error message returned because there is no door."`},
		{"alb: endless line before", published.ALB, strings.Repeat("x", 2<<20) + albDocument, "after line 0: bufio.Scanner: token too long"},
		{"alb: endless line within", published.ALB, alb("404 Door", strings.Repeat("x", 2<<20)), "after line 10: bufio.Scanner: token too long"},

		{"list: no such heading", list("Roofs"), listDocument, `line 22: the document ends without the heading "Roofs"`},
		{"list: part of a heading", list("Doors"), listDocument, `line 22: the document ends without the heading "Doors"`},
		{"list: heading without a space", list(listHeading), inList("## Doors", "##Doors"), `line 22: the document ends without the heading "Doors, current table"`},
		{"list: table under the next heading", list("Facts"), listDocument, "line 3: the text ends without a table with the header |status|code|message|"},
		{"list: two tables under the heading", list(listHeading), inList("### Rare doors", "Rare doors"), "line 20: a second table with the header |status|code|message|"},
		{"list: too many cells", list(listHeading), inList("The door is open.", "The door | is open."), `line 15: want the 3 cells |status|code|message|; got 4 in "| 400 | Door.Open | The door | is open. |"`},
		{"list: endless line before", list(listHeading), strings.Repeat("x", 2<<20) + listDocument, "after line 0: bufio.Scanner: token too long"},

		{"tsv: empty", published.ReadTSV, "", "line 0: no rows"},
		{"tsv: blank line", published.ReadTSV, "400\tDoor\tThe door\n\n", `line 2: want status, code and message between tabs; got ""`},
		{"tsv: two cells", published.ReadTSV, "400\tDoor\n", `line 1: want status, code and message between tabs; got "400\tDoor"`},
		{"tsv: four cells", published.ReadTSV, "400\tDoor\tThe\tdoor\n", `line 1: want status, code and message between tabs; got "400\tDoor\tThe\tdoor"`},
		{"tsv: bad status", published.ReadTSV, "4\tDoor\tThe door\n", `line 1: want an HTTP status of three digits; got "4"`},
		{"tsv: endless line", published.ReadTSV, strings.Repeat("x", 2<<20), "after line 0: bufio.Scanner: token too long"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			lines, err := test.read(strings.NewReader(test.text))
			if err == nil {
				t.Fatalf("no error, but %v", lines)
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if lines != nil {
				t.Errorf("lines beside an error: %v", lines)
			}
		})
	}
}

func TestReadErrorsAreWrapped(t *testing.T) {
	broken := errors.New("the disk is on fire")
	for name, read := range map[string]func(io.Reader) ([]published.Line, error){
		"cdn": published.CDN, "alb": published.ALB, "list": list(listHeading), "tsv": published.ReadTSV,
	} {
		if _, err := read(iotest.ErrReader(broken)); !errors.Is(err, broken) {
			t.Errorf("%s: %v does not wrap the reader's error", name, err)
		}
	}
}

func TestTSVRoundTrip(t *testing.T) {
	want := []published.Line{{400, "Door", `The "door" is %s, 门.`}, {599, "A.1", "!"}}
	var b strings.Builder
	if err := published.WriteTSV(&b, want); err != nil {
		t.Fatal(err)
	}
	if text := "400\tDoor\tThe \"door\" is %s, 门.\n599\tA.1\t!\n"; b.String() != text {
		t.Errorf("wrote %q; want %q", b.String(), text)
	}
	got, err := published.ReadTSV(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
