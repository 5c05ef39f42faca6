"""RFC 8785: our bytes are the peer's bytes, and what has no canonical form is refused."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.canonical import LARGEST, NotCanonicalError, canonical

texts = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=12)
#: Keys on both sides of the surrogate range, where code-point order and UTF-16 order part.
keys = st.one_of(texts, st.sampled_from(["é", "z", "\ue000", "\uffee", "\U0001f600", "人", "a\U0001f600"]))
scalars = st.one_of(st.none(), st.booleans(), st.integers(-LARGEST, LARGEST), texts)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=6)),
    max_leaves=20,
)


@given(values)
def test_equals_the_peer(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_sorts_by_utf16_unit_as_the_rfc_example() -> None:
    # RFC 8785 §3.2.3
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(value))) == order


def test_tuples_are_lists_and_text_is_utf8() -> None:
    assert canonical({"名": ("甲", 1, True, None)}) == '{"名":["甲",1,true,null]}'.encode()


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        math.nan,
        LARGEST + 1,
        -LARGEST - 1,
        {1: "a"},
        {None: 1},
        {"a": {2: 3}},
        "\ud800",
        {"\ud800": 1},
        b"x",
        {"s": {1}},
    ],
)
def test_refuses_what_has_no_canonical_form(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(value)
