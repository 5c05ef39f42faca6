"""Items as Open Referral HSDS 3 (Human Services Data Specification): services, organisations, places, taxonomies.

One JSON array per object of the standard (`services.json` against service.json …). HSDS knows one language a record:
`name` is Chinese and `alternate_name` English, longer texts hold both, Chinese first. Ids are UUIDv5 and never change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tongban.contexts.catalogue.core.beside import Organ
from tongban.contexts.catalogue.core.exports.handed import POWERS, SERVES, Handed
from tongban.contexts.catalogue.core.items import Item, Limit, Material, Place, Text

_UNITS = {"workday": Text("个工作日", "working days"), "day": Text("日", "days"), "month": Text("个月", "months")}
_TAXONOMIES = {
    "power": Text("事项类型（GB/T 39046 表 A.1）", "Types of items (GB/T 39046 table A.1)"),
    "serves": Text("服务对象（GB/T 39046 表 A.4）", "Whom items serve (GB/T 39046 table A.4)"),
}
Made = dict[str, Any]


def files(handed: Handed) -> dict[str, bytes]:
    """File name -> its bytes."""
    keys = sorted({item.agency for item in handed.items})
    organs = [handed.organ(key) for key in keys]
    parts = {
        "services": [_service(handed, item) for item in handed.items],
        "organizations": [_organisation(handed, organ) for organ in organs],
        "locations": list(_locations(handed)),
        "service_at_locations": [one for item in handed.items for one in _at_locations(handed, item)],
        "taxonomies": [_taxonomy(handed, key) for key in _TAXONOMIES],
        "taxonomy_terms": [
            _term(handed, kind, code)
            for kind, codes in (("power", POWERS), ("serves", {str(key): name for key, name in SERVES.items()}))
            for code in codes
        ],
    }
    return {
        f"{name}.json": (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
        for name, value in parts.items()
    }


def both(text: Text | None) -> str:
    """Both languages in one string, Chinese first."""
    return "" if text is None else "\n".join(part for part in (text.zh, text.en) if part)


def filled(made: Made) -> Made:
    """Without what is not stated: HSDS knows no empty addresses, e-mails or nulls."""
    return {key: value for key, value in made.items() if value not in ("", None, [], {})}


def _service(handed: Handed, item: Item) -> Made:
    service_id = handed.uuid("service", item.code)
    organ = handed.organ(item.agency)
    return filled(
        {
            "id": service_id,
            "organization_id": handed.uuid("organization", organ.key),
            "name": item.name.zh,
            "alternate_name": item.name.en,
            "description": both(item.short),
            "url": f"{handed.city.address}/guide/{item.code}/",
            "status": "active",
            "application_process": _process(item),
            "fees_description": _fees(item),
            "wait_time": _waiting(item.promised or item.statutory),
            "eligibility_description": "\n".join(both(SERVES[code]) for code in item.serves if code in SERVES),
            "last_modified": handed.when(item).isoformat(),
            "phones": _phones(handed, item, organ, service_id),
            "schedules": _schedules(handed, item, organ, service_id),
            "service_areas": [_area(handed, item, service_id)],
            "languages": [_language(handed, service_id, "zh", "中文"), _language(handed, service_id, "en", "English")],
            "cost_options": _costs(handed, item, service_id),
            "required_documents": [_document(handed, item, one, service_id) for one in item.materials],
            "organization": _organisation(handed, organ),
            "service_at_locations": list(_at_locations(handed, item)),
            "attributes": [
                _attribute(handed, "power", item.power, service_id),
                *(_attribute(handed, "serves", str(code), service_id) for code in item.serves if code in SERVES),
            ],
        }
    )


def _process(item: Item) -> str:
    steps = [both(stage.name) for stage in item.stages if stage.name]
    visits = Text(f"到现场 {item.visits} 次", f"Visits in person: {item.visits}")
    return "\n".join([*steps, both(visits)])


def _fees(item: Item) -> str:
    if not item.fee.charged:
        return both(Text("不收费", "Free of charge"))
    return "\n".join(part for part in (both(item.fee.name), both(item.fee.standard), both(item.fee.basis)) if part)


def _waiting(limit: Limit | None) -> str:
    if limit is None:
        return ""
    if limit.value == 0:
        return both(Text("即办", "On the spot"))
    unit = _UNITS[limit.unit]
    return both(Text(f"{limit.value} {unit.zh}", f"{limit.value} {unit.en}"))


def _costs(handed: Handed, item: Item, service_id: str) -> list[Made]:
    if not item.fee.charged:
        return []
    made = {
        "id": handed.uuid("cost", item.code),
        "service_id": service_id,
        "option": both(item.fee.name),
        "currency": "CNY",
        "amount_description": both(item.fee.standard),
        "valid_to": item.fee.ends,
    }
    return [filled(made)]


def _document(handed: Handed, item: Item, material: Material, service_id: str) -> Made:
    return {
        "id": handed.uuid("required_document", item.code, material.id),
        "service_id": service_id,
        "document": both(material.name),
    }


def _area(handed: Handed, item: Item, service_id: str) -> Made:
    return {
        "id": handed.uuid("service_area", item.code),
        "service_id": service_id,
        "name": both(handed.city.name),
        "extent": handed.city.division,
        "extent_type": "text",
    }


def _language(handed: Handed, service_id: str, code: str, name: str) -> Made:
    made_id = handed.uuid("language", service_id, code)
    return {"id": made_id, "service_id": service_id, "name": name, "code": code}


def _attribute(handed: Handed, kind: str, code: str, link: str) -> Made:
    return {
        "id": handed.uuid("attribute", link, kind, code),
        "link_id": link,
        "link_entity": "service",
        "link_type": kind,
        "value": code,
        "taxonomy_term_id": handed.uuid("taxonomy_term", kind, code),
        "taxonomy_term": _term(handed, kind, code),
    }


def _term(handed: Handed, kind: str, code: str) -> Made:
    name = POWERS.get(code) if kind == "power" else SERVES[int(code)]
    name = name or Text(code, code)
    return {
        "id": handed.uuid("taxonomy_term", kind, code),
        "code": f"{kind}:{code}",
        "name": name.zh,
        "description": both(name),
        "taxonomy": _TAXONOMIES[kind].zh,
        "taxonomy_id": handed.uuid("taxonomy", kind),
        "language": "zh",
    }


def _taxonomy(handed: Handed, kind: str) -> Made:
    name = _TAXONOMIES[kind]
    return {"id": handed.uuid("taxonomy", kind), "name": name.zh, "description": both(name), "version": "2020"}


def _organisation(handed: Handed, organ: Organ) -> Made:
    organ_id = handed.uuid("organization", organ.key)
    numbers = [
        {
            "id": handed.uuid("organization_identifier", organ.key),
            "organization_id": organ_id,
            "identifier_scheme": "CN-USCC",
            "identifier_type": "统一社会信用代码",
            "identifier": organ.credit_code,
        }
    ]
    return filled(
        {
            "id": organ_id,
            "name": organ.name.zh,
            "alternate_name": organ.name.en,
            "description": both(organ.name),
            "uri": handed.uri("organs", organ.key),
            "phones": [_phone(handed, organ.consult, "organization", organ_id)] if organ.consult else [],
            "organization_identifiers": numbers if organ.credit_code else [],
        }
    )


def _phone(handed: Handed, number: str, kind: str, owner: str) -> Made:
    return {"id": handed.uuid("phone", kind, owner, number), f"{kind}_id": owner, "number": number, "type": "voice"}


def _phones(handed: Handed, item: Item, organ: Organ, service_id: str) -> list[Made]:
    number = item.consult or organ.consult
    return [_phone(handed, number, "service", service_id)] if number else []


def _places(handed: Handed, item: Item) -> tuple[Place, ...]:
    return item.places or handed.organ(item.agency).places


def _schedules(handed: Handed, item: Item, organ: Organ, service_id: str) -> list[Made]:
    hours = dict.fromkeys(both(place.hours) for place in (item.places or organ.places))
    return [
        {"id": handed.uuid("schedule", service_id, said), "service_id": service_id, "description": said}
        for said in hours
        if said
    ]


def _location(handed: Handed, place: Place) -> Made:
    made_id = handed.uuid("location", place.name.zh, place.address.zh)
    address = {
        "id": handed.uuid("address", place.name.zh, place.address.zh),
        "location_id": made_id,
        "address_1": both(place.address),
        "city": both(handed.city.name),
        "state_province": handed.city.division[:2] + "0000",
        "postal_code": "",
        "country": "CN",
        "address_type": "physical",
    }
    return filled(
        {
            "id": made_id,
            "location_type": "physical",
            "name": place.name.zh,
            "alternate_name": place.name.en,
            "addresses": [address],
            "phones": [_phone(handed, place.phone, "location", made_id)] if place.phone else [],
        }
    )


def _locations(handed: Handed) -> Iterable[Made]:
    made = (_location(handed, place) for item in handed.items for place in _places(handed, item))
    return {location["id"]: location for location in made}.values()


def _at_locations(handed: Handed, item: Item) -> Iterable[Made]:
    service_id = handed.uuid("service", item.code)
    locations = {one["id"]: one for one in (_location(handed, place) for place in _places(handed, item))}
    for made_id, location in locations.items():
        yield {
            "id": handed.uuid("service_at_location", item.code, made_id),
            "service_id": service_id,
            "location_id": made_id,
            "location": location,
        }
