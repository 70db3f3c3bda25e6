package probe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/alicert/alicert/errcodes"
)

// The files of a plan.
const (
	planName    = "plan.json"
	scriptName  = "send.sh"
	textName    = "PLAN.txt"
	answersName = "answers"
	paramsName  = "params"
)

const (
	private       = 0o600 // the keys are throw-away; the answers are the user's
	privateFolder = 0o700
)

// planFile is what a record needs to know of a plan. It has no key.
type planFile struct {
	V      int      `json:"v"`
	Random string   `json:"random"`
	Digest string   `json:"digest"`
	Cases  []string `json:"cases"`
}

// manifest is the content of plan.json.
func (p *Plan) manifest() ([]byte, error) {
	file := planFile{V: observationVersion, Random: p.Material.random, Digest: p.Digest()}
	for i := range p.Cases {
		file.Cases = append(file.Cases, p.Cases[i].ID)
	}
	data, err := json.MarshalIndent(file, "", "  ")
	return append(data, '\n'), err
}

// Write writes the plan to a new folder: the script that sends it, the text that explains
// it, the values that are material, and an empty folder for the answers.
func (p *Plan) Write(dir string, lang errcodes.Lang, explain []byte) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("the folder %s is not empty", dir)
	}
	for _, folder := range []string{dir, filepath.Join(dir, answersName), filepath.Join(dir, paramsName)} {
		if err := os.MkdirAll(folder, privateFolder); err != nil {
			return err
		}
	}
	data, err := p.manifest()
	if err != nil {
		return err
	}
	files := map[string][]byte{planName: data, textName: explain}
	if files[scriptName], err = p.script(lang); err != nil {
		return err
	}
	for i := range p.Cases {
		params, inFiles, err := p.values(i)
		if err != nil {
			return err
		}
		for _, v := range params {
			if file, inFile := inFiles[v.Name]; inFile {
				files[file] = []byte(v.Value)
			}
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), content, private); err != nil {
			return err
		}
	}
	return nil
}

// loaded reports whether the script reads a value from a file: it has bytes that a line
// of a script cannot show.
func loaded(p Param, value string) bool {
	return strings.HasPrefix(p.Value, "@cert/") || strings.HasPrefix(p.Value, "@key/") || strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) })
}

func paramFile(i int, name string) string { return fmt.Sprintf("%s/%03d-%s", paramsName, i+1, name) }

// AnswerFile is where the answer to a case is saved, below the folder of the plan.
func AnswerFile(i int) string { return fmt.Sprintf("%s/%03d.txt", answersName, i+1) }

// readPlan reads plan.json and makes the plan again, without its keys.
func readPlan(data []byte) (*Plan, error) {
	const most = 32 << 10
	var file planFile
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if len(data) > most || d.Decode(&file) != nil || file.V != observationVersion || !randomForm(file.Random) {
		return nil, errors.New(planName + " is not the file of a plan")
	}
	p := &Plan{Material: materialNamed(file.Random, time.Time{})}
	if len(file.Cases) == 0 || len(file.Cases) > MaxCalls {
		return nil, errors.New(planName + " has no cases, or too many")
	}
	for i, id := range file.Cases {
		c, known := caseByID(id)
		if !known || slices.Contains(file.Cases[:i], id) {
			return nil, errors.New(planName + " has cases that this version does not know")
		}
		p.Cases = append(p.Cases, c)
	}
	if p.Digest() != file.Digest {
		return nil, errors.New(planName + " was made by another version: use that one for the record")
	}
	return p, nil
}

func randomForm(s string) bool {
	return len(s) == 16 && !strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) })
}
