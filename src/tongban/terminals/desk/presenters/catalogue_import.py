"""A list on its way in: the file between trial and import, the account of its rows, and the refused ones to mend.

Between the two the file travels in the page, compressed and signed for the officer who tried it: nothing is kept here
that somebody would have to clear away, and what is imported is byte for byte what was tried.
"""

from __future__ import annotations

import base64
import binascii
import csv
import hashlib
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import IO, Any

from django.core import signing
from django.utils.translation import gettext as _

from tongban.contexts.catalogue.actions import ImportReport
from tongban.contexts.parties.core import Actor
from tongban.foundation.i18n import say
from tongban.kernel.refusals import N_, Refusal
from tongban.terminals.common.presenters.languages import agency_of_item
from tongban.terminals.desk.forms_catalogue import Form
from tongban.ui.forms import FieldSpec

MOST_BYTES = 10 * 1024 * 1024
#: What fits into a posted form beside the rest of it.
_MOST_TOKEN = 1_900_000
_MOST_SHOWN = 200
_SALT = "desk.catalogue.import"
_KEPT_SECONDS = 2 * 3600


class NoFile(Refusal):
    code = "no_file"
    message = N_("没有选择文件。请选一个 CSV 文件。")


class FileTooBig(Refusal):
    code = "list_too_big"
    message = N_("文件超过 10 MB。请分成几个文件导入。")
    status = 413


class TrialGone(Refusal):
    """The page was changed, is another officer's, or too old."""

    code = "trial_gone"
    message = N_("试算过的文件已经失效。请重新选择文件。")
    status = 409


@dataclass(frozen=True)
class Told:
    row: int
    line: int
    message: str
    cells: str


@dataclass(frozen=True)
class Account:
    """What became of every row, or would."""

    tried: bool
    rows: int
    imported: int
    already: int
    refused: tuple[Told, ...]
    refused_count: int
    warnings: tuple[Told, ...]
    warnings_count: int
    encoding: str
    organs: tuple[tuple[str, str, int], ...]  # as the list names it, as it is called here, number of rows


def received(upload: Any) -> bytes:
    """The bytes of an uploaded file. Refuses `NoFile`, `FileTooBig`."""
    if upload is None:
        raise NoFile(field="file")
    file: IO[bytes] = upload
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileTooBig(field="file")
    return data


def sealed(data: bytes, actor: Actor) -> str:
    """The file as it travels in the page, "" where it is too big for that."""
    packed = base64.b64encode(zlib.compress(data, 9)).decode()
    if len(packed) > _MOST_TOKEN:
        return ""
    mark = hashlib.sha256(packed.encode()).hexdigest()
    return f"{packed}.{signing.dumps([mark, actor.id], salt=_SALT)}"


def opened(token: str, actor: Actor) -> bytes:
    """The file again. Refuses `TrialGone`."""
    packed, _dot, mark = token.partition(".")
    try:
        signed = signing.loads(mark, salt=_SALT, max_age=_KEPT_SECONDS)
        if signed != [hashlib.sha256(packed.encode()).hexdigest(), actor.id]:
            raise TrialGone
        return zlib.decompress(base64.b64decode(packed))
    except (signing.BadSignature, binascii.Error, zlib.error):
        raise TrialGone from None


def with_file(form: Form, specs: tuple[FieldSpec, ...]) -> Form:
    """The form with its file field, which is never filled again."""
    if form.message and not form.errors:
        return replace(form, specs=specs, errors={"file": form.message}, message="")
    return replace(form, specs=specs)


def account(report: ImportReport, *, tried: bool) -> Account:
    """The account of rows in words."""
    refused = [
        *(_told(one.row, one.line, one.message, one.params, one.values) for one in report.refused),
        *(Told(one.row, one.line, say(one.refusal), one.code) for one in report.not_opened),
    ]
    warnings = [_told(one.row, one.line, one.message, one.params, one.values) for one in report.warnings]
    return Account(
        tried, report.rows, len(report.imported), len(report.already), tuple(refused[:_MOST_SHOWN]), len(refused),
        tuple(warnings[:_MOST_SHOWN]), len(warnings), report.encoding,
        tuple((there, agency_of_item(here), number) for there, here, number in report.organs[:_MOST_SHOWN]),
    )  # fmt: skip


def _told(row: int, line: int, message: str, params: Mapping[str, object], cells: Mapping[str, str]) -> Told:
    text = _(message)
    shown = "；".join(f"{name}: {value}" for name, value in cells.items() if value)
    return Told(row, line, text % params if params else text, shown[:200])


def refused_rows(report: ImportReport) -> bytes:
    """The refused rows as CSV for a table program: their line, the reason, and their cells as they were written."""
    columns = list(dict.fromkeys(name for one in report.refused for name in one.values))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("行号"), _("为什么不收"), *columns])
    for one in report.refused:
        told = _told(one.row, one.line, one.message, one.params, {})
        writer.writerow([one.line, told.message, *(_safe(one.values.get(name, "")) for name in columns)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _safe(cell: str) -> str:
    """A cell that no table program takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell
