"""Every finding and refusal of the catalogue can be said in English, with the same parameters."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

from tests.contexts.catalogue.samples import REPO
from tongban.contexts.catalogue.core.search.text import is_chinese

HOME = REPO / "src/tongban/contexts/catalogue"


def marked(file: Path) -> set[str]:
    calls = (node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "N_" and isinstance(call.args[0], ast.Constant)
    }


def test_english_is_complete_and_says_the_same() -> None:
    with (HOME / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        english = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    wanted = set().union(*(marked(file) for file in HOME.rglob("*.py")))
    assert wanted == set(english)
    for chinese, translated in english.items():
        assert translated
        assert not is_chinese(translated)
        assert sorted(re.findall(r"%\(\w+\)s", chinese)) == sorted(re.findall(r"%\(\w+\)s", translated))
