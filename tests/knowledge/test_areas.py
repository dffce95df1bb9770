from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.errors import NotFound
from reportedly.knowledge.areas import bank_side, load_areas, members
from reportedly.knowledge.gazetteer import Gazetteer

KHERSON, ZAPORIZHZHIA, KHARKIV, LUHANSK = 706442, 687699, 706482, 702657


@pytest.fixture(scope="module")
def book(base_gazetteer_path: Path) -> Gazetteer:
    return Gazetteer.open(base_gazetteer_path)


def known(book: Gazetteer, name: str, region: int) -> int:
    inside = book.members(region)
    found = [
        m.place
        for m in book.find(name, fuzzy=False)
        if m.place.id in inside and m.tier in ("exact", "alternate", "skeleton")
    ]
    return max(found, key=lambda p: p.population).id


@pytest.mark.parametrize(
    "name", ["Kherson", "Beryslav", "Bilozerka", "Antonivka", "Vysokopillya", "Stanislav", "Kyselivka", "Daryivka"]
)
def test_right_bank_of_the_dnipro(book: Gazetteer, name: str) -> None:
    place = known(book, name, KHERSON)
    assert place in members("west bank of the Dnipro", KHERSON, book).ids
    assert place not in members("the left bank of the Dnipro", KHERSON, book).ids


@pytest.mark.parametrize(
    "name",
    [
        "Oleshky",
        "Nova Kakhovka",
        "Kakhovka",
        "Hola Prystan",
        "Skadovsk",
        "Henichesk",
        "Velyka Lepetykha",
        "Novotroitske",
    ],
)
def test_left_bank_of_the_dnipro(book: Gazetteer, name: str) -> None:
    place = known(book, name, KHERSON)
    assert place in members("east bank of the Dnieper River", KHERSON, book).ids
    assert place not in members("right bank of the Dnipro", KHERSON, book).ids


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Kupiansk", "west"),
        ("Dvorichna", "west"),
        ("Borova", "east"),
        ("Kivsharivka", "east"),
        ("Izium", "west"),
        ("Kurylivka", "east"),
    ],
)
def test_sides_of_the_oskil(book: Gazetteer, name: str, side: str) -> None:
    assert known(book, name, KHARKIV) in members(f"{side} of the Oskil River", KHARKIV, book).ids


@pytest.mark.parametrize(
    ("name", "side", "region"),
    [
        ("Siverskodonetsk", "east", 702657), ("Lysychansk", "west", 702657), ("Rubizhne", "north", 702657), ("Kreminna", "left", 702657),
        ("Luhansk", "south", 702657), ("Stanytsia Luhanska", "north", 702657), ("Bilohorivka", "west", 702657),
        ("Lyman", "north", 709716), ("Siversk", "south", 709716), ("Slovyansk", "right", 709716), ("Yampil", "north", 709716),
        ("Chuhuiv", "west", KHARKIV), ("Vovchansk", "east", KHARKIV), ("Balakliya", "north", KHARKIV),
    ],
)  # fmt: skip
def test_sides_of_the_siverskyi_donets(book: Gazetteer, name: str, side: str, region: int) -> None:
    assert known(book, name, region) in members(f"the {side} bank of the Siverskyi Donets River", region, book).ids


def test_sides_of_the_euphrates(book: Gazetteer) -> None:
    east = members("east of the Euphrates", 170792, book).ids
    assert known(book, "Deir ez-Zor", 170792) not in east
    assert known(book, "Hajin", 170792) in east


def test_no_bank_of_what_is_no_river() -> None:
    assert bank_side("the west bank of the Nile") is None
    assert bank_side("the right bank of Kherson") is None


def test_parts_by_compass(book: Gazetteer) -> None:
    north, south = members("north", LUHANSK, book), members("southern", LUHANSK, book)
    assert known(book, "Bilovodsk", LUHANSK) in north.ids or known(book, "Troitske", LUHANSK) in north.ids
    assert known(book, "Rovenky", LUHANSK) in south.ids
    assert not north.ids & south.ids
    assert "usage differs" in north.precision


def test_what_cannot_be_told_is_said(book: Gazetteer) -> None:
    with pytest.raises(NotFound, match="No part of a region"):
        members("upside", LUHANSK, book)
    with pytest.raises(NotFound, match="no region"):
        members("north", -5, book)
    assert bank_side("the west bank of the Styx") is None


def test_every_id_of_the_areas_is_a_region(book: Gazetteer) -> None:
    areas = load_areas()
    for place_id in (*areas.aliases.values(), *(i for s in areas.sets.values() for i in s.members)):
        place = book.place(place_id)
        assert place is not None
        assert place.feature == "ADM1"
    for code in areas.war:
        assert book.region(code) is not None, code
