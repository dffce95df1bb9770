"""The command line: one file per family of commands, each with a tuple COMMANDS; the only module that prints."""

from __future__ import annotations

from reportedly.cli.main import main

__all__ = ["main"]
