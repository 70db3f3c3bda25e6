// Package store keeps a sequence of records in a folder, so that none that was
// acknowledged is lost when the process is killed.
//
// Records are lines of append-only files, journal-1, journal-2 and so on; each
// line begins with a checksum. The file snapshot stands for all records before
// those of the journal that it names: it is written under another name and put
// in place at once. Journals that a snapshot stands for are removed.
//
// After a kill the last journal may end with a line that is not whole: it was
// never acknowledged, and is cut off. A line that is damaged anywhere else is an
// error, and nothing is changed.
package store
