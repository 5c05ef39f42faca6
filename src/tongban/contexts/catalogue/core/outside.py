"""external.yaml: what items may refer to although the list does not hold it."""

from __future__ import annotations

from dataclasses import dataclass

from tongban.contexts.catalogue.core.items import Text


@dataclass(frozen=True)
class Paper:
    """A paper or step that no item of this list produces: who issues it, and what it is called."""

    code: str
    name: Text
    issuer: Text


@dataclass(frozen=True)
class External:
    """The keys of the city's agencies, and the papers of others."""

    agencies: tuple[str, ...]  # agency keys known to this city
    papers: tuple[Paper, ...] = ()
