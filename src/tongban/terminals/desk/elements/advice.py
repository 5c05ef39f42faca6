"""What the checker says of files, said to who fills in forms: elements by their names, choices by their words.

`请写 visit_reason` becomes `请写“为什么要到现场”`, `need: exempt` becomes `“必要程度”选“免交”`.
Names of files stay as they are.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.items import Item
from tongban.terminals.common.presenters.languages import language
from tongban.terminals.desk.elements.choices import CHOICES
from tongban.terminals.desk.elements.shapes import Element, element

_KEY = re.compile(
    r"(?<![\w./“(])(?P<key>[a-z_]{3,})(?:\.(?P<inner>[a-z_]+))?(?:: (?P<value>[a-z]+|\d+))?(?![\w/]|\.\w)"
)
_STEP = re.compile(r"[a-z_]+")


def in_words(text: str, field: str) -> str:
    """`text` with keys and values of the source in the words of the form; `field` is where the finding stands.
    Placeholders stay, so that what an item says is not taken for a key."""
    english = language() == "en"

    def said(found: re.Match[str]) -> str:
        key, inner, value = found["key"], found["inner"], found["value"]
        if english and value is None and "_" not in key:  # an ordinary word of English
            return found[0]
        one = _near(field, key)
        if one is not None and inner:
            one = element(one.part, inner) if one.part is not None else None
        if one is None:
            return found[0]
        if value is None:
            return _("“%(name)s”") % {"name": one.label}
        return _("“%(name)s”选“%(choice)s”") % {"name": one.label, "choice": _choice(one, value)}

    words = _KEY.sub(said, text)
    return words if english else re.sub(" (?=“)|(?<=”) ", "", words)


def stages(value: str) -> str:
    """Kinds of stages in words: accept, decide; anything else as it is."""
    names = dict(CHOICES["StageKind"])
    parts = value.split(", ")
    return _("、").join(_(names[one]) for one in parts) if all(one in names for one in parts) else value


def _near(field: str, key: str) -> Element | None:
    """The element `key` of the innermost part on the way to `field` that has one."""
    owners: list[type] = [Item]
    for step in _STEP.findall(field):
        one = element(owners[-1], step)
        if one is None or one.part is None:
            break
        owners.append(one.part)
    return next((found for owner in reversed(owners) if (found := element(owner, key)) is not None), None)


def _choice(one: Element, value: str) -> str:
    if value in ("true", "false"):
        return _("是") if value == "true" else _("否")
    return dict(one.choices).get(value, value)
