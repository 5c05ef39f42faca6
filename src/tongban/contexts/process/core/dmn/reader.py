"""Reads DMN XML into a model. Whatever belongs to DMN and is not known here is refused with element and line.

Diagrams, sources of authority, and foreign extensions say nothing about the decision and are passed over.
"""

from __future__ import annotations

from typing import Final, TypeVar

from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.boxes import read_expression, read_function, variable_of
from tongban.contexts.process.core.dmn.refusals import ElementNotRead, NoModel
from tongban.contexts.process.core.dmn.xmltree import OURS, Element, read_tree

SPACES: Final = frozenset(
    {
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
        "https://www.omg.org/spec/DMN/20240513/MODEL/",
    }
)
#: Elements that don't bear on results.
SILENT: Final = frozenset(
    {
        "description",
        "extensionElements",
        "knowledgeSource",
        "authorityRequirement",
        "performanceIndicator",
        "organizationUnit",
        "textAnnotation",
        "association",
        "group",
        "businessContextElement",
        "elementCollection",
        "question",
        "allowedAnswers",
        "usingProcess",
        "usingTask",
        "impactedPerformanceIndicator",
        "decisionMaker",
        "decisionOwner",
        "supportedObjective",
    }
)
#: The name of the logic in a decision.
LOGIC: Final = (
    "literalExpression",
    "decisionTable",
    "context",
    "invocation",
    "list",
    "relation",
    "functionDefinition",
    "conditional",
    "for",
    "every",
    "some",
    "filter",
)
T = TypeVar("T")


def read_model(content: bytes | str) -> m.Model:
    """The model in a file."""
    root = read_tree(content)
    if root.tag != "definitions" or root.space not in SPACES:
        raise NoModel(root.tag, root.line)
    made = m.Model(name=root.get("name"), namespace=root.get("namespace"))
    for child in root.children:
        if child.space == root.space:
            _definition(made, child)
    return made


def _definition(made: m.Model, child: Element) -> None:
    if child.tag == "import":
        made.imports.append(m.Import(child.get("name"), child.get("namespace"), child.line))
    elif child.tag == "itemDefinition":
        made.types.append(_item(child))
    elif child.tag == "artifact" or child.tag in SILENT:
        pass
    else:
        element = _drawn(child)
        made.elements[element.id] = element


def _drawn(child: Element) -> m.Element:
    if child.tag == "inputData":
        _only(child, "variable")
        return m.InputData(*_head(child), label=_label(child), label_en=child.english)
    if child.tag == "decision":
        return _decision(child)
    if child.tag == "businessKnowledgeModel":
        _only(child, "variable", "encapsulatedLogic", "knowledgeRequirement")
        logic = child.first("encapsulatedLogic")
        function = read_function(logic) if logic else None
        return m.Knowledge(*_head(child), _hrefs(child, "knowledgeRequirement", "requiredKnowledge"), function)
    if child.tag == "decisionService":
        _only(child, "variable", "outputDecision", "encapsulatedDecision", "inputDecision", "inputData")
        named = [
            tuple(found.get("href") for found in child.all(tag))
            for tag in ("outputDecision", "encapsulatedDecision", "inputDecision", "inputData")
        ]
        return m.Service(*_head(child), *named)
    raise ElementNotRead(child.tag, child.line)


def _only(element: Element, *tags: str) -> None:
    for child in element.children:
        if child.space == element.space and child.tag not in tags and child.tag not in SILENT:
            raise ElementNotRead(child.tag, child.line)


def _head(element: Element) -> tuple[str, str, m.Variable, int]:
    name = " ".join(element.get("name").split())
    found = element.first("variable")
    variable = variable_of(found) if found else m.Variable(name, "", element.line)
    if not variable.name:
        variable = m.Variable(name, variable.type, variable.line)
    return element.get("id") or name, name, variable, element.line


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|")) if text else ()


def _label(element: Element) -> str:
    return element.get("label") or " ".join(element.get("name").split())


def _hrefs(element: Element, requirement: str, *required: str) -> tuple[str, ...]:
    return tuple(
        found.get("href") for one in element.all(requirement) for found in one.all(*required) if found.get("href")
    )


def _decision(element: Element) -> m.Decision:
    _only(element, "variable", "informationRequirement", "knowledgeRequirement", *LOGIC)
    logic, *more = [*element.all(*LOGIC), None]
    if len(more) > 1 and more[0] is not None:
        raise ElementNotRead(more[0].tag, more[0].line)
    head = _head(element)
    return m.Decision(
        *head,
        inputs=_hrefs(element, "informationRequirement", "requiredInput"),
        decisions=_hrefs(element, "informationRequirement", "requiredDecision"),
        knowledge=_hrefs(element, "knowledgeRequirement", "requiredKnowledge"),
        logic=read_expression(logic, head[1]) if logic else None,
        question=element.text_of("question"),
        description=element.text_of("description"),
        label=_label(element),
        label_en=element.english,
    )


def _item(element: Element) -> m.ItemDefinition:
    _only(element, "typeRef", "allowedValues", "typeConstraint", "itemComponent", "functionItem")
    allowed, constraint = element.first("allowedValues"), element.first("typeConstraint")
    function = element.first("functionItem")
    parameters = tuple(map(variable_of, function.all("parameters"))) if function else ()
    return m.ItemDefinition(
        name=" ".join(element.get("name").split()),
        type=element.text_of("typeRef"),
        collection=element.get("isCollection") == "true",
        allowed=allowed.text_of("text") if allowed else "",
        constraint=constraint.text_of("text") if constraint else "",
        components=tuple(map(_item, element.all("itemComponent"))),
        function=(parameters, function.get("outputTypeRef")) if function else None,
        line=element.line,
        labels=_listed(element.get(f"{OURS}labels")),
        labels_en=_listed(element.get(f"{OURS}labelsEn")),
    )
