"""The index of a large set is made again beside the old one, which answers meanwhile."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.catalogue.samples import GUIDE, SHOP, text, with_change, write_catalogue
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core import search as finder
from tongban.contexts.catalogue.queries import finding
from tongban.contexts.parties.core import system
from tongban.kernel.clock import CHINA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
pytestmark = pytest.mark.django_db


def changed(folder: Path) -> None:
    actions.load(
        write_catalogue(folder, GUIDE, with_change(SHOP, "name", text("新店铺许可", "New shop licence"))),
        actor=system("test"),
        now=NOW,
    )


def test_a_small_set_is_searched_as_it_is_at_once(tmp_path: Path) -> None:
    actions.load(write_catalogue(tmp_path), actor=system("test"), now=NOW)
    assert queries.search("开店", language="zh-hans").hits[0].item.version == 1
    changed(tmp_path)
    assert queries.search("新店铺许可", language="zh-hans").hits[0].item.version == 2


def test_a_large_set_goes_on_answering_while_it_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.load(write_catalogue(tmp_path), actor=system("test"), now=NOW)
    monkeypatch.setattr(finding, "_cache", finding._Cache())
    monkeypatch.setattr(finding, "AT_ONCE", 1)
    assert queries.search("开店", language="zh-hans").hits[0].item.version == 1
    may_go, made, build = threading.Event(), [], finder.build

    def slowly(*given: Any) -> finder.Index:
        assert may_go.wait(10)
        made.append(build(*given))
        return made[-1]

    monkeypatch.setattr(finder, "build", slowly)
    changed(tmp_path)
    for _ in range(3):  # none of them waits, and one thread is enough
        assert queries.search("开店", language="zh-hans").hits[0].item.version == 1
    may_go.set()
    with finding._cache.lock:  # the thread gives it back when it is done
        pass
    assert queries.search("新店铺许可", language="zh-hans").hits[0].item.version == 2
    assert len(made) == 1
