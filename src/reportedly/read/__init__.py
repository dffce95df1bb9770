"""Report to Reading: claims, statements, and what stayed open.

Names are imported when first used: the gate alone needs no parser, which takes seconds to load.

The packages, in the order in which a report passes through; the docstring of each says in what order to read it:

- `parsing`: its text is cut into passages; `gate` tells which sentences are worth parsing, and `parsing` parses them
- `scene`: a parsed passage as all rules see it
- `names`: what may stand for ground in it
- `verbs`, `frames`: what is asserted of ground; its places by `places`, whether it is stated, denied or no statement by `mood`
- `parties`, `ground`, `sources`: whose the ground is, which one is meant, and who says so
- `claims`: all of that put together

`drafts` takes many reports up to where a frame fires, `reader` runs all of it, and `options` are what may be left out. A package imports
only those that pyproject.toml puts below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportedly.read.options import Options, reader_name
    from reportedly.read.parsing.parser import load_parser
    from reportedly.read.reader import read_report, read_reports

__all__ = ["Options", "load_parser", "read_report", "read_reports", "reader_name"]


def __getattr__(name: str) -> Any:
    """Import a public name from its home."""
    if name not in __all__:
        raise AttributeError(f"module 'reportedly.read' has no attribute {name!r}")
    from reportedly.read import reader

    return getattr(reader, name)
