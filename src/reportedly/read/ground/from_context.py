"""The place of the text before a passage that "the town" points back to, where the passage names none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.model import PlaceKind, PlaceRef
from reportedly.read.scene.scene import Mention, Scene
from reportedly.resolve.places import Mention as Words
from reportedly.resolve.places import resolve_places

if TYPE_CHECKING:
    from reportedly.read.scene.passing import Passing

__all__ = ["from_context"]


def from_context(p: Passing, m: Mention, wide: bool) -> PlaceRef | None:
    """The last fitting place of the text before the passage."""
    context = p.context
    if not context or m.anaphor == "it":
        return None
    hits = p.knowledge.gazetteer.scan(context)
    words = [Words(start=h.start, end=h.end, words=h.words) for h in hits[-12:]]
    if not words:
        return None
    refs = resolve_places(
        context,
        words,
        p.knowledge.gazetteer,
        published=p.report.published.date(),
        memory=p.memory,
        line=None if p.memory else False,
    )
    for ref in reversed(refs):
        if (
            ref.place_id is not None
            and not _opens_loosely(context, ref)
            and not _of_longer_name(p.scene, context, ref)
            and (ref.kind is PlaceKind.REGION) == wide
            and ref.kind is not PlaceKind.COUNTRY
        ):
            return replace(
                ref,
                words=m.words,
                span=p.span_of(m.start, m.end),
                reasons=(f"“{m.words}” points back to {ref.words} before the passage", *ref.reasons),
            )
    return None


def _of_longer_name(scene: Scene, text: str, ref: PlaceRef) -> bool:
    """Whether a name of one word stands before another, as that of a person does: "Vladimir Andonov"."""
    if ref.span is None or " " in ref.words or text[ref.span.end : ref.span.end + 1] != " ":
        return False
    behind = next(iter(text[ref.span.end :].split(maxsplit=1)), "")
    return behind.istitle() and behind.lower() not in scene.listed("names.regions", "places.settlements")


def _opens_loosely(text: str, ref: PlaceRef) -> bool:
    """Whether words that open a sentence are but a second spelling of some place's name ("Let us see"): it is not meant."""
    other = bool(ref.candidates) and ref.candidates[0].reason.startswith("alternate")
    return other and ref.span is not None and (text[: ref.span.start].rstrip(" ")[-1:] in ("", *'.!?:"“‘\n'))
