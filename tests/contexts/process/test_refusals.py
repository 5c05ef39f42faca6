"""Every refusal of this context and of the kernel can be said: its message takes exactly the values it is given."""

from __future__ import annotations

import importlib
import pkgutil

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


@pytest.mark.parametrize("refusal", OURS, ids=lambda each: each.__name__)
def test_no_message_names_a_value_that_nobody_gives(refusal: type[Refusal]) -> None:
    given = {"line", "element", "column", "expression", "text", "fault", "year", "day", "reason"}
    refusal.message % dict.fromkeys(given, "x")
