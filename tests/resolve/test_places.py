from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from reportedly.knowledge.assemble import assemble
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.rows import Row
from reportedly.knowledge.store import write
from reportedly.model import PlaceKind, PlaceRef, PlaceRelation
from reportedly.resolve.front import known_front, near_front
from reportedly.resolve.places import FrontMemory, Mention, Weights, resolve_places

DAY = dt.date(2024, 5, 1)


@pytest.fixture(scope="module")
def book(base_gazetteer_path: Path) -> Gazetteer:
    """The world, from the packages alone."""
    return Gazetteer.open(base_gazetteer_path)


def place(
    id_: int, name: str, lat: float, lon: float, admin1: str, country: str = "UA", people: int = 0, **more: object
) -> Row:
    return Row(id=id_, name=name, country=country, lat=lat, lon=lon, admin1=admin1, population=people, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """A small gazetteer with the traps: namesakes over a border, in one hromada, of a big city, and former names."""
    rows = [
        Row(id=690791, name="Ukraine", country="UA", feature="PCLI", admin1="00", lat=49.0, lon=32.0),
        Row(id=2017370, name="Russia", country="RU", feature="PCLI", admin1="00", lat=60.0, lon=100.0),
        Row(id=709716, name="Donetsk Oblast", country="UA", feature="ADM1", admin1="05", lat=48.0, lon=37.7, names=[("Donetsk", "")]),
        Row(id=702657, name="Luhansk Oblast", country="UA", feature="ADM1", admin1="14", lat=48.9, lon=39.0, names=[("Luhansk", "")]),
        Row(id=706482, name="Kharkiv Oblast", country="UA", feature="ADM1", admin1="07", lat=49.6, lon=36.3, names=[("Kharkiv", "")]),
        Row(id=692196, name="Sumy Oblast", country="UA", feature="ADM1", admin1="21", lat=51.0, lon=34.0, names=[("Sumy", "")]),
        Row(id=703446, name="Kyiv Oblast", country="UA", feature="ADM1", admin1="13", lat=50.2, lon=30.5, names=[("Kyiv", "")]),
        Row(id=538555, name="Kursk Oblast", country="RU", feature="ADM1", admin1="41", lat=51.7, lon=36.2, names=[("Kursk", "")]),
        place(1, "Makiivka", 48.05, 37.96, "05", people=340_000), place(2, "Makiivka", 49.22, 37.98, "14", people=800),
        place(3, "Peremoha", 50.55, 31.30, "13", people=1500), place(4, "Peremoha", 49.90, 36.55, "07", people=2000),
        place(5, "Vesele", 48.74, 38.15, "05", people=100), place(6, "Vesele", 48.10, 38.30, "05", people=4000),
        place(7, "Slovyansk", 48.85, 37.60, "05", people=110_000), place(8, "Sumy", 50.92, 34.80, "21", people=265_000),
        place(9, "Nikopol", 47.57, 34.40, "04", people=110_000, names=[("Слов'янськ", "")], official=True, katottg="UA12"),
        place(10, "Oleksandrivka", 47.95, 37.00, "05", people=900),
        place(11, "Donetsk", 48.02, 37.80, "05", people=900_000, names=[("Oleksandrivka", "")], official=True, katottg="UA14"),
        place(12, "Kreminna", 49.05, 38.21, "14", people=18_000), place(13, "Bakhmut", 48.59, 38.00, "05", people=72_000),
        place(14, "Bilohorivka", 48.92, 38.25, "14", people=800), place(15, "Bilohorivka", 48.73, 38.21, "05", people=90),
        place(16, "Novoiehorivka", 49.55, 37.98, "14", people=60, katottg="UA44a"),
        place(17, "Novoiehorivka", 49.46, 38.02, "14", people=50, katottg="UA44b"),
        place(18, "Volfino", 51.30, 34.30, "21", people=300), place(19, "Volfino", 51.34, 34.37, "41", "RU", people=900),
        place(20, "Sudzha", 51.19, 35.27, "41", "RU", people=5000), place(21, "Svatove", 49.41, 38.15, "14", people=16_000),
        place(22, "New York", 48.33, 37.83, "05", people=9700), place(23, "New York", 40.71, -74.0, "NY", "US", people=8_800_000),
        place(24, "Kyiv", 50.45, 30.52, "12", people=2_900_000), place(25, "Brovary", 50.51, 30.79, "13", people=100_000),
        place(26, "Shumy", 51.4, 35.0, "21", people=30),
        Row(id=27, name="Bakhmut Raion", country="UA", feature="ADM2", admin1="05", admin2="1402", lat=48.6, lon=38.0),
        place(28, "Ozerne", 48.70, 38.05, "05", admin2="1402"), place(29, "Ozerne", 47.90, 36.90, "05", people=3000, admin2="1403"),
        place(30, "Rubizhne", 50.15, 36.80, "07", people=400), place(31, "Rubizhne", 48.90, 36.10, "07", people=500),
        place(32, "Mala Vovcha", 50.05, 36.75, "07", people=90), place(33, "Velyka Vovcha", 50.02, 36.70, "07", people=200),
        place(34, "Izium", 49.20, 37.28, "07", people=45_000), place(35, "Kharkiv", 49.99, 36.23, "07", people=1_400_000),
        place(36, "Krasne", 48.20, 37.20, "05", people=14_000), place(37, "Krasne", 48.40, 37.45, "05", people=40),
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("villages") / "g.sqlite"
    write(path, assemble(rows, frozenset({"UA"})), [], {}, lambda _what, _share: None)
    return Gazetteer.open(path)


def resolve(text: str, names: list[str], book: Gazetteer, **more: object) -> list[PlaceRef]:
    mentions, at = [], 0
    for name in names:
        at = text.index(name, at)
        mentions.append(Mention(at, at + len(name), name))
        at += len(name)
    return resolve_places(text, mentions, book, **{"published": DAY, "country": "UA", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("Troops are near Bilohorivka (12 km south of Kreminna).", "Bilohorivka", 14),
        ("Troops are near Bilohorivka, 21 kilometers northeast of Bakhmut.", "Bilohorivka", 15),
        ("They took Bilohorivka (south of Kreminna).", "Bilohorivka", 14),
        ("They took Bilohorivka and Vesele (both northeast of Bakhmut).", "Bilohorivka", 15),
        ("They shelled Makiivka, Luhansk Oblast.", "Makiivka", 2),
        ("They shelled Makiivka in the Donetsk region.", "Makiivka", 1),
        ("They advanced to Makiivka (24 km southwest of Svatove).", "Makiivka", 2),
        ("The village of Peremoha, Kyiv Oblast, was freed.", "Peremoha", 3),
        ("Vesele (20 km northeast of Bakhmut) fell.", "Vesele", 5),
        ("Ozerne, Vesele and Bakhmut (all in Bakhmut Raion) were shelled.", "Ozerne", 28),
        ("They took Ozerne in Bakhmut district.", "Ozerne", 28),
        ("They took Rubizhne in northern Kharkiv Oblast.", "Rubizhne", 30),
        ("They took Rubizhne in the southern Kharkiv Oblast.", "Rubizhne", 31),
        ("They took Bilohorivka and Vesele, northeast of Bakhmut.", "Bilohorivka", 15),
        ("They took Makiivka, a village between Svatove and Kreminna.", "Makiivka", 2),
        ("They took Makiivka on the Svatove-Kreminna line.", "Makiivka", 2),
        ("They took Makiivka on the road from Svatove to Kreminna.", "Makiivka", 2),
        ("They took Makiivka on the road between Svatove (in the north) and Kreminna.", "Makiivka", 2),
        ("They took Makiivka in the Kreminna direction.", "Makiivka", 2),
        ("In the direction of Kreminna they took Vesele.", "Vesele", 5),
        ("They attacked along the Kreminna axis. Makiivka was shelled.", "Makiivka", 1),
        ("They took Makiivka between Moscow and Kreminna.", "Makiivka", 1),
        ("They advanced in the Bilohorivka direction (12 km south of Kreminna).", "Bilohorivka", 14),
        ("They took Bilohorivka and Vesele to the northeast of Bakhmut.", "Bilohorivka", 15),
        ("They took Bilohorivka (12 km south of Kreminna Military Airport).", "Bilohorivka", 14),
        ("Shells fell on Sumy.", "Sumy", 8),
        ("Shells fell on Slovyansk.", "Slovyansk", 7),
        ("Fighting went on in Oleksandrivka.", "Oleksandrivka", 10),
    ],
)
def test_the_wrong_ones_to_keep(villages: Gazetteer, text: str, name: str, place_id: int) -> None:
    (ref,) = resolve(text, [name], villages)
    assert ref.candidates[0].place_id == place_id, ref.candidates
    assert ref.place_id in (place_id, None)


def test_a_name_given_up_in_2024_was_the_name_before(tmp_path: Path) -> None:
    rows = [
        place(1, "Sadove", 48.10, 37.60, "05", official=True, katottg="UA1", names=[("Pershe", "")]),
        place(2, "Pershyi", 48.30, 37.62, "05", official=True, katottg="UA2"),
    ]
    write(tmp_path / "g.sqlite", assemble(rows, frozenset({"UA"})), [], {}, lambda _what, _share: None)
    book = Gazetteer.open(tmp_path / "g.sqlite")
    before, after = (
        resolve("They took Pershe.", ["Pershe"], book, published=dt.date(year, 5, 1))[0] for year in (2024, 2025)
    )
    assert before.candidates[0].place_id == 1
    assert after.candidates[0].place_id == 2


def test_who_means_the_village_beside_a_town_of_its_name_says_so(villages: Gazetteer) -> None:
    (bare,) = resolve("They entered Krasne.", ["Krasne"], villages)
    assert bare.candidates[0].place_id == 36
    memory = FrontMemory(villages)
    near = (PlaceRef(words="x", place_id=37, probability=0.9),)
    memory.learn(near, DAY - dt.timedelta(days=1))
    (warm,) = resolve("They entered Krasne.", ["Krasne"], villages, memory=memory)
    assert warm.candidates[0].place_id == 37, "recent fighting at the village outweighs the habit"


@pytest.mark.parametrize(
    ("words", "place_id"),
    [
        ("Rubizhne and Mala Vovcha", 30), ("Velyka and Mala Vovcha", 33), ("Zzyzx, Izium", 34), ("Kreminna-Svatove", 12),
        ("Izium and the outskirts", 34),
    ],
)  # fmt: skip
def test_a_mention_of_several_names_is_the_first_that_is_known(villages: Gazetteer, words: str, place_id: int) -> None:
    (ref,) = resolve(f"The line near {words} was checked.", [words], villages)
    assert ref.place_id == place_id


def test_an_administration_called_like_a_town_is_its_regions(villages: Gazetteer) -> None:
    (office,) = resolve("The Kharkiv occupation administration said so.", ["Kharkiv"], villages)
    (town,) = resolve("The mayor of Kharkiv said so.", ["Kharkiv"], villages)
    assert (office.place_id, town.place_id) == (706482, 35)
    (other,) = resolve("The Izium occupation administration said so.", ["Izium"], villages)
    assert other.place_id == 34, "no region is called so"


def test_distances_are_left_unread_where_asked(villages: Gazetteer) -> None:
    text = "They took Vesele (20 km northeast of Bakhmut)."
    (read,) = resolve(text, ["Vesele"], villages)
    (unread,) = resolve(text, ["Vesele"], villages, weights=Weights(directions=0.0))
    assert (read.candidates[0].place_id, unread.candidates[0].place_id) == (5, 6)


def test_a_hinted_village_is_not_drowned_by_its_big_namesake(villages: Gazetteer) -> None:
    text = "Fighting near Makiivka (24 km southwest of Svatove) and Kreminna. Artillery is at work in Makiivka."
    first, _, last = resolve(text, ["Makiivka", "Kreminna", "Makiivka"], villages)
    assert first.place_id == 2
    assert last.candidates[0].place_id == 2


def test_two_villages_of_one_name_in_one_hromada(villages: Gazetteer) -> None:
    (alone,) = resolve("They took Novoiehorivka in Luhansk Oblast.", ["Novoiehorivka"], villages)
    assert alone.place_id is None, "nothing tells them apart, so no id"
    assert {c.place_id for c in alone.candidates} == {16, 17}
    (hinted,) = resolve("They took Novoiehorivka (19 km northwest of Svatove).", ["Novoiehorivka"], villages)
    assert hinted.place_id == 16


def test_a_village_of_one_name_on_both_sides_of_the_border(villages: Gazetteer) -> None:
    (ru,) = resolve(
        "Ukrainian forces entered Russia's Kursk Oblast and reached Volfino.", ["Volfino"], villages, country=None
    )
    (ua,) = resolve("Russian drones hit Volfino in Ukraine's Sumy Oblast.", ["Volfino"], villages, country=None)
    assert ru.candidates[0].place_id == 19
    assert ua.candidates[0].place_id == 18


def test_a_village_called_new_york(villages: Gazetteer) -> None:
    ua, _ = resolve(
        "Russian troops advanced in New York and Bakhmut, the Ukrainian army said.",
        ["New York", "Bakhmut"],
        villages,
        country=None,
    )
    (us,) = resolve("Diplomats met in New York in the United States of America.", ["New York"], villages, country="US")
    assert ua.place_id == 22
    assert us.place_id == 23


def test_memory_decides_and_fades(villages: Gazetteer) -> None:
    memory = FrontMemory(villages)
    text = "They advanced near Bilohorivka."
    kreminna = resolve("Fighting in Kreminna.", ["Kreminna"], villages)
    for day in range(5):
        memory.learn(kreminna, DAY - dt.timedelta(days=5 - day))
    (with_memory,) = resolve(text, ["Bilohorivka"], villages, memory=memory)
    assert with_memory.candidates[0].place_id == 14
    sure = with_memory.candidates[0].probability
    (later,) = resolve(text, ["Bilohorivka"], villages, memory=memory, published=DAY + dt.timedelta(days=400))
    assert later.candidates[0].probability < sure


def test_resolving_changes_nothing(villages: Gazetteer) -> None:
    memory = FrontMemory(villages)
    memory.learn(resolve("Fighting in Kreminna.", ["Kreminna"], villages), DAY)
    once = resolve("They hold Bilohorivka.", ["Bilohorivka"], villages, memory=memory)
    assert once == resolve("They hold Bilohorivka.", ["Bilohorivka"], villages, memory=memory)


@pytest.mark.parametrize(
    ("words", "relation", "area"),
    [
        ("the outskirts of Bakhmut", PlaceRelation.PART, None),
        ("Bakhmut's eastern outskirts", PlaceRelation.PART, None),
        ("near Bakhmut", PlaceRelation.NEAR, None),
        ("south of Bakhmut", PlaceRelation.DIRECTION, None),
        ("the town of Bakhmut", PlaceRelation.AT, None),
        ("northern Bakhmut", PlaceRelation.PART, "north"),
    ],
)
def test_words_around_a_name(villages: Gazetteer, words: str, relation: PlaceRelation, area: str | None) -> None:
    (ref,) = resolve(f"They are in {words} now.", [words], villages)
    assert (ref.place_id, ref.relation, ref.area) == (13, relation, area)


@pytest.mark.parametrize(
    ("words", "place_id"),
    [
        ("LPR", 702657), ("Luhansk People's Republic", 702657), ("Luhansk region", 702657), ("Luhansk Oblast", 702657),
        ("DPR", 709716), ("Donetsk Oblast", 709716), ("Ukraine", 690791), ("Kharkiv province", 706482), ("Kursk region", 538555),
    ],
)  # fmt: skip
def test_regions(villages: Gazetteer, words: str, place_id: int) -> None:
    (ref,) = resolve(f"All of the {words} is held.", [words], villages)
    assert ref.place_id == place_id
    assert ref.kind in (PlaceKind.REGION, PlaceKind.COUNTRY)


def test_donbas_and_the_annexed_regions_are_sets(villages: Gazetteer) -> None:
    (donbas,) = resolve("The rest of Donbas is theirs.", ["Donbas"], villages)
    assert donbas.place_id is None
    assert set(donbas.members) == {702657, 709716}
    (four,) = resolve(
        "None of the four regions Russia has annexed is whole.", ["four regions Russia has annexed"], villages
    )
    assert four.kind is PlaceKind.SET
    assert len(four.members) == 4
    assert all(r.reasons for r in (donbas, four))


@pytest.mark.parametrize(
    ("words", "kind"),
    [("two villages", PlaceKind.UNNAMED), ("Oskil River", PlaceKind.OTHER), ("Serebryanske forest", PlaceKind.OTHER)],
)
def test_what_is_no_place_on_the_map(villages: Gazetteer, words: str, kind: PlaceKind) -> None:
    (ref,) = resolve(f"They crossed {words} yesterday.", [words], villages)
    assert ref.kind is kind
    assert ref.place_id is None


def test_a_name_nobody_knows_is_said_to_be_unknown(villages: Gazetteer) -> None:
    (ref,) = resolve("They took Zzyzxgrad.", ["Zzyzxgrad"], villages)
    assert (ref.place_id, ref.candidates) == (None, ())
    assert ref.reasons == ("no such place known",)


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("M23 rebels entered Goma, the capital of North Kivu in the Democratic Republic of the Congo.", "Goma", 216281),
        ("The RSF said it had taken El Fasher in Sudan's North Darfur.", "El Fasher", 379555),
        ("Syrian rebels took Aleppo and drove on Hama.", "Aleppo", 170063),
        ("Ukraine's army left Lyman in Donetsk Oblast.", "Lyman", 704204),
    ],
)
def test_other_wars(book: Gazetteer, text: str, name: str, place_id: int) -> None:
    (ref,) = resolve(text, [name], book, country=None)
    assert ref.place_id == place_id


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("M23 rebels took Bunagana in North Kivu, the Democratic Republic of the Congo said.", "Bunagana"),
        ("M23 took Kiwanja and Rutshuru in the Democratic Republic of the Congo.", "Kiwanja"),
    ],
)
def test_the_only_place_of_a_like_name_need_not_be_meant(book: Gazetteer, text: str, name: str) -> None:
    (ref,) = resolve(text, [name], book, country=None)
    assert ref.place_id is None, "another country's village under a like name is no answer"


@pytest.mark.parametrize("where", [", Donetsk Oblast", " (6 km south of Bakhmut)", " in northern Donetsk Oblast"])
def test_a_loosely_spelt_name_is_not_looked_for_where_the_text_says_it_is_not(villages: Gazetteer, where: str) -> None:
    (ref,) = resolve(f"They took Malaya Vovcha{where}.", ["Malaya Vovcha"], villages)
    assert ref.place_id is None, ref.reasons
    (ref,) = resolve("They took Malaya Vovcha, Kharkiv Oblast.", ["Malaya Vovcha"], villages)
    assert ref.place_id == 32


def test_a_town_abroad_is_known_for_its_size(book: Gazetteer) -> None:
    (ref,) = resolve("Ukraine's president flew to Warsaw.", ["Warsaw"], book)
    found = book.place(ref.place_id) if ref.place_id is not None else None
    assert found is not None
    assert found.country == "PL"


def test_a_ukrainian_village_is_not_proposed_for_sudan(book: Gazetteer) -> None:
    refs = resolve(
        "In Sudan the army took Omdurman, Bara and Karima from the RSF.",
        ["Omdurman", "Bara", "Karima"],
        book,
        country=None,
    )
    for ref in refs:
        found = book.place(ref.candidates[0].place_id)
        assert found is not None
        assert found.country == "SD", ref


@pytest.mark.shared
def test_the_stream_is_read_forward_only(shared: Path) -> None:
    import evaluation.predict_places as stream
    from evaluation.gazetteer import shared_gazetteer

    book = Gazetteer.open(shared_gazetteer(shared, Path("var/eval")))
    rows = stream.read(shared / "reports/deepstate-changelog.jsonl.gz")[:160]
    whole = [r for _, r in stream.predict(rows, book)]
    part = [r for _, r in stream.predict(rows[:100], book)]
    assert whole[:100] == part, "what comes later changes nothing"
    bare = [{**r, "places": [{k: v for k, v in p.items() if k not in ("lat", "lon", "href")} for p in r["places"]], "places_uk": [
        {k: v for k, v in p.items() if k not in ("lat", "lon", "href")} for p in r["places_uk"]]} for r in rows]  # fmt: skip
    assert [r for _, r in stream.predict(bare, book)] == whole, "coordinates are never read"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops have entered Luhansk, Sumy, Kharkiv, Donetsk, Luhansk, Sumy and Kharkiv Oblasts.", [702657, 692196, 706482]),
        ("They hold positions in occupied Luhansk, Donetsk, and eastern Kharkiv oblasts.", [702657, 709716, 706482]),
        ("They control most of Luhansk and parts of neighbouring Donetsk.", [702657, 709716]),
        ("Fighting went on in eastern Donetsk.", [709716]),
        ("The parts of Sumy city hit by rockets", [8]),
        ("Shells fell on the outskirts of Sumy.", [8]),
        ("They control most of Bakhmut.", [13]),
    ],
)  # fmt: skip
def test_shares_and_lists_tell_regions_from_the_towns_they_are_called_after(
    villages: Gazetteer, text: str, expected: list[int]
) -> None:
    names = [n for n in ("Luhansk", "Sumy", "Donetsk", "Kharkiv", "Bakhmut") if n in text]
    mentions = sorted((Mention(text.index(n), text.index(n) + len(n), n) for n in names), key=lambda m: m.start)
    got = [ref.place_id for ref in resolve_places(text, mentions, villages, published=DAY)]
    assert got[: len(expected)] == expected


def test_a_text_that_names_russia_alone_means_the_city_in_ukraine(book: Gazetteer) -> None:
    text = "Russia captured Donetsk."
    ref = resolve_places(text, [Mention(16, 23, "Donetsk")], book, published=DAY)[0]
    assert ref.place_id is not None
    assert book.place(ref.place_id).country == "UA"


def test_a_governor_of_a_city_that_is_its_own_region_holds_the_city(book: Gazetteer) -> None:
    text = "the Russian-appointed Sevastopol governor said"
    ref = resolve_places(text, [Mention(22, 32, "Sevastopol")], book, published=DAY)[0]
    assert ref.kind is PlaceKind.SETTLEMENT
    assert ref.place_id == 694423


def test_the_front_of_the_day_tells_villages_apart_and_no_later_one_does(book: Gazetteer) -> None:
    lat, lon = np.array([49.22, 50.55]), np.array([37.98, 31.30])  # by Svatove, by Kyiv
    before, spring, winter = (
        near_front(lat, lon, book, dt.date(*d)) for d in ((2013, 5, 1), (2022, 3, 5), (2023, 1, 5))
    )
    assert not before.any()
    assert spring[1] > spring[0]
    assert winter[0] > winter[1]
    assert {t for p in known_front() for t in p.towns if book.place(t) is None} == set()
    assert [p.begins for p in known_front()] == sorted(p.begins for p in known_front())


def test_in_prose_a_memory_is_one_vote_among_others(villages: Gazetteer) -> None:
    memory = FrontMemory(villages)
    near = [PlaceRef(words="", kind=PlaceKind.SETTLEMENT, place_id=i, probability=0.9) for i in (29, 10)]
    memory.learn(near, DAY - dt.timedelta(days=1))
    filler = "The week brought little news and the weather stayed as it was. " * 9
    (town,) = resolve(f"{filler}They met in Slovyansk.", ["Slovyansk"], villages, memory=memory)
    assert town.place_id == 7


def test_a_list_of_oblasts_with_kyiv_means_the_oblast(book: Gazetteer) -> None:
    (kyiv, sumy) = resolve("Fighting in Kyiv, Chernihiv, and Sumy oblasts went on.", ["Kyiv", "Sumy"], book)
    assert (kyiv.place_id, sumy.place_id) == (703446, 692196)


def test_a_memory_answers_the_same_when_it_learns_on(book: Gazetteer) -> None:
    """What was reckoned for a name before is completed, not made anew, and comes to the same."""
    lat, lon = np.array([48.6, 49.0]), np.array([38.0, 37.8])
    grown, fresh = FrontMemory(book), FrontMemory(book)
    for number, place_id in enumerate((713174, 704204, 694403)):
        grown.learn_places([(place_id, 0.9)], DAY + dt.timedelta(days=number))
        grown.around(lat, lon, DAY, namesakes=[(713174, 704204)], own=0.5)
        fresh.learn_places([(place_id, 0.9)], DAY + dt.timedelta(days=number))
    day = DAY + dt.timedelta(days=9)
    expected = fresh.around(lat, lon, day, namesakes=[(713174, 704204)], own=0.5)
    assert (grown.around(lat, lon, day, namesakes=[(713174, 704204)], own=0.5) == expected).all()
    assert (expected > 0).all()


def test_a_name_with_a_hyphen_is_no_line_between_two_places(villages: Gazetteer) -> None:
    (one, two) = resolve("From Svatove-Kreminna to Upper-Kreminna.", ["Svatove-Kreminna", "Upper-Kreminna"], villages)
    assert one.place_id == 21
    assert two.place_id is None
