"""What a step in the life of a version must never let through, whoever asks and however the content looks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.contexts.catalogue.lists import row, written
from tests.contexts.catalogue.test_drafting import BUREAU, HEALTH, NOW, OWNER, PUBLISHER, _loaded, approved
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core import life
from tongban.contexts.parties.core import Actor
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed

pytestmark = pytest.mark.django_db
__all__ = ["_loaded"]  # the fixture that loads, and verifies the ledger after each test
LATER = datetime(2026, 4, 2, tzinfo=CHINA)


def test_only_the_clock_puts_in_force_and_ends() -> None:
    stream = approved()
    actions.publish_version(stream, effective_from=date(2026, 4, 1), actor=PUBLISHER, now=NOW)
    for someone in (HEALTH, PUBLISHER, Actor(kind="citizen", id="person:1")):
        with pytest.raises(NotAllowed):
            actions.put_in_force(stream, now=LATER, actor=someone)
        with pytest.raises(NotAllowed):
            actions.end_version(stream, now=LATER, actor=someone)
    assert queries.current("SHOP").item.version == 1


@pytest.mark.parametrize(
    "content",
    [{"name": {"zh": "一\0", "en": "One"}}, {"agency": "a\0"}, {"summary": [{"\0": 1}]}, {"name": {"zh": "\\\0"}}],
)
def test_a_text_that_no_database_holds_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(life.ContentInvalid):
        actions.open_draft("NEW", content=content, actor=BUREAU, now=NOW)


def test_a_backslash_before_a_code_is_only_text() -> None:
    content = {"name": {"zh": r"\u0000 和 \\u0000", "en": "One"}}
    assert actions.open_draft("NEW", content=content, actor=BUREAU, now=NOW).content["name"] == content["name"]


def test_a_list_whose_rows_are_all_wrong_is_read_for_nobody_but_its_owners() -> None:
    data = written([row(name="")])
    for someone in (Actor(kind="citizen", id="person:1"), PUBLISHER):
        with pytest.raises(NotAllowed):
            actions.import_list(data, actor=someone, now=NOW)
    assert len(actions.import_list(data, actor=OWNER, now=NOW).refused) == 1


@pytest.mark.parametrize(("kind", "refused"), [("9" * 5000, 1), ("0" * 5000 + "20", 0), ("0", 1)])
def test_a_type_of_any_length_is_read_or_refused(kind: str, refused: int) -> None:
    data = written([row(kind=kind, kind_name="")])
    assert len(actions.import_list(data, actor=BUREAU, now=NOW).refused) == refused
