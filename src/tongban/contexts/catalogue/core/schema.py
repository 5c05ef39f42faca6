"""The JSON Schema of item.yaml, made from the dataclasses, so that editors complete and check while one writes.

PYTHONPATH=src .venv/bin/python -m tongban.contexts.catalogue.core.schema > catalogue/schema/item.schema.json
"""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec

from tongban.contexts.catalogue.core.items import Item


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of one item.yaml: no unknown keys, and no `version`, which the platform gives."""
    made = msgspec.json.schema(Item)
    for definition in made["$defs"].values():
        if definition.get("type") == "object" and "properties" in definition:
            definition["additionalProperties"] = False
    item = made["$defs"]["Item"]
    del item["properties"]["version"]
    item["required"].remove("version")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def text() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
