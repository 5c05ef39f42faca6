"""Every hit policy and aggregation, with hits, without, and broken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contexts.process.dmn_models import decided, model, table
from tongban.contexts.process.core.dmn.deciding import read_decisions
from tongban.contexts.process.core.dmn.refusals import PolicyNotKnown

LADDER = ['>= 18 => "adult"', '>= 12 => "teen"', '>= 0 => "child"']


def ladder(policy: str, age: Any, **more: Any) -> Any:
    return decided(model(table(LADDER, policy=policy, **more)), Age=age)


def test_unique_wants_one_hit() -> None:
    rules = ['< 18 => "minor"', '>= 18 => "adult"']
    assert decided(model(table(rules)), Age=17) == "minor"
    assert ladder("UNIQUE", 5) == "child"
    assert ladder("UNIQUE", 13) is None
    assert ladder("UNIQUE", -1) is None


def test_any_wants_one_opinion() -> None:
    rules = ['>= 18 => "yes"', '>= 16 => "yes"', '> 60 => "no"']
    assert decided(model(table(rules, policy="ANY")), Age=20) == "yes"
    assert decided(model(table(rules, policy="ANY")), Age=61) is None


def test_first_takes_the_first_in_the_order_of_rules() -> None:
    assert [ladder("FIRST", age) for age in (20, 13, 3, -1)] == ["adult", "teen", "child", None]


def test_priority_takes_the_highest_output() -> None:
    outputs = [("", '"child", "teen", "adult"', "")]
    assert ladder("PRIORITY", 20, outputs=outputs) == "child"
    assert ladder("PRIORITY", 20, outputs=[("", '"adult", "child", "teen"', "")]) == "adult"


def test_output_order_sorts_and_rule_order_does_not() -> None:
    assert ladder("OUTPUT ORDER", 20, outputs=[("", '"teen", "child", "adult"', "")]) == ["teen", "child", "adult"]
    assert ladder("RULE ORDER", 20) == ["adult", "teen", "child"]
    assert ladder("RULE ORDER", -1) == []


@pytest.mark.parametrize(
    ("aggregation", "at_20", "at_minus"), [("SUM", 60, None), ("MIN", 10, None), ("MAX", 30, None), ("COUNT", 3, 0)]
)
def test_collect_aggregates(aggregation: str, at_20: int, at_minus: int | None) -> None:
    source = model(table([">= 18 => 10", ">= 12 => 20", ">= 0 => 30"], policy="COLLECT", aggregation=aggregation))
    assert decided(source, Age=20) == at_20
    assert decided(source, Age=-1) == at_minus


def test_collect_without_aggregation_is_a_list() -> None:
    assert ladder("COLLECT", 13) == ["teen", "child"]
    assert ladder("COLLECT", -1) == []


def test_defaults_answer_where_no_rule_does() -> None:
    assert ladder("UNIQUE", -1, outputs=[("", "", '"none"')]) == "none"
    assert ladder("FIRST", 20, outputs=[("", "", '"none"')]) == "adult"


def test_several_outputs_are_a_context() -> None:
    outputs = [("verdict", '"no", "yes"', ""), ("rate", "3, 2, 1", "")]
    rules = ['>= 0 => "yes" | 1', '>= 0 => "yes" | 2', '> 90 => "no" | 1']
    source = model(table(rules, policy="PRIORITY", outputs=outputs))
    assert decided(source, Age=20) == {"verdict": "yes", "rate": 2}
    assert decided(source, Age=99) == {"verdict": "no", "rate": 1}


def test_values_that_are_not_allowed_get_no_answer() -> None:
    assert ladder("FIRST", 200, values=["[0..150]"]) is None
    assert ladder("FIRST", 20, values=["[0..150]"]) == "adult"


@pytest.mark.parametrize(("policy", "aggregation"), [("BEST", ""), ("UNIQUE", "SUM"), ("COLLECT", "MEAN")])
def test_other_policies_are_refused(policy: str, aggregation: str) -> None:
    with pytest.raises(PolicyNotKnown):
        read_decisions(model(table(LADDER, policy=policy, aggregation=aggregation)))


NUMBERS = st.sampled_from(
    [
        "-",
        "< 3",
        "<= 3",
        "> 3",
        ">= 5",
        "= 4",
        "!= 4",
        "4",
        "[2..5]",
        "(2..5)",
        "[2..5[",
        "1, 4, 7",
        "not(4)",
        "not(< 2, > 6)",
        "null",
        "? > 2",
        "Age + 1",
        "< Word length",
        '"a"',
        "-1",
        "[5..2]",
    ]
)
WORDS = st.sampled_from(
    ["-", '"a"', '"a", "b"', 'not("a")', '!= "b"', '> "a"', '["a".."c"]', "Word", "null", "1", 'not("a", "c")']
)
FLAGS = st.sampled_from(["-", "true", "false", "not(true)", "!= true", "null", "? = true"])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(NUMBERS, WORDS, FLAGS), min_size=1, max_size=8),
    st.sampled_from([None, -1, 0, 1, 2, 2.5, 3, 4, 5, 6, 7, "a"]),
    st.sampled_from([None, "a", "b", "c", "zz", 4]),
    st.sampled_from([None, True, False]),
)
def test_the_index_answers_as_every_cell_would(rows: list[Any], age: Any, word: Any, flag: Any) -> None:
    """The column index against each cell asked on its own: the same rules hit."""
    from tongban.contexts.process.core.feel.language import Language, cell_run
    from tongban.contexts.process.core.feel.scope import Scope
    from tongban.contexts.process.core.feel.values import feel

    data = {"Age": feel(age), "Word": feel(word), "Flag": flag, "Word length": feel(4)}
    language = Language(data)
    wanted = [
        number
        for number, row in enumerate(rows)
        if all(
            cell_run(language.tests(text))(Scope({**data, "?": data[name]}), data[name])
            for text, name in zip(row, ("Age", "Word", "Flag"), strict=True)
        )
    ]
    rules = [f"{' | '.join(row)} => {number}" for number, row in enumerate(rows)]
    made = table(rules, policy="COLLECT", inputs=("Age", "Word", "Flag"))
    names = [(name, "Any") for name in data]
    given_ = {"Age": age, "Word": word, "Flag": flag, "Word length": 4}
    assert decided(model(made, inputs=names), **given_) == wanted
