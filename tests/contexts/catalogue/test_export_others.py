"""The formats of others: valid against their own schemas and shapes, the same on every run, nothing made up inside."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, SKOS

from tests.contexts.catalogue.handing import CITY, shipped
from tests.contexts.catalogue.lists import shared
from tongban.contexts.catalogue.core.beside import Organ
from tongban.contexts.catalogue.core.exports import FORMATS, Handed, cpsv_ap, exchange, hsds
from tongban.contexts.catalogue.core.exports.cpsv_ap import CPSV, CV
from tongban.contexts.catalogue.core.exports.tables import COLUMNS
from tongban.contexts.catalogue.core.items import Text
from tongban.kernel.codes import item as item_codes

#: What rdflib and pyshacl use of themselves inside.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:pyshacl")
HSDS = {
    "services": "service",
    "organizations": "organization",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_catalogue_makes_the_same_files(name: str) -> None:
    assert FORMATS[name](shipped()) == FORMATS[name](shipped())


# -- HSDS --------------------------------------------------------------------------------------------------------------


def objects() -> dict[str, list[dict[str, Any]]]:
    return {name.removesuffix(".json"): json.loads(body) for name, body in hsds.files(shipped()).items()}


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a value, itself included."""
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from inside(child)
    elif isinstance(value, list):
        for child in value:
            yield from inside(child)


def test_hsds_has_no_violation_of_its_schema() -> None:
    from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    folder = shared("specs", "hsds", "schema")
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        [(name, DRAFT202012.create_resource(schema)) for name, schema in schemas.items()]
    )
    formats = FormatChecker()
    formats.checks("uri", ValueError)(lambda value: bool(urlsplit(str(value)).scheme) and str(value).isascii())
    formats.checks("date-time", ValueError)(lambda value: datetime.fromisoformat(str(value)).tzinfo is not None)
    found = []
    for name, kind in HSDS.items():
        validator = Draft202012Validator({"$ref": f"{kind}.json"}, registry=registry, format_checker=formats)
        found += [(name, error.message) for one in objects()[name] for error in validator.iter_errors(one)]
    assert found == []


def test_hsds_ids_are_unique_uuids_and_references_hold() -> None:
    made = objects()
    assert set(made) == set(HSDS)
    assert len(made["services"]) == len(shipped().items)
    for rows in made.values():
        assert len({row["id"] for row in rows}) == len(rows)
    ids = {kind: {row["id"] for row in made[kind]} for kind in HSDS}
    for service in made["services"]:
        assert uuid.UUID(service["id"]).version == 5
        assert service["organization_id"] in ids["organizations"]
        assert {one["location_id"] for one in service.get("service_at_locations", [])} <= ids["locations"]
        terms = {one["taxonomy_term_id"] for one in service["attributes"]}
        assert terms <= ids["taxonomy_terms"]
    for one in inside(made):
        assert "" not in {key: value for key, value in one.items() if key != "postal_code"}.values()


def test_hsds_ids_stay_when_the_text_changes() -> None:
    handed = shipped()
    first = replace(handed.items[0], name=Text("另一个名称", "Another name"), version=9)
    changed = replace(handed, items=(first, *handed.items[1:]))
    ids = [one["id"] for one in json.loads(hsds.files(changed)["services.json"])]
    assert ids == [one["id"] for one in objects()["services"]]


# -- CPSV-AP -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "form"), [("catalogue.ttl", "turtle"), ("catalogue.jsonld", "json-ld")])
def test_cpsv_ap_has_no_violation_of_its_shapes(name: str, form: str) -> None:
    import pyshacl

    shapes = shared("specs", "cpsv-ap", "cpsv-ap-SHACL.ttl")
    graph = Graph().parse(data=cpsv_ap.files(shipped())[name], format=form)
    conforms, _, text = pyshacl.validate(graph, shacl_graph=str(shapes), inference="none")
    assert conforms, text[:2000]


def test_cpsv_ap_describes_every_service_and_what_it_refers_to() -> None:
    handed = shipped()
    graph = cpsv_ap.graph(handed)
    services = set(graph.subjects(RDF.type, CPSV.PublicService))
    assert services == {URIRef(f"https://city.example/open-data/items/{item.code}") for item in handed.items}
    one_each = (DCTERMS.identifier, DCTERMS.title, DCTERMS.description, CV.hasCompetentAuthority, CPSV.produces)
    for service in services:
        for needed in one_each:
            assert list(graph.objects(service, needed)), (service, needed)
        assert {title.language for title in graph.objects(service, DCTERMS.title) if isinstance(title, Literal)} == {
            "zh-Hans",
            "en",
        }
        assert len(list(graph.objects(service, CV.processingTime))) <= 1
    for _, _, value in graph:
        if isinstance(value, URIRef) and value.startswith(CITY.address):
            assert (value, RDF.type, None) in graph, value
    for organ in graph.objects(None, CV.hasCompetentAuthority):
        assert list(graph.objects(organ, SKOS.prefLabel))


def test_turtle_and_json_ld_say_the_same() -> None:
    few = replace(shipped(), items=shipped().items[:3])
    files = cpsv_ap.files(few)
    turtle = Graph().parse(data=files["catalogue.ttl"], format="turtle")
    assert isomorphic(turtle, Graph().parse(data=files["catalogue.jsonld"], format="json-ld"))


# -- exchange tables ---------------------------------------------------------------------------------------------------


def tables(handed: Handed) -> dict[str, list[dict[str, str]]]:
    return {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
        for name, body in exchange.files(handed).items()
    }


def test_every_national_table_is_there_with_its_columns() -> None:
    made = exchange.files(shipped())
    assert set(made) == {f"{table}.csv" for table in COLUMNS}
    assert len(COLUMNS) == 13
    for table, columns in COLUMNS.items():
        header = made[f"{table}.csv"].decode("utf-8-sig").splitlines()[0].split(",")
        assert header == list(columns)
        assert header[-4:] == ["cd_operation", "cd_time", "cd_batch", "data_source"]


def test_every_item_stands_in_the_directory_and_in_the_block_of_its_power() -> None:
    made = tables(shipped())
    powers = {
        row["local_task_code"]: row["task_type"] for table in made if table.endswith("_basic") for row in made[table]
    }
    assert len(made["task_directory"]) >= len(shipped().items)
    blocks = [len(made[table]) for table in made if table.endswith("_basic")]
    assert sum(blocks) == len(shipped().items) == len(powers)
    assert {row["task_type"] for row in made["task_punish_basic"]} == {"02"}
    assert {row["task_type"] for row in made["task_public_basic"]} == {"20"}
    materials = sum(len(item.materials) for item in shipped().items if item.power not in ("02", "03", "06"))
    assert len(made["task_general_material"]) == materials
    for rows in made.values():
        assert len({row["row_guid"] for row in rows}) == len(rows)
        assert all(len(row["row_guid"]) <= 50 and row["cd_operation"] == "I" for row in rows)
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row["cd_time"]) for row in rows)


def with_codes(*, synthetic: bool) -> Handed:
    """One item of an organ with a credit code."""
    item = replace(shipped().items[0], base_code="000117051000", base_code_synthetic=synthetic, levels=(3, 4))
    organ = Organ(item.agency, Text("住建局", "Housing"), "11440232MB2D06811W")
    return replace(shipped(), items=(item,), beside=replace(shipped().beside, organs=(organ,), basic=()))


def test_national_codes_are_computed_for_real_base_codes() -> None:
    made = tables(with_codes(synthetic=False))
    block = next(made[table][0] for table in made if table.endswith("_basic") and made[table])
    assert block["task_code"] == "11440232MB2D06811W4000117051000"
    assert block["task_handle_item"] == "11440232MB2D06811W400011705100001"
    assert item_codes.check(block["task_code"]) is None
    assert item_codes.check(block["task_handle_item"]) is None
    assert made["task_directory"][0]["catalog_code"] == "000117051000"
    assert made["zone_organization"][0]["credit_code"] == "11440232MB2D06811W"


def test_what_was_made_up_is_never_handed_on_as_national() -> None:
    for handed in (shipped(), with_codes(synthetic=True)):
        made_up = {item.base_code for item in handed.items if item.base_code_synthetic}
        assert made_up
        for table, rows in tables(handed).items():
            for row in rows:
                for column in ("catalog_code", "task_code", "task_handle_item"):
                    assert not any(code in row.get(column, "") for code in made_up), (table, column)
    block = tables(with_codes(synthetic=True))["task_directory"][0]
    assert (block["local_catalog_code"], block["data_source"]) == ("000117051000", "synthetic")
