"""The chain of a case: every step carries the fingerprint of the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongban.ui.pictures import svg


@dataclass(frozen=True)
class Link:
    """One recorded step: its place in the chain, its name, and its fingerprint in hexadecimal."""

    seq: int
    name: str
    fingerprint: str


def hash_chain(links: Sequence[Link], total: int) -> SafeString:
    """The last steps of a chain of `total`, newest on the right; at most four are drawn."""
    shown = list(links)[-4:]
    if not shown:
        return SafeString("")
    room = 300 / len(shown)
    body: list[str] = []
    if total > len(shown):
        body.append(svg.path("M2 40H14", "#A9C6C1", 3, "1 6"))
    for index, link in enumerate(shown):
        x = 8 + room * (index + 0.5)
        last = index == len(shown) - 1
        if index or total > len(shown):
            body.append(svg.path(f"M{svg.number(max(x - room + 13, 16))} 40H{svg.number(x - 13)}", svg.BRAND, 3))
        body.append(
            f'<rect x="{svg.number(x - 13)}" y="27" width="26" height="26" rx="7" '
            f'fill="{svg.LIGHT if last else "#fff"}" stroke="{svg.INK if last else svg.BRAND}" stroke-width="3"/>'
        )
        body.append(svg.text(x, 45, str(link.seq), size=14, anchor="middle", bold=True))
        body.append(svg.text(x, 16, svg.one_line(link.name, room - 4, 14), anchor="middle", bold=last))
        body.append(svg.text(x, 74, link.fingerprint[:6], css="s", anchor="middle"))
    names = _("、").join(link.name for link in shown)
    sentence = _("图：共 %(n)s 步连成一条链，每一步都带着前一步的指纹；最近几步是%(names)s") % {
        "n": total,
        "names": names,
    }
    return svg.picture(316, 84, body, sentence)
