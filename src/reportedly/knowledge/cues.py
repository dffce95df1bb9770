"""The words of control: frames with their cues and an example each, and the word lists of the reader, from data/cues."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from reportedly.errors import InputError
from reportedly.model import Relation

__all__ = ["Cue", "Cues", "Frame", "inflect", "word_forms"]

KINDS = ("verb", "noun", "adjective", "title")
PARTIES = ("subject", "object", "to", "modifier", "none")
VOWELS = "aeiou"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One construction: what it states, where its place stands and who its party is (see the head of data/cues/en.toml).

    `default` says whom to take where no party is named: the liberator, attacker, defender or occupier of the war at hand.
    `strict` frames fire only where a party of their own is named beside them, `denied_only` ones only where they are negated,
    those with a `particle` only where one of its words stands behind the place ("handed X over").
    """

    name: str
    relation: Relation
    kind: str
    preps: tuple[str, ...]
    party: str
    default: str | None = None
    strict: bool = False
    denied_only: bool = False
    particle: frozenset[str] = frozenset()
    example_party: str = "RU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words in base form that carry a frame; `words` may hold "~" for up to four words in between."""

    text: str
    words: tuple[str, ...]
    frame: Frame
    example: str
    second: frozenset[str] = (
        frozenset()
    )  # forms of its second word that a text with the cue has one of; none of one word


UNCOUNTED = frozenset({"rule", "control", "occupation"})  # firms come under new rules and controls, places under rule


@cache
def word_forms(word: str) -> frozenset[str]:
    """A later word of a cue and its plurals.

    >>> sorted(word_forms("territory"))
    ['territories', 'territory', 'territoryes', 'territorys']
    """
    if word in UNCOUNTED:
        return frozenset({word})
    plural = {f"{word[:-1]}ies"} if word.endswith("y") and word[-2:-1] not in "aeiou" else set()
    return frozenset({word, f"{word}s", f"{word}es"} | plural)


def _second(words: list[str]) -> frozenset[str]:
    word = next((word for word in words[1:] if word != "~"), "")
    return word_forms(word) if word else frozenset()


def inflect(base: str, irregular: Mapping[str, str]) -> dict[str, str]:
    """All forms of a verb, each with its kind: base, s, past (past or participle), ing.

    >>> inflect("seize", {})["seized"], inflect("take", {"take": "took taken"})["taken"]
    ('past', 'past')
    """
    forms = {base: "base"}
    listed = irregular.get(base, "").split()
    if base == "be":
        return dict.fromkeys((*listed, "be", "am"), "s") | {"been": "past", "being": "ing"}
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    soft = base.endswith("y") and base[-2:-1] not in VOWELS
    third = base[:-1] + "ies" if soft else base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    forms[third] = "s"
    past = base[:-1] + "ied" if soft else base + "d" if base.endswith("e") else base + "ed"
    for word in listed:
        forms[word] = "ing" if word.endswith("ing") else "s" if word.endswith("s") and word != base else "past"
    if not listed:
        forms[past] = "past"
    if not any(kind == "ing" for kind in forms.values()):
        forms[stem + "ing"] = "ing"
    return forms


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cues:
    """All cues of a language, indexed by the first word of every surface form, and the reader's word lists."""

    language: str
    cues: tuple[Cue, ...]
    verbs: Mapping[str, tuple[tuple[Cue, str], ...]]  # surface form of the first word -> cues with the form's kind
    nouns: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, Cue]
    titles: Mapping[str, Cue]
    offices: frozenset[str]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    occupiers: Mapping[str, str] = field(default_factory=dict)
    demonyms: Mapping[str, str] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)  # base form -> the forms that spelling does not give
    disagreement: tuple[str, ...] = ()
    firsts: frozenset[str] = frozenset()  # every form at which a cue may begin, hyphens before titles left out

    @classmethod
    @cache
    def load(cls, language: str = "en") -> Cues:
        """Read data/cues/LANGUAGE.toml; raise InputError with the frame and key that is wrong."""
        source = files("reportedly.knowledge").joinpath(f"data/cues/{language}.toml")
        return cls.parse(source.read_text(encoding="utf-8"), name=f"cues/{language}.toml")

    @classmethod
    def parse(cls, text: str, *, name: str = "cues") -> Cues:
        """Build the tables from TOML text; raise InputError naming the frame and key that is wrong."""
        try:
            data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{name} is not valid TOML: {error}. Correct the line it names.") from error
        irregular: dict[str, str] = data.get("irregular", {})
        cues: list[Cue] = []
        for row in data.get("frame", ()):
            frame = _frame(row, name)
            cues += [
                Cue(text=words, words=tuple(words.split()), frame=frame, example=example, second=_second(words.split()))
                for words, example in row.get("cues", {}).items()
            ]
        verbs: dict[str, list[tuple[Cue, str]]] = {}
        nouns: dict[str, list[Cue]] = {}
        for cue in cues:
            first = cue.words[0]
            if cue.frame.kind == "verb":
                for form, kind in inflect(first, irregular).items():
                    verbs.setdefault(form, []).append((cue, kind))
            elif cue.frame.kind == "noun":
                plural = (
                    first[:-1] + "ies"
                    if first.endswith("y")
                    else first + ("es" if first.endswith(("s", "sh", "ch")) else "s")
                )
                for form in {first, plural} if len(cue.words) == 1 else {first}:
                    nouns.setdefault(form, []).append(cue)
        adjectives = {c.text: c for c in cues if c.frame.kind == "adjective"}
        titles = {c.text: c for c in cues if c.frame.kind == "title"}
        return cls(
            language=data.get("language", "en"),
            cues=tuple(cues),
            verbs={form: tuple(sorted(rows, key=lambda r: -len(r[0].words))) for form, rows in verbs.items()},
            nouns={form: tuple(sorted(rows, key=lambda c: -len(c.words))) for form, rows in nouns.items()},
            adjectives=adjectives,
            titles=titles,
            offices=frozenset(str(data.get("titles", {}).get("offices", "")).split()),
            lists=_Lists(
                {
                    f"{section}.{key}": frozenset(str(words).split())
                    for section in ("places", "clauses", "names", "headlines", "objects", "story", "gate")
                    for key, words in data.get(section, {}).items()
                }
            ),
            occupiers=dict(data.get("occupiers", {})),
            demonyms=dict(data.get("demonyms", {})),
            irregular=irregular,
            disagreement=tuple(data.get("disagreement", {}).get("phrases", ())),
            firsts=frozenset({*verbs, *nouns, *adjectives, *(title.strip("-") for title in titles)}),
        )

    def words(self, name: str) -> frozenset[str]:
        """A word list by "section.key"; raise InputError if the data has none of that name."""
        return self.lists[name]


class _Lists(dict[str, frozenset[str]]):
    """Word lists by "section.key"."""

    def __missing__(self, name: str) -> frozenset[str]:
        raise InputError(f"The cues have no word list {name!r}: add it to knowledge/data/cues.")


def _frame(row: Mapping[str, Any], name: str) -> Frame:
    """One [[frame]] as a value."""
    title = row.get("name", "(unnamed)")
    if row.get("kind") not in KINDS or row.get("party") not in PARTIES:
        raise InputError(f"{name}: frame {title!r} needs kind ({', '.join(KINDS)}) and party ({', '.join(PARTIES)}).")
    try:
        relation = Relation(row.get("relation", ""))
    except ValueError:
        raise InputError(f"{name}: frame {title!r} needs a relation ({', '.join(Relation)}).") from None
    return Frame(
        name=title,
        relation=relation,
        kind=row["kind"],
        preps=tuple(row.get("preps", ())),
        party=row["party"],
        default=row.get("default"),
        strict=bool(row.get("strict", False)),
        denied_only=bool(row.get("denied_only", False)),
        particle=frozenset(str(row.get("particle", "")).split()),
        example_party=row.get("example_party", "RU"),
    )
