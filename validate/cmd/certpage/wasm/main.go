//go:build js && wasm

// Command wasm is the part of the page of certpage that is written in Go. It puts an object
// named certpage into the page, with functions on what was dropped. Keys go in as bytes and
// never come out but as a file that was repaired.
package main

import (
	"encoding/json"
	"syscall/js"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata/demo"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/cmd/certpage/internal/workspace"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

func main() {
	page := &page{}
	object := js.Global().Get("Object").New()
	for name, function := range map[string]func(args []js.Value) any{
		"take": page.take, "put": page.put, "clear": page.clear, "choose": page.choose, "example": page.example,
		"check": page.check, "report": page.report, "fixed": page.fixed, "explain": explain, "operations": operations,
	} {
		object.Set(name, js.FuncOf(guarded(function)))
	}
	js.Global().Set("certpage", object)
	js.Global().Get("document").Call("dispatchEvent", js.Global().Get("Event").New("certpage-ready"))
	select {} // the functions are called from now on
}

// guarded keeps a panic from ending the page, and what it says, which may quote a key, from
// being told.
func guarded(function func(args []js.Value) any) func(js.Value, []js.Value) any {
	return func(_ js.Value, args []js.Value) (result any) {
		defer func() {
			if recover() != nil {
				result = js.Null()
			}
		}()
		return function(args)
	}
}

// A page is the state of the page.
type page struct {
	workspace workspace.Workspace
	text      string // of the last report
}

// bytesOf copies bytes out of an array, and clears the array.
func bytesOf(array js.Value) []byte {
	data := make([]byte, array.Get("length").Int())
	js.CopyBytesToGo(data, array)
	array.Call("fill", 0)
	return data
}

// take takes names and arrays of bytes. It returns what is wrong in both languages, null if
// all is well.
func (p *page) take(args []js.Value) any {
	files := make([]workspace.File, args[0].Length())
	for i := range files {
		files[i] = workspace.File{Name: args[0].Index(i).String(), Data: bytesOf(args[1].Index(i))}
	}
	defer func() {
		for i := range files {
			clear(files[i].Data)
		}
	}()
	return messageOf(p.workspace.Take(files))
}

// put fills a slot with the bytes of a file.
func (p *page) put(args []js.Value) any {
	data := bytesOf(args[2])
	defer clear(data)
	p.workspace.Put(workspace.Slot(args[0].String()), workspace.File{Name: args[1].String(), Data: data})
	return js.Null()
}

func (p *page) clear(args []js.Value) any {
	p.workspace.Clear(workspace.Slot(args[0].String()))
	return js.Null()
}

func (p *page) choose(args []js.Value) any {
	p.workspace.Choose(args[0].Int())
	return js.Null()
}

// example takes the example.
func (p *page) example([]js.Value) any {
	return messageOf(p.workspace.Take([]workspace.File{
		{Name: demo.Name + ".pem", Data: []byte(demo.Certificate)}, {Name: demo.Name + ".key", Data: []byte(demo.Key)},
	}))
}

// check checks for a query in JSON. It returns what the page shows, in JSON, null if there
// is nothing to check.
func (p *page) check(args []js.Value) any {
	var q workspace.Query
	if json.Unmarshal([]byte(args[0].String()), &q) != nil {
		return js.Null()
	}
	var report validate.Localized
	var view workspace.View
	if p.workspace.Empty() && len(q.IDs) == 0 {
		p.text = ""
		return js.Null()
	}
	report, view = p.workspace.Check(&q)
	p.text = encode(report)
	return encode(view)
}

// report returns the last report, in the JSON of certcheck.
func (p *page) report([]js.Value) any { return p.text }

// fixed returns the name and the bytes of what the repair writes, null if there is none.
func (p *page) fixed([]js.Value) any {
	d, ok := p.workspace.Fixed()
	if !ok {
		return js.Null()
	}
	defer clear(d.Data)
	array := js.Global().Get("Uint8Array").New(len(d.Data))
	js.CopyBytesToJS(array, d.Data)
	return map[string]any{"name": d.Name, "data": array}
}

func explain(args []js.Value) any {
	return encode(workspace.Explain(args[0].String(), args[1].String()))
}

// operations returns the ids and names of the operations, the names of their products, and
// which short parameters they have.
func operations([]js.Value) any {
	type operation struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Product string `json:"product"`
		Domain  bool   `json:"domain"`
		Named   bool   `json:"named"`
		IDs     bool   `json:"ids"`
	}
	var all []operation
	for _, op := range workspace.Operations() {
		all = append(all, operation{
			op.ID(), op.String(), op.Product(), op.Parameter(errcodes.FieldDomainName) != "",
			op.Table().Has(errcodes.CondCertNameMissing), op.Parameter(errcodes.FieldCertificate) == "",
		})
	}
	return encode(all)
}

func encode(value any) string {
	text, err := diagnosis.JSON(value, "")
	if err != nil {
		return "null"
	}
	return string(text)
}

func messageOf(m errcodes.Message) any {
	if m.IsZero() {
		return js.Null()
	}
	return map[string]any{"en": m.EN, "zh": m.ZH}
}
