package esa

import "strings"

// Class names the state of a site for diagrams and tables: what it has, then the obstacles
// of a request.
//
//	unknown                 no such site
//	no certificate
//	with certificates
//	…, quota used up        of its plan
//	…, plan not in service
func (s Own) Class(siteID string) string {
	of, known := s.Sites.Get(siteID)
	if !known {
		return "unknown"
	}
	p, _ := s.Plans.Get(of.Plan)
	class := []string{"no certificate"}
	if of.Certificates > 0 {
		class[0] = "with certificates"
	}
	if p.Certificates >= p.Quota {
		class = append(class, "quota used up")
	}
	if !p.Online() {
		class = append(class, "plan not in service")
	}
	return strings.Join(class, ", ")
}
