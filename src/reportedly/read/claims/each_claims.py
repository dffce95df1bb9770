"""What two parties claim each for itself: "both Kyiv and Moscow claim to control X", "both sides say that they hold X"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reportedly.knowledge.parties import SideWord
from reportedly.model import NARRATOR, Attribution, Relation
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing
from reportedly.resolve.parties import opponent

__all__ = ["each_claims"]

OWN = frozenset({"they", "it", "we"})
SIDES = frozenset({"sides", "armies", "parties", "belligerents", "militaries", "governments"})
REACH = 14  # tokens that two speakers may be long

Row = tuple[str, Attribution]


def each_claims(
    p: Passing, a: Assertion, attribution: Attribution, party_of: Callable[[SideWord], str | None], countries: Sequence[str]
) -> tuple[Row, ...]:  # fmt: skip
    """Both parties with who says so, where two speakers claim the same for themselves, or ()."""
    scene = p.scene
    gains = a.cue.frame.relation in (Relation.HOLDS, Relation.TAKES)
    if not gains or a.attributive or a.mood.denied or attribution.source == NARRATOR:
        return ()
    cue = next((v.frame.cue for v in reversed(p.attributions.chain(a.start)) if v.frame.cue >= 0), None)
    if cue is None or cue > a.start or scene.sentence[cue] != scene.sentence[a.start]:
        return ()
    if (a.side is not None and a.side.start > cue) or not (
        a.subject is None or not cue <= a.subject <= a.start or scene.low[a.subject] in OWN
    ):
        return ()  # "both say that somebody else holds X"
    first = max(scene.sentence[cue][0], cue - REACH)
    each = next((k for k in range(first, cue) if scene.low[k] in ("both", "each")), None)
    if each is None:
        return ()
    if scene.low[each + 1] in SIDES:
        home = next((s for c in countries if (s := p.knowledge.parties.state_of(c)) is not None), None)
        foe = home and opponent(home.id, p.knowledge.parties, countries=countries, heard=p.heard.parties)
        return ((home.id, attribution), (foe, attribution)) if home is not None and foe else ()
    named = [s for s in scene.sides if first <= s.start < cue]
    if len(named) != 2 or "and" not in scene.low[named[0].end : named[1].start]:
        return ()
    start = each + 1 if each < named[0].start else named[0].start
    joint = next(k for k in range(named[0].end, named[1].start) if scene.low[k] == "and")
    ends = joint, max(named[1].end, each if each > joint else cue)
    rows = []
    for side, left, right in ((named[0], start, ends[0]), (named[1], joint + 1, ends[1])):
        while scene.tag[left] == "DT":
            left += 1
        while right > side.end and scene.tag[right - 1].startswith(("RB", "VB", "MD", "DT")):
            right -= 1
        words = scene.text(left, right)
        party = party_of(side.word)
        if party is not None:
            rows.append((party, replace(attribution, source=words, side=party)))
    return tuple(rows) if len(rows) == 2 and rows[0][0] != rows[1][0] else ()
