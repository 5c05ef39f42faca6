"""Findings as SARIF 2.1.0 (OASIS Standard, 2020-03-27), the form that code review tools show beside the lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from tongban.contexts.catalogue.core.check.register import REGISTER, Rule
from tongban.contexts.catalogue.core.findings import Finding

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "CATALOGUE"

Tell = Callable[[str, Mapping[str, object]], str]


def sarif(findings: Iterable[Finding], *, root: str, version: str, language: str, tell: Tell) -> dict[str, Any]:
    """One run of the checker as a SARIF log.

    `root` is the folder's address ("file:///srv/catalogue/"), against which the places of findings are read; `tell`
    says a message id with its values in `language`. Severities are SARIF's levels of the same names.
    """
    numbers = {key: number for number, key in enumerate(REGISTER)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "tongban catalogue check",
                        "semanticVersion": version,
                        "language": language,
                        "rules": [_rule(rule, tell) for rule in REGISTER.values()],
                    }
                },
                "language": language,
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"uri": root if root.endswith("/") else f"{root}/"}},
                "results": [_result(finding, numbers, tell) for finding in findings],
            }
        ],
    }


def _rule(rule: Rule, tell: Tell) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": tell(rule.title, {})},
        "defaultConfiguration": {"level": rule.severity},
    }
    return told | ({"properties": {"law": tell(rule.law, {})}} if rule.law else {})


def _result(finding: Finding, numbers: Mapping[str, int], tell: Tell) -> dict[str, Any]:
    message = f"{tell(finding.message, finding.params)} {tell(finding.advice, finding.params)}"
    properties = {"field": finding.place.field} | ({"law": tell(finding.law, {})} if finding.law else {})
    return {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": finding.severity,
        "message": {"text": message},
        "locations": [_location(finding)],
        "partialFingerprints": {"place/v1": f"{finding.place.file}#{finding.place.field}#{finding.rule}"},
        "properties": properties,
    }


def _location(finding: Finding) -> dict[str, Any]:
    place = finding.place
    found: dict[str, Any] = {}
    if place.file:
        found["physicalLocation"] = {"artifactLocation": {"uri": quote(place.file), "uriBaseId": _ROOT}}
        if place.line:
            found["physicalLocation"]["region"] = {"startLine": place.line}
    if place.field:
        found["logicalLocations"] = [{"fullyQualifiedName": place.field, "kind": "member"}]
    return found
