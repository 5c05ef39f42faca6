"""Items as CPSV-AP 3.2, the European application profile of the Core Public Service Vocabulary: linked data.

Every text is tagged zh-Hans and en. CPSV-AP counts time as xsd:duration, which knows no working days: five of them are
given as a week, rounded up; the exact limit stands in the description of the rule.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from math import ceil
from typing import Any
from urllib.parse import quote

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, ORG, SKOS, TIME

from tongban.contexts.catalogue.core.exports.handed import POWERS, SERVES, Handed
from tongban.contexts.catalogue.core.items import Basis, Item, Limit, Material, Prerequisite, Text

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
_LANGUAGES = (
    "http://publications.europa.eu/resource/authority/language/ZHO",
    "http://publications.europa.eu/resource/authority/language/ENG",
)
_ACTIVE = "http://purl.org/adms/status/Completed"
_CNY = "http://publications.europa.eu/resource/authority/currency/CNY"
_CHANNELS = {
    1: Text("窗口", "At the window"),
    2: Text("网上", "Online"),
    3: Text("移动端", "Mobile"),
    4: Text("快递", "By courier"),
    9: Text("其他", "Other"),
}


def files(handed: Handed) -> dict[str, bytes]:
    """The same graph as Turtle and as JSON-LD."""
    made = graph(handed)
    return {
        "catalogue.ttl": made.serialize(format="turtle", encoding="utf-8"),
        "catalogue.jsonld": _in_order(made.serialize(format="json-ld")),
    }


def _in_order(body: str) -> bytes:
    """JSON-LD whose nodes and values stand in one order, so that two exports of the same differ in nothing."""

    def ordered(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: value[key] if key == "@list" else ordered(value[key]) for key in sorted(value)}
        if isinstance(value, list):
            return sorted(map(ordered, value), key=lambda one: json.dumps(one, sort_keys=True))
        return value

    return json.dumps(ordered(json.loads(body)), ensure_ascii=False, indent=1).encode()


def graph(handed: Handed) -> Graph:
    """The whole catalogue as one graph: what an item refers to is described beside it."""
    builder = _Builder(handed)
    for item in handed.items:
        builder.service(item)
    return builder.graph


class _Builder:
    """Adds items to one graph; what several share (organs, laws, concepts) is described once."""

    def __init__(self, handed: Handed) -> None:
        self.handed = handed
        self.codes = {item.code for item in handed.items}
        self.graph = Graph()
        for prefix, space in (("cpsv", CPSV), ("cv", CV), ("eli", ELI), ("adms", ADMS), ("time", TIME)):
            self.graph.bind(prefix, space)
        self.spatial = self.node(DCTERMS.Location, "divisions", handed.city.division)
        self.texts(self.spatial, DCTERMS.title, handed.city.name)

    def node(self, kind: URIRef, *parts: str) -> URIRef:
        """A resource of the city with its class and, where shapes ask for one, its identifier."""
        made = URIRef(self.handed.uri(*(quote(part, safe="") for part in parts)))
        self.graph.add((made, RDF.type, kind))
        return made

    def texts(self, subject: URIRef, predicate: URIRef, text: Text | None) -> None:
        """A text in the languages it has."""
        for words, language in ((text.zh, "zh-Hans"), (text.en, "en")) if text else ():
            if words.strip():
                self.graph.add((subject, predicate, Literal(words, lang=language)))

    def concept(self, scheme: str, code: str, name: Text) -> URIRef:
        """An entry of a code list of ours."""
        made = self.node(SKOS.Concept, "codes", scheme, code)
        self.texts(made, SKOS.prefLabel, name)
        return made

    def code(self, scheme: str, code: str) -> URIRef:
        """An entry of a code list whose names this export does not know."""
        made = self.node(SKOS.Concept, "codes", scheme, code)
        self.graph.add((made, SKOS.notation, Literal(code)))
        return made

    def outside(self, kind: URIRef, address: str) -> URIRef:
        """An entry of a code list of others, typed here so that the shapes can be checked without the network."""
        made = URIRef(address)
        self.graph.add((made, RDF.type, kind))
        return made

    def service(self, item: Item) -> None:
        add, made = self.graph.add, self.node(CPSV.PublicService, "items", item.code)
        add((made, DCTERMS.identifier, Literal(item.code)))
        self.texts(made, DCTERMS.title, item.name)
        self.texts(made, DCTERMS.description, item.short)
        add((made, CV.hasCompetentAuthority, self.organ(item.agency)))
        add((made, DCTERMS.spatial, self.spatial))
        add((made, DCTERMS.type, self.concept("power", item.power, POWERS.get(item.power, Text(item.power, "")))))
        add((made, ADMS.status, self.outside(SKOS.Concept, _ACTIVE)))
        for language in _LANGUAGES:
            add((made, DCTERMS.language, self.outside(DCTERMS.LinguisticSystem, language)))
        for code in item.serves:
            if code in SERVES:
                add((made, DCTERMS.audience, self.concept("serves", str(code), SERVES[code])))
        for topic in item.topics:
            add((made, CV.thematicArea, self.code("topic", topic)))
        for word in item.words:
            language = "en" if word.isascii() else "zh-Hans"
            add((made, DCAT.keyword, Literal(word, lang=language)))
        if duration := _duration(item.promised or item.statutory):
            add((made, CV.processingTime, Literal(duration, datatype=XSD.duration)))
        self.around(made, item)

    def around(self, made: URIRef, item: Item) -> None:
        """What the service needs, gives and rests on."""
        add = self.graph.add
        for index, basis in enumerate(item.basis):
            law = self.law(basis)
            add((made, CV.hasLegalResource, law))
            add((made, CPSV.follows, self.rule(item, index, basis, law)))
        for material in item.materials:
            evidence, kind, requirement = self.material(item, material)
            add((made, CPSV.hasInput, evidence))
            add((made, CV.hasInputType, kind))
            add((made, CV.holdsRequirement, requirement))
        for index, condition in enumerate(item.conditions):
            add((made, CV.holdsRequirement, self.requirement(item, f"condition-{index + 1}", condition.text)))
        add((made, CPSV.produces, self.output(item)))
        add((made, CV.hasCost, self.cost(item)))
        for code in item.channels or ((1, 2) if item.can_be_handled else (1,)):
            add((made, CV.hasChannel, self.channel(item, code)))
        if contact := self.contact(item):
            add((made, CV.contactPoint, contact))
        for needed in sorted(set(_needed(item.prerequisites)) & self.codes - {item.code}):
            add((made, DCTERMS.requires, URIRef(self.handed.uri("items", needed))))
        for related in sorted(set(item.next) & self.codes - {item.code}):
            add((made, CV.relatedService, URIRef(self.handed.uri("items", related))))

    def organ(self, key: str) -> URIRef:
        organ = self.handed.organ(key)
        made = self.node(CV.PublicOrganisation, "organs", key)
        self.graph.add((made, RDF.type, ORG.Organization))
        self.graph.add((made, DCTERMS.identifier, Literal(organ.credit_code or key)))
        self.graph.add((made, DCTERMS.spatial, self.spatial))
        for name in (SKOS.prefLabel, DCTERMS.title):  # an organisation is an agent too, whose name is its title
            self.texts(made, name, organ.name)
        return made

    def law(self, basis: Basis) -> URIRef:
        made = self.node(ELI.LegalResource, "laws", basis.law)
        self.texts(made, DCTERMS.title, Text(basis.law, basis.law_en))
        return made

    def rule(self, item: Item, index: int, basis: Basis, law: URIRef) -> URIRef:
        made = self.node(CPSV.Rule, "items", item.code, "rules", str(index + 1))
        article = Text(
            f"第{basis.article}条" if basis.article else "", f"article {basis.article}" if basis.article else ""
        )
        title = Text(basis.law + article.zh, " ".join(part for part in (basis.law_en or basis.law, article.en) if part))
        self.graph.add((made, DCTERMS.identifier, Literal(f"{item.code}/rule/{index + 1}")))
        self.texts(made, DCTERMS.title, title)
        self.texts(made, DCTERMS.description, basis.gist if basis.gist.zh or basis.gist.en else title)
        self.graph.add((made, CPSV.implements, law))
        return made

    def material(self, item: Item, material: Material) -> tuple[URIRef, URIRef, URIRef]:
        """The paper, its type (shared by items that ask for the same element) and the demand for it."""
        evidence = self.node(CV.Evidence, "items", item.code, "materials", material.id)
        shared = material.element or material.licence_item
        kind = (
            self.node(CV.EvidenceType, "papers", shared)
            if shared
            else self.node(CV.EvidenceType, "items", item.code, "papers", material.id)
        )
        self.graph.add((evidence, DCTERMS.identifier, Literal(f"{item.code}/{material.id}")))
        self.graph.add((kind, DCTERMS.identifier, Literal(shared or f"{item.code}/{material.id}")))
        self.texts(evidence, DCTERMS.title, material.name)
        self.texts(evidence, DCTERMS.description, material.hint)
        self.graph.add((evidence, DCTERMS.conformsTo, kind))
        requirement = self.requirement(item, material.id, material.name)
        self.graph.add((requirement, CV.hasSupportingEvidence, evidence))
        self.graph.add((evidence, CV.supportsRequirement, requirement))
        return evidence, kind, requirement

    def requirement(self, item: Item, key: str, text: Text) -> URIRef:
        made = self.node(CV.Requirement, "items", item.code, "requirements", key)
        self.graph.add((made, DCTERMS.identifier, Literal(f"{item.code}/requirement/{key}")))
        self.texts(made, DCTERMS.title, text)
        return made

    def output(self, item: Item) -> URIRef:
        made = self.node(CV.Output, "items", item.code, "result")
        self.graph.add((made, DCTERMS.identifier, Literal(f"{item.code}/result")))
        self.texts(made, DCTERMS.title, item.result.name)
        self.graph.add((made, DCTERMS.type, self.code("result", item.result.kind)))
        return made

    def cost(self, item: Item) -> URIRef:
        made = self.node(CV.Cost, "items", item.code, "cost")
        self.graph.add((made, DCTERMS.identifier, Literal(f"{item.code}/cost")))
        self.graph.add((made, CV.isDefinedBy, self.organ(item.agency)))
        if item.fee.charged:
            self.texts(made, DCTERMS.description, item.fee.standard or item.fee.name or item.fee.basis)
        else:
            self.texts(made, DCTERMS.description, Text("不收费", "Free of charge"))
            self.graph.add((made, CV.hasValue, Literal("0.0", datatype=XSD.double)))
            self.graph.add((made, CV.currency, self.outside(SKOS.Concept, _CNY)))
        return made

    def channel(self, item: Item, code: int) -> URIRef:
        made = self.node(CV.Channel, "items", item.code, "channels", str(code))
        name = _CHANNELS.get(code, _CHANNELS[9])
        self.graph.add((made, DCTERMS.identifier, Literal(f"{item.code}/channel/{code}")))
        self.graph.add((made, DCTERMS.type, self.concept("channel", str(code), name)))
        self.graph.add((made, CV.ownedBy, self.organ(item.agency)))
        places = item.places or self.handed.organ(item.agency).places
        for place in places if code == 1 else ():
            self.texts(
                made,
                DCTERMS.description,
                Text(f"{place.name.zh}：{place.address.zh}", f"{place.name.en}: {place.address.en}"),
            )
        return made

    def contact(self, item: Item) -> URIRef | None:
        organ = self.handed.organ(item.agency)
        phone, places = item.consult or organ.consult, item.places or organ.places
        if not phone and not places:
            return None
        made = self.node(CV.ContactPoint, "items", item.code, "contact")
        if phone:
            self.graph.add((made, CV.telephone, Literal(phone)))
        for index, place in enumerate(places):
            hours = self.node(TIME.TemporalEntity, "items", item.code, "hours", str(index + 1))
            self.texts(hours, DCTERMS.description, place.hours)
            self.graph.add((made, CV.openingHours, hours))
        return made


def _needed(group: Prerequisite | None) -> Iterable[str]:
    if group is not None:
        yield from group.items
        for child in group.groups:
            yield from _needed(child)


def _duration(limit: Limit | None) -> str:
    if limit is None:
        return ""
    if limit.value == 0:
        return "PT8H"
    if limit.unit == "month":
        return f"P{limit.value}M"
    return f"P{limit.value if limit.unit == 'day' else ceil(limit.value * 7 / 5)}D"
