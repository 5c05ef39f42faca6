"""Citations: a provision as an item writes it, in the reader's language, and whether a basis is in force."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.beside import Law
from tongban.contexts.catalogue.core.guidance import force
from tongban.contexts.catalogue.core.items import Basis, Item
from tongban.terminals.common.presenters.languages import either, is_english, said

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMBER = "[零〇一二两三四五六七八九十百0-9]+"
_CITED = re.compile(
    rf"《?(?P<law>[^《》；;，]+?)》?第(?P<article>{_NUMBER})条(?P<sub>之{_NUMBER})?(?:至第(?P<last>{_NUMBER})条)?"
    rf"(?:第(?P<paragraph>{_NUMBER})款)?(?:第[（(]?(?P<point>{_NUMBER})[)）]?项)?"
)


def laws_by_name() -> Mapping[str, Law]:
    """The list of laws, by the name items quote."""
    return {law.name: law for law in catalogue.beside().laws}


def basis(one: Basis, laws: Mapping[str, Law], today: date) -> dict[str, Any]:
    """A legal basis for the guide: law, article, gist, since when, and whether it is in force on `today`."""
    law = laws.get(one.law)
    stands = force(one, law, today)
    tag = {"ended": _("已经失效"), "coming": _("还没施行"), "in_force": _("现行有效")}.get(stands, "")
    url = one.url or (law.url if law else "")
    return {
        "law": either(f"《{one.law}》", one.law_en or (law.name_en if law else "") or one.law),
        "number": law.number if law and not is_english() else "",
        "article": _("第 %(article)s 条") % {"article": one.article} if one.article else "",
        "gist": said(one.gist),
        "since": one.effective_from or (law.effective_from if law else ""),
        "tag": tag,
        "kind": {"ended": "bad", "coming": "wait", "in_force": "ok"}.get(stands, ""),
        "url": url if url.startswith("https://") else "",
    }


def english_names(item: Item, laws: Mapping[str, Law]) -> dict[str, str]:
    """English names of the laws that an item may cite."""
    names = {name: law.name_en for name, law in laws.items()}
    return names | {one.law: one.law_en for one in item.basis if one.law_en}


def cited(text: str, names: Mapping[str, str]) -> str:
    """A citation such as 食品安全法第三十三条 in the reader's language.

    For readers of English a known law is called by its English name; what is not understood stays as it was written.
    """
    if not is_english() or not text:
        return text
    parts = [_one(part, names) for part in re.split(r"[；;]", text) if part.strip()]
    return "; ".join(part for part in parts if part) if all(parts) else text


def _one(part: str, names: Mapping[str, str]) -> str:
    """One provision in English, "" when it is not of the usual form or the law is not known."""
    bare = part.strip()
    if (whole := names.get(bare.strip("《》"))) is not None:
        return whole
    found = _CITED.fullmatch(bare)
    name = names.get(found["law"].removeprefix("中华人民共和国")) if found else None
    if not found or not name:
        return ""
    words = [f"{name}, article {_number(found['article'])}"]
    if found["last"]:
        words = [f"{name}, articles {_number(found['article'])} to {_number(found['last'])}"]
    if found["sub"]:
        words[0] += f"-{_number(found['sub'][1:])}"
    if found["paragraph"]:
        words.append(f"paragraph {_number(found['paragraph'])}")
    if found["point"]:
        words.append(f"item {_number(found['point'])}")
    return ", ".join(words)


def _number(signs: str) -> int:
    """三十三, 一百零二, 33."""
    if signs.isascii():
        return int(signs)
    total = current = 0
    for sign in signs:
        if sign == "百":
            total, current = total + (current or 1) * 100, 0
        elif sign == "十":
            total, current = total + (current or 1) * 10, 0
        else:
            current = _DIGITS[sign]
    return total + current
