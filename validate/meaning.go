package validate

import (
	"iter"
	"maps"
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

var meanings = map[AdvisoryID]message.ID{
	ChainOutOfOrder:         message.MeansChainOutOfOrder,
	ChainLinkMissing:        message.MeansChainLinkMissing,
	ChainSignatureBad:       message.MeansChainSignatureBad,
	ChainLinkNotVerifiable:  message.MeansChainLinkNotVerifiable,
	RootIncluded:            message.MeansRootIncluded,
	DuplicateCertificate:    message.MeansDuplicateCertificate,
	UnrelatedCertificate:    message.MeansUnrelatedCertificate,
	IntermediateNotInPeriod: message.MeansIntermediateNotInPeriod,
	LeafIsCA:                message.MeansLeafIsCA,
	SelfSigned:              message.MeansSelfSigned,
	DomainNotCovered:        message.MeansDomainNotCovered,
	ExpiresSoon:             message.MeansExpiresSoon,
	ValidityNotChecked:      message.MeansValidityNotChecked,
	WeakKey:                 message.MeansWeakKey,
	WeakSignature:           message.MeansWeakSignature,
	KeyTypeUncommon:         message.MeansKeyTypeUncommon,
	NothingChecked:          message.MeansNothingChecked,
	ParameterIgnored:        message.MeansParameterIgnored,
	DomainCharacterDropped:  message.MeansDomainCharacterDropped,
	IDWithoutRegion:         message.MeansIDWithoutRegion,
	CertificateUnknown:      message.MeansCertificateUnknown,
	PKCS8RSAKey:             message.MeansPKCS8RSAKey,
	LabelMisfit:             message.MeansLabelMisfit,
	TextOutsideBlocks:       message.MeansTextOutsideBlocks,
	BlankLines:              message.MeansBlankLines,
	LineLength:              message.MeansLineLength,
	WhiteSpace:              message.MeansWhiteSpace,
	MixedLineEnds:           message.MeansMixedLineEnds,
	ForeignBlock:            message.MeansForeignBlock,
	CRLF:                    message.MeansCRLF,
	NoFinalNewline:          message.MeansNoFinalNewline,
	SecondLeaf:              message.MeansSecondLeaf,
	NotServer:               message.MeansNotServer,
	LeafNotInPeriod:         message.MeansLeafNotInPeriod,
	CertNameCharacters:      message.MeansCertNameCharacters,
	WildcardSpelling:        message.MeansWildcardSpelling,
	DomainCharacterUnusual:  message.MeansDomainCharacterUnusual,
	CertificateIDForm:       message.MeansCertificateIDForm,
	ListenerIDForm:          message.MeansListenerIDForm,
	FolderNotCovered:        message.MeansFolderNotCovered,
	ChainInOtherFile:        message.MeansChainInOtherFile,
	CombinedFile:            message.MeansCombinedFile,
	KeyOfOtherFile:          message.MeansKeyOfOtherFile,
}

// Meaning says what advisories of this kind are about; it is empty for an unknown one.
func (id AdvisoryID) Meaning() errcodes.Message { return meanings[id].Text() }

// Advisories returns every kind of advisory, sorted.
func Advisories() iter.Seq[AdvisoryID] {
	return func(yield func(AdvisoryID) bool) {
		for _, id := range slices.Sorted(maps.Keys(hints)) {
			if !yield(id) {
				return
			}
		}
	}
}
