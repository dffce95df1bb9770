"""Parties, wars, sources and side words as data."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from reportedly.errors import InputError
from reportedly.knowledge.parties import Parties, SideKind
from reportedly.knowledge.reporting import Reporting

PACKAGED = Path(__file__).parents[2] / "src/reportedly/knowledge/data"


@pytest.fixture(scope="module")
def parties() -> Parties:
    return Parties.load()


def test_at_least_ten_current_wars_with_both_sides(parties: Parties) -> None:
    current = [war for war in parties.wars.values() if war.years.endswith("/")]
    assert len(current) >= 10
    for war in current:
        assert len([p for p in parties if war.id in p.wars]) >= 2, war.id
        assert war.countries, war.id


def test_ids_are_as_claims_write_them(parties: Parties) -> None:
    for words, expected in {
        "Russian forces": "RU", "the Kremlin": "RU", "DNR": "RU", "Wagner Group": "RU", "Chechen fighters": "RU",
        "Ukraine's military": "UA", "AFU": "UA", "the Ukrainian Armed Forces": "UA", "Kyiv": "UA",
        "Sudanese army": "Sudan", "RSF": "RSF", "Hayat Tahrir al-Sham": "HTS", "Syrian troops": "Syria",
        "M23 rebels": "M23", "FARDC": "DRC", "Houthi forces": "Houthis", "the Taliban": "Taliban", "IDF": "Israel",
        "Myanmar's junta": "Myanmar", "Azerbaijani soldiers": "Azerbaijan", "al-Shabaab": "al-Shabaab",
    }.items():  # fmt: skip
        party = parties.party_of(words)
        assert party is not None, words
        assert party.id == expected, words


def test_wikidata_ids_look_like_ids_and_are_distinct(parties: Parties) -> None:
    ids = [p.wikidata for p in parties if p.wikidata]
    assert all(re.fullmatch(r"Q\d+", i) for i in ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian airborne troops took it.", [("Russian airborne troops", "RU", "forces")]),
        ("Ugandan-backed fighters and the FARDC", [("Ugandan", "Uganda", "backer"), ("FARDC", "DRC", "forces")]),
        ("Chadian rebels", [("Chadian rebels", None, "generic")]),
        ("Russian separatists", [("Russian separatists", "RU", "forces")]),
        ("the enemy left, our troops stayed", [("enemy", None, "enemy"), ("our troops", None, "own")]),
        ("the army entered", [("the army", None, "state")]),
        ("Prussians, Russias, RUSSIAN", []),
        ("Russian-occupied Crimea", [("Russian", "RU", "demonym")]),
        ("Moscow said", [("Moscow", "RU", "seat")]),
        ("Ukraine’s forces", [("Ukraine’s forces", "UA", "forces")]),
    ],
)
def test_scan(parties: Parties, text: str, expected: list[tuple[str, str | None, str]]) -> None:
    found = parties.scan(text)
    assert [(w.words, w.party, w.kind.value) for w in found] == expected
    assert all(text[w.start : w.end] == w.words for w in found)


def test_scan_never_overlaps_and_refuses_what_is_no_report(parties: Parties) -> None:
    found = parties.scan("Russian Russian forces of the Russian army, Kyiv Kyiv and the enemy's army " * 50)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    with pytest.raises(InputError, match="too long"):
        parties.scan("a" * 2_000_001)


@pytest.mark.parametrize(
    ("words", "id_", "side"),
    [
        ("the Russian Ministry of Defense", "RU/ministry-of-defence", "RU"),
        ("Russia’s Defence Ministry", "RU/ministry-of-defence", "RU"),
        ("Ministry of Defence of Azerbaijan", "Azerbaijan/ministry-of-defence", "Azerbaijan"),
        ("Ukrainian General Staff", "UA/general-staff", "UA"),
        ("President Zelensky", "volodymyr-zelenskyy", "UA"),
        ("Serhii Haidai", "serhiy-haidai", "UA"),
        ("Haidai", "serhiy-haidai", "UA"),
        ("Leonid Pasechnik", "leonid-pasechnik", "RU"),
        ("Al Jazeera", "al-jazeera", None),
        ("ISW", "institute-for-the-study-of-war", None),
    ],
)
def test_known_sources(parties: Parties, words: str, id_: str, side: str | None) -> None:
    source = parties.source_of(words)
    assert source is not None
    assert (source.id, source.side) == (id_, side)


@pytest.mark.parametrize("words", ["Wladimir Kim", "Anna Putin", "administration of Joe Biden", "somebody", ""])
def test_unknown_persons_are_not_guessed(parties: Parties, words: str) -> None:
    assert parties.source_of(words) is None


def test_side_of_unknown_speakers_is_told_by_their_words(parties: Parties) -> None:
    assert parties.side_of("Russian milbloggers") == "RU"
    assert parties.side_of("a spokesman for the RSF") == "RSF"
    assert parties.side_of("local residents") is None
    assert parties.side_of("the BBC") is None


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("parties.toml", 'id = "UA"', 'id = "RU"', "'RU' stands there twice"),
        ("parties.toml", 'wars = ["sudan"]', 'wars = ["mars"]', "no \\[\\[war\\]\\] with id 'mars'"),
        ("parties.toml", 'kind = "state"', 'sort = "state"', "kind is missing"),
        ("parties.toml", 'id = "RU"', "id = RU", "not valid TOML"),
        ("sources.toml", 'side = "UA"', 'side = "XX"', "'XX' is no party"),
        ("sources.toml", 'kind = "person"', 'kind = "robot"', "kind must be one of"),
    ],
)
def test_broken_data_is_named(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    for file in ("parties.toml", "sources.toml"):
        text = (PACKAGED / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text.replace(old, new, 1) if file == name else text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        Parties.load(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        Parties.load(tmp_path / "nowhere")


def test_an_own_folder_reads_as_the_packaged_one(tmp_path: Path) -> None:
    for file in ("parties.toml", "sources.toml"):
        (tmp_path / file).write_text((PACKAGED / file).read_text(encoding="utf-8"), encoding="utf-8")
    own = Parties.load(tmp_path)
    assert [p.id for p in own] == [p.id for p in Parties.load()]
    assert len(own.sources) == len(Parties.load().sources)


def test_armed_groups_are_never_places(parties: Parties) -> None:
    kinds = {w.kind for p in parties if p.kind == "group" for w in parties.scan(p.names[0]) if w.party == p.id}
    assert kinds == {SideKind.FORCES}


def test_reporting_words_stand_in_one_group_each() -> None:
    with pytest.raises(InputError, match="stands in two groups"):
        Reporting.parse(
            '[verbs.a]\nkind="says"\ncertainty="certain"\nwords="say"\n[verbs.b]\nkind="says"\ncertainty="certain"\nwords="say"'
        )
    with pytest.raises(InputError, match="needs kind"):
        Reporting.parse('[verbs.a]\nkind="sings"\ncertainty="certain"\nwords="say"')
    with pytest.raises(InputError, match="is missing"):
        Reporting.parse('language = "en"')


PHRASES = [
    line.split(" => ")
    for line in (Path(__file__).parent / "party_phrases.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("words", "party"), PHRASES)
def test_phrase_of_a_party_before_a_verb(words: str, party: str) -> None:
    found = [w for w in Parties.load().scan(f"In May {words} captured the town.") if w.kind is not SideKind.BACKER]
    assert (found[-1].party or found[-1].words) == party


def test_phrases_are_of_many_wars() -> None:
    parties = Parties.load()
    wars = {war for _, id_ in PHRASES if (party := parties.party(id_)) is not None for war in party.wars}
    assert len(wars) >= 20


def test_armed_groups_speak_for_themselves() -> None:
    parties = Parties.load()
    for words, side in (
        ("HTS", "HTS"),
        ("Islamic State", "Islamic State"),
        ("Taliban", "Taliban"),
        ("Arakan Army", "Arakan Army"),
    ):
        source = parties.source_of(words)
        assert source is not None
        assert (source.kind, source.side) == ("group", side)


def test_surname_with_article_finds_its_bearer_and_nobody_else() -> None:
    parties = Parties.load()
    for words in ("al-Jolani", "Abu Mohammed al-Jolani", "Jolani"):
        source = parties.source_of(words)
        assert source is not None
        assert source.id == "abu-mohammed-al-jolani"
    assert parties.source_of("Mike Sharaa") is None
