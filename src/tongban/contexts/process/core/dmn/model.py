"""A decision model as it is written: plain values with their lines, nothing compiled."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Expression:
    """Base of all boxed expressions; `type` is the typeRef, "" for none."""

    type: str
    line: int


@dataclass(frozen=True)
class Literal(Expression):
    text: str


@dataclass(frozen=True)
class Variable:
    """A name with a typeRef."""

    name: str
    type: str
    line: int


@dataclass(frozen=True)
class Entry:
    """An entry of a context (nameless: its result), a binding, a parameter's value."""

    variable: Variable | None
    value: Expression


@dataclass(frozen=True)
class Context(Expression):
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Invocation(Expression):
    function: Expression
    bindings: tuple[Entry, ...]


@dataclass(frozen=True)
class Items(Expression):
    """A boxed list."""

    members: tuple[Expression, ...]


@dataclass(frozen=True)
class Relation(Expression):
    columns: tuple[Variable, ...]
    rows: tuple[tuple[Expression, ...], ...]


@dataclass(frozen=True)
class FunctionBox(Expression):
    parameters: tuple[Variable, ...]
    body: Expression
    kind: str  # FEEL, Java, PMML


@dataclass(frozen=True)
class Conditional(Expression):
    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True)
class Loop(Expression):
    """Boxed `for`, `some`, `every` (kind), or `filter`, whose variable is `item`."""

    kind: str
    variable: str
    source: Expression
    body: Expression


@dataclass(frozen=True)
class Input:
    """A column of conditions."""

    label: str
    expression: Literal
    allowed: str
    line: int
    label_en: str = ""


@dataclass(frozen=True)
class Output:
    """A column of results."""

    name: str
    label: str
    type: str
    allowed: str
    default: Literal | None
    line: int
    label_en: str = ""


@dataclass(frozen=True)
class Rule:
    """A row; `inputs` are unary tests."""

    id: str
    inputs: tuple[Literal, ...]
    outputs: tuple[Literal, ...]
    annotations: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Table(Expression):
    name: str
    policy: str  # UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER, COLLECT
    aggregation: str  # "", SUM, MIN, MAX, COUNT
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    annotations: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class ItemDefinition:
    """A type of the model."""

    name: str
    type: str
    collection: bool
    allowed: str
    constraint: str
    components: tuple[ItemDefinition, ...]
    function: tuple[tuple[Variable, ...], str] | None  # parameters, type of the result
    line: int
    labels: tuple[str, ...] = ()  # what the allowed values are called, in their order
    labels_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class Element:
    """Something that is drawn: its id, name, and variable; for people its label (the name, where it has none) and what
    it is called in English."""

    id: str
    name: str
    variable: Variable
    line: int
    label: str = field(default="", kw_only=True)
    label_en: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class InputData(Element):
    pass


@dataclass(frozen=True)
class Decision(Element):
    inputs: tuple[str, ...]  # hrefs of requirements
    decisions: tuple[str, ...]
    knowledge: tuple[str, ...]
    logic: Expression | None
    question: str = ""
    description: str = ""


@dataclass(frozen=True)
class Knowledge(Element):
    """A business knowledge model."""

    knowledge: tuple[str, ...]
    logic: FunctionBox | None


@dataclass(frozen=True)
class Service(Element):
    outputs: tuple[str, ...]
    encapsulated: tuple[str, ...]
    input_decisions: tuple[str, ...]
    input_data: tuple[str, ...]


@dataclass(frozen=True)
class Import:
    name: str
    namespace: str
    line: int


@dataclass
class Model:
    """A file."""

    name: str
    namespace: str
    imports: list[Import] = field(default_factory=list)
    types: list[ItemDefinition] = field(default_factory=list)
    elements: dict[str, Element] = field(default_factory=dict)  # by id
