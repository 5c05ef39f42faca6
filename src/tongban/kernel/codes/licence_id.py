"""电子证照标识, GB/T 36904: root . kind (21) . issuing organ (18) . serial . version (3) . check MOD 37,36."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from tongban.kernel.codes import credit_code
from tongban.kernel.codes.findings import CodeRefused, Finding
from tongban.kernel.refusals import N_

ROOT: Final = "1.2.156.3005.2"
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}


class LicenceIdRefused(CodeRefused):
    code = "licence_id_refused"
    message = N_("电子证照标识“%(text)s”不正确。请扫描证照上的二维码，或核对编号。")


@dataclass(frozen=True)
class LicenceId:
    """A licence identifier and its parts; `kind` is the defining body's credit code + 3 digits."""

    kind: str
    organ: str
    serial: str
    version: str

    @property
    def check_character(self) -> str:
        return check_character(self.kind + self.organ + self.serial + self.version)

    @property
    def text(self) -> str:
        return ".".join((ROOT, self.kind, self.organ, self.serial, self.version, self.check_character))

    def next_version(self) -> LicenceId:
        """Changed content is a new version of the same licence (STANDARDS §5.4). Refuses beyond 999."""
        if self.version == "999":
            raise LicenceIdRefused(self.text, Finding("part"))
        return replace(self, version=f"{int(self.version) + 1:03d}")

    def __str__(self) -> str:
        return self.text


def check_character(parts: str) -> str:
    """ISO 7064 MOD 37,36 over the parts without root and dots (GB/T 17710)."""
    product = 36
    for character in parts:
        product = ((product + _VALUE[character]) % 36 or 36) * 2 % 37
    return ALPHABET[(37 - product) % 36]


def check(text: str) -> Finding | None:
    """What is wrong with an identifier, or None. The credit codes inside are checked for form only."""
    parts = _parts(text)
    if parts is None:
        return Finding("form")
    kind, organ, serial, version, given = parts
    well_formed = (
        len(kind) == 21
        and kind[18:].isdigit()
        and len(organ) == 18
        and all(character in credit_code.ALPHABET for character in kind[:18] + organ)
        and 1 <= len(serial) <= 22
        and len(version) == 3
        and version.isdigit()
        and len(given) == 1
    )
    if not well_formed:
        return Finding("form")
    return None if check_character(kind + organ + serial + version) == given else Finding("check", len(text))


def _parts(text: str) -> list[str] | None:
    if not text.startswith(ROOT + "."):
        return None
    parts = text[len(ROOT) + 1 :].split(".")
    return parts if len(parts) == 5 and all(c in _VALUE for part in parts for c in part) else None


def parse(text: str) -> LicenceId:
    """The identifier somebody entered or scanned. Refuses `LicenceIdRefused`."""
    cleaned = "".join(text.split()).upper()
    finding = check(cleaned)
    if finding:
        raise LicenceIdRefused(text, finding)
    kind, organ, serial, version = cleaned[len(ROOT) + 1 :].split(".")[:4]
    return LicenceId(kind, organ, serial, version)


def make(kind: str, organ: str, serial: str, version: int = 1) -> LicenceId:
    """A new identifier. Refuses `LicenceIdRefused` for parts of a wrong form."""
    if not all(c in _VALUE for c in kind + organ + serial) or not 0 < version < 1000:
        raise LicenceIdRefused(f"{kind}.{organ}.{serial}", Finding("part"))
    return parse(LicenceId(kind, organ, serial, f"{version:03d}").text)
