"""The demo city: 江城市 (Jiangcheng), fictional from its name to its last clerk, and marked so on every page."""

from __future__ import annotations

from .batch import build_batch
from .build import build
from .cases import build_cases
from .drafts import build_drafts
from .history import build_history
from .models import build_models

__all__ = ["build", "build_batch", "build_cases", "build_drafts", "build_history", "build_models"]
