"""Whether a cue leaves room for a place where its frame has it, by words alone or with the tags of a tagged sentence.

This is the reader's own grammar (assertions, slots) made lenient: it needs no tree, and what it turns down the grammar
would turn down too. Where the words do not tell, there is room.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from reportedly.knowledge.cues import Cue, Cues
from reportedly.model import Relation
from reportedly.read.tokens import Tokens

__all__ = ["IN_PHRASE", "JOINED", "QUOTED", "Room", "Words", "load_lists"]

TOKEN = re.compile(r"[^\W_]+|'(?:s|t|d|m|ll|re|ve)\b|[^\w\s]|_")
NEAR = 10  # tokens from a cue or a preposition to the first word of its place
FAR = 28  # tokens from a cue to its preposition
DIRECT = 4  # tokens from a cue to its "of" or "over"
EDGES = frozenset([";", ":", "which", "who", "whom", "whose", "because", "although", "though", "whereas", "unless"])
FINITE = ("VBD", "VBZ", "VBP", "MD")
BESIDE = 4  # tokens left of a noun in which its place may stand
GAP = 7  # tokens between the words of a longer cue where "~" stands
BEFORE = 40  # tokens left of a cue in which its place, or the verb that licenses an infinitive, may stand
HYPHENS = frozenset("-–‑")
Row = tuple[Cue, str, frozenset[str] | None, frozenset[str]]
"""A cue, which of its forms, words of which its sentence has one (None: not told by words), forms of its second word."""
NO_ROWS: tuple[tuple[Row, ...], dict[str, list[Row]]] = ((), {})
WITHDRAWS, INSIDE = "withdraws from", frozenset({"in", "inside"})  # who withdraws, and from where they stood
SHARES = "has a share of"  # the frame of which a share is told
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
THERE = "is there"  # the frame that names the forces in its cue
OPENING, CLOSING = frozenset("(["), frozenset(")]")
SKIPPED_TAGS = ("DT", "PRP$", "PDT", "JJ", "JJR", "JJS", "CD", "RB", "RBR", "RBS", "POS", "VBN", "HYPH", "``", "''")
IN_PHRASE = frozenset(  # of the words that a gap in a cue may hold
    ["VBN", "VBG", "DT", "JJ", "JJR", "JJS", "PRP$", "POS", "NN", "NNS", "NNP", "NNPS", "RB", "RBR", "HYPH", "CD"]
)
QUOTED = frozenset("\"“”‘’'")
JOINED = frozenset(["-", "%", "of", "but", "and", "yet", "up", "to", "than"])
PHRASE_ENDS = ("NN", "VB", "IN", "MD", "WDT", "PRP", "WP")
FIRST = frozenset({"and", "or", "of", "within", "than", "not", "in", "from", "to"})  # what may stand right behind a cue


def load_lists(language: str) -> dict[str, frozenset[str]]:
    """The word lists of the gate in a language."""
    source = files("reportedly.knowledge").joinpath(f"data/gate/{language}.toml")
    return {k: frozenset(v.split()) for k, v in tomllib.loads(source.read_text(encoding="utf-8")).items()}


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence as words: as written, in lower case, and their tags if it is tagged."""

    text: Sequence[str]
    low: Sequence[str]
    every: frozenset[str]  # of `low`
    tag: Sequence[str] | None = None

    @classmethod
    def of(cls, sentence: str) -> Words:
        """The words of an untagged sentence."""
        text: list[str] = []
        for stretch in sentence.split():
            if stretch.isalnum():  # most are words, which need no pattern
                text.append(stretch)
            else:
                text += TOKEN.findall(stretch)
        low = "\n".join(text).lower().split("\n")  # one call for all: no token holds white space
        return cls(text, low, frozenset(low))

    @classmethod
    def tagged(cls, doc: Any) -> Words:
        """The words of a tagged sentence."""
        tokens = Tokens.of(doc)
        return cls(tokens.text, tokens.low, frozenset(tokens.low), tokens.tag)


class Room:
    """The frames of a language, asked whether a place can stand in their slots."""

    def __init__(self, cues: Cues, lists: dict[str, frozenset[str]]):
        self.cues, self.lists = cues, lists
        self.land = lists["land"] | cues.words("places.settlements") | cues.words("places.kinds")
        self.land = (self.land | cues.words("places.anaphors") | cues.words("places.whole")) - lists["no_land"]
        self.made = cues.words("clauses.made")
        self.goes_on = cues.words("clauses.going_on")
        self.traps = cues.words("clauses.traps")
        self.compass = cues.words("places.compass")
        self.measures = lists["measures"] | cues.words("places.part")
        self.gains = cues.words("clauses.gains")
        self.titles = frozenset(title.strip("-") for title in cues.titles)
        self._stems = tuple(lists["licence"])
        forms: dict[str, list[tuple[Cue, str]]] = defaultdict(list)
        for form, verbs in cues.verbs.items():
            forms[form] += verbs
        for form, nouns in cues.nouns.items():
            forms[form] += [(cue, "noun") for cue in nouns]
        for form, cue in cues.adjectives.items():
            forms[form].append((cue, "adjective"))
        self._preps = {
            cue.frame.preps: frozenset(
                word for p in cue.frame.preps if p and p != "subject" for word in (self.compass if p == "N" else (p.split()[0],))
            )
            for cue in cues.cues
        }  # fmt: skip
        self._rows = {}
        for form, found in forms.items():
            rows = [(cue, kind, self._wanted(cue, kind), _second(cue, kind)) for cue, kind in found]
            by_weight = self._by_weight(rows)
            self._rows[form] = tuple(by_weight.pop("", ())), by_weight

    def _by_weight(self, rows: list[Row]) -> dict[str, list[Row]]:
        """Cues by the forms that `match` takes for their weightiest word behind the first, "" where they have one word: one common
        verb has dozens.
        """
        found: dict[str, list[Row]] = defaultdict(list)
        for row in {_asked(row[0], row[1]): row for row in rows}.values():
            cue, form = row[:2]
            behind = [word for word in cue.words[1:] if word != "~"] if form != "adjective" else []
            heavy = ([word for word in behind if word not in self.lists["small"]] or behind or [""])[-1]
            for word in (heavy, f"{heavy}s", f"{heavy}es") if heavy else ("",):
                found[word].append(row)
        return dict(found)

    def _wanted(self, cue: Cue, form: str) -> frozenset[str] | None:
        """Words of which a sentence has one if the cue leaves room in it, where that can be told by words alone."""
        frame = cue.frame
        if frame.denied_only:
            return self.lists["negating"] | self.lists["ours"]
        if frame.name == SHARES:
            return self.lists["shares"]
        elsewhere = {"", "subject"} & set(frame.preps) or (form == "past" and {"of", "over"} & set(frame.preps))
        if (
            form in ("noun", "adjective")
            or elsewhere
            or frame.relation is Relation.ADVANCES
            or cue.words[0] in self.traps
            or cue.words[-1] == "control"
        ):
            return None
        more = INSIDE if frame.name == WITHDRAWS else frozenset()
        more = more | {"where"} if frame.relation is Relation.CONTESTS else more
        return self._preps[frame.preps] | more

    def named(self, w: Words, i: int) -> bool:
        """Whether a name alone is the object of the verb at token i: "took Sirte in January", "lost Kidal."."""
        k = i + 2 if w.low[i + 1 : i + 2] in (["back"], ["out"]) else i + 1
        k += w.low[k : k + 1] in (["from"], ["of"])
        if k + 1 >= len(w.low) or not w.text[k][:1].isupper() or not self.place(w, k):
            return False
        if w.low[k] in self.lists["countries"]:
            return False
        return w.low[k + 1] in self.lists["by_name_after"]

    def openings(self, w: Words, i: int) -> Iterator[tuple[bool, bool]]:
        """For each cue at token i with room for a place: whether it needs no company, and whether a side is company enough."""
        hyphen = i > 0 and w.low[i - 1] in HYPHENS
        if w.low[i] in self.titles and (hyphen or w.low[i] == "occupation") and self._title(w, i):
            yield True, False
        alone, longer = self._rows.get(w.low[i], NO_ROWS)
        rows: Sequence[Row] = alone
        if longer:
            near = w.low[i + 1 : i + 1 + GAP]  # where `match` looks for the second word of a cue
            rows = [
                *alone,
                *(row for word in longer.keys() & w.every for row in longer[word] if not row[3].isdisjoint(near)),
            ]
        for cue, form, wanted, _ in rows:
            if wanted is not None and wanted.isdisjoint(w.every):
                continue
            if form == "adjective":
                fits = self._adjective(w, cue, i, hyphen=hyphen)
            elif hyphen and w.low[i - 2 : i - 1] != ["re"]:
                continue
            elif form == "noun":
                fits = self._noun(w, cue, i)
            else:
                fits = self._verb(w, cue, form, i)
            if fits:
                yield self._alone(w, cue, form, i), len(cue.words) > 1 or form == "noun"

    def _alone(self, w: Words, cue: Cue, form: str, i: int) -> bool:
        """Whether a cue needs no company: of fighting by a name, of a loss "of" a name right behind it, of a fall in a war,
        of hands that a pronoun names ("remains in our hands").
        """
        if cue.frame.party == "to" and "~" in cue.words:
            return True
        if cue.frame.relation is Relation.CONTESTS:
            return any(
                w.text[k][:1].isupper() and w.low[k] not in self.lists["countries"] and self.place(w, k)
                for k in range(max(0, i - BESIDE), min(len(w.low), i + NEAR))
                if k != i
            )
        if form == "noun" and w.low[i + 1 : i + 2] == ["of"] and i + 2 < len(w.low):
            return w.text[i + 2][:1].isupper() and w.low[i + 2] not in self.lists["countries"] and self.place(w, i + 2)
        return cue.frame.name == "falls" and not self.lists["war"].isdisjoint(w.low)

    def _title(self, w: Words, i: int) -> bool:
        """Whether an office follows, and a place behind it or before the title ("Kherson's occupation head")."""
        end = min(len(w.low), i + 8)
        office = next((k for k in range(i + 1, end) if w.low[k] in self.cues.offices), None)
        if office is None:
            return False
        return self.left(w, i, 8) or any(self.place(w, k) for k in range(i + 1, min(len(w.low), office + 8)))

    def _verb(self, w: Words, cue: Cue, form: str, i: int) -> bool:
        if w.tag is not None and not self._is_verb(w, i, several=len(cue.words) > 1):
            return False
        if form in ("base", "s") and i and w.low[i - 1] in self.lists["articles"]:
            return False  # "the storm", "a sign"
        end = match(w, i, cue.words)
        if end is None or (form == "base" and not self._finite(w, cue, i)) or not self._meant(w, cue, i, end):
            return False
        preps = cue.frame.preps
        if "subject" in preps and self.left(w, i):
            return True
        country = cue.frame.relation is not Relation.LOSES
        if "" in preps and (self.right(w, end, country=country) or (self._no_object(w, end) and self.left(w, i))):
            return True
        if form == "past" and {"of", "over"} & set(preps) and self.left(w, i):
            return True
        told = cue.frame.relation is Relation.ADVANCES and len(cue.words) > 1
        if told and (cue.words[-1] in self.gains or self.left(w, i)):
            return True  # "attacked X but did not make any advances", "They made gains"
        if cue.frame.relation is Relation.ADVANCES and w.low[i - 1 : i] == ["without"] and self.left(w, i):
            return True  # "attacked near X without advancing"
        if cue.frame.relation is Relation.ADVANCES and {"not", "n't", "never", "'t"} & set(w.low[max(0, i - 3) : i]):
            return self.left(w, i) or self._after_preps(w, cue, end)  # "attacked near X but did not advance"
        if cue.frame.relation is Relation.ADVANCES and "".join(w.low[end : end + 1])[:1].isdigit() and self.left(w, i):
            return True  # "In X, the enemy advanced 160 meters"
        behind = w.low[max(0, i - 8) : i]
        if cue.frame.relation is Relation.LOSES and "from" in behind and "which" in behind and self.left(w, i):
            return True  # "X, from which they withdrew"
        if cue.frame.name == WITHDRAWS and INSIDE & set(behind) and self.left(w, i, 8):
            return True  # "troops in X were forced to retreat"
        told_of = cue.frame.relation in (Relation.ADVANCES, Relation.CONTESTS) and "where" in behind
        if told_of and self.left(w, i):
            return True  # "X, where they have advanced"
        if cue.words[-1] == "control" and w.low[end : end + 1] not in (["of"], ["over"]) and self.left(w, i):
            return True  # "seized X before soldiers regained control"
        before = cue.words == ("advance",) and "area" in w.low[end + 2 : end + 3]
        if before and self.left(w, i):
            return True  # "struck X, indicating that they advanced in the area"
        if cue.frame.relation is Relation.CONTESTS and "where" in w.low[max(0, i - 8) : i] and self.left(w, i):
            return True  # "X, where troops are fighting"
        if cue.words[0] in self.traps and any(
            w.low[j] == "in" and self.right(w, j + 1) for j in range(end, min(len(w.low), end + DIRECT * 2))
        ):
            return True  # "troops are surrounded on three sides in X"
        return self._after_preps(w, cue, end)

    @staticmethod
    def bound(cue: Cue) -> bool:
        """Whether a cue says nothing without a word that denies or shares, as `_meant` asks for it."""
        return cue.frame.denied_only or cue.frame.name == SHARES

    def _meant(self, w: Words, cue: Cue, i: int, end: int) -> bool:
        """Whether an everyday verb can be meant as its frame has it: a negation, a share, or armed people before it."""
        frame = cue.frame
        ours = self.lists["ours"] & set(w.low[max(0, i - 3) : i])  # "we are in X"
        if frame.denied_only and not ours and self.lists["negating"].isdisjoint(w.low[max(0, i - BEFORE) : end + 3]):
            return False
        if frame.name == SHARES and self.lists["shares"].isdisjoint(w.low[end : end + NEAR]):
            return False
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
        if tag == "JJ" and w.low[i - 1 : i] == ["to"]:
            return True  # "continued to clear X"
        if tag == "JJ" and w.low[i].endswith("ed") and {"have", "has", "had"} & set(w.low[max(0, i - 4) : i]):
            return True  # "have not completely isolated X"
        if tag == "JJ" and w.low[i].endswith("ed") and (w.low[i + 1 : i + 2] or [""])[0] in self.compass:
            return True  # "forces marginally advanced south of X"
        if tag == "JJ" and w.low[i] == "advanced" and w.tag is not None and w.tag[i + 1 : i + 2] in (["IN"], ["RB"]):
            return True
        if not tag.startswith(("NN", "JJ")) or i == 0 or i + 1 >= len(w.low):
            return False
        side = (
            w.text[i - 1][:1].isupper() or w.low[i - 1] in self.lists["ground"] or w.low[i - 1] in self.lists["sides"]
        )
        object_ = w.text[i + 1]
        return side and (
            several
            or object_[:1].isupper()
            or object_[:1].isdigit()
            or object_ in ("control", "the", "full")
            or (tag == "NNS" and object_ in ("from", "out"))  # "Kyiv withdraws from X"
            or self.place(w, i + 1)
        )

    def _finite(self, w: Words, cue: Cue, i: int) -> bool:
        """Whether a base form can state something: no bare infinitive without a verb that licenses it, no preposition."""
        if cue.text in self.lists["prepositions"]:
            before = w.low[i - 1] if i else ""
            if not (before == "to" or before in self.lists["modals"] or before in self.lists["sides"] or before in self.lists["ground"]
                    or before in ("they", "we", "not")):  # fmt: skip
                return False
        for j in range(i - 1, max(-1, i - 5), -1):
            word = w.low[j]
            if word == "to":
                return any(
                    other.startswith(self._stems)
                    for other in (*w.low[max(0, i - BEFORE) : j], *w.low[i + 1 : i + BEFORE])
                )
            if word in self.lists["modals"]:
                return word in self.lists["epistemic"]
            if not (word.endswith("ly") or word in ("not", "also", "n't", "'t", "be", "then", "and", "even", "soon")):
                break
        return True

    def _noun(self, w: Words, cue: Cue, i: int) -> bool:
        if w.tag is not None and not (w.tag[i].startswith("NN") or (w.tag[i] == "VBG" and w.low[i] == "fighting")):
            return False
        end = match(w, i, cue.words)
        if end is None or (w.low[i - 1 : i] == ["of"] and w.low[i - 2 : i - 1] in (["order"], ["orders"])):
            return False  # "Order of Battle: ..."
        compound = w.tag is not None and w.tag[i + 1 : i + 2] in (["NN"], ["NNS"])
        if cue.frame.relation is Relation.CONTESTS and compound and w.low[i + 1] not in self.goes_on:
            return False  # "combat power", "battle group"
        told = bool({"under", "outside"} & set(w.low[max(0, i - 4) : i]))  # "X, now under Russian control"
        told = told or (w.low[i] == "hands" and "in" in w.low[max(0, i - 3) : i])  # "X 'entirely' in Russian hands"
        told = told or cue.frame.name == "last stronghold"  # "X is no longer the last stronghold of Y"
        return self.left(w, i, 2 * BESIDE if told else BESIDE, country=False) or self._after_preps(w, cue, end)

    def _adjective(self, w: Words, cue: Cue, i: int, *, hyphen: bool) -> bool:
        side = hyphen or (i > 0 and (w.text[i - 1][:1].isupper() or w.low[i - 1] in self.lists["sides"]))
        if cue.text in self.lists["compound"] and not side:
            return False  # "the held town" is none; "Kyiv controlled X" is
        return self._named(w, i + 1) or self.left(w, i, 8, named=True)

    def _named(self, w: Words, k: int) -> bool:
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

    def _after_preps(self, w: Words, cue: Cue, end: int) -> bool:
        words = self._preps[cue.frame.preps]
        if not words:
            return False
        country = cue.frame.relation not in (Relation.CONTESTS, Relation.LOSES)
        direct = end + DIRECT if w.low[end : end + 1] != ["by"] else end + FAR
        inside = False
        for j in range(end, min(len(w.low), end + FAR)):
            low = w.low[j]
            if inside or low in OPENING:
                inside = low not in CLOSING
            if low in words and (j < direct or low not in ("of", "over")) and self.right(w, j + 1, country=country):
                return True
            if not inside and self._ends(w, cue, j):
                return False
        return False

    def _ends(self, w: Words, cue: Cue, j: int) -> bool:
        """Whether another clause begins at token j, in which no preposition belongs to the cue."""
        if w.low[j] in EDGES:
            return True
        if w.tag is None or not w.tag[j].startswith(FINITE):
            return False
        going_on = cue.frame.kind == "noun" and cue.frame.relation is Relation.CONTESTS and w.low[j] in self.goes_on
        gain = cue.frame.kind == "noun" and cue.frame.relation is Relation.ADVANCES
        return not going_on and not (gain and not self.made.isdisjoint(w.low[j : j + 5]))

    def _no_object(self, w: Words, end: int) -> bool:
        """Whether no object follows: then the place may stand before, in a passive or a relative clause."""
        if end >= len(w.low):
            return True
        if w.tag is not None:
            return (
                w.tag[end] not in ("DT", "PRP$", "NN", "NNS", "NNP", "NNPS", "PRP", "JJ", "$")
                or w.low[end] in self.lists["after"]
            )
        return w.low[end] in self.lists["after"] or w.low[end].endswith("ly")

    def place(self, w: Words, k: int) -> bool:
        """Whether the word at k can begin a place: ground, or a name that is no demonym, day or first word of small weight."""
        low = w.low[k]
        if low in self.land:
            return True
        if not w.text[k][:1].isupper() or low in self.lists["calendar"] or low in self.lists["demonyms"]:
            return False
        return k > 0 or low not in self.lists["openers"]

    def right(self, w: Words, k: int, near: int = NEAR, *, country: bool = True) -> bool:
        """Whether a place can begin at token k or behind what may stand before it in its phrase; a country only if told so."""
        lists, low, inside = self.lists, w.low, False
        for j in range(k, min(len(low), k + near)):
            if inside:
                inside = low[j] not in CLOSING
            elif low[j] in OPENING:
                inside = True
            elif self.place(w, j) or (j < k + 4 and low[j] in lists["anaphors"]):
                if country or low[j] not in lists["countries"] or (j > k and low[j - 1] in self.compass):
                    return True
            elif not self._leads_on(w, j, first=j == k):
                return self._joined(w, j, k + near, country=country)
        return False

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
        if (low[j - 1] if j else "", low[j]) in COUNTING or low[j : j + 2] in MEASURED:
            return True
        if low[j] == "," and j and low[j - 1] in self.compass and low[j + 1 : j + 2] and low[j + 1] in self.compass:
            return True  # "southern, eastern and northern X"
        if low[j] == "that" and low[j + 1 : j + 2] and low[j + 1] in self.land:
            return True  # "as far as that village"
        if low[j] in lists["breaks"]:
            return False
        if w.tag is None or w.tag[j] in SKIPPED_TAGS or not w.tag[j].startswith(PHRASE_ENDS):
            return True
        return low[j] in lists["describing"] or low[j] in self.compass or low[j + 1 : j + 2] == ["-"]

    def left(self, w: Words, i: int, reach: int = BEFORE, *, named: bool = False, country: bool = True) -> bool:
        """Whether a place can stand among the tokens before token i; only a name, or no country, if told so."""
        before: Sequence[int] = range(i - 1, max(-1, i - reach - 1), -1)
        if not country:
            before = [j for j in before if w.low[j] not in self.lists["countries"]]
        if named:
            return any(w.text[j][:1].isupper() and self.place(w, j) for j in before)
        return any(w.low[j] in self.lists["anaphors"] or self.place(w, j) for j in before)


def _second(cue: Cue, form: str) -> frozenset[str]:
    """The forms that `match` takes for the second word of a cue; none where it has one word."""
    second = next((word for word in cue.words[1:] if word != "~"), "") if form != "adjective" else ""
    return frozenset((second, f"{second}s", f"{second}es")) if second else frozenset()


def _asked(cue: Cue, form: str) -> tuple[Any, ...]:
    """All that is asked of a cue here: of cues that are alike in it one is enough."""
    frame = cue.frame
    return (
        form,
        cue.text,
        cue.words,
        frame.preps,
        frame.relation,
        frame.kind,
        frame.name in ("falls", SHARES),
        frame.denied_only,
        frame.strict,
    )


def _between(tag: str, low: str, *, gap: bool) -> bool:
    """Whether the frames let a word stand between two of a cue: where a gap is, what noun phrases are made of, else an adverb."""
    return (
        tag.startswith("RB") or low in QUOTED or (low in JOINED or tag in IN_PHRASE if gap else low in ("no", "longer"))
    )


def match(w: Words, i: int, words: Sequence[str]) -> int | None:
    """The token after the words of a cue whose first word stands at i, or None; "~" skips up to six words."""
    k, gap, low = i + 1, False, w.low
    if len(words) == 1:
        return k
    for word in words[1:]:
        if word == "~":
            gap = True
            continue
        limit = min(k + (GAP if gap else 3), len(low))
        inside = False
        while k < limit and low[k] not in (word, f"{word}s", f"{word}es"):
            if w.tag is not None:
                inside = inside or low[k] in OPENING
                if not (inside or _between(w.tag[k], low[k], gap=gap) or w.text[k][:1].isupper()):
                    return None
                inside = inside and low[k] not in CLOSING
            k += 1
        if k >= limit:
            return None
        k, gap = k + 1, False
    return k
