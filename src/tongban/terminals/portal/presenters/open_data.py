"""Published items as open data: plain JSON of both languages, with addresses that stay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
from django.conf import settings
from django.urls import reverse

from tongban.contexts.catalogue.core import schema
from tongban.contexts.catalogue.core.versions import ItemVersion

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def address(name: str, *args: object) -> str:
    """The whole address of a page of the portal."""
    return str(settings.TONGBAN_BASE_URL) + reverse(f"portal:{name}", args=args)


def mark(versions: Iterable[ItemVersion]) -> str:
    """A digest of the whole set: it changes when any version does."""
    lines = "\n".join(f"{one.item.code} {one.item.version} {one.digest}" for one in versions)
    return hashlib.sha256(lines.encode()).hexdigest()


def digest_of(made: dict[str, Any]) -> str:
    """A digest of a document of our own making."""
    return hashlib.sha256(msgspec.json.encode(made)).hexdigest()


def index(versions: Iterable[ItemVersion]) -> dict[str, Any]:
    """Every item in force in one line each."""
    return {"licence": LICENCE, "items": [_line(version) for version in versions]}


def _line(version: ItemVersion) -> dict[str, Any]:
    item = version.item
    return {
        "code": item.code,
        "version": item.version,
        "name": msgspec.to_builtins(item.name),
        "power": item.power,
        "agency": item.agency,
        "base_code": item.base_code,
        "base_code_synthetic": item.base_code_synthetic,
        "published_at": version.published_at.isoformat(),
        "digest": version.digest,
        "url": address("open_item", item.code),
        "version_url": address("open_version", item.code, item.version),
        "guide_url": address("guide", item.code),
    }


def document(version: ItemVersion) -> dict[str, Any]:
    """One version whole. The row of a list it was imported from stays inside: what others wrote may name persons."""
    item = msgspec.to_builtins(version.item)
    for inside in ("version", "imported"):
        item.pop(inside)
    return {"$schema": address("open_schema"), "licence": LICENCE, **_line(version), "item": item}


def document_schema() -> dict[str, Any]:
    """JSON Schema of `document`, built on the one of item.yaml."""
    made = schema.schema()
    text = {"type": "string"}
    wrapped = {
        "type": "object",
        "properties": {
            **dict.fromkeys(("$schema", "licence", "code", "power", "agency", "base_code"), text),
            "version": {"type": "integer", "minimum": 1},
            "name": {"$ref": "#/$defs/Text"},
            "base_code_synthetic": {"type": "boolean"},
            "published_at": {"type": "string", "format": "date-time"},
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            **{name: {"type": "string", "format": "uri"} for name in ("url", "version_url", "guide_url")},
            "item": {"$ref": "#/$defs/Item"},
        },
        "required": ["code", "version", "name", "published_at", "digest", "url", "version_url", "item"],
    }
    return {"$schema": made["$schema"], "$id": address("open_schema"), **wrapped, "$defs": made["$defs"]}


def dcat(versions: tuple[ItemVersion, ...]) -> dict[str, Any]:
    """The catalogue of data sets (DCAT 3, JSON-LD): there is one, with its schema."""
    latest = max((version.published_at for version in versions), default=None)
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": address("open_data"),
        "@type": "dcat:Catalog",
        "dct:title": _both(f"{settings.TONGBAN_CITY}政务服务开放数据", f"Open data on public services of {_city_en()}"),
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": _both(settings.TONGBAN_CITY, _city_en()),
            "dct:identifier": settings.TONGBAN_DIVISION,
        },
        "dct:license": {"@id": LICENCE},
        "dcat:dataset": [
            {
                "@id": address("open_items"),
                "@type": "dcat:Dataset",
                "dct:title": _both("政务服务事项", "Public service items"),
                "dct:description": _both(
                    "在用的全部政务服务事项，每个版本有固定地址。",
                    "Every public service item in force; each version has an address that stays.",
                ),
                **({"dct:modified": latest.isoformat()} if latest else {}),
                "dcat:distribution": [
                    {
                        "@type": "dcat:Distribution",
                        "dcat:accessURL": {"@id": address("open_items")},
                        "dcat:mediaType": "application/json",
                        "dct:conformsTo": {"@id": address("open_schema")},
                    }
                ],
            }
        ],
    }


def _city_en() -> str:
    return str(settings.TONGBAN_CITY_EN)


def _both(chinese: str, english: str) -> list[dict[str, str]]:
    return [{"@language": "zh-Hans", "@value": chinese}, {"@language": "en", "@value": english}]
