"""All rules over one item, and over the whole list, told as findings with place, law and severity."""

from __future__ import annotations

from collections.abc import Mapping

from tongban.contexts.catalogue.core.check import (
    bases,
    city,
    codes,
    commitments,
    fees,
    form,
    guide,
    handling,
    limits,
    links,
    materials,
    tables,
    texts,
    wording,
)
from tongban.contexts.catalogue.core.check.across import across
from tongban.contexts.catalogue.core.check.register import REGISTER, severity
from tongban.contexts.catalogue.core.check.rules import Broken, ItemRule, Surroundings
from tongban.contexts.catalogue.core.findings import Finding, Place
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.yaml_source import Document

RULES: tuple[ItemRule, ...] = (
    texts.both_languages,
    codes.codes,
    codes.agencies,
    codes.dates,
    limits.kind,
    limits.promise,
    limits.licence,
    limits.stages,
    limits.special,
    guide.result,
    guide.visits,
    guide.phones,
    guide.places,
    guide.topics,
    guide.complete,
    fees.fee,
    materials.materials,
    materials.founded,
    materials.listed,
    materials.again,
    materials.naming,
    wording.wording,
    bases.basis,
    bases.uniform,
    links.references,
    links.duties,
    links.delegations,
    handling.handling,
    form.form,
    tables.tables,
    tables.discretion,
    tables.automatic,
    commitments.commitment,
)


def broken(item: Item, surroundings: Surroundings) -> tuple[Broken, ...]:
    """Everything the rules over one item find, in the order of the rules."""
    return tuple(one for rule in RULES for one in rule(item, surroundings))


def finding(one: Broken, place: Place) -> Finding:
    """What is broken, as it is told: with its law and its severity."""
    law = REGISTER[one.rule].law
    return Finding(one.rule, severity(one.rule, one.severity), place, one.message, one.advice, one.params, law)


def check_item(item: Item, document: Document, surroundings: Surroundings) -> tuple[Finding, ...]:
    """All findings of all rules for one item, in the order of the file."""
    found = [finding(one, document.place(one.path)) for one in broken(item, surroundings)]
    return tuple(sorted(found, key=lambda one: (one.place.line, one.rule)))


def check_folder(documents: Mapping[str, Document], surroundings: Surroundings) -> tuple[Finding, ...]:
    """All findings of the rules over the whole list and over what stands beside it.

    `documents` place them: by item code, by path of the file, and as "package ID".
    """
    found = [*across(surroundings), *city.beside(surroundings)]
    for package in surroundings.beside.packages:
        found += [(f"package {package.id}", one) for one in city.package(package, surroundings)]
    return tuple(finding(one, documents[key].place(one.path)) for key, one in found)
