// Package reached lets fuzz targets note which error codes their executions earn.
// The engine runs inputs in processes that come and go, so the note is a file.
package reached

import (
	"os"
	"sync"

	"github.com/alicert/alicert/errcodes"
)

// File is the environment variable that names the file; fuzzall sets it. Without
// it nothing is noted.
const File = "ALICERT_FUZZ_CODES"

var (
	noted sync.Map
	file  = sync.OnceValue(func() *os.File {
		f, err := os.OpenFile(os.Getenv(File), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) // fails without a name
		if err != nil {
			return nil
		}
		return f
	})
)

// Note notes a code, once in each process. The empty one is none.
func Note(code errcodes.Code) {
	if _, known := noted.LoadOrStore(code, true); known || code == "" {
		return
	}
	if f := file(); f != nil {
		_, _ = f.WriteString(string(code) + "\n") // a code is shorter than what is written at once
	}
}
