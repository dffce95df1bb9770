"""What a place is set off as by commas: "X, a town of 10,000 people, was", "X, some 20 km south of Y, fell", "X, which lies on the river,".

Such words say where a place lies and what it is, and nothing of who holds it. Rules that count words and a parser that loses its
way both read the sentence better without them. Words that may belong to a claim of their own are left where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["set_off"]

KIND = "(?:town|city|village|settlement|hamlet|township|municipality|port|hub|junction|crossroads|resort|suburb|locality|peninsula|island)"
NAME_WORD = (
    r"(?:[A-Z][\w'’-]*|of|and|the|city|region|oblast|province|district|border|river|sea|coast|state|raion|highway)\b"
)
NAMES = rf"{NAME_WORD}(?: {NAME_WORD}){{0,6}}"
PLAIN = r"(?:[a-z-]+|\d[\d,.]*\d|\d)(?: (?:[a-z-]+|\d[\d,.]*\d|\d)){0,7}"
PREPOSITION = r"(?:of|with|near|in|on|at|along|close to|by|from|outside|between|to)"
COMPASS = r"(?:(?:due )?(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)? )"
LENGTH = r"(?:about|some|around|roughly|approximately|just|only|nearly|almost|over|more than|less than) "
WORDS = "|".join((
    rf"(?:an?|another) (?:(?!(?:of|in|from|near|to|at|on|who|which|that)\b)[a-z-]+ ){{0,4}}{KIND}\b"
    rf"(?: {PREPOSITION} (?:{NAMES}|{PLAIN})){{0,2}}",
    rf"(?:{LENGTH})?\d[\d.,]*[ -]?(?:km|kilomet(?:er|re)s?|miles?) (?:to the )?{COMPASS}?(?:of|from|outside|away from) {NAMES}",
    rf"home to {PLAIN}",
    r"which (?:lies|sits|is located|is situated|is home to|had a population|has a population|straddles|overlooks|borders) "
    rf"(?:{PLAIN} ?)?(?:{NAMES})?",
))  # fmt: skip
CLAIM = re.compile(  # words of a claim, or of who might make one
    r"\b(?:held|holding|controlled|occupied|captured|recaptured|liberated|besieged|contested|encircled|surrounded|claimed|annexed|seized"
    r"|taken|retaken|abandoned|lost|fallen|ruled|run|administered|defended|rebel|rebels|government|army|militants?|insurgents?|jihadists?|separatists?"
    r"|loyalists?|troops|forces|soldiers|fighters|under|control|hands|front|frontline|fighting|last|only|sole|remaining|but|not|no|never|still|now|once)\b"
)
SET_OFF = re.compile(rf", (?:{WORDS})(?:,(?= (?!wh)[a-z])|(?=[.;](?:\s|\Z)))")
NAME = re.compile(r"(?:^|[\s(“\"'‘])[A-Z][\w'’-]*[a-z]\Z")
LONGEST = 40  # characters of the word before
TIMES = re.compile(r"(?:day|January|February|March|April|May|June|July|August|September|October|November|December)\Z")


def set_off(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where words that only describe the name before them stand in a stretch of a text, the comma before them and one behind included."""
    for found in SET_OFF.finditer(text, start, end):
        if CLAIM.search(found[0]) is not None:
            continue
        before = text[max(start, found.start() - LONGEST) : found.start()]
        if NAME.search(before) is not None and TIMES.search(before) is None:
            yield found.span()
