"""Money as whole fen (分); no fraction of a fen exists, and no float ever touches it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tongban.kernel.refusals import N_, Refusal

#: The largest amount a JSON number holds exactly.
LARGEST: Final = 2**53 - 1

_YUAN = re.compile(
    r"(?P<minus>-?)¥?\s*(?P<yuan>\d{1,3}(?:,\d{3})+|\d{1,14})(?:\.(?P<fen>\d{1,2}))?(?:\s*元)?", re.ASCII
)


class MoneyRefused(Refusal):
    """A text that is no amount of money, or one beyond what is exact."""

    code = "money_refused"
    message = N_("“%(text)s”不是金额。请写成元，最多两位小数，例如 1280.50。")


@dataclass(frozen=True, order=True)
class Fen:
    """An amount in fen."""

    amount: int

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError("fen are whole numbers")
        if abs(self.amount) > LARGEST:
            raise MoneyRefused(text=str(self.amount))

    @classmethod
    def parse(cls, text: str) -> Fen:
        """The amount a person wrote in yuan ("1,280.50", "¥5", "3元"). Refuses `MoneyRefused`."""
        match = _YUAN.fullmatch(text.strip())
        if match is None:
            raise MoneyRefused(text=text)
        fen = int(match["yuan"].replace(",", "")) * 100 + int((match["fen"] or "0").ljust(2, "0"))
        return cls(-fen if match["minus"] else fen)

    @property
    def yuan(self) -> Decimal:
        return Decimal(self.amount).scaleb(-2)

    def __add__(self, other: Fen) -> Fen:
        return Fen(self.amount + other.amount)

    def __sub__(self, other: Fen) -> Fen:
        return Fen(self.amount - other.amount)

    def __mul__(self, times: int) -> Fen:
        return Fen(self.amount * times)

    def __neg__(self) -> Fen:
        return Fen(-self.amount)

    def split(self, parts: int) -> tuple[Fen, ...]:
        """`parts` shares that differ by at most one fen and add up to this amount; the larger ones first."""
        share, rest = divmod(self.amount, parts)
        return tuple(Fen(share + (n < rest)) for n in range(parts))

    def __str__(self) -> str:
        return f"{self.yuan:,.2f}"


ZERO: Final = Fen(0)
