"""Rules of documents: files, the written acts of a case, licences. Plain Python."""

from tongban.contexts.documents.core.acts import (
    DocumentFacts,
    DocumentKind,
    IssuedDocument,
    MaterialLine,
    Officer,
    Organ,
)
from tongban.contexts.documents.core.files import FileEmpty, FileTooLarge, FileTypeRefused, StoredFile
from tongban.contexts.documents.core.licence import (
    Fact,
    Licence,
    LicenceOrder,
    LicenceState,
    PdfVerdict,
    Verification,
    Verified,
)
from tongban.contexts.documents.core.trust import TrustGrade

__all__ = [
    "DocumentFacts",
    "DocumentKind",
    "Fact",
    "FileEmpty",
    "FileTooLarge",
    "FileTypeRefused",
    "IssuedDocument",
    "Licence",
    "LicenceOrder",
    "LicenceState",
    "MaterialLine",
    "Officer",
    "Organ",
    "PdfVerdict",
    "StoredFile",
    "TrustGrade",
    "Verification",
    "Verified",
]
