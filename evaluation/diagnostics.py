"""Six diagnostics of disagreement between reports of one event, after what the R package eventreport describes.

The package compares the source reports of an event and scores how far they differ per variable. Taken here to be, for each
event (a settlement in a calendar week with at least two claims):

1. divergence: share of events whose reports give more than one value (here: of the holder);
2. modal confidence: share of an event's reports that give its commonest value, averaged;
3. entropy: Shannon entropy of the values of an event, in bits, averaged;
4. dispersion: of the numeric variable (here: the day it is said to have happened), the range in days, averaged;
5. report count: claims per event, averaged;
6. source overlap: share of events that rest on one voice only, so that agreement says nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import fmean

from reportedly.model import Claim, Relation
from reportedly.reconcile import effective_day, voice_of

__all__ = ["disagreement"]


def disagreement(claims: Iterable[Claim]) -> dict[str, float]:
    """The six figures over all events that at least two claims tell."""
    events: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.place.place_id is not None and claim.relation in (Relation.TAKES, Relation.HOLDS, Relation.LOSES):
            events[claim.place.place_id, effective_day(claim).toordinal() // 7].append(claim)
    told = [found for found in events.values() if len(found) > 1]
    if not told:
        return {}
    values = [Counter((c.party, c.relation is not Relation.LOSES, str(c.polarity)) for c in found) for found in told]
    shares = [[n / sum(v.values()) for n in v.values()] for v in values]
    days = [[effective_day(c).toordinal() for c in found] for found in told]
    return {
        "eventreport.divergence": fmean(len(v) > 1 for v in values),
        "eventreport.modal_confidence": fmean(max(s) for s in shares),
        "eventreport.entropy_bits": fmean(-sum(p * math.log2(p) for p in s) for s in shares),
        "eventreport.date_range_days": fmean(max(d) - min(d) for d in days),
        "eventreport.reports_per_event": fmean(len(found) for found in told),
        "eventreport.one_voice_only": fmean(len({voice_of(c) for c in found}) == 1 for found in told),
    }
