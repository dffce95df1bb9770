"""The description of the API, OpenAPI 3.0: written once here, held against the answers by the tests."""

from __future__ import annotations

import functools
from importlib.metadata import version
from typing import Any

from reportedly.model import Certainty, Form, Relation
from reportedly.publish.export import FORMATS
from reportedly.publish.filters import LIMIT_DEFAULT, LIMIT_MAX

__all__ = ["describe"]

TEXT = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^\u0000-\u001f\u007f]+$"}
DAY = {"type": "string", "format": "date"}
MANY = {"style": "form", "explode": True}


def _parameter(name: str, schema: dict[str, Any], about: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema, **more}


def _list(name: str, items: dict[str, Any], about: str) -> dict[str, Any]:
    return _parameter(name, {"type": "array", "items": items, "maxItems": 50}, about, **MANY)


BOX = {"type": "array", "items": {"type": "number", "minimum": -180, "maximum": 180}, "minItems": 4, "maxItems": 6}
FILTERS = [
    _parameter("valid_at", DAY, "said to hold on that day"),
    _parameter("as_of", {"type": "string"}, "what had been read by then: a day, or a moment in UTC ending in Z"),
    _parameter("since", DAY, "published on or after"),
    _parameter("until", DAY, "published before"),
    _list("place", {"type": "integer"}, "GeoNames ids"),
    _list("within", {"type": "integer"}, "ids of regions: claims on any settlement inside"),
    _list("country", {"type": "string", "pattern": "^[A-Z]{2}$"}, "ISO 3166-1"),
    *(_list(name, TEXT, about) for name, about in (
        ("party", "who holds or takes"), ("source", "who says so"), ("side", "whose side the source is on"),
        ("publisher", "who published"), ("reader", "who read it"))),
    _list("relation", {"type": "string", "enum": [str(r) for r in Relation]}, "kind of claim"),
    _list("certainty", {"type": "string", "enum": [str(c) for c in Certainty]}, "how sure the source says it is"),
    _list("polarity", {"type": "string", "enum": ["stated", "denied"]}, "stated or denied"),
    _list("form", {"type": "string", "enum": [str(f) for f in Form]}, "said outright or only implied"),
    _list("disputed", {"type": "string", "enum": ["yes", "no"]}, "part of a dispute"),
    _parameter("report", TEXT, "id of a report"),
    _parameter("bbox", BOX, "west,south,east,north in degrees", style="form", explode=False),
    _parameter("limit", {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT}, "how many"),
    _parameter("offset", {"type": "integer", "minimum": 0, "maximum": 100_000_000, "default": 0}, "how many to pass over"),
]  # fmt: skip
POLICY = _parameter("policy", {"type": "string"}, "the policy that weighs the claims (see /method)")
DATETIME = _parameter("datetime", {"type": "string"}, "a day, a moment, or an interval (OGC API)")
OBJECT = {"type": "object"}
COLLECTION = {
    "type": "object",
    "required": ["type", "features", "numberMatched", "numberReturned", "links"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": OBJECT},
        "numberMatched": {"type": "integer", "minimum": 0},
        "numberReturned": {"type": "integer", "minimum": 0},
        "links": {"type": "array", "items": OBJECT},
    },
}


def _problem(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


def _get(
    about: str, parameters: list[dict[str, Any]], schema: dict[str, Any], media: str = "application/json", **more: Any
) -> dict[str, Any]:
    """A GET with the answers that any of ours may give."""
    answers = {
        "200": {"description": "the answer", "content": {media: {"schema": schema}}},
        "304": {"description": "the reader has it already"},
        "400": _problem("a parameter is malformed or unknown"),
        "401": _problem("the desk is closed to readers without a token"),
        "404": _problem("nothing of that id"),
        "429": _problem("too many requests"),
    }
    return {
        "get": {
            "summary": about,
            "operationId": more.pop("name"),
            "parameters": parameters,
            "responses": answers,
            **more,
        }
    }


def _export() -> dict[str, Any]:
    """All claims that pass, in one of the formats."""
    form = _path("format", "the format", {"type": "string", "enum": list(FORMATS)})
    paging = ("limit", "offset")
    taken = [form, *(f for f in FILTERS if f["name"] not in paging)]
    found = _get("all claims that pass, in a format", taken, OBJECT, name="export")
    kinds = {f.media.partition(";")[0] for f in FORMATS.values()}
    found["get"]["responses"]["200"]["content"] = {kind: {"schema": {}} for kind in sorted(kinds)}
    return found


def _path(name: str, about: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": about, "schema": schema or TEXT}


def _collections() -> dict[str, Any]:
    """The paths of OGC API - Features."""
    name = _path("name", "the collection", {"type": "string", "enum": ["places", "claims", "disputes"]})
    item = _path("item", "the id of a feature")
    geo = "application/geo+json"
    return {
        "/conformance": _get("what the API conforms to", [], OBJECT, name="conformance"),
        "/collections": _get("the collections", [], OBJECT, name="collections"),
        "/collections/{name}": _get("one collection", [name], OBJECT, name="collection"),
        "/collections/{name}/items": _get(
            "features of a collection", [name, *FILTERS, POLICY, DATETIME], COLLECTION, geo, name="items"
        ),
        "/collections/{name}/items/{item}": _get(
            "one feature", [name, item, FILTERS[0], FILTERS[1], POLICY], OBJECT, geo, name="item"
        ),
    }


def _writing() -> dict[str, Any]:
    """POST /readings."""
    body = {
        "type": "object",
        "required": ["report_id", "claim_id", "action"],
        "properties": {
            "report_id": TEXT,
            "claim_id": TEXT,
            "action": {"type": "string", "enum": ["accept", "reject", "edit"]},
            "fields": {"type": "object", "additionalProperties": {"type": "string"}},
            "why": {"type": "string", "maxLength": 500},
        },
        "additionalProperties": False,
    }
    answers = {
        "201": {"description": "the reading was kept", "content": {"application/json": {"schema": OBJECT}}},
        "400": _problem("the decision cannot be understood"),
        "401": _problem("a token is needed"),
        "403": _problem("the token's role does not allow it"),
        "404": _problem("nothing of that id"),
        "409": _problem("somebody else decided in the meantime"),
        "413": _problem("the body is too large"),
        "415": _problem("the body is not JSON"),
        "429": _problem("too many requests"),
    }
    return {
        "post": {
            "summary": "decide on a claim: a reading by a named person",
            "operationId": "readings",
            "security": [{"token": []}],
            "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
            "responses": answers,
        }
    }


@functools.cache
def describe() -> dict[str, Any]:
    """The whole description."""
    found = {
        "type": "object",
        "required": ["total", "claims"],
        "properties": {"total": {"type": "integer"}, "claims": {"type": "array"}},
    }
    found["properties"]["claims"]["items"] = OBJECT  # type: ignore[index]
    number = _path("id", "GeoNames id", {"type": "integer", "minimum": -1_000_000, "maximum": 100_000_000})
    search = [_parameter("q", {**TEXT, "maxLength": 100}, "a name in any spelling and script", ), POLICY]  # fmt: skip
    search[0]["required"] = True
    paths = {
        "/claims.json": _get("claims, newest first", FILTERS, found, name="claims"),
        "/claims/{id}.json": _get(
            "one claim with what supports and contradicts it", [_path("id", "claim id")], OBJECT, name="claim"
        ),
        "/places.json": _get("places with their status on a day", [*FILTERS, POLICY], OBJECT, name="places"),
        "/places/{id}.json": _get("one place", [number, *FILTERS, POLICY], OBJECT, name="place"),
        "/disputes.json": _get("disputes, newest first", FILTERS, OBJECT, name="disputes"),
        "/disputes/{id}.json": _get("one dispute with its sides", [_path("id", "dispute id")], OBJECT, name="dispute"),
        "/reports.json": _get("reports, newest first", FILTERS, OBJECT, name="reports"),
        "/reports/{id}.json": _get("one report with its claims", [_path("id", "report id")], OBJECT, name="report"),
        "/sources/{id}.json": _get(
            "one source with its claims", [_path("id", "source id"), *FILTERS], OBJECT, name="source"
        ),
        "/export/claims.{format}": _export(),
        "/sources.json": _get("sources with their number of claims", [], OBJECT, name="sources"),
        "/api/facets": _get("how many claims each value of each filter would leave", FILTERS, OBJECT, name="facets"),
        "/api/matching": _get("places that the claims passing the filters are about", FILTERS, OBJECT, name="matching"),
        "/api/history": _get(
            "the status of every place over time, as columns", [FILTERS[1], POLICY], OBJECT, name="history"
        ),
        "/api/places": _get("places by name", search, OBJECT, name="search"),
        **_collections(),
        "/readings": _writing(),
    }
    problem = {
        "type": "object",
        "required": ["title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
        },
    }
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "reportedly",
            "version": version("reportedly"),
            "description": "Who said who holds what, and when. Reading is open unless the server is private; writing needs a token.",
        },
        "paths": paths,
        "components": {
            "schemas": {"Problem": problem},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
