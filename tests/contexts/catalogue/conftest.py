"""Every test of the catalogue's tables starts without what the process remembers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tongban.contexts.catalogue import queries


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    queries.refresh()
    yield
    queries.refresh()
