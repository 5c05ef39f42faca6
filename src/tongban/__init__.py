"""Tongban (通办): one platform for all government services of a city."""

__version__ = "0.1.0"
