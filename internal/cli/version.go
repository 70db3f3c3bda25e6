package cli

import (
	"runtime/debug"
	"strings"
)

// Version is that of the module, such as 0.1.0, where the command was built from a
// release, and otherwise 0.0.0 with the beginning of the commit, if it is known.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return unreleased
	}
	if strings.HasPrefix(info.Main.Version, "v") {
		return info.Main.Version[1:]
	}
	const enough = 12
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return unreleased + "-" + setting.Value[:min(len(setting.Value), enough)]
		}
	}
	return unreleased
}

const unreleased = "0.0.0"
