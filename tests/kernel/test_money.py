"""Money: whole fen, exact through parsing, writing and splitting."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.money import LARGEST, ZERO, Fen, MoneyRefused

amounts = st.integers(-(10**13), 10**13)


@given(amounts)
def test_what_is_written_is_read_again(amount: int) -> None:
    assert Fen.parse(str(Fen(amount))) == Fen(amount)
    assert Fen(amount).yuan * 100 == amount


@given(amounts, st.integers(1, 500))
def test_shares_add_up_and_differ_by_a_fen_at_most(amount: int, parts: int) -> None:
    shares = Fen(amount).split(parts)
    assert sum(share.amount for share in shares) == amount
    assert max(shares).amount - min(shares).amount <= 1
    assert list(shares) == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,280.50", 128050),
        ("¥5", 500),
        ("3元", 300),
        ("0.5", 50),
        ("-0.05", -5),
        (" 12.34 元", 1234),
        ("1,234,567", 123456700),
    ],
)
def test_what_people_write(text: str, fen: int) -> None:
    assert Fen.parse(text) == Fen(fen)


@pytest.mark.parametrize("text", ["", "1.005", "1,28", "12,34.5", "1e3", "一百", "٣", "NaN", "1.", "--1", "9" * 15])
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(MoneyRefused):
        Fen.parse(text)


def test_arithmetic_stays_in_fen() -> None:
    assert Fen(10) + Fen(20) - Fen(5) * 3 == Fen(15) == -Fen(-15)
    assert Fen(1) > ZERO
    assert Fen(1).yuan == Decimal("0.01")
    with pytest.raises(TypeError):
        Fen(1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Fen(True)
    with pytest.raises(MoneyRefused):
        Fen(LARGEST) + Fen(1)
