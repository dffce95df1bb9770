"""The words that report speech (data/reporting/LANGUAGE.toml): verbs with their kind, phrases, nouns, titles, channels."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from reportedly.errors import InputError

__all__ = ["Reporting", "Verb"]

KINDS = ("says", "writes", "assesses", "concedes", "denies", "shows", "hears", "quotes", "directs")
CERTAINTIES = ("certain", "probable", "possible")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A reporting verb. `takes_object`: a noun can be its content; `factive`: the writer takes the content for granted."""

    lemma: str
    kind: str
    certainty: str
    factive: bool
    takes_object: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reporting:
    """All reporting words of a language; word sets are in lower case unless they are names."""

    language: str
    verbs: Mapping[str, Verb]
    according: tuple[tuple[str, ...], ...]  # word sequences, longest first
    citing: frozenset[str]
    openings: tuple[tuple[str, ...], ...]  # what somebody does who goes on to speak ("saw it differently")
    denying: tuple[tuple[str, ...], ...]  # verbs of denial in several words, the first in base form
    nouns: frozenset[str]
    denials: frozenset[str]
    anaphoric: frozenset[str]
    evidence: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    titles: frozenset[str]
    abbreviated: frozenset[str]
    false: frozenset[str]
    doubt: frozenset[str]
    hearsay: frozenset[str]
    channels: tuple[str, ...]
    forms: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    words: Mapping[str, frozenset[str]]
    synonyms: Mapping[str, frozenset[str]]  # title -> titles that can call the same person
    taken_up: Mapping[str, frozenset[str]]  # noun -> kinds of known sources that it can take up
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)  # verb form -> titles of who does that
    denying_first: frozenset[str] = frozenset()  # their first words
    first_words: frozenset[str] = frozenset()  # of the phrases of `according`
    form_words: frozenset[str] = frozenset()  # last words of `forms`
    said: frozenset[str] = frozenset()  # finite forms of verbs that bring in a speaker ("said", "claims")
    whoever: frozenset[str] = frozenset()  # people, bodies and titles together
    writings: frozenset[str] = frozenset()  # works and texts together
    told: frozenset[str] = frozenset()  # reports and what takes them up together
    named: frozenset[str] = frozenset()  # people and bodies together
    dates: frozenset[str] = frozenset()  # days and months but for "may"
    skipped: frozenset[str] = frozenset()  # capitalised words that open a sentence or name a day

    @classmethod
    @cache
    def load(cls, language: str = "en") -> Reporting:
        """Read the packaged list of a language."""
        source = files("reportedly.knowledge").joinpath(f"data/reporting/{language}.toml")
        return cls.parse(source.read_text(encoding="utf-8"), name=f"reporting/{language}.toml")

    @classmethod
    def parse(cls, text: str, *, name: str = "reporting") -> Reporting:
        """Build the sets from TOML text; InputError names the table and key that is wrong."""
        try:
            data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{name} is not valid TOML: {error}. Correct the line it names.") from error
        verbs: dict[str, Verb] = {}
        for group, row in data.get("verbs", {}).items():
            if row.get("kind") not in KINDS or row.get("certainty") not in CERTAINTIES:
                raise InputError(
                    f"{name}: [verbs.{group}] needs kind ({', '.join(KINDS)}) and certainty ({', '.join(CERTAINTIES)})."
                )
            for lemma in str(row.get("words", "")).split():
                if lemma in verbs:
                    raise InputError(f"{name}: the verb {lemma!r} stands in two groups, the second is [verbs.{group}].")
                verbs[lemma] = Verb(
                    lemma=lemma,
                    kind=row["kind"],
                    certainty=row["certainty"],
                    factive=bool(row.get("factive")),
                    takes_object=bool(row.get("object")),
                )
        try:
            words = {k: frozenset(str(v).split()) for s in ("nouns", "subjects", "adverbs") for k, v in data[s].items()}
            listed = {k: frozenset(str(v).split()) for k, v in data["words"].items()}
            irregular = [str(forms).split() for forms in data["irregular"]["verbs"]]
            said = [lemma for lemma, verb in verbs.items() if verb.kind not in ("shows", "quotes")]
            return cls(
                language=data["language"],
                verbs=verbs,
                according=tuple(sorted((tuple(p.split()) for p in data["phrases"]["according"]), key=len, reverse=True)),
                citing=frozenset(data["phrases"]["citing"]),
                openings=tuple(tuple(p.split()) for p in data["phrases"]["openings"]),
                denying=tuple(tuple(p.split()) for p in data["phrases"]["denying"]),
                nouns=words["reports"],
                channels=tuple(sorted(data["places"]["channels"], key=len, reverse=True)),
                forms=tuple(sorted(data["places"]["forms"], key=len, reverse=True)),
                synonyms=_synonyms([str(g).split() for g in data["synonyms"]["groups"]]),
                taken_up={k: frozenset(v) for k, v in data["taken_up"].items()},
                roles={k: frozenset(str(v).split()) for k, v in data["roles"].items()},
                words=listed,
                denying_first=frozenset(p.split()[0] for p in data["phrases"]["denying"]),
                first_words=frozenset(p.split()[0] for p in data["phrases"]["according"]),
                form_words=frozenset(f.split()[-1] for f in data["places"]["forms"]),
                said=frozenset(form for lemma in said for form in _finite(lemma, irregular)),
                whoever=words["people"] | words["bodies"] | words["titles"],
                writings=listed["works"] | listed["texts"],
                told=words["reports"] | words["anaphoric"],
                named=words["people"] | words["bodies"],
                dates=listed["days"] - {"may"},
                skipped=listed["openers"] | (listed["days"] - {"may"}),
                examples=tuple((str(r["words"]).split()[0], str(r["example"])) for r in data["verbs"].values()),
                **{
                    key: words[key]
                    for key in (
                        "denials", "anaphoric", "evidence", "people", "bodies", "titles", "abbreviated", "false", "doubt", "hearsay",
                    )
                },
            )  # fmt: skip
        except KeyError as error:
            raise InputError(f"{name}: the table or key {error.args[0]!r} is missing.") from error


def _synonyms(groups: list[list[str]]) -> dict[str, frozenset[str]]:
    """Each word with all that share a group with it."""
    words = {w for group in groups for w in group}
    return {w: frozenset(v for group in groups if w in group for v in group) for w in words}


def _finite(lemma: str, irregular: list[list[str]]) -> set[str]:
    """Finite forms of a verb: by the list of irregular ones, else by spelling rules."""
    for forms in irregular:
        if forms[0] == lemma:
            return {*forms}
    if lemma.endswith("y") and lemma[-2:-1] not in "aeou":
        return {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    return {
        lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s"),
        lemma + ("d" if lemma.endswith("e") else "ed"),
    }
