"""Whether a place can stand left or right of a token: ground, a name, or what may stand before one in its phrase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reportedly.knowledge.cues import Cues
from reportedly.read.parsing.marks import CLOSING, OPENING
from reportedly.read.parsing.words import Words

__all__ = ["BESIDE", "LEFT", "NEAR", "SlotRoom"]

UNITS = frozenset({"km", "km2", "kilometres", "kilometers", "miles", "hectares"})
DAYS = frozenset({"yesterday", "today", "overnight"})
TIMES = frozenset({"morning", "afternoon", "evening", "night"})
OWNERS = frozenset({"group", "rebels", "militants", "insurgents", "jihadists", "army", "movement", "militia", "junta"})
AGO = frozenset({"before", "earlier", "ago", "later"})
NEAR = 10  # tokens from a cue or a preposition to the first word of its place
BESIDE = 4  # tokens left of a noun, or a word of fighting, in which its place may stand
LEFT = 14  # tokens left of a cue in which its place may stand
NO_PLACES = (  # lists of words with which no place's name begins
    "calendar", "commons", "events", "institutions", "leagues", "organisations", "persons", "titles", "works", "worlds"
)  # fmt: skip
COUNTING = frozenset(
    {
        ("all", "but"),
        ("more", "than"),
        ("less", "than"),
        ("fewer", "than"),
        ("up", "to"),
        ("as", "many"),
        ("many", "as"),
    }
)
MEASURED = (["at", "least"], ["at", "most"], ["as", "many"])
SKIPPED_TAGS = ("DT", "PRP$", "PDT", "JJ", "JJR", "JJS", "CD", "RB", "RBR", "RBS", "POS", "VBN", "HYPH", "``", "''")
PHRASE_ENDS = ("NN", "VB", "IN", "MD", "WDT", "PRP", "WP")
PLACE, ANAPHOR, COUNTRY, BARRED, OPENER = (1 << bit for bit in range(5))  # what a word is, as far as it is asked here
FIRST = frozenset({"and", "or", "of", "within", "than", "not", "in", "from", "to"})  # what may stand right behind a cue


class SlotRoom:
    """The words of a language that are ground or lead to it, asked whether a place can stand somewhere."""

    def __init__(self, cues: Cues, lists: dict[str, frozenset[str]]):
        self.lists = lists
        self.land = lists["land"] | cues.words("places.settlements") | cues.words("places.kinds")
        self.land = (self.land | cues.words("places.anaphors") | cues.words("places.whole")) - lists["no_land"]
        self.no_places = frozenset().union(*(cues.words(f"names.{key}") for key in NO_PLACES)) - self.land
        self.compass = cues.words("places.compass")
        self.including = cues.words("places.including") | {"among"}
        self.measures = lists["measures"] | cues.words("places.part")
        known = (
            (self.land, PLACE),
            (lists["anaphors"], ANAPHOR),
            (lists["countries"], COUNTRY),
            ((self.no_places | lists["demonyms"]) - self.land, BARRED),
            (lists["openers"], OPENER),
        )
        self._known: defaultdict[str, int] = defaultdict(int)
        for words, bit in known:
            for word in words:
                self._known[word] |= bit

    def place(self, w: Words, k: int) -> bool:
        """Whether the word at k can begin a place: ground, or a name of no people, body or day, nor a first word of small weight."""
        mark = self._known.get(w.low[k], 0)
        if mark & PLACE:
            return True
        return not (mark & BARRED or (k == 0 and mark & OPENER)) and w.text[k][:1].isupper()

    def is_ground(self, w: Words, k: int) -> bool:
        """Whether the word at k begins a place, or measures or places one ("east", "part")."""
        return self.place(w, k) or w.low[k] in self.compass or w.low[k] in self.measures

    def right(self, w: Words, k: int, near: int = NEAR, *, country: bool = True) -> bool:
        """Whether a place can begin at token k or behind what may stand before it in its phrase; a country only if told so."""
        known, low, inside = self._known, w.low, False
        for j in range(k, min(len(low), k + near)):
            if inside:
                inside = low[j] not in CLOSING
            elif low[j] in OPENING:
                inside = True
            elif self.place(w, j) or (j < k + 4 and known.get(low[j], 0) & ANAPHOR) or self._quarter(low, j):
                if country or not known.get(low[j], 0) & COUNTRY or (j > k and low[j - 1] in self.compass):
                    return True
            elif low[j] == "," and low[j + 1 : j + 2] and low[j + 1] in self.including:
                return any(
                    self.place(w, m) for m in range(j + 2, min(len(low), j + 4))
                )  # "three of the five, including X"
            elif not self._leads_on(w, j, first=j == k):
                return self._joined(w, j, k + near, country=country)
        return False

    def past_time(self, w: Words, k: int) -> int:
        """The token behind a day that may stand between a verb and its object."""
        j = k + (w.low[k : k + 1] in (["late"], ["early"]))
        if w.low[j : j + 1] not in (["on"], ["this"], ["last"]):
            return j + 1 if w.low[j : j + 1] and w.low[j] in DAYS else k
        return j + 2 + (w.low[j + 2 : j + 3] != [] and w.low[j + 2] in TIMES)

    def _quarter(self, low: Sequence[str], j: int) -> bool:
        """Whether "the east", or "control of east" in a headline, ends at token j."""
        if j == 0 or low[j] not in self.compass:
            return False
        return low[j - 1] == "the" or (low[j - 1] == "of" and (j + 1 == len(low) or low[j + 1] not in self.land))

    def left(self, w: Words, i: int, reach: int = LEFT, *, named: bool = False, country: bool = True) -> bool:
        """Whether a place can stand among the tokens before token i; only a name, or no country, if told so."""
        known, text, low = self._known, w.text, w.low
        wanted = 0 if named else PLACE | ANAPHOR
        for j in range(i - 1, max(-1, i - reach - 1), -1):
            mark = known.get(low[j], 0)
            if mark & COUNTRY and not country:
                continue
            if mark & wanted:
                return True
            barred = mark & BARRED or (j == 0 and mark & OPENER and not mark & PLACE)
            if not barred and text[j][:1].isupper():
                return True
        return False

    def name_behind(self, w: Words, k: int) -> bool:
        """Whether a name stands behind the adjective before token k: "occupied territories" alone are none of anybody."""
        for j in range(k, min(len(w.low), k + NEAR)):
            low = w.low[j]
            if (
                low in self.land
                or low in self.measures
                or low in ("of", "in", "and", "the")
                or low in self.lists["quantities"]
            ):
                if low in self.lists["quantities"]:
                    return True
                continue
            if low in self.lists["demonyms"]:
                if w.low[j + 1 : j + 2] and w.low[j + 1] in self.land:
                    return True
                continue
            if self.place(w, j):
                return True
            if low in self.lists["breaks"]:
                return False
        return False

    def no_object(self, w: Words, end: int) -> bool:
        """Whether no object follows: then the place may stand before, in a passive or a relative clause."""
        if end >= len(w.low) or not AGO.isdisjoint(w.low[end + 2 : end + 4]):
            return True  # "which they had left the day before"
        if w.tag is not None:
            return (
                w.tag[end] not in ("DT", "PRP$", "NN", "NNS", "NNP", "NNPS", "PRP", "JJ", "$")
                or w.low[end] in self.lists["after"]
            )
        return w.low[end] in self.lists["after"] or w.low[end].endswith("ly")

    def _joined(self, w: Words, j: int, end: int, *, country: bool) -> bool:
        """Whether a place can follow an "and" behind an object that is none ("the airport and most of X")."""
        if w.tag is None or not w.tag[j].startswith("NN"):
            return False
        k = j + 1
        while k < min(end, len(w.low)) and w.tag[k].startswith("NN"):
            k += 1
        return w.low[k : k + 1] == ["and"] and self.right(w, k + 1, end - k, country=country)

    def _leads_on(self, w: Words, j: int, *, first: bool) -> bool:
        """Whether the token at j may stand between a cue or a preposition and the place."""
        lists, low = self.lists, w.low
        if low[j] in lists["demonyms"] or low[j] in self.measures or (first and low[j] in FIRST):
            return True
        if (
            j
            and low[j] in ("of", "in")
            and (
                low[j - 1] in self.measures
                or low[j - 1] in self.compass
                or low[j - 1] in lists["quantities"]
                or low[j - 1].isdigit()
            )
        ):
            return True
        if low[j] in ("dozen", "dozens") or (low[j - 1] if j else "", low[j]) in COUNTING or low[j : j + 2] in MEASURED:
            return True
        if low[j] == "," and j and low[j - 1] in self.compass and low[j + 1 : j + 2] and low[j + 1] in self.compass:
            return True  # "southern, eastern and northern X"
        if low[j] == "," and j and low[j - 1].isdigit() and low[j + 1 : j + 2] and low[j + 1].isdigit():
            return True  # "1,150 square kilometres and 82 settlements"
        if low[j] in (",", "or") and UNITS & set(low[max(0, j - 2) : j]):
            return True  # "114,500 sq km, or 19% of X"
        if low[j] == "that" and low[j + 1 : j + 2] and low[j + 1] in self.land:
            return True  # "as far as that village"
        if low[j] == "between" and low[j + 1 : j + 2] and (low[j + 1] in ("a", "half") or low[j + 1].isdigit()):
            return True  # "between 60 and 70 percent of X"
        if low[j] in OWNERS and low[j + 1 : j + 2] and low[j + 1][:1] in ("'", "’"):
            return True  # "the group's de facto capital"
        if low[j] in lists["breaks"]:
            return False
        if w.tag is None or w.tag[j] in SKIPPED_TAGS or not w.tag[j].startswith(PHRASE_ENDS):
            return True
        if j and low[j - 1] == "-" and low[j].endswith("ing"):
            return True  # "the oil-producing region of X"
        return low[j] in lists["describing"] or low[j] in self.compass or low[j + 1 : j + 2] == ["-"]
