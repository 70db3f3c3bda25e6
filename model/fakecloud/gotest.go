package fakecloud

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/format"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model/account"
)

// maxGoTest is the largest size of a test that the page offers, in bytes.
const maxGoTest = 16 << 20

// getGoTest sends a Go test that repeats everything up to a row, or up to now.
func (c *Cloud) getGoTest(w http.ResponseWriter, r *http.Request) {
	to, _ := strconv.Atoi(r.URL.Query().Get("to")) // 0 stands for now
	source, err := goTest(c.engine.timeline.moments(to), c.options.Version)
	if err != nil {
		respond(w, http.StatusConflict, problemOf(err))
		return
	}
	download(w, "text/x-go; charset=utf-8", "replay_test.go", source)
}

// goTest returns a test that repeats the inputs of moments, with their times, and compares
// the outputs. It begins with the state before the first input. The inputs have no private
// keys: an upload was checked when its input was made.
func goTest(moments []moment, version errcodes.Version) ([]byte, error) {
	var body bytes.Buffer
	began := false
	for _, m := range moments {
		if m.record == nil {
			fmt.Fprintf(&body, "\n\t// %s\n", comment(m.title()+", before it reached the model"))
			continue
		}
		if !began {
			began = true
			if err := beginGoTest(&body, &m.record.before.state, version); err != nil {
				return nil, err
			}
		}
		input, err := json.Marshal(m.record.item.Input)
		if err != nil {
			return nil, err
		}
		output, err := json.Marshal(m.record.item.Output)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&body, "\n\t// %s\n\tdo(t, cloud, %s,\n\t\t%s)\n", comment(m.title()), goText(input), goText(output))
		if body.Len() > maxGoTest {
			return nil, fmt.Errorf("the test has over %d MiB; choose an earlier row", maxGoTest>>20)
		}
	}
	if !began {
		return nil, errors.New("nothing has reached the model yet, so there is nothing to repeat")
	}
	return format.Source([]byte(goTestBegin + body.String() + goTestEnd))
}

// beginGoTest writes how the cloud is made, which begins with a state.
func beginGoTest(body *bytes.Buffer, s *account.State, version errcodes.Version) error {
	options := []string{"Progress: fakecloud.Manual()"}
	if version != 0 {
		options = append(options, fmt.Sprintf("Version: %d", version))
	}
	if s.Key() != (account.State{}).Key() {
		state, err := json.Marshal(s)
		if err != nil {
			return err
		}
		options = append(options, "State: state")
		fmt.Fprintf(body, "\tvar state account.State\n\tdecode(t, %s, &state)\n", goText(state))
	}
	fmt.Fprintf(body, "\tcloud := fakecloud.New(fakecloud.Options{%s})\n", strings.Join(options, ", "))
	return nil
}

const goTestBegin = `package replay_test

import (
	"encoding/json"
	"testing"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/fakecloud"
)

// TestReplay repeats what a fake cloud was asked and what happened in it, and expects the
// same outputs. Change the last ones to what you want.
func TestReplay(t *testing.T) {
`

const goTestEnd = `}

// do sends an input to the cloud and compares the output.
func do(t *testing.T, cloud *fakecloud.Cloud, input, output string) {
	t.Helper()
	var in account.Input
	var want model.Output
	decode(t, input, &in)
	decode(t, output, &want)
	got, err := cloud.Do(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Equal(want) {
		t.Errorf("the input  %s\nis answered %v\nwant        %v", input, got, want)
	}
}

func decode(t *testing.T, text string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), v); err != nil {
		t.Fatal(err)
	}
}
`

// title says in one line what a moment is.
func (m *moment) title() string {
	parts := []string{m.time().UTC().Format(time.TimeOnly)}
	if m.call != nil && m.call.Client != "" {
		parts = append(parts, m.call.Client)
	}
	parts = append(parts, m.operation())
	if target := m.target(); target != "" {
		parts = append(parts, target)
	}
	title := strings.Join(parts, " ")
	switch {
	case m.call != nil && m.call.Code != "":
		title += ": refused with " + m.call.Code
	case m.record != nil && m.record.item.Output.Error.Code != "":
		title += ": refused with " + string(m.record.item.Output.Error.Code)
	}
	return title
}

// comment returns a text that can stand in a line comment.
func comment(text string) string { return redact.Printable(strings.ReplaceAll(text, "\n", " ")) }

// goText returns JSON as a Go literal.
func goText(data []byte) string {
	if text := string(data); strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(string(data))
}
