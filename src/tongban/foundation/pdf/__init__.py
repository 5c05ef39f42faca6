"""PDF: typesetting from Typst templates, and signatures (PAdES) by the installation's keys."""

from tongban.foundation.pdf.signatures import SealKeys, Signature, inspect_signature, own_seal, seal_keys
from tongban.foundation.pdf.typesetting import Typesetter

__all__ = ["SealKeys", "Signature", "Typesetter", "inspect_signature", "own_seal", "seal_keys"]
