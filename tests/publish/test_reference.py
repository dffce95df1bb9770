"""Layers of others are shown with their own date and licence, beside the claims."""

from __future__ import annotations

import datetime as dt

import shapely

from reportedly.compare.layers import Content, Layer, Layers
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


def test_without_a_file_there_are_none(tmp_path):
    assert References(tmp_path / "missing.sqlite").all() == ()
    assert not (tmp_path / "missing.sqlite").exists()
