"""What a new version of an item leaves running."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.city import City, accepted, build, decide, review_all
from tests.contexts.cases.world import CATALOGUE
from tests.contexts.catalogue.samples import dump, text
from tongban.contexts.cases import queries
from tongban.contexts.catalogue import actions as catalogue_actions
from tongban.contexts.catalogue.core import yaml_source
from tongban.contexts.parties.core import Role, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(db: None) -> City:
    return build()


def test_unfinished_cases_by_version(city: City, tmp_path: Path) -> None:
    city.file()
    done = accepted(city)
    review_all(city, done)
    decide(city, done)
    city.work()
    new = shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    food = new / "items/FOOD/item.yaml"
    source = yaml_source.read(food.read_text(encoding="utf-8"), "item.yaml").data
    food.write_text(dump({**source, "quantity": text("一街一家", "One a street")}), encoding="utf-8")
    assert catalogue_actions.load(new, actor=system("test"), now=city.now).published == (("FOOD", 2),)
    city.file()
    accepted(city)
    officer = city.officer("market-linjiang", Role.REVIEWER)
    with CaptureQueriesContext(connection) as seen:
        assert queries.open_by_version("FOOD", actor=officer) == {1: 1, 2: 2}
    assert len(seen) == 1
    assert queries.open_by_version("NEVER", actor=officer) == {}
    assert queries.open_by_version("FOOD", actor=city.owner) == {}
