"""Signatures in PDF files: PAdES-B by an ECDSA P-256 key of this installation, and what a signed file turns out to be.

At first use a certification authority of the installation's own and one sealing certificate are made in
`<data>/keys` (readable by its user alone). A city that has certificates of a licensed provider puts them there
under the same names. National algorithms (SM2) come with the crypto provider of a later stage.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

_RESERVED = 8192  # bytes kept for the signature: two P-256 certificates and the CMS need about 2,500


@dataclass(frozen=True)
class Signature:
    """What the last signature of a file says; `keywords` are the file's own claim of what it is."""

    readable: bool
    signed: bool = False
    intact: bool = False
    trusted: bool = False
    signer: str = ""
    signed_at: datetime | None = None
    keywords: str = ""


class _DatedSigner(PdfSigner):
    """Signs at the moment it is told, not at that of the machine's clock."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._at
        return session


class SealKeys:
    """The sealing key of an installation with its chain; kept for the life of the process."""

    def __init__(self, signer: SimpleSigner, root: asn1_x509.Certificate) -> None:
        self._signer = signer
        self.root = root

    @property
    def name(self) -> str:
        """The common name of the sealing certificate."""
        certificate = self._signer.signing_cert
        assert certificate is not None
        return str(certificate.subject.native.get("common_name", ""))

    def root_pem(self) -> bytes:
        """The authority's certificate, for whoever wants to check without us."""
        return x509.load_der_x509_certificate(self.root.dump()).public_bytes(serialization.Encoding.PEM)

    def sign(self, pdf: bytes, *, reason: str, location: str, at: datetime) -> bytes:
        """`pdf` with a certifying signature that allows no later change; `at` is the claimed time."""
        metadata = PdfSignatureMetadata(
            field_name="Seal",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=reason,
            location=location,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        out = BytesIO()
        signer = _DatedSigner(metadata, self._signer, at=at)
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=_RESERVED, output=out)
        return out.getvalue()


def inspect_signature(pdf: bytes, keys: SealKeys, *, at: datetime) -> Signature:
    """Read and check the signature of a file of unknown origin; never fetches anything, never raises on bad input."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        info = reader.trailer_view.get("/Info")
        keywords = str(info.get_object().get("/Keywords", "")) if info is not None else ""
        signatures = list(reader.embedded_regular_signatures)
    except Exception:  # a hostile file may fail anywhere in the parser
        return Signature(readable=False)
    if not signatures:
        return Signature(readable=True, keywords=keywords)
    try:
        context = ValidationContext(
            trust_roots=[keys.root], allow_fetching=False, moment=at, revocation_mode="soft-fail"
        )
        status = validate_pdf_signature(signatures[-1], signer_validation_context=context)
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        return Signature(
            readable=True,
            signed=True,
            intact=bool(status.intact and status.valid and whole),
            trusted=bool(status.trusted),
            signer=str(status.signing_cert.subject.native.get("common_name", "")),
            signed_at=status.signer_reported_dt,
            keywords=keywords,
        )
    except Exception:  # a signature that cannot even be read proves nothing
        return Signature(readable=True, signed=True, keywords=keywords)


_held: dict[Path, SealKeys] = {}


def seal_keys(folder: Path, *, city: str, demo: bool, now: datetime) -> SealKeys:
    """The keys in `folder`, made there at first use. One object a process; several processes agree by a file lock."""
    held = _held.get(folder)
    if held is None:
        if not (folder / "seal.crt").exists():
            _make(folder, city, demo, now)
        held = _held[folder] = _load(folder)
    return held


def own_seal(now: datetime) -> SealKeys:
    """The sealing keys of this installation, from `<data>/keys`."""
    from django.conf import settings

    city = str(getattr(settings, "TONGBAN_CITY", "江城市"))
    return seal_keys(Path(settings.TONGBAN_DATA) / "keys", city=city, demo=bool(settings.TONGBAN_DEMO), now=now)


def _load(folder: Path) -> SealKeys:
    root = _certificate((folder / "ca.crt").read_bytes())
    leaf = _certificate((folder / "seal.crt").read_bytes())
    private = serialization.load_pem_private_key((folder / "seal.key").read_bytes(), password=None)
    der = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([root, leaf])
    return SealKeys(SimpleSigner(leaf, asn1_keys.PrivateKeyInfo.load(der), store), root)


def _certificate(pem: bytes) -> asn1_x509.Certificate:
    der = x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)
    return asn1_x509.Certificate.load(der)


def _make(folder: Path, city: str, demo: bool, now: datetime) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "seal.crt").exists():  # another process was first
            return
        mark = "（演示 demo）" if demo else ""
        ca_key = ec.generate_private_key(ec.SECP256R1())
        ca_name = _name(f"{city}电子证照根证书{mark}", city)
        ca = _sign(ca_name, ca_key.public_key(), ca_name, ca_key, now, years=30, authority=True)
        key = ec.generate_private_key(ec.SECP256R1())
        leaf = _sign(
            _name(f"{city}电子证照签章{mark}", city), key.public_key(), ca_name, ca_key, now, years=20, authority=False
        )
        _write(folder / "ca.key", _pem(ca_key))
        _write(folder / "ca.crt", ca.public_bytes(serialization.Encoding.PEM))
        _write(folder / "seal.key", _pem(key))
        _write(folder / "seal.crt", leaf.public_bytes(serialization.Encoding.PEM))  # last: its presence says "complete"


def _name(common: str, city: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{city}人民政府"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _sign(
    subject: x509.Name,
    public: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    *,
    years: int,
    authority: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # A movable clock may be set back after the keys were made: the certificates hold a year before, too.
        .not_valid_before(now - timedelta(days=366))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256())


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, data: bytes) -> None:
    draft = path.with_suffix(path.suffix + ".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
