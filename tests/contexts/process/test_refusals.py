"""Every refusal of this context and of the kernel can be said: its message takes exactly the values it is given."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import tongban.contexts.process.core as process
import tongban.kernel as kernel
from tongban.kernel.refusals import Refusal

for package in (process, kernel):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)


def below(base: type[Refusal]) -> set[type[Refusal]]:
    return {base}.union(*(below(each) for each in base.__subclasses__()))


OURS = sorted((each for each in below(Refusal) if "process" in each.__module__ or "kernel" in each.__module__), key=str)


def test_codes_are_unique_and_messages_are_chinese_with_a_full_stop() -> None:
    codes = [each.code for each in OURS if "code" in vars(each)]
    assert len(codes) == len(set(codes))
    assert all(each.message.endswith("。") and each.status in {403, 404, 409, 422} for each in OURS)


def given() -> frozenset[str]:
    """Every name by which the code of these packages hands over a value."""
    sources = (path for package in (process, kernel) for path in Path(package.__path__[0]).rglob("*.py"))
    return frozenset(name for path in sources for name in re.findall(r"\b(\w+)=", path.read_text("utf-8")))


GIVEN = given()


SOURCE = "".join(
    path.read_text("utf-8")
    for folder in ("contexts/process", "site/cli/process", "kernel")
    for path in (Path(kernel.__path__[0]).parent / folder).rglob("*.py")
)


@pytest.mark.parametrize("refusal", OURS, ids=lambda each: each.__name__)
def test_no_message_names_a_value_that_nobody_gives(refusal: type[Refusal]) -> None:
    named = re.findall(r"%\((\w+)\)s", refusal.message)
    assert len(named) == refusal.message.count("%")
    refusal.message % dict.fromkeys(named, "x")
    for name in named:
        assert re.search(rf'\b{name}=|"{name}"', SOURCE), name
