package probe

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// A Skipped answer is one that is no answer of the service.
type Skipped struct {
	Case, File string
	Why        error
}

// Record makes observations of the answers in the folder of a plan. A case without a file
// was not sent. at returns when an answer was saved. An answer that may lead to an account
// is not repeated: it is skipped, with the reason.
func Record(folder fs.FS, m Meta, at func(fs.FileInfo) time.Time) (observations []Observation, skipped []Skipped, err error) {
	if err := m.check(); err != nil {
		return nil, nil, err
	}
	data, err := readBounded(folder, planName, maxAnswer)
	if err != nil {
		return nil, nil, err
	}
	plan, err := readPlan(data)
	if err != nil {
		return nil, nil, err
	}
	hide := plan.Material.redaction()
	for i := range plan.Cases {
		c := &plan.Cases[i]
		name := AnswerFile(i)
		data, err := readBounded(folder, name, maxAnswer)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		info, err := fs.Stat(folder, name)
		if err != nil {
			return nil, nil, err
		}
		answer, err := ParseAnswer(data)
		if err == nil {
			answer, err = hide.apply(answer)
		}
		o := observe(c, plan.Digest(), answer, at(info), m)
		if err == nil {
			err = o.check()
		}
		if err != nil {
			skipped = append(skipped, Skipped{c.ID, name, err})
			continue
		}
		observations = append(observations, o)
	}
	if len(observations) == 0 {
		err = errors.New("there are no answers to record")
	}
	return observations, skipped, err
}

// readBounded reads a regular file of at most so many bytes.
func readBounded(folder fs.FS, name string, most int64) ([]byte, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > most {
		return nil, fmt.Errorf("%s is no file, or too long", name)
	}
	return io.ReadAll(io.LimitReader(f, most))
}

// SavedAt is the time at which a file was written.
func SavedAt(info fs.FileInfo) time.Time { return info.ModTime() }
