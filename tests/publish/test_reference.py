"""Layers of others are shown with their own date and licence, beside the claims."""

from __future__ import annotations

import datetime as dt

import shapely

from reportedly.compare.content import Content, Layer
from reportedly.compare.layers import Layers
from reportedly.publish.reference import References
from reportedly.publish.server import create_app

from .conftest import Shop
from .sample import LEXICON, PLACES, SmallGazetteer, fill


def test_layers_on_map_and_method_page(tmp_path):
    path = tmp_path / "layers.sqlite"
    with Layers(path) as layers:
        layers.add(
            Layer(
                id="drawn",
                name="A drawn map",
                kind="polygons",
                licence="CC BY 4.0",
                source="https://example.org/map",
                sha256="0" * 64,
            ),
            Content(areas=[(dt.date(2023, 5, 1), "RU", shapely.box(37, 48, 39, 49))]),
        )
        layers.add(
            Layer(
                id="table",
                name="A table",
                kind="table",
                licence="ODbL",
                source="https://example.org/table",
                sha256="1" * 64,
            ),
            Content(changes=[(691001, dt.date(2022, 6, 22), "RU"), (691004, dt.date(2023, 5, 21), "RU")]),
        )
    with fill(tmp_path / "ledger.sqlite") as ledger:
        shop = Shop(create_app(ledger, SmallGazetteer(), lexicon=LEXICON, layers=path), None, ledger)
        drawn = shop.get("/api/layers/drawn?valid_at=2023-06-01").json()
        assert drawn["layer"] == {"name": "A drawn map", "licence": "CC BY 4.0", "dated": "2023-05-01"}
        assert drawn["features"][0]["properties"]["party"] == "RU"
        assert shop.get("/api/layers/drawn?valid_at=2022-06-01").json()["features"] == []
        marked = shop.get("/api/layers/table?valid_at=2022-07-01").json()["features"]
        assert [f["geometry"]["coordinates"] for f in marked] == [[PLACES[691001].lon, PLACES[691001].lat]]
        assert "A drawn map" in shop.get("/map").text
        assert "Licence: ODbL" in shop.get("/method").text
        source = shop.get("/sources/src-mod").text
        assert "Beside other maps" in source
        assert shop.get("/api/layers/none").status_code in (400, 404)
        place = shop.get("/places/691001?valid_at=2023-06-01").text
        assert "A drawn map: Russia" in place
        assert "A table: Russia" in place
        region = [c for c in ledger.claims() if c.place.place_id == 702657 and c.extent.kind == "whole"][-1]
        compared = shop.get(f"/claims/{region.id}.json").json()["compared"]
        assert [c["layer"]["name"] for c in compared] == ["A drawn map", "A table"]
        assert 0.2 < compared[0]["share"] < 0.3  # of the area of the square that stands for the region, on the sphere
        town = next(c for c in ledger.claims() if c.place.place_id == 691001 and c.relation == "takes")
        page = shop.get(f"/claims/{town.id}").text
        assert "Beside other maps" in page
        assert "A table has Toshkivka as" in page or "A table marks nobody" in page or "A table says nothing" in page


def test_regions_are_given_as_outlines(reading_room):
    found = reading_room.get("/api/outlines").json()["features"]
    assert [(f["id"], f["geometry"]["type"]) for f in found] == [(702657, "Polygon")]
    history = reading_room.get("/api/history").json()
    ids = [sum(history["places"]["id"][: row + 1]) for row in history["regions"]]
    assert ids == [702657]


def test_without_a_file_there_are_none(tmp_path):
    assert References(tmp_path / "missing.sqlite").all() == ()
    assert not (tmp_path / "missing.sqlite").exists()
