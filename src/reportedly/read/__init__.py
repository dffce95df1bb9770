"""Report to Reading: claims, statements, and what stayed open.

Names are imported when first used: the gate alone needs no parser, which takes seconds to load.

Where to look, in the order in which a report passes through:

- what is parsed: `gate`, with `triggers`, `asks`, `asking`, `folding` (raw text), `room` (words and tags; `cue_rows`, `matching`,
  `slot_room`, `tag_room`), `passages`, `drafts`
- parsing: `headline_case`, `parser`, `vectors`, `asides`; what is kept of a parse: `scene` for the frames, `parsed` for the speakers
- names of places and ground without a name: `mentions`, `named` (`name_case`, `name_extent`, `name_runs`, `name_slots`,
  `name_openings`), `titles`, `groups`, `quarters`
- frames: `assertions`, with `verbs` (`verb_forms`, `serial`, `verb_places`, `verb_targets`, `verb_actors`), `nouns` (`noun_places`,
  `noun_sides`, `told_gains`, `lived_under`), `adjectives`, `verbless`, `standing`, `driven`, `followed`, `named_later`, `compared`,
  `zones`; what only looks like one: `guards`, `noun_guards`
- their places: `slots` (`slot_parts`, `slot_ways`, `slot_words`), `between`, `objects`, `acted_on`, `antecedents`, `described`, `relatives`,
  `elided`, `aims`, `included`
- their mood: `clauses`, with `infinitives`, `gerunds`, `finite`, `sentence_mood`; `nominal` for nouns, `falsehood`, `attempts`, `only_words`
- whose they are: `sides`, `who` (`party_case`, `party_named`, `party_given`, `party_subject`, `party_default`, `party_unnamed`), `whose`,
  `binding`, `ahead`, `irregulars`; which ground is meant: `ground`, with `pointing_back`, `topics`, `seats`, `as_regions`, `countries`
- who says so: `attribution`, with `frames` (`cue_subjects`), `quotations`, `openings`, `viewpoints`, `summed_up`, `misparsed`; `naming` and
  `taking_up` for who that is
- claims: `claims`, `dating`, `voicing`, `afterwards`, `otherwise`; `reader` runs all of it
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
