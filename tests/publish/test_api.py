"""The API against its own description, and against the readers it is meant for."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def test_landing_conformance_and_links(served):
    landing = served.shop.get("/", headers={"accept": "application/json"}).json()
    rels = {link["rel"] for link in landing["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= rels
    assert any(c.endswith("/conf/geojson") for c in served.shop.get("/conformance").json()["conformsTo"])


def test_items_page_by_next_links(reading_room):
    seen, address = [], "/collections/claims/items?limit=5"
    while address:
        page = reading_room.get(address).json()
        seen += [f["id"] for f in page["features"]]
        assert page["numberMatched"] == 12
        found = [link["href"] for link in page["links"] if link["rel"] == "next"]
        address = found[0].removeprefix("http://test") if found else None
    assert len(set(seen)) == len(seen) == 12


def test_items_by_box_and_datetime(reading_room):
    goma = reading_room.get("/collections/claims/items?bbox=29,-2,30,-1").json()
    assert {f["properties"]["location"] for f in goma["features"]} == {"Goma"}
    across = reading_room.get("/collections/claims/items?bbox=170,-90,-170,90").json()
    assert across["numberMatched"] == 0
    year = reading_room.get("/collections/claims/items?datetime=2022-01-01/2022-12-31").json()
    assert {f["properties"]["published"][:4] for f in year["features"]} == {"2022"}
    places = reading_room.get("/collections/places/items?datetime=2022-06-20").json()
    assert [(f["properties"]["name"], f["properties"]["party"]) for f in places["features"]] == [("Toshkivka", "RU")]
    assert reading_room.get("/collections/claims/items?datetime=soon").status_code == 400


def names(answer, kind):
    rows = answer.json()
    assert answer.status_code == 200, rows
    if kind == "features":
        return {
            f["properties"].get("name") or f["properties"].get("location") or f["properties"]["place"]
            for f in rows["features"]
        }
    if kind == "reports":
        return {r["publisher"] for r, _ in rows["reports"]}
    key = {"claims": "place", "places": "place", "disputes": "place_name"}[kind]
    return {r[key]["name"] if isinstance(r[key], dict) else r[key] for r in rows[kind]}


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/claims.json", "claims"), ("/places.json", "places"), ("/disputes.json", "disputes"), ("/reports.json", "reports"),
     ("/collections/claims/items", "features"), ("/collections/places/items", "features"),
     ("/collections/disputes/items", "features"), ("/export/claims.geojson", "features")],
)  # fmt: skip
def test_every_list_keeps_to_every_filter_that_it_takes(reading_room, address, kind):
    everything = names(reading_room.get(address), kind)
    in_congo = names(reading_room.get(f"{address}?country=CD"), kind)
    assert in_congo == ({"Lake Radio"} if kind == "reports" else {"Goma"} & everything)
    assert names(reading_room.get(f"{address}?country=XX"), kind) == set()
    for nothing in ("relation=annexes", "report=rep-none", "source=nobody", "within=691004&country=CD", "since=2030-01-01",
                    "as_of=2001-01-01"):  # fmt: skip
        assert names(reading_room.get(f"{address}?{nothing}"), kind) == set(), nothing
    radio = names(reading_room.get(f"{address}?publisher=Lake%20Radio"), kind)
    assert radio == ({"Lake Radio"} if kind == "reports" else {"Goma"} & everything)
    inside = names(reading_room.get(f"{address}?within=702657"), kind)
    assert not inside & {"Goma", "Bakhmut", "Lake Radio"}
    assert inside


def test_a_datetime_that_ends_before_it_begins_is_refused(reading_room):
    assert reading_room.get("/collections/claims/items?datetime=2023-06-01/2023-05-01").status_code == 400


def test_one_item(reading_room):
    claim = reading_room.ledger.claims()[0]
    assert reading_room.get(f"/collections/claims/items/{claim.id}").json()["id"] == claim.id
    assert (
        reading_room.get("/collections/places/items/691001?valid_at=2022-06-22").json()["properties"]["state"]
        == "disputed"
    )
    assert reading_room.get("/collections/places/items/none").status_code == 404


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs GDAL's ogrinfo (Debian: gdal-bin)")
def test_gdal_reads_the_collections(served):
    def ogr(*arguments: str) -> str:
        done = subprocess.run(["ogrinfo", *arguments], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = ogr("-ro", f"OAPIF:{served.url}")
    assert all(name in listed for name in ("places", "claims", "disputes"))
    claims = ogr("-ro", "-al", f"OAPIF:{served.url}", "claims")
    assert claims.count("OGRFeature(claims)") == len(served.shop.ledger.claims())
    assert "relation (String) = takes" in claims
    assert "POINT (38.55 48.78)" in claims


def test_answers_fit_their_description(served):
    """Schemathesis with a fixed seed: no server errors, and only statuses, types and shapes that are described."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, seed, settings

    schema = schemathesis.openapi.from_url(f"{served.url}/openapi.json")
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [
        schemathesis.checks.not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]
    calls = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @seed(20250703)
        @settings(
            max_examples=12,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            nonlocal calls
            calls += 1
            headers = {"authorization": f"Bearer {served.token}"} if case.path == "/readings" else {}
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=checks)

        ask()
    assert calls > 150


def test_the_description_is_valid_and_names_only_what_answers(reading_room):
    found = reading_room.get("/openapi.json").json()
    assert {"/sources/{id}.json", "/export/claims.{format}"} <= set(found["paths"])
    assert found["openapi"].startswith("3.0")
    for path, methods in found["paths"].items():
        for method, about in methods.items():
            assert about["operationId"]
            named = [p["name"] for p in about.get("parameters", []) if p["in"] == "path"]
            assert all(f"{{{n}}}" in path for n in named), (method, path)
