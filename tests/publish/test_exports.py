"""Each export holds exactly what the filters show, and the tools it is meant for read it back."""

from __future__ import annotations

import csv
import io
import json

import geopandas
import pandas
import pytest

from reportedly.errors import InputError
from reportedly.ledger.claimlist import Claims
from reportedly.publish import frames
from reportedly.publish.export import FORMATS
from reportedly.publish.rows import COLUMNS

from .sample import HOSTILE, SmallGazetteer

FILTER = "party=RU&polarity=stated"


@pytest.fixture(scope="module")
def wanted(reading_room):
    return {c.id for c in reading_room.ledger.claims(party="RU", polarity="+")}


def fetch(room, ending, query=FILTER):
    answer = room.get(f"/export/claims.{ending}?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == FORMATS[ending].media.split(";")[0]
    assert f".{ending}" in answer.headers["content-disposition"]
    return answer.content


def test_csv_has_an_hxl_row_and_pandas_reads_it(reading_room, wanted):
    content = fetch(reading_room, "csv")
    frame = pandas.read_csv(io.BytesIO(content), skiprows=[1])
    assert set(frame["claim_id"]) == wanted
    tags = list(csv.reader(io.StringIO(content.decode())))[1]
    assert all(t.startswith("#") for t in tags)
    assert list(frame.columns) == [c.name for c in COLUMNS]
    row = frame[frame["location"] == "Toshkivka"].iloc[0]
    assert (row["geo_precision"], row["where_prec"], row["time_precision"], row["date_prec"]) == (1, 1, 1, 1)
    region = frame[frame["location"] == "Luhansk Oblast"].iloc[0]
    assert (region["geo_precision"], region["where_prec"]) == (3, 4)


def test_csv_cells_are_no_formulas():
    from reportedly.publish.export import csv_bytes

    for cell in ("=1+1", "+1", "-1", "@x", "\tx"):
        line = b"".join(csv_bytes(["a"], [[cell]])).decode().split("\r\n")[1]
        assert line.strip('"').startswith("'")
    assert b"".join(csv_bytes(["a"], [[-1.5]])).endswith(b"-1.5\r\n")


def test_geojson_by_geopandas(reading_room, wanted, tmp_path):
    path = tmp_path / "claims.geojson"
    path.write_bytes(fetch(reading_room, "geojson"))
    frame = geopandas.read_file(path)
    assert set(frame["claim_id"]) == wanted
    spot = frame[frame["location"] == "Toshkivka"].geometry.iloc[0]
    assert (round(spot.x, 2), round(spot.y, 2)) == (38.55, 48.78)
    assert frame.crs.to_epsg() == 4326


def test_geoparquet_by_geopandas_says_what_it_is(reading_room, wanted, tmp_path):
    import pyarrow.parquet as pq

    path = tmp_path / "claims.parquet"
    path.write_bytes(fetch(reading_room, "parquet"))
    frame = geopandas.read_parquet(path)
    assert set(frame["claim_id"]) == wanted
    meta = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert meta["version"] == "1.1.0"
    whole = tmp_path / "all.parquet"
    whole.write_bytes(fetch(reading_room, "parquet", ""))
    everything = geopandas.read_parquet(whole)
    assert len(everything) == 12
    assert everything.geometry.isna().sum() == 1  # the claim on no single place


def test_jsonl_is_the_claims_whole(reading_room, wanted):
    lines = [json.loads(line) for line in fetch(reading_room, "jsonl").splitlines()]
    assert {line["id"] for line in lines} == wanted
    assert all(line["quote"] and line["place"]["words"] and "attribution" in line for line in lines)


def test_followthemoney_statements_make_whole_entities(reading_room, wanted):
    lines = [json.loads(line) for line in fetch(reading_room, "ftm").splitlines()]
    assert {line["entity_id"] for line in lines if line["schema"] == "Event"} == wanted
    assert len({line["id"] for line in lines}) == len(lines)
    known = {line["entity_id"] for line in lines}
    assert {line["value"] for line in lines if line["prop"] in ("involved", "proof")} <= known
    for entity in known:
        assert sum(line["prop"] == "id" for line in lines if line["entity_id"] == entity) == 1


def test_prov_json_has_no_loose_ends(reading_room, wanted):
    document = json.loads(fetch(reading_room, "prov"))
    assert {f"r:{name}" for name in wanted} <= set(document["entity"])
    known = {*document["entity"], *document["activity"], *document["agent"]}
    for relation in ("wasDerivedFrom", "wasGeneratedBy", "used", "wasAttributedTo", "wasAssociatedWith"):
        for link in document[relation].values():
            assert {v for k, v in link.items() if k != "prov:type"} <= known


def test_schema_org_claims_carry_no_rating(reading_room, wanted):
    document = json.loads(fetch(reading_room, "jsonld"))
    assert {c["@id"] for c in document["@graph"]} == {f"urn:reportedly:{name}" for name in wanted}
    assert "rating" not in json.dumps(document).lower()
    assert all(c["@type"] == "Claim" and c["appearance"]["publisher"]["name"] for c in document["@graph"])


def test_single_file_needs_nothing_else(reading_room):
    page = fetch(reading_room, "html", "").decode()
    assert "<link" not in page
    assert "src=" not in page
    assert "default-src 'none'" in page
    assert HOSTILE not in page
    assert page.count("<tr>") == 13


def test_an_empty_answer_is_a_whole_file_in_every_form(reading_room, tmp_path):
    for ending in FORMATS:
        content = fetch(reading_room, ending, "party=Nobody")
        if ending in ("geojson", "prov", "jsonld"):
            json.loads(content)
        if ending == "parquet":
            path = tmp_path / "none.parquet"
            path.write_bytes(content)
            assert len(geopandas.read_parquet(path)) == 0


def test_claims_of_the_ledger_are_frames(reading_room):
    claims = reading_room.ledger.claims()
    assert isinstance(claims, Claims)
    frame = claims.to_pandas(SmallGazetteer())
    assert len(frame) == 12
    assert str(frame["geonameid"].dtype) == "Int64"
    spots = claims.to_geopandas(SmallGazetteer())
    assert spots.crs.to_epsg() == 4326
    assert spots.geometry.notna().sum() == 11
    html = claims._repr_html_()
    assert "12 claims" in html
    assert "<script" not in html


def test_coordinates_need_a_gazetteer(reading_room, tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTEDLY_DATA", str(tmp_path))
    with pytest.raises(InputError, match="gazetteer"):
        frames.to_geopandas(reading_room.ledger.claims())
    assert len(reading_room.ledger.claims().to_pandas()) == 12
