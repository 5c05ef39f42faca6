"""The catalogue in the formats of others, and in its own. Pure: a `Handed` in, names of files and their bytes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tongban.contexts.catalogue.core.exports import as_yaml, cpsv_ap, exchange, hsds
from tongban.contexts.catalogue.core.exports.handed import City, Handed

#: Name of the format, as `tongban catalogue export --as` takes it -> what makes its files.
FORMATS: Final[Mapping[str, Callable[[Handed], dict[str, bytes]]]] = {
    "yaml": as_yaml.files,
    "exchange": exchange.files,
    "hsds": hsds.files,
    "cpsv-ap": cpsv_ap.files,
}

__all__ = ["FORMATS", "City", "Handed"]
