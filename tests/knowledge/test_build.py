from __future__ import annotations

import gzip
import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from reportedly.errors import GazetteerError
from reportedly.knowledge import assemble as joined
from reportedly.knowledge.build import add_country, import_table
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.katottg import Settlement, join
from reportedly.knowledge.rows import Row, read_dump, read_table
from reportedly.knowledge.store import write


def dump_line(**given: str) -> str:
    fields = {
        "id": "1", "name": "Alpha", "ascii": "Alpha", "names": "", "lat": "48.0", "lon": "37.0", "class": "P", "code": "PPL", "cc": "UA",
        "cc2": "", "a1": "05", "a2": "1416", "a3": "", "a4": "", "people": "0", "elevation": "", "dem": "100", "zone": "Europe/Kyiv", "day": "2026-01-01",
    }  # fmt: skip
    return "\t".join({**fields, **given}.values()) + "\n"


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    good = dump_line().encode()
    made = {
        "wrong columns": ("a.txt", b"name,lat,lon\nAlpha,48,37\n", "1 tab-separated columns instead of 19"),
        "wrong encoding": ("b.txt", good + dump_line(name="Бахмут").encode("cp1251"), "line 2: not UTF-8"),
        "half a line": ("c.txt", good + good[:40], "ends in the middle of a line"),
        "half a gzip": ("d.gz", gzip.compress(good * 500)[:-200], "half downloaded"),
        "no number": ("e.txt", dump_line(lat="north").encode(), "line 1: could not convert"),
        "another country": ("f.txt", dump_line(cc="PL").encode(), "a place of PL, not of UA"),
        "nothing in it": ("g.txt", dump_line(**{"class": "H", "code": "STM"}).encode(), "no populated place"),
    }
    files = {}
    for what, (name, data, says) in made.items():
        (folder / name).write_bytes(data)
        files[what] = (folder / name, says)
    with zipfile.ZipFile(folder / "h.zip", "w") as z:
        z.writestr("holiday.jpg", b"\xff\xd8")
    files["a zip with something else"] = (folder / "h.zip", "inside are holiday.jpg")
    with zipfile.ZipFile(folder / "i.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("UA.txt", good * 500)
    (folder / "i.zip").write_bytes((folder / "i.zip").read_bytes()[:-60])
    files["half a zip"] = (folder / "i.zip", "damaged or only half downloaded")
    files["no file"] = (folder / "none.txt", "There is no file")
    return files


def test_a_bad_file_is_refused_and_the_old_gazetteer_stays(base_gazetteer_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    shutil.copy(base_gazetteer_path, path)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    for what, (file, says) in bad_files(tmp_path).items():
        with pytest.raises(GazetteerError) as error:
            add_country(path, "UA", file)
        assert says in str(error.value), what
    with pytest.raises(GazetteerError, match="no country code"):
        add_country(path, "Ukraine", tmp_path / "a.txt")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert not list(tmp_path.glob(".gazetteer*")), "nothing half-made is left"


@pytest.mark.parametrize(
    ("text", "columns", "says"),
    [
        ("NAME,Y\nAlpha,1\n", {"name": "NAME", "lat": "LAT", "lon": "X"}, "no column 'LAT'"),
        ("NAME,Y,X\nAlpha,1\n", {"name": "NAME", "lat": "Y", "lon": "X"}, "line 2: not as many columns"),
        ("NAME,Y,X\nAlpha,137,37\n", {"name": "NAME", "lat": "Y", "lon": "X"}, "lat and lon swapped"),
        ("NAME,Y,X\n,48,37\n", {"name": "NAME", "lat": "Y", "lon": "X"}, "line 2: no name"),
        ("NAME,Y,X\nAlpha,48,37\n", {"name": "NAME"}, "map at least name, and lat and lon"),
        ("NAME,Y,X\nAlpha,48,37\n", {"name": "NAME", "lat": "Y", "lon": "X", "height": "Y"}, "no field 'height'"),
        ("NAME,Y,X\n", {"name": "NAME", "lat": "Y", "lon": "X"}, "holds no rows"),
        ('{"type": "FeatureCollection"}', {"name": "NAME"}, "no GeoJSON FeatureCollection"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(text: str, columns: dict[str, str], says: str) -> None:
    with pytest.raises(GazetteerError, match=says):
        read_table(text.encode(), "table.csv", columns, country="UA", source="mine")


def test_a_source_needs_a_licence_and_a_name_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="licence"):
        import_table(tmp_path / "g.sqlite", tmp_path / "t.csv", {"name": "n"}, name="mine", licence=" ")
    with pytest.raises(GazetteerError, match="taken"):
        import_table(tmp_path / "g.sqlite", tmp_path / "t.csv", {"name": "n"}, name="katottg", licence="CC0")


def test_csv_and_geojson_give_the_same_rows() -> None:
    csv = "NAME;OTHER;Y;X\nAlpha;Альфа;48.5;37.5\n".encode()
    geojson = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"NAME": "Alpha", "OTHER": "Альфа"},'
        ' "geometry": {"type": "Point", "coordinates": [37.5, 48.5]}}]}'
    ).encode()
    mapping = {"name": "NAME", "names": "OTHER"}
    (one,) = read_table(csv, "t.csv", {**mapping, "lat": "Y", "lon": "X"}, country="UA", source="mine")
    (two,) = read_table(geojson, "t.geojson", mapping, country="UA", source="mine")
    assert (
        (one.name, one.names, one.lat, one.lon)
        == (two.name, two.names, two.lat, two.lon)
        == ("Alpha", [("Альфа", "")], 48.5, 37.5)
    )


def test_a_dump_keeps_places_and_regions_only() -> None:
    text = (
        dump_line()
        + dump_line(id="2", **{"class": "H", "code": "STM"})
        + dump_line(id="3", **{"class": "A", "code": "ADM2"})
    )
    assert [r.id for r in read_dump(text.encode(), "UA", "UA.txt")] == [1, 3]


def row(id_: int, name: str, lat: float, lon: float, **more: object) -> Row:
    return Row(id=id_, name=name, country="UA", lat=lat, lon=lon, admin1="05", **more)  # type: ignore[arg-type]


def test_two_rows_of_one_village_become_one_and_namesakes_farther_off_stay() -> None:
    rows = [
        row(1, "Andriivka", 48.5, 37.9),
        row(2, "Andriyivka", 48.51, 37.91, population=90),
        row(3, "Andriivka", 48.8, 37.9),
    ]
    made = joined.assemble(rows, frozenset({"UA"}))
    assert sorted(r.id for r in made.places) == [2, 3]
    assert made.aliases == {1: 2}


def test_rows_with_different_codes_of_the_register_are_never_merged() -> None:
    rows = [row(1, "Nove", 48.5, 37.9, katottg="UA1"), row(2, "Nove", 48.505, 37.905, katottg="UA2")]
    assert len(joined.assemble(rows, frozenset({"UA"})).places) == 2


def test_the_register_joins_by_oblast_raion_and_the_nearest_hromada() -> None:
    def entry(code: str, name: str, hromada: str) -> Settlement:
        return Settlement(code, name, "C", "05", "1416", hromada)

    register = [
        entry("UA14160010010000001", "Перше", "UA1416001"), entry("UA14160010020000002", "Нове", "UA1416001"),
        entry("UA14160020010000003", "Друге", "UA1416002"), entry("UA14160020020000004", "Нове", "UA1416002"),
        entry("UA14160020030000005", "Третє", "UA1416002"),
    ]  # fmt: skip
    rows = [
        row(1, "Pershe", 48.0, 37.0, admin2="1416"), row(2, "Druhe", 48.5, 37.5, admin2="1416"),
        row(3, "Nove", 48.49, 37.52, admin2="1416"), row(4, "Nove", 48.01, 37.01, admin2="1416"),
    ]  # fmt: skip
    left = join(register, rows)
    assert {r.id: r.katottg[-1] for r in rows} == {1: "1", 2: "3", 3: "4", 4: "2"}
    (unplaced,) = left
    assert (unplaced.id, unplaced.name) == (-5, "Tretie")
    assert unplaced.radius_km >= 5
    assert unplaced.lat == pytest.approx(48.49, abs=0.02)


def test_a_written_file_opens_and_says_its_sources(tmp_path: Path) -> None:
    path = tmp_path / "small.sqlite"
    made = joined.assemble(
        [row(1, "Alpha", 48.0, 37.0), row(2, "Beta", 48.1, 37.1, names=[("Бета", "uk")])], frozenset()
    )
    source = {"name": "mine", "kind": "table", "licence": "CC0", "rows": 2, "as_of": "2026-01-01"}
    write(path, made, [source], {}, lambda _what, _share: None)
    book = Gazetteer.open(path)
    assert [m.place.id for m in book.find("Бета")] == [2]
    assert book.sources()[0]["licence"] == "CC0"


def test_an_error_in_a_table_names_the_file_as_it_was_given(base_gazetteer_path: Path, tmp_path: Path) -> None:
    path, table = tmp_path / "gazetteer.sqlite", tmp_path / "villages.csv"
    shutil.copy(base_gazetteer_path, path)
    table.write_text("NAME,Y,X\nAlpha,48,37\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"villages\.csv has no column 'LAT'"):
        import_table(path, table, {"name": "NAME", "lat": "LAT", "lon": "X"}, name="mine", licence="CC0")
