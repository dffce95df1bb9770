"""Report to Reading: claims, statements, and what stayed open.

Names are imported when first used: the gate alone needs no parser, which takes seconds to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportedly.read.options import Options, reader_name
    from reportedly.read.parser import load_parser
    from reportedly.read.reader import read_report, read_reports

__all__ = ["Options", "load_parser", "read_report", "read_reports", "reader_name"]


def __getattr__(name: str) -> Any:
    """Import a public name from its home."""
    if name not in __all__:
        raise AttributeError(f"module 'reportedly.read' has no attribute {name!r}")
    from reportedly.read import reader

    return getattr(reader, name)
