package main

// longestName is how many characters of a name out of a certificate are shown.
const longestName = 200

// shorten cuts a text that is longer than the given number of characters.
func shorten(text string, longest int) string {
	n := 0
	for i := range text {
		if n++; n > longest {
			return text[:i] + "…"
		}
	}
	return text
}
