"""Typst with the project's own fonts: one font book a process, one compiler a thread.

Values reach a template as one JSON text in `sys.inputs.facts`; they are data there and never become Typst code.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pylopdf_fonts_zh_cn
import typst

#: Long-term archiving with whole Unicode text (ISO 19005-2 level b); signatures may follow it.
STANDARD: Final = "a-2b"


class Typesetter:
    """Sets templates of one folder. The scan of fonts (0.7 s) happens at the first use in the process."""

    _fonts: typst.Fonts | None = None
    _lock = threading.Lock()

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._local = threading.local()

    def pdf(self, template: str, facts: Mapping[str, Any], *, at: datetime) -> bytes:
        """`template` (a file name in the folder) with `facts` as PDF/A-2b; `at` is its date of creation.

        The same facts and moment give the same bytes.
        """
        compiler: typst.Compiler | None = getattr(self._local, "compiler", None)
        if compiler is None:
            compiler = typst.Compiler(root=self._folder, font_paths=self._font_book(), ignore_system_fonts=True)
            self._local.compiler = compiler
        result = compiler.compile(
            input=self._folder / template,
            format="pdf",
            sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
            pdf_standards=STANDARD,
            timestamp=at,
            pdf_tags=True,
        )
        assert isinstance(result, bytes)
        return result

    @classmethod
    def _font_book(cls) -> typst.Fonts:
        with cls._lock:
            if cls._fonts is None:
                folder = Path(pylopdf_fonts_zh_cn.__file__).parent
                cls._fonts = typst.Fonts(
                    include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)]
                )
            return cls._fonts
