package validate

// Advisories about a folder of certificates and keys. Check knows nothing of folders: the
// command certcheck adds them to its reports, and other programs may do the same.
const (
	FolderNotCovered AdvisoryID = "folder-not-covered"  // the names of the leaf do not cover the host name that the folder is named after
	ChainInOtherFile AdvisoryID = "chain-in-other-file" // the file has the leaf alone, and a file beside it has the issuers
	CombinedFile     AdvisoryID = "combined-file"       // one file holds certificate and key
	KeyOfOtherFile   AdvisoryID = "key-of-other-file"   // the key belongs to the certificate of another file
)
