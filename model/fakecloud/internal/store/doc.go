// Package store keeps records in a file of bbolt, state.db in a folder, so that
// none that was acknowledged is lost when the process is killed.
//
// Records are in parts; each has a key and a value. An update is one transaction:
// all of it is on the disk when it returns, or nothing of it. Each record carries a
// checksum, and of each part the number and the sum of the checksums of its records
// are kept, so a damaged, a missing and an old record are all found when the part is
// read. The pages of the file are checked before bbolt sees them, because bbolt
// trusts them. What is not as it should be is an error, and nothing is changed.
//
// One process has a folder at a time: the folder and the file are locked.
package store
