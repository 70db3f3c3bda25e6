//go:build !race

package slow

const raceDetector = false
