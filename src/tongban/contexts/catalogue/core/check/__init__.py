"""The checker: every item obeys the rules of the standard implementing list (STANDARDS §3.6) and of law (§12.1).

Each rule is a small generator over one item, or over the whole list; it yields where it is broken and what to do.
`register` names them all, docs/catalogue-rules.md explains them. Nothing here knows a particular law or item.
"""

from __future__ import annotations

from tongban.contexts.catalogue.core.check.content import check_content
from tongban.contexts.catalogue.core.check.register import REGISTER, Rule
from tongban.contexts.catalogue.core.check.rules import Surroundings
from tongban.contexts.catalogue.core.check.run import check_folder, check_item, finding

__all__ = ["REGISTER", "Rule", "Surroundings", "check_content", "check_folder", "check_item", "finding"]
