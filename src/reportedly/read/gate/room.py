"""Whether a cue leaves room for a place where its frame has it, by words alone or with the tags of a tagged sentence.

This is the reader's own grammar (assertions, slots) made lenient: it needs no tree, and what it turns down the grammar
would turn down too. Where the words do not tell, there is room.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.cues import Cue, Cues
from reportedly.model import Relation
from reportedly.read.gate.cue_rows import INSIDE, SHARES, WITHDRAWS, CueRows, after_preposition, says_no
from reportedly.read.gate.slot_room import BESIDE, NEAR, SlotRoom
from reportedly.read.gate.tag_room import lasts_in_place, noun_is_of_place, object_may_precede, stands_unnamed
from reportedly.read.parsing.marks import CLOSING, HYPHENS, OPENING
from reportedly.read.parsing.matching import heads_list, match
from reportedly.read.parsing.tags import FINITE
from reportedly.read.parsing.words import Words

__all__ = ["Room"]

FAR = 20  # tokens from a cue to its preposition
BEFORE = 40  # tokens left of a cue in which a word that denies it may stand, and right of it what says that it failed
LICENCE = 20  # tokens left of an infinitive's "to" in which the verb that licenses it may stand
DIRECT = 4  # tokens from a cue to its "of" or "over"
EDGES = frozenset([";", ":", "which", "who", "whom", "whose", "because", "although", "though", "whereas", "unless"])
FREE = "is free"  # the frame of a place that is free of somebody
THERE = "is there"  # the frame that names the forces in its cue
FRONT = frozenset(
    ["in", "near", "around", "at", "on", "along", "outside", "nowhere", "meanwhile", "but", "and"]
)  # what opens a sentence before a place
HOLDS_ON = "holds on in"  # a frame of troops in a place: "X, where they held out"
NOT = frozenset({"not", "n't", "never", "'t"})
WAYS = frozenset({"from", "into", "toward", "towards"})


class Room:
    """The frames of a language, asked whether a place can stand in their slots."""

    def __init__(self, cues: Cues, lists: dict[str, frozenset[str]]):
        self.cues, self.lists = cues, lists
        self.slots, self.rows = SlotRoom(cues, lists), CueRows(cues, lists)
        self.made = cues.words("clauses.made")
        self.goes_on = cues.words("clauses.going_on")
        self.gains, self.towns = cues.words("clauses.gains"), cues.words("places.towns")
        self.titles = frozenset(title.strip("-") for title in cues.titles)
        self._came_of, self._said = tuple(lists["came_of"]), tuple(lists["said"])
        self._licences = (*lists["licence"], *self._came_of)
        self._after_preposition = after_preposition(lists)

    def named(self, w: Words, i: int) -> bool:
        """Whether a name alone is the object of the verb at token i: "took Sirte in January", "lost Kidal."."""
        k = i + 2 if w.low[i + 1 : i + 2] in (["back"], ["out"]) else i + 1
        k += w.low[k : k + 1] in (["from"], ["of"])
        if k + 1 >= len(w.low) or not w.text[k][:1].isupper() or not self.slots.place(w, k):
            return False
        if w.low[k] in self.lists["countries"]:
            return False
        return w.low[k + 1] in self.lists["by_name_after"]

    def opens(self, w: Words, i: int, *, company: bool, sides: bool) -> bool:
        """Whether a cue at token i has room for a place, and company or no need of it; `sides`: a side is named, which is company
        enough for a noun or a longer cue.
        """
        hyphen = i > 0 and w.low[i - 1] in HYPHENS
        if w.low[i] in self.titles and (hyphen or w.low[i] in self.lists["bare_titles"]) and self._title(w, i):
            return True
        if w.low[i] in self.titles and w.low[i + 1 : i + 2] == ["by"]:
            return not self.cues.offices.isdisjoint(w.low[max(0, i - 8) : i])  # "the mayor of X installed by Moscow"
        return any(
            (company or (sides and (len(cue.words) > 1 or form == "noun")) or self._alone(w, cue, form, i))
            and self._fits(w, cue, form, i, hyphen=hyphen)
            for cue, form in self.rows.at(w, i)
        )

    def _fits(self, w: Words, cue: Cue, form: str, i: int, *, hyphen: bool) -> bool:
        """Whether a cue at token i has room for a place."""
        if form == "adjective":
            return self._adjective(w, cue, i, hyphen=hyphen)
        if hyphen and w.low[i - 2 : i - 1] != ["re"]:
            return False
        return self._noun(w, cue, i) if form == "noun" else self._verb(w, cue, form, i)

    def _alone(self, w: Words, cue: Cue, form: str, i: int) -> bool:
        """Whether a cue needs no company: of fighting by a name, of a loss "of" a name right behind it, of a fall in a war,
        of hands that a pronoun names ("remains in our hands").
        """
        if cue.frame.party == "to" and "~" in cue.words:
            return True
        if cue.frame.relation is Relation.CONTESTS:
            return any(
                w.text[k][:1].isupper() and w.low[k] not in self.lists["countries"] and self.slots.place(w, k)
                for k in range(max(0, i - BESIDE), min(len(w.low), i + NEAR))
                if k != i
            )
        if form == "noun" and w.low[i + 1 : i + 2] == ["of"] and i + 2 < len(w.low):
            return (
                w.text[i + 2][:1].isupper()
                and w.low[i + 2] not in self.lists["countries"]
                and self.slots.place(w, i + 2)
            )
        return cue.frame.name == "falls" and not self.lists["war"].isdisjoint(w.low)

    def _title(self, w: Words, i: int) -> bool:
        """Whether an office follows, and a place behind it or before the title ("Kherson's occupation head")."""
        end = min(len(w.low), i + 8)
        office = next((k for k in range(i + 1, end) if w.low[k] in self.cues.offices), None)
        if office is None:
            return False
        return self.slots.left(w, i, 8) or any(
            self.slots.place(w, k) for k in range(i + 1, min(len(w.low), office + 8))
        )

    def _verb(self, w: Words, cue: Cue, form: str, i: int) -> bool:
        end = self._verb_end(w, cue, form, i)
        if end is None:
            return False
        preps, slots = cue.frame.preps, self.slots
        if "subject" in preps and slots.left(w, i):
            return True
        if "" in preps and self._object(w, cue, i, end):
            return True
        if form == "past" and ("of" in preps or "over" in preps) and slots.left(w, i):
            return True
        if form == "past" and "" in preps and heads_list(w.low, i):
            colon = w.low.index(":", i)
            return colon + 1 < len(w.low) and slots.place(w, colon + 1)  # "Liberated: A and B"
        if cue.frame.relation is Relation.ADVANCES and (told := self._advances(w, cue, i, end)) is not None:
            return told
        return self._told_before(w, cue, i, end) or self._trapped(w, cue, end) or self._after_preps(w, cue, end)

    def _verb_end(self, w: Words, cue: Cue, form: str, i: int) -> int | None:
        """The token behind the words of a verb's cue, where it is a verb and may be meant as its frame has it."""
        if w.tag is not None and not self._is_verb(w, i, several=len(cue.words) > 1):
            return None
        if form in ("base", "s") and i and w.low[i - 1] in self.lists["articles"]:
            return None  # "the storm", "a sign"
        if cue.frame.particle and cue.frame.particle.isdisjoint(w.low[i + 1 : i + FAR]):
            return None  # "win" says nothing without "back"
        end = match(w, i, cue.words)
        if end is None or (form == "base" and not self._finite(w, cue, i)) or not self._meant(w, cue, i, end):
            return None
        if w.low[end : end + 1] == ["that"] and cue.words == ("claim",):
            return None  # of words, not of ground
        if cue.frame.name == FREE and end < len(w.low) and w.low[end] != "of" and w.low[end][:1].isalnum():
            return None  # "free to join"
        return None if stands_unnamed(w, i, self.slots) else end

    def _object(self, w: Words, cue: Cue, i: int, end: int) -> bool:
        """Whether a place may be the object: behind the verb, behind a time ("captured late on Friday the town of X"), before it."""
        slots, country = self.slots, cue.frame.relation is not Relation.LOSES
        if slots.right(w, end, country=country):
            return True
        if (timed := slots.past_time(w, end)) > end and slots.right(w, timed, country=country):
            return True
        return slots.no_object(w, end) and slots.left(w, i) and object_may_precede(w, i, slots)

    def _advances(self, w: Words, cue: Cue, i: int, end: int) -> bool | None:
        """Whether an advance without a place behind it tells of one before: "attacked near X but did not advance", "In X, the enemy
        advanced 160 meters"; None where nothing speaks for or against it.
        """
        low, left = w.low, self.slots.left
        if len(cue.words) > 1 and (cue.words[-1] in self.gains or left(w, i)):
            return True  # "attacked X but did not make any advances", "They made gains"
        if low[i - 1 : i] == ["without"] and left(w, i):
            return True  # "attacked near X without advancing"
        if not NOT.isdisjoint(low[max(0, i - 3) : i]):
            return left(w, i) or self._after_preps(w, cue, end)
        told = "".join(low[end : end + 1])[:1].isdigit() or (cue.words == ("advance",) and low[0] in FRONT)
        return True if told and left(w, i) else None

    def _told_before(self, w: Words, cue: Cue, i: int, end: int) -> bool:
        """Whether the place may stand before: "X: the army confirms that troops withdrew", "troops in X were forced to retreat"."""
        behind = w.low[max(0, i - 8) : i]
        if cue.frame.name == WITHDRAWS:
            if ":" in w.low[1:4] and self.slots.place(w, 0):
                return True
            if not INSIDE.isdisjoint(behind) and self.slots.left(w, i, 8):
                return True
        return self._points_back(w, cue, end, behind) and self.slots.left(w, i)

    @staticmethod
    def _points_back(w: Words, cue: Cue, end: int, behind: Sequence[str]) -> bool:
        """Whether a cue may take up a place: "X, from which they withdrew", "X, where they have advanced", "X before soldiers regained
        control", "struck X, indicating that they advanced in the area".
        """
        relation, last = cue.frame.relation, cue.words[-1]
        if relation is Relation.LOSES and "from" in behind and "which" in behind:
            return True
        there = "where" in behind or (last == "charge" and w.low[0] == "in")
        fought = relation in (Relation.ADVANCES, Relation.CONTESTS) or last in ("sway", "charge")
        if there and (fought or cue.frame.name == HOLDS_ON):
            return True
        if last == "control" and w.low[end : end + 1] not in (["of"], ["over"]):
            return True
        return cue.words == ("advance",) and "area" in w.low[end + 2 : end + 3]

    def _trapped(self, w: Words, cue: Cue, end: int) -> bool:
        """ "Troops are surrounded on three sides in X"."""
        return cue.words[0] in self.rows.traps and any(
            w.low[j] == "in" and self.slots.right(w, j + 1) for j in range(end, min(len(w.low), end + DIRECT * 2))
        )

    @staticmethod
    def bound(cue: Cue) -> bool:
        """Whether a cue says nothing without a word that denies or shares, as `_meant` asks for it."""
        return (cue.frame.denied_only and not says_no(cue)) or cue.frame.name == SHARES

    def _meant(self, w: Words, cue: Cue, i: int, end: int) -> bool:
        """Whether an everyday verb can be meant as its frame has it: a negation, a share, or armed people before it."""
        frame = cue.frame
        ours = self.lists["ours"] & set(w.low[max(0, i - 3) : i])  # "we are in X"
        no = ours or says_no(cue)
        if frame.denied_only and not no and self.lists["negating"].isdisjoint(w.low[max(0, i - BEFORE) : end + 3]):
            return False
        if frame.name == SHARES and self.lists["shares"].isdisjoint(w.low[end : end + NEAR]):
            return False
        if frame.strict and frame.party == "to":  # "is in the grip of al-Qaeda"
            behind = range(end, min(len(w.low), end + 4))
            held = self.lists["ground"] | self.lists["sides"]
            return any(w.text[k][:1].isupper() or w.low[k] in held for k in behind)
        before = w.low[: end if frame.name == THERE else i]
        return not frame.strict or any(
            not self.lists[key].isdisjoint(before) for key in ("ground", "sides", "subjects")
        )

    def _is_verb(self, w: Words, i: int, *, several: bool) -> bool:
        """Whether the tag lets the word be a verb: of a headline, where it is tagged as a noun after a side; `several`:
        it is the first of several words of a cue.
        """
        tag = w.tag[i] if w.tag is not None else ""
        if tag.startswith("VB"):
            return True
        if tag == "JJ" and {"been", "being", "was", "were"} & set(w.low[max(0, i - 6) : i]):
            return True
        if tag == "JJ" and w.low[i] == "free" and self.lists["declares"] & set(w.low[max(0, i - 9) : i]):
            return True  # "declared X free"
        if tag == "NN" and w.low[i - 1 : i] and w.low[i - 1] in ("been", "being", "was", "were", "have", "has", "had"):
            return True  # "was overrun"
        if tag == "JJ" and w.low[i].endswith("ed") and w.low[i - 1 : i] == [","]:
            return True  # "crossed the river, secured positions in X, and"
        if tag == "JJ" and heads_list(w.low, i):
            return True  # "Liberated villages: A and B"
        if tag == "JJ" and w.low[i - 1 : i] == ["to"]:
            return True  # "continued to clear X"
        if tag == "JJ" and w.low[i].endswith("ed") and {"have", "has", "had"} & set(w.low[max(0, i - 4) : i]):
            return True  # "have not completely isolated X"
        if tag == "JJ" and w.low[i].endswith("ed") and (w.low[i + 1 : i + 2] or [""])[0] in self.slots.compass:
            return True  # "forces marginally advanced south of X"
        if tag == "JJ" and w.low[i] == "advanced" and w.tag is not None and w.tag[i + 1 : i + 2] in (["IN"], ["RB"]):
            return True
        if not tag.startswith(("NN", "JJ")) or i == 0 or i + 1 >= len(w.low):
            return False
        before = w.low[i - 1]  # a bracket may stand behind a side
        side = w.text[i - 1][:1].isupper() or any(
            before in words for words in (self.lists["ground"], self.lists["sides"], CLOSING)
        )
        object_ = w.text[i + 1]
        behind = {"which", "that"} & set(w.low[max(0, i - 5) : i])  # "X, which al-Shabaab overran in April"
        return (
            side
            and (
                several
                or bool(behind)
                or object_[:1].isupper()
                or object_[:1].isdigit()
                or object_ in ("control", "the", "full")
                or (tag == "NNS" and object_ in ("from", "out"))  # "Kyiv withdraws from X"
                or (
                    object_ in WAYS and any(word[:1].isupper() for word in w.text[i + 2 : i + 5])
                )  # "rebels of A withdraw from X"
                or self.slots.place(w, i + 1)
            )
        )

    def _finite(self, w: Words, cue: Cue, i: int) -> bool:
        """Whether a base form can state something: no bare infinitive without a verb that licenses it, no preposition."""
        if cue.text in self.lists["prepositions"] and (not i or w.low[i - 1] not in self._after_preposition):
            return False
        for j in range(i - 1, max(-1, i - 5), -1):
            word = w.low[j]
            if word == "to":
                return (
                    w.low[j - 1 : j] in (["had"], ["yet"])  # "had to leave X", "has yet to enter X"
                    or any(other.startswith(self._licences) for other in w.low[max(0, j - LICENCE) : j])
                    or any(other.startswith(self._said) for other in w.low[max(0, j - BESIDE) : j])
                    or any(other.startswith(self._came_of) for other in w.low[i + 1 : i + BEFORE])
                )
            if word in self.lists["modals"]:
                twice = w.low[j - 1] == "and" and w.low[j - 2] in (
                    "not",
                    "n't",
                    "'t",
                    "never",
                )  # "did not and will not"
                return twice or word in self.lists["epistemic"]
            if not (word.endswith("ly") or word in ("not", "also", "n't", "'t", "be", "then", "and", "even", "soon")):
                break
        return True

    def _noun(self, w: Words, cue: Cue, i: int) -> bool:
        if w.tag is not None and not (w.tag[i].startswith("NN") or w.low[i] in ("fighting", "still")):
            return False
        end = match(w, i, cue.words)
        if end is None or (w.low[i - 1 : i] == ["of"] and w.low[i - 2 : i - 1] in (["order"], ["orders"])):
            return False  # "Order of Battle: ..."
        compound = w.tag is not None and w.tag[i + 1 : i + 2] in (["NN"], ["NNS"])
        if cue.frame.relation is Relation.CONTESTS and compound and w.low[i + 1] not in self.goes_on:
            return False  # "combat power", "battle group"
        told = bool({"under", "outside"} & set(w.low[max(0, i - 4) : i]))  # "X, now under Russian control"
        told = told or (w.low[i] == "hands" and "in" in w.low[max(0, i - 5) : i])  # "X 'entirely' in Russian hands"
        told = told or (":" in w.low[max(0, i - 4) : i] and w.low[i - 1] in ("claims", "announces", "reports"))
        told = told or cue.frame.name == "last stronghold"  # "X is no longer the last stronghold of Y"
        if "" in cue.frame.preps and self.slots.right(w, end, country=False):
            return True  # "troops at the gates of X"
        if cue.words in (("occupation",), ("siege",)) and lasts_in_place(w, cue, i) and self.slots.left(w, i):
            return True  # "X, which endured eight months of occupation"
        far = 2 * BESIDE if told else BESIDE
        share = told and not self.lists["shares"].isdisjoint(w.low[max(0, i - far) : i])  # "20% of X under Y's control"
        before = (told or noun_is_of_place(w, cue, i, self.slots)) and self.slots.left(w, i, far, country=share)
        return before or self._after_preps(w, cue, end)

    def _adjective(self, w: Words, cue: Cue, i: int, *, hyphen: bool) -> bool:
        if stands_unnamed(w, i, self.slots):
            return False
        side = hyphen or (i > 0 and (w.text[i - 1][:1].isupper() or w.low[i - 1] in self.lists["sides"]))
        if cue.text in self.lists["compound"] and not side:
            return False  # "the held town" is none; "Kyiv controlled X" is
        if hyphen and not self.towns.isdisjoint(w.low[i + 1 : i + 4]):
            return True  # "the Russian-occupied port city" takes up one
        return self.slots.name_behind(w, i + 1) or self.slots.left(w, i, 8, named=True)

    def _after_preps(self, w: Words, cue: Cue, end: int) -> bool:
        words = self.rows.preps[cue.frame.preps]
        if not words:
            return False
        country = cue.frame.relation not in (Relation.CONTESTS, Relation.LOSES)
        direct = end + DIRECT if w.low[end : end + 1] != ["by"] else end + FAR
        inside = False
        for j in range(end, min(len(w.low), end + FAR)):
            low = w.low[j]
            if inside or low in OPENING:
                inside = low not in CLOSING
            if (
                low in words
                and (j < direct or low not in ("of", "over"))
                and self.slots.right(w, j + 1, country=country)
            ):
                return True
            if not inside and self._ends(w, cue, j):
                return False
        return False

    def _ends(self, w: Words, cue: Cue, j: int) -> bool:
        """Whether another clause begins at token j, in which no preposition belongs to the cue."""
        if w.low[j] in EDGES:
            return True
        if w.tag is None or w.tag[j] not in FINITE:
            return False
        going_on = cue.frame.kind == "noun" and cue.frame.relation is Relation.CONTESTS and w.low[j] in self.goes_on
        gain = cue.frame.kind == "noun" and cue.frame.relation is Relation.ADVANCES
        return not going_on and not (gain and not self.made.isdisjoint(w.low[j : j + 5]))
