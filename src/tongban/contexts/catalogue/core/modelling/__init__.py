"""The life of routes and decision tables: drafted, reviewed twice, published, superseded; each step another person's.

One ledger stream a version (`stream_of`), with the stages and rules of item versions (`core.life`). A published model
is what items are pinned to by the digest of its text.
"""

from tongban.contexts.catalogue.core.modelling.checking import Fault, checked, name_of
from tongban.contexts.catalogue.core.modelling.commands import Facts
from tongban.contexts.catalogue.core.modelling.refusals import (
    ItemNotOnModel,
    ItemNotYours,
    LaneWithoutAgency,
    ModelBaseMoved,
    ModelExists,
    ModelHasErrors,
    ModelInUseElsewhere,
    ModelKeyInvalid,
    ModelMoved,
    ModelSaysTheSame,
    ModelTextInvalid,
    PinnedItemWrong,
)
from tongban.contexts.catalogue.core.modelling.state import ModelKind, ModelState
from tongban.contexts.catalogue.core.modelling.views import ItemImpact, ModelDraft, ModelFinding, ModelImpact, ModelRow

__all__ = [
    "Facts",
    "Fault",
    "ItemImpact",
    "ItemNotOnModel",
    "ItemNotYours",
    "LaneWithoutAgency",
    "ModelBaseMoved",
    "ModelDraft",
    "ModelExists",
    "ModelFinding",
    "ModelHasErrors",
    "ModelImpact",
    "ModelInUseElsewhere",
    "ModelKeyInvalid",
    "ModelKind",
    "ModelMoved",
    "ModelRow",
    "ModelSaysTheSame",
    "ModelState",
    "ModelTextInvalid",
    "PinnedItemWrong",
    "checked",
    "name_of",
    "stream_of",
]


def stream_of(kind: ModelKind, key: str, number: int) -> str:
    """The stream of version `number` of the route or table `key`."""
    return f"model-{kind}-{key}-{number:04d}"
