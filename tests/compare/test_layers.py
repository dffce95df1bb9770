"""Reference layers: what is taken, what is refused, and what they answer; a made-up country of one square region."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import math
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import shapely
from click.testing import CliRunner

from reportedly.compare.check import check_claim, check_place, check_region, side_change
from reportedly.compare.imports import read_layer
from reportedly.compare.layers import Layers
from reportedly.compare.measures import median_interval, share_inside, wilson
from reportedly.compare.record import record_of
from reportedly.errors import LayerError, NotFound
from reportedly.model import Attribution, Claim, Place, PlaceKind, PlaceRef, Relation, Span, Time

REGION = Place(
    id=900, name="Square", kind=PlaceKind.REGION, lat=49.5, lon=38.5, feature="ADM1", country="UA", iso3166_2="UA-99"
)
TOWNS = {
    n: Place(id=n, name=f"Town {n}", kind=PlaceKind.SETTLEMENT, lat=49.05 + n * 0.1, lon=38.05 + n * 0.1, feature="PPL", country="UA",
             admin1="99", katottg=f"UA9910001{n:03d}0012345"[:19])
    for n in range(1, 9)
}  # fmt: skip
SQUARE = shapely.box(38, 49, 39, 50)


class Gazetteer:
    """The few questions that layers ask of a gazetteer."""

    def place(self, place_id: int) -> Place | None:
        return {900: REGION, **TOWNS}.get(place_id)

    def find(self, name: str, *, fuzzy: bool = True) -> tuple[Any, ...]:
        return tuple(SimpleNamespace(place=p, tier="exact", name=name) for p in TOWNS.values() if p.name == name)

    def regions(self, country: str | None = None) -> tuple[Place, ...]:
        return (REGION,)

    def region(self, code: str) -> Place | None:
        return REGION if code == "UA.99" else None

    def members(self, region_id: int) -> frozenset[int]:
        return frozenset(TOWNS) if region_id == 900 else frozenset()

    def polygon(self, region_id: int) -> str | None:
        return shapely.to_geojson(SQUARE) if region_id == 900 else None

    def by_katottg(self) -> dict[str, tuple[int, ...]]:
        return {p.katottg or "": (p.id,) for p in TOWNS.values()}


@pytest.fixture
def gazetteer() -> Any:
    return Gazetteer()


@pytest.fixture
def layers(tmp_path: Path) -> Any:
    with Layers(tmp_path / "layers.sqlite") as opened:
        yield opened


def bring(layers: Layers, gazetteer: Any, path: Path, form: str, layer_id: str = "x", **options: Any) -> Any:
    """Import a file as a layer."""
    found, content = read_layer(
        path, form, gazetteer, layer_id=layer_id, name=layer_id, licence="CC0", source="us", **options
    )
    return layers.add(found, content)


def geojson(path: Path, shape: Any, **properties: Any) -> Path:
    feature = {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def table(path: Path, *rows: str) -> Path:
    path.write_text("geonameid,date,status\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def claim(place: int, relation: Relation = Relation.TAKES, day: dt.date = dt.date(2023, 5, 10), **more: Any) -> Claim:
    return Claim(
        report_id=f"r{place}{day}", published=dt.datetime.combine(day, dt.time(), dt.UTC), publisher="Gazette", relation=relation,
        party="RU", place=PlaceRef(words="X", place_id=place), span=Span(start=0, end=4), quote="", **more,
    )  # fmt: skip


def test_share_of_a_region_and_the_settlements_outside(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    path = geojson(tmp_path / "area_20230501.geojson", shapely.box(38, 49, 39, 49.75))
    assert bring(layers, gazetteer, path, "polygons", party="RU").first == dt.date(2023, 5, 1)
    (found,) = check_region(layers, gazetteer, REGION, "RU", dt.date(2023, 5, 9), percent=100)
    south, north = math.sin(math.radians(49)), math.sin(math.radians(50))
    expected = (math.sin(math.radians(49.75)) - south) / (north - south)  # area between parallels goes with the sine
    assert found.share == pytest.approx(expected, abs=2e-4)
    assert found.verdict == "differs"
    assert {o.place_id for o in found.outside} == {7, 8}
    assert "75." in found.sentence
    assert "2 of 8 settlements outside: Town 7, Town 8" in found.sentence
    assert "Natural Earth" in (found.outline or "")
    assert check_region(layers, gazetteer, REGION, "RU", dt.date(2023, 4, 30)) == []


def test_a_boundary_layer_goes_before_the_gazetteers_outline(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    bring(
        layers,
        gazetteer,
        geojson(tmp_path / "a_20230501.geojson", shapely.box(38, 49, 39, 49.5)),
        "polygons",
        party="RU",
    )
    half = geojson(tmp_path / "b.geojson", shapely.box(38, 49, 39, 49.5), shapeName="Square", shapeISO="UA-99")
    bring(layers, gazetteer, half, "boundaries", "borders")
    (found,) = check_region(layers, gazetteer, REGION, "RU", dt.date(2023, 5, 9))
    assert found.share == pytest.approx(1, abs=1e-3)
    assert found.outline == "borders (borders)"


def test_lead_and_lag_against_a_table(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    bring(layers, gazetteer, table(tmp_path / "t.csv", "1,2023-01-01,liberated", "1,2023-05-17,RU"), "table")
    (early,) = check_claim(layers, gazetteer, claim(1))
    assert (early.verdict, early.lead_days) == ("differs", 7)
    assert "differs from RU holding it; its own change came 7 days later" in early.sentence
    (late,) = check_claim(layers, gazetteer, claim(1, day=dt.date(2023, 5, 20)))
    assert (late.verdict, late.lead_days) == ("agrees", -3)
    (silent,) = check_place(layers, TOWNS[2], "RU", dt.date(2023, 5, 20))
    assert silent.verdict == "silent"
    (lost,) = check_claim(layers, gazetteer, claim(1, Relation.LOSES, dt.date(2023, 2, 1)))
    assert lost.verdict == "agrees"
    assert "agrees with RU not holding it" in lost.sentence
    with pytest.raises(NotFound, match="does not say who holds it"):
        check_claim(layers, gazetteer, claim(1, Relation.CONTESTS))
    with pytest.raises(NotFound, match="not resolved"):
        check_claim(layers, gazetteer, claim(77))


def test_the_first_row_of_a_place_is_no_change() -> None:
    rows: list[tuple[dt.date, str | None]] = [(dt.date(2023, 1, 1), "RU"), (dt.date(2023, 3, 1), "UA")]
    assert side_change(rows, "RU", True, dt.date(2023, 1, 1), 30) is None
    assert side_change(rows, "RU", False, dt.date(2023, 2, 20), 30) == dt.date(2023, 3, 1)


def test_record_counts_and_chance(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    rows = [f"{n},2023-01-01,liberated\n{n},2023-05-15,RU" for n in range(1, 9)] + ["1,2023-12-31,RU"]
    layer = bring(layers, gazetteer, table(tmp_path / "t.csv", *rows), "table")
    told = [claim(n) for n in range(1, 9)] + [
        claim(1),
        claim(3, day=dt.date(2023, 9, 1)),
        claim(2, day=dt.date(2023, 2, 1)),
    ]
    told.append(claim(5, attribution=Attribution(source="Somebody else")))
    record = record_of(layers, layer, "gazette", told)
    assert (record.claims, record.already, record.never) == (10, 1, 1)
    assert record.followed[0] == pytest.approx(0.8)
    assert record.followed[1] < 0.8 < record.followed[2]
    assert record.lag_days is not None
    assert record.lag_days[0] == 5
    assert 0.1 < record.chance < 0.25
    assert "not with the truth" in record.sentence
    assert "too few" in record_of(layers, layer, "Somebody else", told).sentence


def test_a_claim_is_compared_on_the_day_it_speaks_of(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    bring(layers, gazetteer, table(tmp_path / "t.csv", "1,2023-01-01,RU", "1,2023-04-01,liberated"), "table")
    march = Time(words="in March", edtf="2023-03", lower=dt.date(2023, 3, 1), upper=dt.date(2023, 4, 1))
    (found,) = check_claim(layers, gazetteer, claim(1, Relation.HOLDS, valid=march))
    assert found.day == dt.date(2023, 3, 31)
    assert found.verdict == "agrees"


@pytest.mark.parametrize(
    ("properties", "match"),
    [({"unit": "x"}, "'unit'"), ({"Equipment": "y"}, "'Equipment'"), ({"note": "held by the 4th Brigade"}, "Brigade")],
)
def test_units_and_equipment_are_refused(
    gazetteer: Any, tmp_path: Path, properties: dict[str, str], match: str
) -> None:
    path = geojson(tmp_path / "u_20230501.geojson", SQUARE, **properties)
    with pytest.raises(LayerError, match=match):
        read_layer(path, "polygons", gazetteer, layer_id="u", name="u", licence="CC0", source="us", party="RU")


def test_points_and_lines_are_refused(gazetteer: Any, tmp_path: Path) -> None:
    path = geojson(tmp_path / "p_20230501.geojson", shapely.Point(38.5, 49.5))
    with pytest.raises(LayerError, match="mark positions"):
        read_layer(path, "polygons", gazetteer, layer_id="u", name="u", licence="CC0", source="us", party="RU")


def test_licence_source_and_dates_are_asked_for(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    found, content = read_layer(
        table(tmp_path / "t.csv", "1,2023-01-01,RU"),
        "table",
        gazetteer,
        layer_id="t",
        name="t",
        licence=" ",
        source="us",
    )
    with pytest.raises(LayerError, match="needs a licence"):
        layers.add(found, content)
    with pytest.raises(LayerError, match="for which day"):
        bring(layers, gazetteer, geojson(tmp_path / "undated.geojson", SQUARE), "polygons", party="RU")
    with pytest.raises(LayerError, match=r"line 2: '1\.13\.2023' is not a day"):
        bring(layers, gazetteer, table(tmp_path / "d.csv", "1,1.13.2023,RU"), "table")
    (tmp_path / "c.csv").write_text("geonameid,status\n1,RU\n", encoding="utf-8")
    with pytest.raises(LayerError, match="column 'date' is missing"):
        bring(layers, gazetteer, tmp_path / "c.csv", "table")


def test_holders_are_parties_of_any_war_by_id_or_name(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    rows = (
        "1,2023-01-01,M23",
        "1,2023-02-01,Rapid Support Forces",
        "1,2023-03-01,sudan",
        "1,2023-04-01,Martians",
        "1,2023-05-01,UA?",
    )
    layer = bring(layers, gazetteer, table(tmp_path / "t.csv", *rows), "table", "any")
    held = [layers.holding(layer, 1, dt.date(2023, month, 2)).party for month in range(1, 6)]
    assert held == ["M23", "RSF", "Sudan", None, "UA"]
    assert "1 held by nobody ('Martians')" in layer.note
    drawn = bring(
        layers, gazetteer, geojson(tmp_path / "2023-01-01.geojson", SQUARE), "polygons", "drawn", party="Russia"
    )
    assert list(layers.areas(drawn.id, dt.date(2023, 1, 1))[1]) == ["RU"]


def test_forms_of_tables(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    with gzip.open(tmp_path / "v.json.gz", "wt") as out:
        json.dump({"1": [[20230101, "RU"], [20230301, "CONTESTED"]]}, out)
    viina = bring(layers, gazetteer, tmp_path / "v.json.gz", "viina", "viina")
    assert layers.holding(viina, 1, dt.date(2023, 2, 1)).party == "RU"
    assert layers.holding(viina, 1, dt.date(2023, 3, 1)).party is None
    official = tmp_path / "o.csv"
    official.write_text(
        "section,oblast,raion,katottg,name,start,end\n"
        f"active_hostilities,,,UA99100010000000000,hromada,01.01.2023,\noccupied,,,{TOWNS[2].katottg},town,05.02.2023,10.02.2023\n",
        encoding="utf-8",
    )
    listed = bring(layers, gazetteer, official, "official", "official")
    held = [layers.holding(listed, 2, dt.date(2023, 2, d)).party for d in (1, 5, 10, 11)]
    assert held == [None, "RU", "RU", None], (
        "hostilities are nobody's, occupation goes before them, its last day included"
    )
    towns = tmp_path / "w.jsonl"
    towns.write_text(
        json.dumps({"name": "Town 3", "held_by": "Russia", "first_seen": "2023-01-05T01:00:00+02:00"}) + "\n",
        encoding="utf-8",
    )
    assert layers.holding(bring(layers, gazetteer, towns, "towns", "towns"), 3, dt.date(2023, 1, 6)).party == "RU"


def test_geopackage_is_read_without_gdal(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    path = tmp_path / "area.gpkg"
    with sqlite3.connect(path) as sql:
        sql.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)")
        sql.execute("INSERT INTO gpkg_geometry_columns VALUES ('held', 'geom', 4326)")
        sql.execute("CREATE TABLE held (fid INTEGER, geom BLOB, party TEXT, date TEXT)")
        blob = b"GP\x00\x01" + (4326).to_bytes(4, "little") + shapely.to_wkb(SQUARE)
        sql.execute("INSERT INTO held VALUES (1, ?, 'RU', '2023-05-01')", (blob,))
    sql.close()
    layer = bring(layers, gazetteer, path, "polygons")
    assert layers.holding(layer, 1, dt.date(2023, 6, 1), lat=49.15, lon=38.15).party == "RU"


def test_baseline_is_a_layers_state_on_a_day(layers: Layers, gazetteer: Any, tmp_path: Path) -> None:
    bring(
        layers,
        gazetteer,
        table(tmp_path / "t.csv", "1,2023-01-01,RU", "1,2023-04-01,liberated", "2,2023-02-01,unknown"),
        "table",
    )
    assert layers.state("x", dt.date(2023, 3, 1)) == {1: "RU", 2: None}
    layers.set_baseline("x", dt.date(2023, 3, 1))
    found = layers.baseline()
    assert found is not None
    assert (found[0].id, found[1]) == ("x", dt.date(2023, 3, 1))
    with pytest.raises(LayerError, match="begins on 2023-01-01"):
        layers.state("x", dt.date(2022, 1, 1))
    layers.clear_baseline()
    assert layers.baseline() is None


def test_measures_agree_with_what_is_known() -> None:
    share, low, high = wilson(0, 10)
    assert (share, low) == (0, 0)
    assert high == pytest.approx(0.2775, abs=1e-3)
    assert median_interval([]) is None
    assert median_interval([3, 3, 3]) == (3, 3, 3)
    assert share_inside(SQUARE, shapely.box(38, 49, 38.5, 50)) == pytest.approx(0.5, abs=1e-6)


def test_the_list_of_layers_on_the_command_line() -> None:
    from reportedly.cli.main import group

    result = CliRunner().invoke(group, ["layer", "list", "--json"])
    assert result.exit_code == 0, result.output
    assert isinstance(json.loads(result.output), list)


@pytest.mark.shared
def test_luhansk_region_on_the_day_of_the_first_report(shared: Path, layers: Layers) -> None:
    """99.3 per cent of the region inside the area on 2025-07-03; Nadiia and both Novoiehorivka of its 926 settlements outside."""
    from reportedly.knowledge.gazetteer import Gazetteer as Real

    path = Path("var/gazetteer-ua.sqlite")
    if not path.exists():
        pytest.skip("needs var/gazetteer-ua.sqlite: python -m evaluation.gazetteer builds it")
    gazetteer = Real.open(path)
    area = shared / "reference/deepstate-polygons/deepstatemap_data_20250703.geojson"
    bring(layers, gazetteer, area, "polygons", "area", party="RU")
    bring(layers, gazetteer, shared / "gazetteer/ukraine-adm1.geojson", "boundaries", "borders")
    bring(layers, gazetteer, shared / "gazetteer/ukraine-settlements-katottg.csv", "settlements", "register")
    region = gazetteer.place(702657)
    assert region is not None
    (found,) = check_region(layers, gazetteer, region, "RU", dt.date(2025, 7, 3), percent=100)
    assert found.sentence.startswith("99.3 per cent on 2025-07-03")
    assert found.settlements == 926
    assert sorted(o.name for o in found.outside) == ["Nadiia", "Novoiehorivka", "Novoiehorivka"]
