"""The `tongban` command: the one tool of those who run an installation."""

from tongban.site.cli.main import main

__all__ = ["main"]
