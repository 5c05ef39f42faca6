"""Open data: addresses that stay, digests as ETags, readable from any site, and nothing of persons or drafts."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.contexts.cases.city import City
from tests.contexts.catalogue.samples import GUIDE, dump, with_change, write_catalogue
from tongban.contexts.catalogue import actions
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import system
from tongban.kernel.clock import CHINA

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
PATHS = ("/open-data/", "/open-data/items.json", "/open-data/item.schema.json", "/open-data/items/FOOD.json")


def test_every_address_answers_json_to_any_site_within_the_budget(city: City) -> None:
    for path in (*PATHS, "/open-data/items/FOOD/1.json"):
        Client().get(path)
        with CaptureQueriesContext(connection) as seen:
            response = Client().get(path, headers={"origin": "https://elsewhere.example"})
        assert response.status_code == 200, path
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "json" in response["Content-Type"]
        assert json.loads(response.content)
        assert len(seen) <= 12, path
        assert not response.cookies


def test_what_has_not_changed_is_not_sent_again(city: City) -> None:
    for path in PATHS:
        tag = Client().get(path)["ETag"]
        again = Client().get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag), path
        assert again["Access-Control-Allow-Origin"] == "*"
        assert Client().get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_the_index_leads_to_every_item_and_its_digest_is_the_etag(city: City) -> None:
    lines = Client().get("/open-data/items.json").json()["items"]
    assert [line["code"] for line in lines] == [item.code for item in catalogue.items()]
    for line in lines[:5]:
        path = line["url"].split("/", 3)[3]
        response = Client().get(f"/{path}")
        assert response["ETag"] == f'"{line["digest"]}"' == f'"{catalogue.current(line["code"]).digest}"'
        assert response.json()["item"]["name"] == line["name"]


def test_every_document_obeys_the_schema_that_is_served(city: City) -> None:
    schema = Client().get("/open-data/item.schema.json").json()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for item in catalogue.items():
        document = Client().get(f"/open-data/items/{item.code}.json").json()
        assert [error.message for error in validator.iter_errors(document)] == []
        assert "imported" not in document["item"]


def test_a_version_stays_where_it_is_when_the_next_comes(tmp_path: Path, city: City) -> None:
    folder = write_catalogue(tmp_path)
    actions.load(folder, actor=system("test"), now=NOW)
    first = Client().get("/open-data/items/REG/1.json")
    assert "immutable" in first["Cache-Control"]
    changed = with_change(GUIDE, "short.en", "Register first.")
    (folder / "items/REG/item.yaml").write_text(dump(changed), encoding="utf-8")
    actions.load(folder, actor=system("test"), now=NOW)
    assert Client().get("/open-data/items/REG/1.json").content == first.content
    now = Client().get("/open-data/items/REG.json")
    assert (now.json()["version"], now.json()["item"]["short"]["en"]) == (2, "Register first.")
    assert "no-cache" in now["Cache-Control"]
    assert now["ETag"] != first["ETag"]


def test_what_is_not_published_is_not_there(city: City) -> None:
    actions.open_draft("NEW-ONE", content=GUIDE | {"code": "NEW-ONE"}, actor=system("test"), now=NOW)
    for path in ("NEW-ONE.json", "NEW-ONE/1.json", "FOOD/2.json", "FOOD/999999999999999999999.json", "food.json"):
        response = Client().get(f"/open-data/items/{path}")
        assert response.status_code == 404, path
        assert response.json()["code"] == "item_not_listed"
        assert response["Access-Control-Allow-Origin"] == "*"
    assert Client().post("/open-data/items.json").status_code == 405
    assert "NEW-ONE" not in Client().get("/open-data/items.json").content.decode()


def test_the_catalogue_of_data_sets_names_publisher_licence_and_schema(city: City) -> None:
    made = Client().get("/open-data/").json()
    assert made["@type"] == "dcat:Catalog"
    distribution = made["dcat:dataset"][0]["dcat:distribution"][0]
    assert distribution["dcat:accessURL"]["@id"].endswith("/open-data/items.json")
    assert distribution["dct:conformsTo"]["@id"].endswith("/open-data/item.schema.json")
