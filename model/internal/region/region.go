// Package region has the regions of the cloud that lists of regions name, and the host
// names of products in a region.
package region

// Region is a region with its names.
type Region struct{ ID, Chinese, English string }

// Name returns the name in the language that a request accepts: English for "en-US",
// Chinese otherwise.
func (r Region) Name(acceptLanguage string) string {
	if acceptLanguage == "en-US" {
		return r.English
	}
	return r.Chinese
}

// All returns some of the real regions. Others exist, and requests may name them.
func All() []Region {
	return []Region{
		{"cn-hangzhou", "华东1（杭州）", "China (Hangzhou)"},
		{"cn-shanghai", "华东2（上海）", "China (Shanghai)"},
		{"cn-beijing", "华北2（北京）", "China (Beijing)"},
		{"cn-shenzhen", "华南1（深圳）", "China (Shenzhen)"},
		{"cn-hongkong", "中国香港", "China (Hong Kong)"},
		{"ap-southeast-1", "新加坡", "Singapore"},
		{"us-west-1", "美国（硅谷）", "US (Silicon Valley)"},
		{"eu-central-1", "德国（法兰克福）", "Germany (Frankfurt)"},
	}
}

// Endpoint returns the vendor's host of a product in a region. CDN and DCDN have one host
// for all regions. The certificate center has one of its own outside cn-hangzhou, other
// products one in every region.
func Endpoint(service, region string) string {
	const domain = ".aliyuncs.com"
	global := service == "cdn" || service == "dcdn" || service == "cas" && region == "cn-hangzhou"
	if global || region == "" {
		return service + domain
	}
	return service + "." + region + domain
}
