"""Reads boxed expressions: literal, table, context, invocation, list, relation, function, conditional, loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.refusals import ElementNotRead, PartMissing, PolicyNotKnown
from tongban.contexts.process.core.dmn.xmltree import Element

#: How the expression language is called in the files of tools; any other is refused.
_FEEL: Final = ("", "feel")
POLICIES: Final = frozenset({"UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT"})
AGGREGATIONS: Final = frozenset({"", "SUM", "MIN", "MAX", "COUNT"})
#: What may stand in the parts of a table and in entries; anything else of DMN there is refused.
_CHILDREN: Final[dict[str, frozenset[str]]] = {
    "decisionTable": frozenset({"input", "output", "rule", "annotation"}),
    "input": frozenset({"inputExpression", "inputValues"}),
    "output": frozenset({"outputValues", "defaultOutputEntry"}),
    "rule": frozenset({"inputEntry", "outputEntry", "annotationEntry"}),
    "context": frozenset({"contextEntry"}),
    "relation": frozenset({"column", "row"}),
    "literalExpression": frozenset({"text", "importedValues"}),
    "conditional": frozenset({"if", "then", "else"}),
    "for": frozenset({"in", "return"}),
    "some": frozenset({"in", "satisfies"}),
    "every": frozenset({"in", "satisfies"}),
    "filter": frozenset({"in", "match"}),
}
_SILENT: Final = frozenset({"description", "extensionElements", "variable", "importedValues"})


def variable_of(element: Element) -> m.Variable:
    """An element with a name and a typeRef."""
    return m.Variable(" ".join(element.get("name").split()), element.get("typeRef"), element.line)


def read_expression(element: Element, name: str = "") -> m.Expression:
    """The boxed expression that an element is; `name` is what a table is called."""
    read = _READERS.get(element.tag)
    if read is None:
        raise ElementNotRead(element.tag, element.line)
    _only_known(element)
    return read(element, name)


def _only_known(element: Element) -> None:
    known = _CHILDREN.get(element.tag)
    for child in element.children if known else ():
        if child.space == element.space and child.tag not in (known or ()) and child.tag not in _SILENT:
            raise ElementNotRead(child.tag, child.line)


def _inside(element: Element, name: str, *, skip: tuple[str, ...] = ()) -> m.Expression:
    """The one expression directly inside."""
    found = [
        child
        for child in element.children
        if child.space == element.space and child.tag not in _SILENT and child.tag not in skip
    ]
    if len(found) != 1:
        if len(found) > 1:
            raise ElementNotRead(found[1].tag, found[1].line)
        raise PartMissing(element.tag, element.line, part="expression")
    return read_expression(found[0], name)


def _part(element: Element, tag: str, name: str) -> m.Expression:
    found = element.first(tag)
    if found is None:
        raise PartMissing(element.tag, element.line, part=tag)
    return _inside(found, name)


def _literal(element: Element, name: str) -> m.Literal:
    language = element.get("expressionLanguage")
    if not (language.lower() in _FEEL or language.rstrip("/").upper().endswith("FEEL")):
        raise ElementNotRead(f"{element.tag} ({language})", element.line)
    if element.first("importedValues"):
        raise ElementNotRead("importedValues", element.line)
    return m.Literal(element.get("typeRef"), element.line, element.text_of("text"))


def _context(element: Element, name: str) -> m.Context:
    entries = tuple(_entry(child, name) for child in element.all("contextEntry"))
    return m.Context(element.get("typeRef"), element.line, entries)


def _entry(element: Element, name: str) -> m.Entry:
    variable = element.first("variable")
    made = variable_of(variable) if variable else None
    inner = f"{name}.{made.name}" if made and made.name else name
    return m.Entry(made, _inside(element, inner))


def _invocation(element: Element, name: str) -> m.Invocation:
    function = _inside(element, name, skip=("binding",))
    bindings = []
    for binding in element.all("binding"):
        parameter = binding.first("parameter")
        if parameter is None:
            raise PartMissing("binding", binding.line, part="parameter")
        bindings.append(m.Entry(variable_of(parameter), _bound(binding, name)))
    return m.Invocation(element.get("typeRef"), element.line, function, tuple(bindings))


def _bound(binding: Element, name: str) -> m.Expression:
    if all(child.tag == "parameter" for child in binding.all(*(child.tag for child in binding.children))):
        return m.Literal("", binding.line, "null")
    return _inside(binding, name, skip=("parameter",))


def _items(element: Element, name: str) -> m.Items:
    members = [child for child in element.children if child.space == element.space and child.tag not in _SILENT]
    return m.Items(element.get("typeRef"), element.line, tuple(read_expression(child, name) for child in members))


def _relation(element: Element, name: str) -> m.Relation:
    columns = tuple(variable_of(column) for column in element.all("column"))
    rows = []
    for row in element.all("row"):
        cells = [child for child in row.children if child.space == row.space and child.tag not in _SILENT]
        if len(cells) != len(columns):
            raise PartMissing("row", row.line, part="column")
        rows.append(tuple(read_expression(cell, name) for cell in cells))
    return m.Relation(element.get("typeRef"), element.line, columns, tuple(rows))


def read_function(element: Element, name: str = "") -> m.FunctionBox:
    """A function definition, or the logic of a business knowledge model."""
    parameters = tuple(variable_of(parameter) for parameter in element.all("formalParameter"))
    kind = element.get("kind") or "FEEL"
    if not list(element.all(*_READERS)):
        body: m.Expression = m.Literal("", element.line, "null")
    else:
        body = _inside(element, name, skip=("formalParameter",))
    return m.FunctionBox(element.get("typeRef"), element.line, parameters, body, kind)


def _conditional(element: Element, name: str) -> m.Conditional:
    parts = [_part(element, tag, name) for tag in ("if", "then", "else")]
    return m.Conditional(element.get("typeRef"), element.line, *parts)


def _loop(element: Element, name: str) -> m.Loop:
    body = {"for": "return", "filter": "match"}.get(element.tag, "satisfies")
    variable = element.get("iteratorVariable") if element.tag != "filter" else "item"
    if not variable:
        raise PartMissing(element.tag, element.line, part="iteratorVariable")
    source, inner = _part(element, "in", name), _part(element, body, name)
    return m.Loop(element.get("typeRef"), element.line, element.tag, " ".join(variable.split()), source, inner)


def _table(element: Element, name: str) -> m.Table:
    policy = " ".join((element.get("hitPolicy") or "UNIQUE").split()).upper()
    aggregation = element.get("aggregation").upper()
    if policy not in POLICIES or aggregation not in AGGREGATIONS or (aggregation and policy != "COLLECT"):
        raise PolicyNotKnown(name or element.tag, element.line, policy=f"{policy} {aggregation}".strip())
    inputs = tuple(_input(child) for child in element.all("input"))
    outputs = tuple(_output(child) for child in element.all("output"))
    if not outputs:
        raise PartMissing(name or element.tag, element.line, part="output")
    annotations = tuple(child.get("name") for child in element.all("annotation"))
    rules = tuple(_rule(child, len(inputs), len(outputs)) for child in element.all("rule"))
    return m.Table(
        element.get("typeRef"), element.line, name or element.get("outputLabel"), policy, aggregation, inputs, outputs,
        annotations, rules,
    )  # fmt: skip


def _input(element: Element) -> m.Input:
    _only_known(element)
    expression, allowed = element.first("inputExpression"), element.first("inputValues")
    if expression is None:
        raise PartMissing("input", element.line, part="inputExpression")
    literal = _literal(expression, "")
    label = element.get("label") or literal.text
    return m.Input(label, literal, allowed.text_of("text") if allowed else "", element.line, element.english)


def _output(element: Element) -> m.Output:
    _only_known(element)
    allowed, default = element.first("outputValues"), element.first("defaultOutputEntry")
    return m.Output(
        name=" ".join(element.get("name").split()),
        label=element.get("label"),
        type=element.get("typeRef"),
        allowed=allowed.text_of("text") if allowed else "",
        default=_literal(default, "") if default else None,
        line=element.line,
        label_en=element.english,
    )


def _rule(element: Element, inputs: int, outputs: int) -> m.Rule:
    _only_known(element)
    tests = tuple(_literal(child, "") for child in element.all("inputEntry"))
    results = tuple(_literal(child, "") for child in element.all("outputEntry"))
    if len(tests) != inputs or len(results) != outputs:
        raise PartMissing("rule", element.line, part="inputEntry" if len(tests) != inputs else "outputEntry")
    texts = tuple(child.text_of("text") for child in element.all("annotationEntry"))
    if not any(texts) and element.text_of("description"):
        texts = (element.text_of("description"),)  # where dmn-js keeps the annotation
    return m.Rule(element.get("id"), tests, results, texts, element.line)


_READERS: Final[dict[str, Callable[[Element, str], m.Expression]]] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "invocation": _invocation,
    "list": _items,
    "relation": _relation,
    "functionDefinition": read_function,
    "conditional": _conditional,
    "for": _loop,
    "some": _loop,
    "every": _loop,
    "filter": _loop,
}
