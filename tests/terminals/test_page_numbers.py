"""A page number that is none is the first page, not an error of the server."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from tongban.terminals.common.together_views import page_number


@pytest.mark.parametrize(
    ("asked", "page"), [("3", 3), ("", 1), ("-1", 1), ("123456x", 1), ("9" * 5000, 1), ("²", 1), ("1e3", 1)]
)
def test_any_text_is_a_page(asked: str, page: int) -> None:
    assert page_number(RequestFactory().get("/", {"page": asked})) == page
