package validate

// Level says how much a finding matters. [AdvisoryID.Level] has the default of each
// advisory, and Options.Levels changes it.
type Level string

const (
	// LevelError is the level of every violation: the service refuses the request.
	// No advisory has it by default, because the service accepts what advisories are
	// about.
	LevelError Level = "error"
	// LevelWarning is for what the service accepts, but the users of the site will
	// notice (names, expiry, a missing intermediate, a weak key), or for a request that
	// does not do what it seems to do.
	LevelWarning Level = "warning"
	// LevelNote is about form, or about something that costs nothing but bytes.
	LevelNote Level = "note"
	// LevelIgnore is for Options.Levels: the advisory is not reported.
	LevelIgnore Level = "ignore"
)

// levelRanks has the known levels, the least first.
var levelRanks = map[Level]int{LevelIgnore: 1, LevelNote: 2, LevelWarning: 3, LevelError: 4}

// AtLeast reports whether a level is as high as another one: error is higher than
// warning, and warning higher than note. LevelIgnore and unknown levels are never at
// least a level.
func (l Level) AtLeast(other Level) bool {
	return l != LevelIgnore && levelRanks[l] > 0 && levelRanks[l] >= levelRanks[other]
}

// onlyNotes are the advisories of LevelNote.
var onlyNotes = map[AdvisoryID]bool{
	ChainLinkNotVerifiable: true,
	RootIncluded:           true,
	DuplicateCertificate:   true,
	UnrelatedCertificate:   true,
	ParameterIgnored:       true,
	CertNameCharacters:     true,
	PKCS8RSAKey:            true,
	LabelMisfit:            true,
	ForeignBlock:           true,
	TextOutsideBlocks:      true,
	BlankLines:             true,
	LineLength:             true,
	WhiteSpace:             true,
	MixedLineEnds:          true,
	CRLF:                   true,
	NoFinalNewline:         true,
	CombinedFile:           true,
}

// Level returns the default level of advisories of this kind: LevelNote for those
// about form and about certificates that only cost bytes, else LevelWarning.
func (id AdvisoryID) Level() Level {
	if onlyNotes[id] {
		return LevelNote
	}
	return LevelWarning
}

// level returns the level of an advisory under these options.
func (o *Options) level(id AdvisoryID) Level {
	if l, set := o.Levels[id]; set && levelRanks[l] > 0 {
		return l
	}
	return id.Level()
}
