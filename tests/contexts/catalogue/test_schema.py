"""The JSON Schema in the repository is the one of today's dataclasses, and tells right from wrong."""

from __future__ import annotations

import json

from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue.core import schema


def test_the_file_is_up_to_date() -> None:
    assert (CATALOGUE / "schema/item.schema.json").read_text(encoding="utf-8") == schema.text()


def test_unknown_keys_and_the_version_are_left_out() -> None:
    made = json.loads(schema.text())
    item = made["$defs"]["Item"]
    assert item["additionalProperties"] is False
    assert "version" not in item["properties"]
    assert "version" not in item["required"]
    assert "code" in item["required"]
