package pemscan

import (
	"slices"
	"strings"
	"testing"
)

// items reads a whole text.
func items(text string) []Item {
	var all []Item
	for s := Scan(text); ; {
		item, ok := s.Next()
		if !ok {
			return all
		}
		all = append(all, item)
	}
}

func text(line int) Item  { return Item{Kind: KindText, Line: line} }
func looks(line int) Item { return Item{Kind: KindText, Line: line, Looks: true} }
func blanks(line int) Item {
	return Item{Kind: KindBlank, Line: line}
}

func block(line, index int, label, body string) Item {
	return Item{Kind: KindBlock, Line: line, Index: index, Block: Block{label, body, line}}
}

func damaged(d Damage, line, index int, label string) Item {
	return Item{Kind: KindDamage, Line: line, Index: index, Damage: d, Label: label}
}

// inside is damage inside a block.
func inside(d Damage, line, index int, label string, opened int) Item {
	item := damaged(d, line, index, label)
	item.Opened = opened
	return item
}

// oddly adds what a line that resembles a boundary has.
func oddly(item Item, odd Odd) Item {
	item.Odd = odd
	return item
}

const (
	blockA = "-----BEGIN A-----\nAAAA\n-----END A-----\n" // 3 lines
	blockE = "-----BEGIN É-----\nAAAA\n-----END É-----\n"
	blockC = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
)

func pad(n int) string { return strings.Repeat("x", n) }

func TestScan(t *testing.T) {
	t.Parallel()
	for _, tt := range scanTests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := items(tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("%q\n got %+v\nwant %+v", tt.text, got, tt.want)
			}
		})
	}
}

// scanTests are seeds of FuzzScan too.
var scanTests = []struct {
	name, text string
	want       []Item
}{
	{"nothing", "", nil},
	{"blank lines of all kinds", "\n\n\n \n\n\r\n\n\n" + blockA + "\n\n\nx\n", []Item{blanks(1), block(9, 1, "A", "AAAA\n"), blanks(12), text(15)}},
	{"a block", blockA, []Item{block(1, 1, "A", "AAAA\n")}},
	{"blocks", blockA + blockA + blockC, []Item{block(1, 1, "A", "AAAA\n"), block(4, 2, "A", "AAAA\n"), block(7, 3, "CERTIFICATE", "AAAA\n")}},
	{"no final newline", strings.TrimSuffix(blockA, "\n"), []Item{block(1, 1, "A", "AAAA\n")}},
	{"CRLF", strings.ReplaceAll(blockA+blockA, "\n", "\r\n"), []Item{block(1, 1, "A", "AAAA\r\n"), block(4, 2, "A", "AAAA\r\n")}},
	{"an empty body", "-----BEGIN A-----\n-----END A-----\n", []Item{block(1, 1, "A", "")}},
	{"an empty label", "-----BEGIN -----\nAAAA\n-----END -----\n", []Item{block(1, 1, "", "AAAA\n")}},
	{"white space behind a boundary", "-----BEGIN A----- \t\nAAAA\n-----END A-----\t \r\n", []Item{block(1, 1, "A", "AAAA\n")}},
	{"blank lines and text in a body", "-----BEGIN A-----\n\nx: y\n \n#\n-----END A-----\n", []Item{block(1, 1, "A", "\nx: y\n \n#\n")}},

	{"text", "a", []Item{text(1)}},
	{"text and blank lines", "a\nb\n\n \t\r\n\r\nc\n\n" + blockA + "\nd", []Item{text(1), blanks(3), text(6), blanks(7), block(8, 1, "A", "AAAA\n"), blanks(11), text(12)}},
	{"dashes alone", "---\n-----\n- item\n-----END\n", []Item{text(1)}},
	{"an END line behind a zero byte", "a\n\x00b-----END A-----\n", []Item{text(1), oddly(damaged(TextBefore, 2, 1, ""), Odd{Column: 3, End: true})}},
	{"words alone", "BEGIN X\nEND X\n", []Item{text(1)}},
	{"dashes of a word processor around a word", "—BEGIN A—\n", []Item{text(1)}},
	{"a comment", "# -----BEGIN A-----\n# AAAA\n# -----END A-----\n", []Item{looks(1)}},
	{"a comment behind text", "a\n# -----BEGIN A-----\nb\n", []Item{looks(1)}},
	{"a comment between blocks", blockA + "//-----BEGIN A-----\n\n" + blockA, []Item{block(1, 1, "A", "AAAA\n"), looks(4), blanks(5), block(6, 2, "A", "AAAA\n")}},
	{"a comment behind spaces that are no spaces", "\u200b\u00a0//\u00a0–––––begin a–––––\n", []Item{text(1)}},
	{"words that are no boundaries", "- begin with this\nthe -- end --\n--begin\n- - BEGINNING A - -\n-> begin certificate\nbegin certificate\n", []Item{text(1)}},

	{"indented", "  -----BEGIN A-----\nAAAA\n-----END A-----\n" + blockA, []Item{damaged(Indented, 1, 1, "A"), block(4, 2, "A", "AAAA\n")}},
	{"END indented", "-----BEGIN A-----\nAAAA\n\t-----END A-----\n" + blockA, []Item{inside(Indented, 3, 1, "A", 1), block(4, 2, "A", "AAAA\n")}},
	{"both indented", " -----BEGIN A-----\n AAAA\n -----END A-----\n" + blockA, []Item{damaged(Indented, 1, 1, "A"), block(4, 2, "A", "AAAA\n")}},
	{"indented by CR", "\r-----BEGIN A-----\n", []Item{damaged(Indented, 1, 1, "A")}},
	{"END alone, indented", " -----END A-----\n" + blockA, []Item{damaged(Indented, 1, 1, "A"), block(2, 2, "A", "AAAA\n")}},

	{"BEGIN inside", "-----BEGIN A-----\nAAAA\n" + blockC, []Item{inside(BeginInside, 3, 1, "A", 1), block(3, 2, "CERTIFICATE", "AAAA\n")}},
	{"damaged BEGIN inside", "-----BEGIN A-----\nAAAA\n----BEGIN B-----\nAAAA\n-----END B-----\n" + blockA, []Item{inside(WrongDashes, 3, 1, "A", 1), block(6, 3, "A", "AAAA\n")}},
	{"labels differ", "\n-----BEGIN A-----\nAAAA\n-----END B-----\n" + blockA, []Item{blanks(1), inside(LabelsDiffer, 4, 1, "A", 2), block(5, 2, "A", "AAAA\n")}},
	{"labels differ in case", "-----BEGIN A-----\nAAAA\n-----END a-----\n", []Item{inside(LabelsDiffer, 3, 1, "A", 1)}},
	{"END without BEGIN", "AAAA\n-----END A-----\n" + blockA, []Item{text(1), damaged(EndWithoutBegin, 2, 1, "A"), block(3, 2, "A", "AAAA\n")}},
	{"END twice", blockA + "-----END A-----\n", []Item{block(1, 1, "A", "AAAA\n"), damaged(EndWithoutBegin, 4, 2, "A")}},
	{"cut off in the body", blockA + "-----BEGIN A-----\nAAAA\n\n", []Item{block(1, 1, "A", "AAAA\n"), inside(CutOff, 4, 2, "A", 4)}},
	{"cut off behind BEGIN", "-----BEGIN A-----", []Item{inside(CutOff, 1, 1, "A", 1)}},
	{"cut off in END", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTI", []Item{inside(WrongDashes, 3, 1, "CERTIFICATE", 1)}},
	{"cut off in the dashes", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE---", []Item{inside(WrongDashes, 3, 1, "CERTIFICATE", 1)}},

	{"one line", "-----BEGIN A-----AAAA-----END A-----\n" + blockA, []Item{damaged(OneLine, 1, 1, ""), block(2, 2, "A", "AAAA\n")}},
	{"one line with spaces", "-----BEGIN A----- AAAA -----END A-----", []Item{damaged(OneLine, 1, 1, "")}},
	{"one line of two blocks", "-----BEGIN A-----AAAA-----END A----------BEGIN A-----AAAA-----END A-----\n" + blockA, []Item{damaged(OneLine, 1, 1, ""), block(2, 3, "A", "AAAA\n")}},
	{"one line and a BEGIN", "-----BEGIN A-----AAAA-----END A----------BEGIN A-----\nAAAA\n-----END A-----\n" + blockA, []Item{damaged(OneLine, 1, 1, ""), block(4, 3, "A", "AAAA\n")}},
	{"one line inside", "-----BEGIN A-----\n-----BEGIN B-----AAAA-----END B-----\n-----END A-----\n" + blockA, []Item{inside(OneLine, 2, 1, "A", 1), block(4, 3, "A", "AAAA\n")}},

	{"no newline behind BEGIN", "-----BEGIN CERTIFICATE-----AAAA\n-----END CERTIFICATE-----\n" + blockA, []Item{damaged(Trailing, 1, 1, "CERTIFICATE"), block(3, 2, "A", "AAAA\n")}},
	{"no newline before END", "-----BEGIN A-----\nAAAA-----END A-----\n" + blockA, []Item{oddly(inside(TextBefore, 2, 1, "A", 1), Odd{Column: 5, End: true}), block(3, 2, "A", "AAAA\n")}},
	{"no newline between blocks", blockC[:len(blockC)-1] + blockC + blockA, []Item{inside(Trailing, 3, 1, "CERTIFICATE", 1), block(6, 3, "A", "AAAA\n")}},
	{"END and BEGIN on one line, without BEGIN", "-----END A----------BEGIN A-----\nAAAA\n-----END A-----\n" + blockA, []Item{damaged(Trailing, 1, 1, ""), block(4, 3, "A", "AAAA\n")}},
	{"END and BEGIN on one line, behind damage", "----BEGIN A-----\nAAAA\n-----END A----------BEGIN A-----\nAAAA\n-----END A-----\n" + blockA, []Item{damaged(WrongDashes, 1, 1, ""), damaged(Trailing, 3, 1, ""), block(6, 3, "A", "AAAA\n")}},
	{"text behind END", "-----BEGIN A-----\nAAAA\n-----END A----- # mine\n" + blockA, []Item{inside(Trailing, 3, 1, "A", 1), block(4, 2, "A", "AAAA\n")}},
	{"a label that is not in use, behind text", "-----BEGIN AAAAAAAA-----AAAA\n", []Item{damaged(Trailing, 1, 1, "")}},
	{"a zero byte behind END", "-----BEGIN A-----\nAAAA\n-----END A-----\x00", []Item{inside(Trailing, 3, 1, "A", 1)}},

	{"four dashes before", "----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + blockA, []Item{damaged(WrongDashes, 1, 1, "CERTIFICATE"), block(4, 2, "A", "AAAA\n")}},
	{"six dashes before", "------BEGIN CERTIFICATE-----\nAAAA\n", []Item{damaged(WrongDashes, 1, 1, "CERTIFICATE")}},
	{"four dashes behind", "-----BEGIN RSA PRIVATE KEY----\nAAAA\n", []Item{damaged(WrongDashes, 1, 1, "RSA PRIVATE KEY")}},
	{"six dashes behind", "-----BEGIN EC PRIVATE KEY------\nAAAA\n", []Item{damaged(WrongDashes, 1, 1, "EC PRIVATE KEY")}},
	{"no dashes behind", "-----BEGIN PRIVATE KEY\nAAAA\n", []Item{damaged(WrongDashes, 1, 1, "PRIVATE KEY")}},
	{"four dashes at END", "-----BEGIN A-----\nAAAA\n----END A-----\n" + blockA, []Item{inside(WrongDashes, 3, 1, "A", 1), block(4, 2, "A", "AAAA\n")}},
	{"a space in the dashes", "- ----BEGIN A-----\nAAAA\n-----END A-----\n" + blockA, []Item{damaged(WrongDashes, 1, 1, ""), block(4, 2, "A", "AAAA\n")}},
	{"text in the dashes", "-----x BEGIN A-----\n", []Item{damaged(WrongDashes, 1, 1, "")}},
	{"a word that ends like BEGIN", "-----XBEGIN A-----\n", []Item{damaged(WrongDashes, 1, 1, "")}},

	{"two CR", "-----BEGIN A-----\r\r\nAAAA\n-----END A-----\n", []Item{damaged(StrayCR, 1, 1, "A")}},
	{"CR and space", "-----BEGIN A-----\r \nAAAA\n-----END A-----\n", []Item{damaged(StrayCR, 1, 1, "A")}},
	{"CR for LF", "-----BEGIN A-----\rAAAA\r-----END A-----\r", []Item{damaged(OneLine, 1, 1, "")}},
	// Go does not take this CR for white space and passes over the block.
	{"CR at the end of the text", "-----BEGIN A-----\r\nAAAA\r\n-----END A-----\r", []Item{inside(StrayCR, 3, 1, "A", 1)}},

	// OpenSSL reads 254 bytes of a line at once.
	{"BEGIN of 253 bytes", "-----BEGIN A-----" + strings.Repeat(" ", 236) + "\nAAAA\n-----END A-----\n", []Item{block(1, 1, "A", "AAAA\n")}},
	{"BEGIN of 254 bytes", "-----BEGIN A-----" + strings.Repeat(" ", 237) + "\nAAAA\n-----END A-----\n" + blockA, []Item{damaged(LongLine, 1, 1, "A"), block(4, 2, "A", "AAAA\n")}},
	{"END of many bytes", "-----BEGIN A-----\nAAAA\n-----END A-----" + strings.Repeat(" ", 600), []Item{block(1, 1, "A", "AAAA\n")}},
	{"BEGIN behind 254 bytes", pad(254) + blockA + blockA, []Item{oddly(damaged(TextBefore, 1, 1, ""), Odd{Column: 255}), block(4, 2, "A", "AAAA\n")}},
	{"a label that nobody reads behind 253 bytes", pad(253) + blockE, []Item{looks(1), damaged(BadLabel, 3, 1, "")}},
	{"a label that nobody reads behind 254 bytes", pad(254) + blockE + blockA, []Item{damaged(LongLine, 1, 1, ""), block(4, 2, "A", "AAAA\n")}},
	{"a label that nobody reads behind 254 bytes, and text behind it", pad(254) + "-----BEGIN É-----AAAA\n" + blockA, []Item{looks(1), block(2, 1, "A", "AAAA\n")}},
	{"a label that nobody reads behind 254 bytes, and what is trimmed behind it", pad(254) + "-----BEGIN É----- é\x00AAAA\nAAAA\n-----END A-----\n", []Item{damaged(LongLine, 1, 1, "")}},
	{"a label that nobody reads behind 508 bytes", "a\n" + pad(508) + blockE + blockA, []Item{text(1), damaged(LongLine, 2, 1, ""), block(5, 2, "A", "AAAA\n")}},
	{"a label that nobody reads behind 254 bytes with words in them", "BEGIN x END x BEGIN " + pad(234) + blockE + blockA, []Item{damaged(LongLine, 1, 1, ""), block(4, 2, "A", "AAAA\n")}},
	{"a label that nobody reads behind 254 bytes in a body", "-----BEGIN A-----\n" + pad(254) + "-----BEGIN É-----\n-----END A-----\n", []Item{block(1, 1, "A", pad(254)+"-----BEGIN É-----\n")}},

	{"a zero byte before a block", "\x00\n" + blockA, []Item{damaged(ZeroByte, 1, 1, ""), block(2, 1, "A", "AAAA\n")}},
	{"a zero byte between blocks", blockA + "a\n\x00b\nc\n" + blockA, []Item{block(1, 1, "A", "AAAA\n"), text(4), damaged(ZeroByte, 5, 2, ""), text(6), block(7, 2, "A", "AAAA\n")}},
	{"a zero byte behind 254 bytes", pad(254) + "\x00\n" + blockA, []Item{damaged(ZeroByte, 1, 1, ""), block(2, 1, "A", "AAAA\n")}},
	{"a zero byte behind 254 bytes with words in them", "BEGIN x " + pad(246) + "\x00\n" + blockA, []Item{damaged(ZeroByte, 1, 1, ""), block(2, 1, "A", "AAAA\n")}},
	{"a zero byte before BEGIN", "\x00" + blockA + blockA, []Item{damaged(ZeroByte, 1, 1, ""), block(4, 2, "A", "AAAA\n")}},
	{"a zero byte in a line", "a\x00\n" + blockA, []Item{text(1), block(2, 1, "A", "AAAA\n")}},
	{"a zero byte behind the last block", blockA + "\x00\n\x00", []Item{block(1, 1, "A", "AAAA\n"), text(4)}},
	{"a zero byte in a body", "-----BEGIN A-----\n\x00\n-----END A-----\n", []Item{block(1, 1, "A", "\x00\n")}},

	{"a byte-order mark", "\ufeff" + blockC + blockA, []Item{damaged(ByteOrderMark, 1, 1, "CERTIFICATE"), block(4, 2, "A", "AAAA\n")}},
	{"a byte-order mark between blocks", blockA + "\ufeff" + blockA + blockA, []Item{block(1, 1, "A", "AAAA\n"), damaged(ByteOrderMark, 4, 2, ""), block(7, 3, "A", "AAAA\n")}},
	{"a byte-order mark before text", "\ufeff# -----BEGIN A-----\n", []Item{looks(1)}},
	{"a byte-order mark behind the dashes", "-----BEGIN A-----\ufeff\nAAAA\n-----END A-----\n" + blockA, []Item{oddly(damaged(OddCharacter, 1, 1, ""), Odd{Column: 18, Rune: '\ufeff'}), block(4, 2, "A", "AAAA\n")}},
	{"a byte-order mark before END", "-----BEGIN A-----\nAAAA\n\ufeff-----END A-----\n", []Item{inside(ByteOrderMark, 3, 1, "A", 1)}},
}

// The labels are those of RFC 7468, section 3: printable characters, with single
// hyphens and spaces between them.
func TestLabels(t *testing.T) {
	t.Parallel()
	for _, label := range []string{"", "A", "CERTIFICATE", "X509 CRL", "EC-PARAMETERS", "a b-c d", "!~:", "PKCS #7 SIGNED DATA", "A END B"} {
		want := []Item{block(1, 1, label, "AAAA\n")}
		if got := items("-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n"); !slices.Equal(got, want) {
			t.Errorf("label %q: %+v", label, got)
		}
	}
	for _, label := range []string{" ", " A", "A ", "A  B", "A--B", "A- B", "A -B", "-A", "A\x00", "A\x7f", "É"} {
		want := []Item{damaged(BadLabel, 1, 1, "")}
		if got := items("-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n"); !slices.Equal(got, want) {
			t.Errorf("label %q: %+v", label, got)
		}
	}
	want := []Item{oddly(damaged(OddCharacter, 1, 1, ""), Odd{Column: 13, Rune: '\t'})}
	if got := items("-----BEGIN A\tB-----\nAAAA\n-----END A\tB-----\n"); !slices.Equal(got, want) {
		t.Errorf("a tab in the label: %+v", got)
	}
	want = []Item{inside(BadLabel, 3, 1, "A", 1)}
	if got := items("-----BEGIN A-----\nAAAA\n-----END  A-----\n"); !slices.Equal(got, want) {
		t.Errorf("a bad label at END: %+v", got)
	}
}

// A scan without damage allocates nothing: it runs over every request.
func TestScanAllocatesNothing(t *testing.T) {
	for name, input := range map[string]string{
		"sound":   strings.Repeat("a\n\n"+blockA, 100),
		"damaged": strings.Repeat("----BEGIN A-----\nAAAA\n\x00\n \n\ufeff-----END A-----\n"+strings.Repeat("x", 600)+"\n", 100),
	} {
		got := testing.AllocsPerRun(10, func() {
			for s := Scan(input); ; {
				if _, ok := s.Next(); !ok {
					break
				}
			}
		})
		if got != 0 {
			t.Errorf("%s: %v allocations", name, got)
		}
	}
}

// Time is linear whatever the text: many lines that each might need a look at
// all the others take no longer than as much text.
func TestScanIsLinear(t *testing.T) {
	t.Parallel()
	const n = 1 << 18
	for _, unit := range []string{"\x00\n", "-----BEGIN A-----\n", "-----END A-----\n", "----BEGIN A-----\n", "\x00BEGIN \n", "a\n\n", strings.Repeat("\x00", 254)} {
		if got := items(strings.Repeat(unit, n/len(unit)) + "\n" + blockA); len(got) == 0 {
			t.Errorf("%q: no items", unit)
		}
	}
}
