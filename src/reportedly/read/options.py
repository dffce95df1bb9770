"""What a reader may be told to leave out, and what a reader is called."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly import __version__
from reportedly.knowledge import Knowledge

__all__ = ["Options", "reader_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Stages that a measurement may switch off to see what they are worth; a reader for use has them all.

    `speech`, off by default, also reads the passages that only quote somebody, in reports that claim something: their
    statements are no part of any claim, and parsing them takes longer than all the rest.
    """

    gate: bool = True
    speech: bool = False
    moods: bool = True
    attribution: bool = True
    denials: bool = True
    anaphora: bool = True
    presupposed: bool = True
    places: bool = True
    times: bool = True


def reader_name(knowledge: Knowledge, options: Options | None = None, *, front: bool = False) -> str:
    """Name and version of this reader with its reference data, as readings carry it.

    One that reads all speech says so, and so does one that looked at the front as a ledger knew it.
    """
    more = ("+speech" if options is not None and options.speech else "") + ("+front" if front else "")
    return f"reportedly/{__version__}+{knowledge.version}{more}"
