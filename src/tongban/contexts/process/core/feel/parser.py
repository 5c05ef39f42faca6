"""The grammar of FEEL (DMN 1.5, chapter 10.3.1.2), read from left to right; no text is ever run.

expression  = disjunction
disjunction = conjunction { "or" conjunction };  conjunction = comparison { "and" comparison }
comparison  = sum { ("=" | "!=" | "<" | "<=" | ">" | ">=") sum | "between" sum "and" sum | "in" tests }
sum         = product { ("+" | "-") product };  product = power { ("*" | "/") power }
power       = signed { "**" signed };           signed = { "-" } postfix
postfix     = primary { "." name | "[" expression "]" | "(" arguments ")" | "instance" "of" type }
primary     = literal | name | "(" expression ")" | list | context | range | if | for | some | every | function
range       = ("[" | "(" | "]") sum ".." sum ("]" | ")" | "[");  also "(" ("<" | "<=" | ">" | ">=" | "=") sum ")"
tests       = test | "(" test { "," test } ")";  test = [operator] sum
unary tests = "-" | "not" "(" test { "," test } ")" | test { "," test }   (the cells of tables)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from tongban.contexts.process.core.feel import nodes as n
from tongban.contexts.process.core.feel.names import Names, normal
from tongban.contexts.process.core.feel.parts import read_temporal
from tongban.contexts.process.core.feel.scanner import Scanner
from tongban.contexts.process.core.feel.types import ANY, Type
from tongban.contexts.process.core.feel.typetext import read_type

_OPERATOR: Final = re.compile(r"\*\*|!=|<=|>=|[-+*/=<>]|(?:or|and|between|in|instance)(?!\w)")
_TEST: Final = re.compile(r"<=|>=|!=|[<>=]")
_STRENGTH: Final = {"or": 0, "and": 1, "+": 3, "-": 3, "*": 4, "/": 4, "**": 5, "instance": 9}
_COMPARISON, _SUM = 2, 3
#: Minus signs before one value.
MOST_SIGNS: Final = 3
#: After these, a "[" closes an open range instead of opening a filter.
_AFTER_OPEN_END: Final = re.compile(r"\[\s*(?:$|[,)\]}=<>!]|(?:then|else|return|and|or|satisfies)(?!\w))")
_ENTRY_NAME: Final = re.compile(r'[^:{}\[\]",()]+?(?=\s*:)')
_ARGUMENT_NAME: Final = re.compile(r'[^:{}\[\]",()=<>]+?(?=\s*:)')
_ITERATOR_NAME: Final = re.compile(r"[^(){}\[\],\"]+?(?=\s+in(?!\w))")
_PARAMETER_NAME: Final = re.compile(r"[^:,()]+?(?=\s*[:,)])")


class Parser(Scanner):
    """One expression being read."""

    def __init__(self, text: str, *names: Names, types: Mapping[str, Type]) -> None:
        self._types = types
        self._ending = False  # inside the upper end of a range
        super().__init__(text, *names)

    def whole(self) -> n.Node:
        """The text as one expression."""
        made = self.expression()
        return made if self.at_end() else self.refuse()

    def unary_tests(self) -> n.Tests:
        """The text as the unary tests of a cell."""
        if self.text.strip() in ("-", ""):
            return n.Tests(())
        if self.word() == "not":
            start = self.position
            self.takes_word("not")
            if self.takes("("):
                tests = self._tests()
                if self.takes(")") and self.at_end():
                    return n.Tests(tests, negated=True)
            self.position = start
        tests = self._tests()
        return n.Tests(tests) if self.at_end() else self.refuse()

    def _tests(self) -> tuple[n.Node, ...]:
        tests = [self._test(0)]
        while self.takes(","):
            tests.append(self._test(0))
        return tuple(tests)

    def _test(self, level: int) -> n.Node:
        sign = self.match(_TEST)
        return n.UnaryTest(sign[0], self._binary(_SUM)) if sign else self._binary(level)

    def expression(self) -> n.Node:
        """The longest expression from here."""
        return self._binary(0)

    def _binary(self, level: int) -> n.Node:
        self.deeper()
        left = self._signed()
        while True:
            start = self.position
            found = self.match(_OPERATOR)
            if not found:
                break
            sign = found[0]
            strength = _STRENGTH.get(sign, _COMPARISON)
            if strength < level:
                self.position = start
                break
            left = self._operation(sign, strength, left)
        self.shallower()
        return left

    def _operation(self, sign: str, strength: int, left: n.Node) -> n.Node:
        if sign == "in":
            return n.In(left, self._in_tests())
        if sign == "between":
            low = self._binary(_SUM)
            self.expect_word("and")
            return n.Between(left, low, self._binary(_SUM))
        if sign == "instance":
            self.expect_word("of")
            return n.InstanceOf(left, read_type(self, self._types))
        right = self._binary(strength + 1)
        if sign == "and":
            return n.And(left, right)
        if sign == "or":
            return n.Or(left, right)
        return n.Compare(sign, left, right) if strength == _COMPARISON else n.Arithmetic(sign, left, right)

    def _in_tests(self) -> tuple[n.Node, ...]:
        if not self.takes("("):
            return (self._test(_SUM),)
        ending, self._ending = self._ending, False
        first = self._test(0)
        if self.sees(".."):
            self._ending = ending
            return (self._range(first, low_closed=False),)
        tests = [first]
        while self.takes(","):
            tests.append(self._test(0))
        self.expect(")")
        self._ending = ending
        return tuple(tests)

    def _signed(self) -> n.Node:
        negative = 0
        while self.takes("-"):
            negative += 1
            if negative > MOST_SIGNS:
                self.refuse()
        value = self._postfix(self._primary())
        if negative and isinstance(value, n.Literal) and isinstance(value.value, Decimal):
            return n.Literal(value.value.copy_negate() if negative % 2 else value.value)
        for _ in range(negative):
            value = n.Negative(value)
        return value

    def _postfix(self, base: n.Node) -> n.Node:
        while True:
            if self.sees(".") and not self.sees(".."):
                self.takes(".")
                base = n.Path(base, self.name())
            elif self.sees("[") and not (self._ending and _AFTER_OPEN_END.match(self.text, self.position)):
                self.takes("[")
                base = n.Filter(base, self._inside("]"))
            elif self.sees("(") and not isinstance(base, n.Literal):
                self.takes("(")
                base = self._call(base)
            else:
                return base

    def _inside(self, closing: str) -> n.Node:
        ending, self._ending = self._ending, False
        made = self.expression()
        self._ending = ending
        self.expect(closing)
        return made

    def _call(self, function: n.Node) -> n.Node:
        ending, self._ending = self._ending, False
        arguments: list[n.Node] = []
        names: list[str] = []
        while not self.takes(")"):
            if arguments:
                self.expect(",")
            named = self.match(_ARGUMENT_NAME)
            if named:
                self.expect(":")
                names.append(normal(named[0]))
            if len(names) not in (0, len(arguments) + 1):
                self.refuse()
            arguments.append(self.expression())
        self._ending = ending
        return n.Call(function, tuple(arguments), tuple(names))

    def _primary(self) -> n.Node:
        number = self.number()
        if number is not None:
            return n.Literal(number)
        text = self.string()
        if text is not None:
            return n.Literal(text)
        if self.takes("@"):
            written = self.string()
            return n.Literal(read_temporal(written)) if written is not None else self.refuse()
        if self.takes("?"):
            return n.Name("?")
        if self.sees("(") or self.sees("[") or self.sees("]") or self.sees("{"):
            return self._bracketed()
        known = self.known_name()
        return n.Name(known) if known is not None else self._worded()

    def _worded(self) -> n.Node:
        word = self.word()
        if word in ("true", "false", "null"):
            self.takes_word(word)
            return n.Literal({"true": True, "false": False, "null": None}[word])
        if word == "if" and self.takes_word("if"):
            return self._if()
        if word == "for" and self.takes_word("for"):
            return n.For(self._iterators("return"), self.expression())
        if word in ("some", "every") and self.takes_word(word):
            return n.Quantified(word == "every", self._iterators("satisfies"), self.expression())
        if word == "function" and self.takes_word("function"):
            return self._function()
        return n.Name(self.name())

    def _if(self) -> n.Node:
        condition = self.expression()
        self.expect_word("then")
        then = self.expression()
        self.expect_word("else")
        return n.If(condition, then, self.expression())

    def _iterators(self, ending: str) -> tuple[n.Iterator, ...]:
        made: list[n.Iterator] = []
        while not made or self.takes(","):
            found = self.match(_ITERATOR_NAME) or self.refuse()
            self.declare(found[0])
            self.expect_word("in")
            source = self._binary(_SUM)
            end = self._binary(_SUM) if self.takes("..") else None
            made.append(n.Iterator(normal(found[0]), source, end))
        self.expect_word(ending)
        return tuple(made)

    def _function(self) -> n.Node:
        self.expect("(")
        parameters: list[tuple[str, Type]] = []
        while not self.takes(")"):
            if parameters:
                self.expect(",")
            found = self.match(_PARAMETER_NAME) or self.refuse()
            self.declare(found[0])
            kind = read_type(self, self._types) if self.takes(":") else ANY
            parameters.append((normal(found[0]), kind))
        external = self.takes_word("external")
        return n.Lambda(tuple(parameters), self.expression(), external)

    def _bracketed(self) -> n.Node:
        if self.takes("{"):
            return self._context()
        if self.takes("]"):
            return self._range(self._end(), low_closed=False)
        if self.takes("("):
            sign = self.match(_TEST)
            if sign:
                made: n.Node = n.UnaryTest(sign[0], self._binary(_SUM))
                self.expect(")")
                return made
            first = self._whole_end()
            if self.sees(".."):
                return self._range(first, low_closed=False)
            self.expect(")")
            return first
        self.expect("[")
        return self._list()

    def _whole_end(self) -> n.Node:
        ending, self._ending = self._ending, False
        made = self.expression()
        self._ending = ending
        return made

    def _end(self) -> n.Node:
        ending, self._ending = self._ending, False
        made = self._binary(_SUM)
        self._ending = ending
        return made

    def _list(self) -> n.Node:
        members: list[n.Node] = []
        while not self.takes("]"):
            if members:
                self.expect(",")
            members.append(self._whole_end())
            if len(members) == 1 and self.sees(".."):
                return self._range(members[0], low_closed=True)
        return n.ListNode(tuple(members))

    def _range(self, low: n.Node, *, low_closed: bool) -> n.Node:
        self.expect("..")
        ending, self._ending = self._ending, True
        high = self._binary(_SUM)
        self._ending = ending
        high_closed = self.takes("]")
        if not high_closed and not self.takes(")"):
            self.expect("[")
        return n.RangeNode(low, high, low_closed, high_closed)

    def _context(self) -> n.Node:
        ending, self._ending = self._ending, False
        entries: list[tuple[str, n.Node]] = []
        while not self.takes("}"):
            if entries:
                self.expect(",")
            key = self.string()
            if key is None:
                found = self.match(_ENTRY_NAME) or self.refuse()
                key = normal(found[0])
            self.declare(key)
            self.expect(":")
            entries.append((key, self.expression()))
        self._ending = ending
        return n.ContextNode(tuple(entries))
