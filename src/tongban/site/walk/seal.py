"""The signature of a licence, checked with pyHanko alone: nothing of the city but its root certificate is needed."""

from __future__ import annotations

import io
from datetime import datetime

from tongban.site.walk.browser import Trouble


def check_seal(pdf: bytes, root_pem: bytes, at: datetime) -> None:
    """The PDF carries one signature that covers all of it and chains to this root at this moment. A Trouble else."""
    from asn1crypto import pem, x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    _, _, der = pem.unarmor(root_pem)
    reader = PdfFileReader(io.BytesIO(pdf))
    if len(reader.embedded_signatures) != 1:
        raise Trouble(f"expected one signature in the PDF; found {len(reader.embedded_signatures)}")
    signature = reader.embedded_signatures[0]
    context = ValidationContext(trust_roots=[x509.Certificate.load(der)], allow_fetching=False, moment=at)
    status = validate_pdf_signature(signature, context)
    if not (status.intact and status.valid and status.trusted):
        raise Trouble(f"expected the PDF's signature to hold; found {status.summary()}")
