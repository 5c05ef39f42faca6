"""The demo's identity provider: it vouches for invented people, so that a demo needs no real identity service.

It plays the outside world with a page of its own (`terminals/common`, clearly marked), and speaks to the platform only
through the port `IdentityProvider`. Requests and answers travel sealed through the browser, as they would with a real
provider, so that no name or number stands in an address or a log. It refuses everything outside a demo.
"""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from tongban.contexts.parties.core.identity import LegalIdentity, VerifiedIdentity
from tongban.contexts.parties.core.refusals import IdentityRefused, LoginUnavailable
from tongban.foundation import crypto
from tongban.kernel.refusals import N_

T = TypeVar("T")

#: An answer is good for this long: the way back through the browser takes a moment, not minutes.
ANSWER_SECONDS = 120
REQUEST_SECONDS = 1800


@dataclass(frozen=True)
class DemoPerson:
    """An invented inhabitant of the demo city; numbers are well-formed but belong to nobody."""

    key: str
    name_en: str
    about: str  # msgid, Simplified Chinese
    identity: VerifiedIdentity


@dataclass(frozen=True)
class _Request:
    return_to: str
    good_until: int


@dataclass(frozen=True)
class _Answer:
    identity: VerifiedIdentity
    state: str
    good_until: int


PERSONS: tuple[DemoPerson, ...] = (
    DemoPerson(
        "zhou-min",
        "Zhou Min",
        N_("江畔小馆的经营者，要开一家小餐馆"),
        VerifiedIdentity(
            "周敏",
            "429901198705120140",
            "13900000001",
            3,
            (LegalIdentity("临江区江畔小馆", "92429901MA4KDEM1XQ", "江城市临江区望江街道滨江路 18 号"),),
            "江城市临江区望江街道滨江路 20 号",
        ),
    ),
    DemoPerson(
        "li-xue",
        "Li Xue",
        N_("江城供水有限公司的法定代表人，要挖路修水管"),
        VerifiedIdentity(
            "李雪",
            "429900197903210226",
            "13900000002",
            4,
            (LegalIdentity("江城供水有限公司", "91429900MA4KWATRXR", "江城市临江区水厂路 1 号"),),
            "江城市临江区水厂路 3 号",
        ),
    ),
    DemoPerson(
        "wang-hao",
        "Wang Hao",
        N_("个人，公积金和社保卡业务"),
        VerifiedIdentity("王浩", "429902199311080319", "13900000003", 3, (), "江城市望山区青松路 7 号"),
    ),
    DemoPerson(
        "he-xiuying",
        "He Xiuying",
        N_("72 岁，喜欢大字的关怀版"),
        VerifiedIdentity("何秀英", "42990119540217042X", "13900000004", 3, (), "江城市临江区望江街道滨江社区 2 栋"),
    ),
    DemoPerson(
        "liu-yang",
        "Liu Yang",
        N_("刚注册，只有一级实名"),
        VerifiedIdentity("刘洋", "429902200106300517", "13900000005", 1, (), "江城市望山区梅园 9 号"),
    ),
    DemoPerson(
        "zhao-qian",
        "Zhao Qian",
        N_("望江餐饮管理有限公司的法定代表人"),
        VerifiedIdentity(
            "赵倩",
            "429901198112220621",
            "13900000006",
            4,
            (LegalIdentity("江城望江餐饮管理有限公司", "91429901MA4KFXD668", "江城市临江区望江街道码头街 5 号"),),
            "江城市临江区望江街道码头街 6 号",
        ),
    ),
    DemoPerson(
        "chen-jing",
        "Chen Jing",
        N_("临江区人民医院的经办人，给全院的放射人员办证"),
        VerifiedIdentity(
            "陈静",
            "429901198410160321",
            "13900000007",
            4,
            (LegalIdentity("江城市临江区人民医院", "12429901MA4KHXP049", "江城市临江区健康路 1 号"),),
            "江城市临江区健康路 8 号",
        ),
    ),
)


class DemoIdentityProvider:
    """Adapter of the port. `page` is the address of the demo's own page; `enabled` is true in a demo only."""

    def __init__(self, page: str, *, enabled: bool) -> None:
        self.page = page
        self.enabled = enabled

    def start(self, return_to: str) -> str:
        """The demo page's address with the sealed request. Refuses `LoginUnavailable` outside a demo."""
        self._only_in_demo()
        request = _Request(return_to, int(time.time()) + REQUEST_SECONDS)
        return f"{self.page}?{urlencode({'request': _seal(request)})}"

    def answer(self, request: str, identity: VerifiedIdentity) -> str:
        """What the demo page sends the browser back to once somebody was chosen. Refuses a request it did not start."""
        self._only_in_demo()
        asked = _unseal(request, _Request)
        if asked.good_until < time.time():
            raise IdentityRefused
        sealed = _seal(_Answer(identity, _state(asked.return_to), int(time.time()) + ANSWER_SECONDS))
        return f"{asked.return_to}{'&' if '?' in asked.return_to else '?'}{urlencode({'answer': sealed})}"

    def finish(self, params: Mapping[str, str]) -> VerifiedIdentity:
        """The chosen identity. Refuses `IdentityRefused` for an answer that is forged, late or for another login."""
        self._only_in_demo()
        answer = _unseal(params.get("answer", ""), _Answer)
        if answer.good_until < time.time() or answer.state != params.get("state", ""):
            raise IdentityRefused
        return answer.identity

    def _only_in_demo(self) -> None:
        if not self.enabled:
            raise LoginUnavailable


def _state(return_to: str) -> str:
    return parse_qs(urlsplit(return_to).query).get("state", [""])[0]


def _seal(value: _Request | _Answer) -> str:
    return base64.urlsafe_b64encode(crypto.seal(msgspec.json.encode(value))).decode().rstrip("=")


def _unseal(text: str, kind: type[T]) -> T:
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return msgspec.json.decode(crypto.open_(sealed), type=kind)
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise IdentityRefused from None
