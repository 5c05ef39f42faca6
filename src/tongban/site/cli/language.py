"""The operator's language: Chinese where the terminal's locale is Chinese, English elsewhere."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator


def operator_language() -> str:
    """ "zh-hans" or "en"."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh-hans" if locale.startswith("zh") else "en"


@contextlib.contextmanager
def in_operator_language() -> Iterator[None]:
    """Translate into the operator's language inside."""
    from django.utils import translation

    with translation.override(operator_language()):
        yield
