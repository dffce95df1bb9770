"""Words of like meaning that `evaluation.rewordings` puts for one another, and speakers without a side."""

from __future__ import annotations

__all__ = ["ENTERS", "GAINS", "HOLDS", "LEAVES", "LIKE", "SPEAKERS", "TAKES"]

TAKES = (
    "overran", "secured", "conquered", "gained control of", "seized control of", "wrested control of", "established control over",
    "won control of",
)  # fmt: skip
LEAVES = (
    "pulled back from",
    "vacated",
    "gave up",
    "fled",
    "were forced out of",
    "retreated from",
    "were expelled from",
)
ENTERS = (
    "moved into",
    "pushed into",
    "broke into",
    "swept into",
    "rolled into",
    "marched into",
    "stormed into",
    "fought their way into",
)
GAINS = (
    "gained ground near", "made progress near", "pushed forward near", "made gains near", "moved forward near", "advanced close to",
    "advanced in the vicinity of", "advanced around", "advanced in the area of",
)  # fmt: skip
HOLDS = (
    "are in control of",
    "have control of",
    "remain in control of",
    "are in full control of",
    "maintain control of",
    "exercise control over",
)
LIKE = (
    ("the capture of", "the seizure of"),
    ("the seizure of", "the capture of"),
    ("claimed that", "asserted that"),
    ("claimed that", "maintained that"),
    ("claimed that", "boasted that"),
    ("claimed that", "insisted that"),
    ("claimed that", "alleged that"),
    ("reported that", "indicated that"),
    ("admitted that", "conceded that"),
    ("admitted that", "acknowledged that"),
    ("confirmed that", "acknowledged that"),
    ("denied claims", "dismissed claims"),
    ("denied reports", "rejected reports"),
    ("denied claims", "refuted claims"),
    ("dismissed reports", "denied reports"),
    ("rejected claims", "disputed claims"),
    ("are false", "are untrue"),
    ("are false", "are baseless"),
    ("is false", "is not true"),
    ("is untrue", "is wrong"),
    (r"likely(?= [a-z]+ed\b)", "probably"),
    (r"(?<=is )under Russian control", "in Russian hands"),
    (r"(?<=still )under Ukrainian control", "in Ukrainian hands"),
    ("in Russian hands", "under Russian control"),
    ("in rebel hands", "under rebel control"),
    ("Russian-held", "Russian-controlled"),
    ("Russian-controlled", "Russian-held"),
    ("Russian-occupied", "Moscow-occupied"),
    ("the outskirts of", "the edge of"),
    ("on the outskirts", "on the fringes"),
    ("most of", "the bulk of"),
    ("parts of", "sections of"),
    ("toward", "in the direction of"),
    ("towards", "toward"),
    ("was captured by", "was taken by"),
    ("was captured by", "was overrun by"),
    ("was captured by", "was taken over by"),
    ("was captured by", "fell into the hands of"),
    ("driven out of", "pushed out of"),
    ("driven out of", "expelled from"),
    ("pushed out of", "dislodged from"),
    ("do not control", "are not in control of"),
    ("failed to capture", "could not take"),
    ("remain in", "are still in"),
    ("still hold", "continue to hold"),
    ("Heavy fighting", "Intense fighting"),
    ("Heavy fighting", "Fierce fighting"),
    ("is completely surrounded", "is fully encircled"),
)
SPEAKERS = (
    "a senior official in the capital",
    "three local journalists",
    "the head of the district council",
    "a resident reached by phone",
    "the regional police chief",
    "aid workers",
    "a former lawmaker",
    "Mayor Olena Hrytsenko",
    "the monitoring group",
    "two people familiar with the matter",
)
