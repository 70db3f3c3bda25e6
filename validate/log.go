package validate

import (
	"log/slog"
	"strings"
)

// LogValue is the report as package log/slog logs it: in a group, the operation, the
// verdict ("accepted" or the code), and for a refusal its condition, parameter, line and
// reason; then the ids of the advisories that do not follow from another finding, and when
// the leaf ends. JSON of the whole report is that of the struct.
func (r *Report) LogValue() slog.Value {
	if r == nil {
		return slog.GroupValue()
	}
	attrs := []slog.Attr{slog.String("operation", r.Operation.String())}
	if v, refused := r.Verdict(); refused {
		attrs = append(attrs, slog.String("verdict", string(v.Code)), slog.String("condition", v.Condition.String()))
		if v.Parameter != "" {
			attrs = append(attrs, slog.String("parameter", v.Parameter))
		}
		if v.Line > 0 {
			attrs = append(attrs, slog.Int("line", v.Line))
		}
		attrs = append(attrs, slog.String("reason", localizedViolation(&v, 0).Reason))
	} else {
		attrs = append(attrs, slog.String("verdict", "accepted"))
	}
	var ids []string
	for i := range r.Advisories {
		if a := &r.Advisories[i]; a.Follows == "" {
			ids = append(ids, string(a.ID))
		}
	}
	if len(ids) > 0 {
		attrs = append(attrs, slog.String("advisories", strings.Join(ids, ",")))
	}
	if len(r.Certificates) > 0 {
		attrs = append(attrs, slog.Time("notAfter", r.Certificates[0].NotAfter))
	}
	return slog.GroupValue(attrs...)
}
