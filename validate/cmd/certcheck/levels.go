package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/validate"
)

// levels are what -level, -ignore and -fail-on ask for.
type levels struct {
	of      map[validate.AdvisoryID]validate.Level // the level of an advisory, if it is not the default
	ignored []validate.Level
	fail    []string // ids and levels that make a run fail, besides a refusal
}

// checkLevels reads -level, -ignore and -fail-on.
func (o *options) checkLevels() error {
	o.judged.of = make(map[validate.AdvisoryID]validate.Level)
	for _, value := range o.raise {
		id, word, _ := strings.Cut(value, "=")
		level := validate.Level(word)
		switch {
		case !isAdvisory(id):
			return unknownID("level", id)
		case !isLevel(level) && level != validate.LevelIgnore:
			return bilingual.Fail("-level %s: %s is not a level; use error, warning, note or ignore", "-level %s：%s 不是级别；请用 error、warning、note 或 ignore", shown(id), shown(word))
		}
		o.judged.of[validate.AdvisoryID(id)] = level
	}
	for _, word := range words(o.ignore) {
		switch level := validate.Level(word); {
		case level == validate.LevelError:
			return bilingual.Fail("-ignore error: what the service refuses cannot be ignored; -exit-zero keeps the exit status 0", "-ignore error：服务会拒绝的内容不能忽略；如需退出状态为 0，请用 -exit-zero")
		case isLevel(level):
			o.judged.ignored = append(o.judged.ignored, level)
		case isAdvisory(word):
			o.judged.of[validate.AdvisoryID(word)] = validate.LevelIgnore
		default:
			return unknownID("ignore", word)
		}
	}
	for _, word := range words(o.failOn) {
		if !isLevel(validate.Level(word)) && !isAdvisory(word) {
			return unknownID("fail-on", word)
		}
		o.judged.fail = append(o.judged.fail, word)
	}
	return nil
}

// words returns the words of a list with commas or spaces between them.
func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

func isLevel(l validate.Level) bool {
	return l == validate.LevelError || l == validate.LevelWarning || l == validate.LevelNote
}

// isAdvisory reports whether an id is that of an advisory: each has a hint.
func isAdvisory(id string) bool { return !validate.AdvisoryID(id).Hint().IsZero() }

func unknownID(flag, id string) error {
	return bilingual.Fail("-%s: %s is neither the id of an advisory, such as expires-soon, nor a level (warning, note)",
		"-%s：%s 既不是提醒的名称（例如 expires-soon），也不是级别（warning、note）", flag, shown(id))
}

// apply removes the advisories of the levels that are ignored.
func (l *levels) apply(r *validate.Report) {
	r.Advisories = slices.DeleteFunc(r.Advisories, func(a validate.Advisory) bool { return slices.Contains(l.ignored, a.Level) })
}

// failing returns the id of the first advisory that makes a run fail, "" if there is
// none. One of level error always does.
func (l *levels) failing(r *validate.Report) validate.AdvisoryID {
	for _, a := range r.Advisories {
		if a.Level == validate.LevelError || slices.ContainsFunc(l.fail, func(word string) bool {
			return word == string(a.ID) || isLevel(validate.Level(word)) && a.Level.AtLeast(validate.Level(word))
		}) {
			return a.ID
		}
	}
	return ""
}

// checkMeasures reads -expires-within and -width.
func (o *options) checkMeasures() error {
	if o.isSet("expires-within") {
		within, err := duration(o.expiresWithin)
		if err != nil || within <= 0 {
			return bilingual.Fail("-expires-within %s is not a time span; write it as 21d or 36h", "-expires-within %s 不是时长；请写成 21d 或 36h 的形式", shown(o.expiresWithin))
		}
		o.within = within
	}
	if o.isSet("width") {
		width, err := strconv.Atoi(o.columnsGiven)
		if err != nil || width < leastWidth {
			return bilingual.Fail("-width %[1]s is not a width; give a number of columns, at least %[2]d", "-width %[1]s 不是可用的宽度；请给出列数，不小于 %[2]d", shown(o.columnsGiven), leastWidth)
		}
		o.width = width
	}
	return nil
}

// duration reads a number of days, such as 21d, or a duration as Go writes it.
func duration(text string) (time.Duration, error) {
	const (
		day  = 24 * time.Hour
		most = 36500 // days
	)
	number, isDays := strings.CutSuffix(text, "d")
	if !isDays {
		return time.ParseDuration(text)
	}
	days, err := strconv.Atoi(number)
	if err == nil && days > most {
		err = strconv.ErrRange
	}
	return time.Duration(days) * day, err
}
