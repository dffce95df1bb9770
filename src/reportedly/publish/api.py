"""What the page's own scripts ask for, and the description of the whole API (OpenAPI 3.0)."""

from __future__ import annotations

import functools
import gzip
import json
from importlib.resources import files
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportedly.errors import NotFound, QueryError
from reportedly.ledger.columns import written_names
from reportedly.publish.answers import json_answer, whole
from reportedly.publish.auth import Person
from reportedly.publish.filters import Filters, parse_number
from reportedly.publish.openapi import describe
from reportedly.publish.reference import outlines_of
from reportedly.publish.site import Site
from reportedly.publish.subjects import place_subject
from reportedly.publish.wording import clean

__all__ = ["Api"]

BASE_FILES = ("land", "boundaries")


@functools.cache
def base_file(name: str) -> bytes:
    """A file of the base map, unpacked."""
    return gzip.decompress((files("reportedly.publish") / "web" / "data" / f"{name}.json.gz").read_bytes())


@functools.cache
def regions() -> dict[str, Any]:
    """Borders between first-level regions by country."""
    found: dict[str, Any] = json.loads(base_file("regions"))
    return found


class Api:
    """Small JSON answers for the map, and the API's own description."""

    def __init__(self, site: Site) -> None:
        self.site, self.views = site, site.views

    def routes(self) -> list[Route]:
        """Addresses and who answers them."""
        return [
            Route("/api", self.page),
            Route("/openapi.json", self.openapi),
            Route("/api/history", self.history),
            Route("/api/facets", self.facets),
            Route("/api/places", self.places),
            Route("/api/matching", self.matching),
            Route("/api/card/{name}", self.card),
            Route("/api/layers/{name}", self.layer),
            Route("/api/outlines", self.outlines),
            Route("/api/written", self.written),
            Route("/api/me", self.me),
            Route("/api/base/{name}", self.base),
        ]

    def page(self, request: Request) -> Response:
        """The API for people."""
        return self.site.pages.html(request, "api.html", {"paths": describe()["paths"]})

    def openapi(self, request: Request) -> Response:
        """The API for programs."""
        return json_answer(request, describe(), media="application/vnd.oai.openapi+json;version=3.0")

    def history(self, request: Request) -> Response:
        """The status of every place over time, as columns."""
        filters = Filters.parse(request.query_params.multi_items(), also=("policy",))
        policy = self.site.policy(request)
        history = self.views.history(policy, filters.as_of)
        kept = self.views.snapshot().tables
        key = f"history {policy} {filters.as_of}"
        if key not in kept:
            value = history.to_json(self.views.names_of)
            value["parties"] = {p: self.views.lexicon.party(p) for c in history.codes for p in (c.party, c.other) if p}
            value["countries"] = sorted({p.country for i in history.ids if (p := self.views.place(int(i)))})
            value["regions"] = [row for row, i in enumerate(history.ids) if self.views.is_region(int(i))]
            value["data_as_of"] = self.views.snapshot().data_as_of
            kept[key] = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return whole(request, kept[key], "application/json")

    def facets(self, request: Request) -> Response:
        """Counts per value of each filter."""
        filters = Filters.parse(request.query_params.multi_items())
        found = self.views.facets(filters)
        return json_answer(
            request, {k: [{"value": v, "count": n} for v, n in pairs[:200]] for k, pairs in found.items()}
        )

    def matching(self, request: Request) -> Response:
        """The places that claims passing the filters are about: what the map dims the others by."""
        filters = Filters.parse(request.query_params.multi_items())
        rows = self.views.select(filters)
        ids = np.unique(self.views.snapshot().table.place_of(rows))
        return json_answer(request, {"claims": len(rows), "places": [int(i) for i in ids if self.views.place(int(i))]})

    def places(self, request: Request) -> Response:
        """Places by name in any spelling and script."""
        words = request.query_params.get("q", "").strip()
        unknown = set(request.query_params) - {"q", "policy"}
        if unknown or not words or len(words) > 100:
            raise QueryError("Ask with q, one to a hundred characters of a name; policy may be given too.")
        rows = self.site.found_places(words, day=self.site.last_day(), policy=self.site.policy(request), most=20)
        out = [
            {
                "id": r["place"].id, "name": r["place"].name, "local": r["local"], "lang": r["lang"], "admin1": r["place"].admin1_name,
                "country": r["place"].country, "lon": r["place"].lon, "lat": r["place"].lat, "population": r["place"].population,
                "claims": r["claims"], "how": r["how"],
            }
            for r in rows
        ]  # fmt: skip
        return json_answer(request, {"places": out})

    def card(self, request: Request) -> Response:
        """What the map shows of a place that was selected: a piece of a page."""
        place_id = parse_number(request.path_params["name"], "place", -(10**12), 10**12)
        filters = Filters.parse(request.query_params.multi_items(), also=("policy",))
        values = place_subject(
            self.views, place_id, filters, policy=self.site.policy(request), day=self.site.day(filters)
        )
        return self.site.pages.html(request, "card.html", values)

    def outlines(self, request: Request) -> Response:
        """The outlines of the regions that have a status: drawn instead of a point in their middle."""
        filters = Filters.parse(request.query_params.multi_items(), also=("policy",))
        policy = self.site.policy(request)
        kept = self.views.snapshot().tables
        key = f"outlines {policy} {filters.as_of}"
        if key not in kept:
            kept[key] = outlines_of(self.views, self.views.history(policy, filters.as_of))
        return whole(request, kept[key], "application/geo+json")

    def written(self, request: Request) -> Response:
        """How each place is most often written in the reports, by its id."""
        kept = self.views.snapshot().tables
        if "written" not in kept:
            names = {str(k): clean(v) for k, v in written_names(self.views.ledger).items()}
            kept["written"] = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return whole(request, kept["written"], "application/json")

    def layer(self, request: Request) -> Response:
        """What a reference layer says on a day, with its own date and licence."""
        day = Filters.parse(request.query_params.multi_items()).valid_at or self.site.last_day()
        found = self.views.references.shown(request.path_params["name"], day, self.views.place)
        return json_answer(request, found, media="application/geo+json")

    def me(self, request: Request) -> Response:
        """Who asks: name and role, or nobody."""
        person: Person | None = request.state.person
        return json_answer(request, {"name": person.name if person else None, "role": person.role if person else None})

    def base(self, request: Request) -> Response:
        """A part of the base map: land, boundaries, or the regions of countries (regions?country=UA)."""
        name = request.path_params["name"]
        if name in BASE_FILES:
            return whole(request, base_file(name), "application/geo+json", headers={"Cache-Control": "max-age=86400"})
        if name != "regions":
            raise NotFound(f"The base map has no part {name[:40]!r}.")
        countries = Filters.parse(request.query_params.multi_items()).country
        features = [
            {"type": "Feature", "properties": {"country": c}, "geometry": regions()[c]}
            for c in countries
            if c in regions()
        ]
        return json_answer(request, {"type": "FeatureCollection", "features": features}, media="application/geo+json")
