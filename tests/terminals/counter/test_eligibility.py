"""A window sees before filing what the table of eligibility says, and files whoever wants to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.terminals.counter.conftest import City, text_of
from tests.terminals.counter.test_walk import begin, form
from tongban.contexts.catalogue import queries as catalogue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "told"), [("429901198705120140", True), ("11010519491231002X", False)], ids=["young", "old"]
)
def test_the_advice_stands_beside_what_is_missing_and_stops_nothing(
    city: City, window: Callable[..., Client], number: str, told: bool
) -> None:
    client = window()
    draft = begin(client, city, "OLD-CARD")
    answers = form(catalogue.current("OLD-CARD").item, id_number=number, local="yes", card="electronic")
    client.post(draft, answers | {"go": "keep"})
    page = text_of(client.get(draft))
    assert ("优待证发给六十周岁以上的老年人" in page) is told
    assert ("申请人要交照样收" in page) is told
    assert client.post(draft, answers).status_code == 303
