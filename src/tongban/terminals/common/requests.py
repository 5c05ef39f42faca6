"""What every view asks of its request: when it is, who asks, and which submission this is."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from django.http import HttpRequest

from tongban.contexts.parties.core import Actor
from tongban.foundation import time
from tongban.kernel.clock import CHINA

_REQUEST_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


def now() -> datetime:
    """The moment of this request."""
    return time.now()


def today() -> date:
    """Today in official time."""
    return time.now().astimezone(CHINA).date()


def actor(request: HttpRequest) -> Actor:
    """Whoever asks; behind a guard a plain value."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def new_request_id() -> str:
    """Written into a form when it is shown, so that posting it twice does it once."""
    return str(uuid.uuid4())


def request_id(posted: Mapping[str, str]) -> str:
    """The request id a form came with; a form without one gets a fresh one and so no protection against repeats."""
    given = posted.get("request_id", "")
    return given if _REQUEST_ID.fullmatch(given) else new_request_id()
