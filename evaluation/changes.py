"""Changes to sentences of our own that leave their claims alone, each with the claims expected of the changed sentence.

A change is a function of a case (text and claims as tests/read/constructs.txt writes them) that gives the changed case, or None
where it would be bad English or might change the meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from evaluation.constructs import load_constructs

__all__ = ["CHANGES", "CLOCK", "LOWERED", "Case", "Change", "load_cases", "opened", "place_of", "swapped"]

FIRST = """The A An Its Their It He She They There No Nobody In On After Before As While When Two Three Four Five Several Some Most All
Both Fighting Heavy Rebels Residents Officials Reports Troops Forces Soldiers Fighters Fierce Clashes Local Many Militants
Insurgents At By From For With Since Control Following Despite Under More Parts Half Neither This That These Those His Her
Our We Claims Occupied Witnesses Separatists Gunmen Jihadists Paramilitaries Only Battles Not"""  # words that open sentences and are no names
NAMES = "Russian Ukrainian Russia Ukraine Russians Ukrainians Kyiv Moscow Israeli Syrian Sudanese Congolese Taliban Houthi M23"
LOWERED, NAMED = frozenset(FIRST.split()), frozenset(NAMES.split())
CLOCK = r"day\b|\d|week|month|year|morning|night|ago\b|January|February|March|April|May|June|July|August|Sept|Octo|Novem|Decem"
TOLD = r"\b(?:said|says|according|claim|report|I|we|reportedly|likely|probably|may|could|might)"
TAKEN = r"taken|captured|seized|fallen|retaken|recaptured|liberated|entered|withdrawn|advanced|regained|retreated|surrounded"
TRAILING = r" (?:part|all_but:\d+|percent:\d+|count:\d+|unknown)$"
OTHER, TWO_WORDS = "Bohorodychne", "Velyka Novosilka"


def place_of(claim: str) -> str:
    """The place that a claim names, without its extent."""
    return re.sub(TRAILING, "", claim.partition(" | ")[0].split(" ", 3)[3])


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence or a few, and the claims a careful reader takes from it: "relation party polarity place [extent] | source"."""

    text: str
    claims: tuple[str, ...]

    @property
    def single(self) -> bool:
        """Whether it is one sentence of prose."""
        ends = len(re.findall(r"[.!?][\"”']?(?=\s|$)", self.text))
        return (
            ends == 1
            and self.text.endswith(".")
            and self.text[:1].isupper()
            and "\n" not in self.text
            and ":" not in self.text
        )

    @property
    def narrated(self) -> bool:
        """Whether nobody but the report itself claims something, in plain words."""
        own = all(claim.partition(" | ")[2] in ("", "narrator") for claim in self.claims)
        return own and re.search(TOLD, self.text) is None and not set('"“') & set(self.text)

    @property
    def opens(self) -> bool:
        """Whether its first word may stand behind another."""
        first = self.text.split(" ", 1)[0].rstrip(",")
        return first in LOWERED | NAMED or any(f" {first} " in f" {claim} " for claim in self.claims)

    @property
    def lowered(self) -> str:
        """The text as it goes on behind other words."""
        first = self.text.split(" ", 1)[0].rstrip(",")
        return self.text[:1].lower() + self.text[1:] if first in LOWERED else self.text

    @property
    def place(self) -> str | None:
        """A place of a claim with a name of one word that stands once, alone, in the text."""
        for claim in self.claims:
            name = place_of(claim)
            alone = rf"(?<![\w-])(?<![A-Z]\w\w\w )(?<!and )(?<!or ){name}(?![\w'’-]| (?:[A-Z]|and|or|[a-z]+ (?:area|axis)\b)|,)"
            if (
                re.fullmatch(r"[A-Z][a-z]{3,}", name)
                and len(re.findall(name, self.text)) == len(re.findall(alone, self.text)) == 1
            ):
                return name
        return None

    def told(self, text: str, *, by_another: bool = False) -> Case:
        """The same claims in other words; told `by_another` their source is left open, as what is presupposed stays the report's."""
        return Case(text, tuple(claim.partition(" | ")[0] for claim in self.claims) if by_another else self.claims)


def load_cases() -> list[Case]:
    """The sentences of our own with their claims, but for those known not to be read."""
    return [Case(text, claims) for text, missed, claims in load_constructs() if not missed]


Change = Callable[[Case], Case | None]


def opened(words: str, *, by_another: bool = False) -> Change:
    """A sentence behind opening words."""

    def change(case: Case) -> Case | None:
        if not case.single or not case.opens or (by_another and not case.narrated):
            return None
        if "day" in words and re.search(CLOCK, case.text):
            return None
        return case.told(f"{words} {case.lowered}", by_another=by_another)

    return change


def swapped(pattern: str, words: str) -> Change:
    """A sentence with one expression for another."""

    def change(case: Case) -> Case | None:
        text = re.sub(pattern, words, case.text)
        return replace(case, text=text) if text != case.text else None

    return change


def _ended(words: str, *, by_another: bool = False) -> Change:
    """A sentence told by the report with words behind it."""

    def change(case: Case) -> Case | None:
        if not case.single or not case.narrated or (not by_another and re.search(CLOCK, case.text)):
            return None
        return case.told(f"{case.text[:-1]}{words}.", by_another=by_another)

    return change


def _said_before(case: Case) -> Case | None:
    """ "X fell, the mayor said." as "According to the mayor, X fell."."""
    told = re.match(r"^([^\"“]*), ((?:the |a |an )?(?:[A-Z]?[\w'-]+ ?){1,6}) said\.$", case.text)
    if told is None or not case.single or not case.opens or told[2] == "has":
        return None
    return replace(case, text=f"According to {told[2]}, {replace(case, text=told[1]).lowered}.")


def _called(words: str) -> Change:
    """A place with what it is called before its name."""

    def change(case: Case) -> Case | None:
        name = case.place
        taken = rf"\b(?:town|city|village|settlement|the|region|\w*(?:ern|central|occupied|liberated|captured)) (?:of )?{name}|^{name}|{name}$"
        if name is None or re.search(taken, case.text) or re.search(r"\w+s of " + name, case.text):
            return None
        return replace(case, text=case.text.replace(name, f"{words} {name}"))

    return change


def _renamed(name: str) -> Change:
    """Another place in the war between Russia and Ukraine."""

    def change(case: Case) -> Case | None:
        old = case.place
        if old is None or not re.search(r"Russia|Ukrain", case.text) or name in case.text:
            return None
        if re.search(rf"(?:region|territory|peninsula|country|republic|island)|the {old}", case.text) or old in (
            "Ukraine",
            "Russia",
            "Crimea",
        ):
            return None
        return Case(case.text.replace(old, name), tuple(claim.replace(old, name) for claim in case.claims))

    return change


def _described(words: str) -> Change:
    """A place set off by commas as something."""

    def change(case: Case) -> Case | None:
        name = case.place
        if name is None or not case.single or len(case.claims) != 1:
            return None
        behind = r"to|on|was|were|is|are|has|have|had|after|by|from|with|without|last|this|since|for|during|amid|despite|when|fell|remains?"
        if re.search(rf"[a-z] {name} (?:{behind})\b", case.text):
            return replace(case, text=case.text.replace(name, f"{name}, {words},"))
        return (
            replace(case, text=case.text.replace(name, f"{name}, {words}"))
            if re.search(rf"[a-z] {name}\.$", case.text)
            else None
        )

    return change


CHANGES: dict[str, Change] = {
    "a sentence before": lambda c: c.told(f"The weather was cold. {c.text}") if c.single else None,
    "a sentence behind": lambda c: c.told(f"{c.text} The weather was cold.") if c.single else None,
    "a note": lambda c: c.told(f"{c.text}[12]") if c.single else None,
    "curly marks": lambda c: c.told(re.sub(r'"([^"]*)"', r"“\1”", c.text).replace("'", "’")) if set("\"'") & set(c.text) else None,
    "hard spaces": lambda c: c.told(c.text.replace(" ", "\u00a0")) if c.single else None,
    "opens by Meanwhile": opened("Meanwhile,"),
    "opens by a day": opened("On Monday,"),
    "opens by who says that": opened("The regional governor said that", by_another=True),
    "ends with who says so": _ended(", the regional governor said", by_another=True),
    "ends with a day": _ended(" on Tuesday"),
    "according to, before": _said_before,
    "according to, behind": swapped(r"^([^\"“:]*), ((?:the |a |an )?(?:[A-Z]?[\w'-]+ ?){1,6})(?<! has) said\.$", r"\1, according to \2."),
    "told reporters": swapped(r" said\.$", " told reporters on Friday."),
    "said on Telegram": swapped(r" said\.$", " said in a statement on Telegram."),
    "not for n't": swapped(r"\b(has|have|had|did|does|do|is|are|was|were)n['’]t\b", r"\1 not"),
    "n't for not": swapped(r"\b(has|have|had|did|does|do|is|are|was|were) not\b", r"\1n't"),
    "now": swapped(rf"^(.*?)\b(has|have|had) (?=(?:{TAKEN})\b)", r"\1\2 now "),
    "seized for captured": swapped(r"\bcaptured\b", "seized"),
    "the town of": _called("the town of"),
    "the small eastern town of": _called("the small eastern town of"),
    "another place": _renamed(OTHER),
    "a place of two words": _renamed(TWO_WORDS),
    "a town of so many": _described("a town of 10,000 people"),
    "a town in a region": _described("a town in the east of the region"),
    "so far from": _described("some 20 kilometres south of Kramatorsk"),
    "which lies": _described("which lies on a river"),
    "where": _described("where many houses are in ruins"),
    "in the east": _described("in the east of the country"),
}  # fmt: skip
