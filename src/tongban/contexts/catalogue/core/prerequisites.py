"""Papers of other items that must be held first: all of these, or any of those, under conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import Any

from tongban.contexts.catalogue.core.items import Prerequisite, Text
from tongban.contexts.process.core.sfeel import evaluate


def unmet(prerequisite: Prerequisite | None, held: Set[str], values: Mapping[str, Any]) -> tuple[Prerequisite, ...]:
    """What is still missing, as groups each of which must be met; () when nothing is.

    `held` are codes of items whose result the applicant holds in force, `values` the answers so far. A group whose
    `when` does not hold asks for nothing. An any-of group is met by one member; unmet, it comes back whole. An all-of
    group comes back without the members already held.
    """
    rest = _rest(prerequisite, held, values) if prerequisite is not None else None
    if rest is None:
        return ()
    if rest.mode == "any" and len(rest.items) + len(rest.groups) > 1:
        return (rest,)
    singles = tuple(Prerequisite("all", (code,)) for code in rest.items)
    return singles + tuple(part for group in rest.groups for part in unmet(group, held, values))


def _rest(group: Prerequisite, held: Set[str], values: Mapping[str, Any]) -> Prerequisite | None:
    """`group` without what is met; None when all of it is."""
    if not evaluate(group.when, values):
        return None
    asked = tuple(child for child in group.groups if evaluate(child.when, values))
    rests = tuple(_rest(child, held, values) for child in asked)
    if group.mode == "any":
        if any(code in held for code in group.items) or None in rests:
            return None
        return replace(group, groups=asked)
    items = tuple(code for code in group.items if code not in held)
    groups = tuple(rest for rest in rests if rest is not None)
    return replace(group, items=items, groups=groups) if items or groups else None


def named(prerequisite: Prerequisite) -> Iterator[str]:
    """Every item code that the group and its parts name, conditions aside."""
    yield from prerequisite.items
    for group in prerequisite.groups:
        yield from named(group)


def in_words(group: Prerequisite, names: Mapping[str, Text]) -> Text:
    """The group as a phrase in both languages: "A 或 B", "A 和 B"; parts that join several stand in brackets.

    `names` gives what each item's paper is called; a code without a name stands for itself.
    """
    parts = [names.get(code, Text(code, code)) for code in group.items]
    for child in group.groups:
        inner = in_words(child, names)
        several = len(child.items) + len(child.groups) > 1
        parts.append(Text(f"（{inner.zh}）", f"({inner.en})") if several else inner)
    chinese, english = (" 或 ", " or ") if group.mode == "any" else (" 和 ", " and ")
    return Text(chinese.join(part.zh for part in parts), english.join(part.en for part in parts))
