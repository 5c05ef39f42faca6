"""The licences of a batch as one ZIP: each signed PDF by person and number, and an index that spreadsheets open."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.batch.views import BatchedLine
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.documents.core.files import clean_name
from tongban.kernel.spreadsheets import as_text

#: Beyond this the archive stands on disk while it is sent.
_IN_MEMORY = 16 * 1024 * 1024


def licence_archive(papers: Iterable[tuple[BatchedLine, CaseState, bytes]]) -> IO[bytes]:
    """The archive, ready to be read from its beginning. PDFs are stored as they are: they do not get smaller."""
    out = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the response closes it
    index = io.StringIO(newline="")
    rows = csv.writer(index)
    rows.writerow((_("序号"), _("姓名"), _("证件号码"), _("办件编号"), _("证号"), _("文件")))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for line, state, data in papers:
            assert state.licence is not None
            name = clean_name(f"{line.row:04d} {line.name} {state.licence.number}.pdf").replace("/", "_")
            archive.writestr(name, data)
            rows.writerow((line.row, as_text(line.name), line.id_number, line.number, state.licence.number, name))
        archive.writestr("index.csv", b"\xef\xbb\xbf" + index.getvalue().encode())
    out.seek(0)
    return out
