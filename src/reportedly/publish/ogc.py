"""OGC API - Features Part 1 over three collections: places with their status on a day, claims, disputes. QGIS and GDAL read it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportedly.errors import NotFound, QueryError
from reportedly.publish.answers import json_answer
from reportedly.publish.export import claim_feature
from reportedly.publish.filters import Filters, parse_day
from reportedly.publish.narrow import disputes_in, places_on
from reportedly.publish.site import Site
from reportedly.publish.table import day_of

__all__ = ["Features", "landing"]

CONFORMS = [f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "oas30", "geojson")]
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GEOJSON = "application/geo+json"
COLLECTIONS = {
    "places": ("Places by status", "Every place with a status on the day valid_at, by a policy, as known at as_of."),
    "claims": ("Claims", "Who said who holds what: one feature a claim, at the place it is about."),
    "disputes": ("Disputes", "Claims that cannot all hold: one feature a dispute, at the place it is about."),
}


def link(href: str, rel: str, media: str = "application/json", title: str = "") -> dict[str, str]:
    """A link object."""
    return {"href": href, "rel": rel, "type": media, **({"title": title} if title else {})}


def landing(base: str) -> dict[str, Any]:
    """The landing page of the API."""
    return {
        "title": "reportedly",
        "description": "Who said who holds what, and when: attributed claims of territorial control.",
        "links": [
            link(f"{base}/?f=json", "self"),
            link(f"{base}/openapi.json", "service-desc", "application/vnd.oai.openapi+json;version=3.0"),
            link(f"{base}/api", "service-doc", "text/html"),
            link(f"{base}/conformance", "conformance"),
            link(f"{base}/collections", "data"),
        ],
    }


def extent_of(datetime: str) -> tuple[str | None, str | None]:
    """The days of an OGC datetime: an instant, or an interval with open ends as .. or nothing; raises QueryError."""
    instant = r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?"
    match = re.fullmatch(rf"(?P<a>{instant}|\.\.|)(/(?P<b>{instant}|\.\.|))?", datetime, re.ASCII)
    if not match or not datetime.strip("./"):
        raise QueryError(f"datetime must be a day, a moment, or two of them parted by /, not {datetime[:60]!r}.")
    first = match["a"][:10] if match["a"] not in ("", "..") else None
    if "/" not in datetime:
        return first, first
    last = match["b"][:10] if match["b"] not in ("", "..", None) else None
    if first and last and last < first:
        raise QueryError(f"datetime must begin before it ends, not {datetime[:60]!r}.")
    return first, last


class Features:
    """The collections and their items."""

    def __init__(self, site: Site) -> None:
        self.site, self.views = site, site.views

    def routes(self) -> list[Route]:
        """Addresses and who answers them."""
        return [
            Route("/conformance", lambda request: json_answer(request, {"conformsTo": CONFORMS})),
            Route("/collections", self.collections),
            Route("/collections/{name}", self.collection),
            Route("/collections/{name}/items", self.items),
            Route("/collections/{name}/items/{item}", self.item),
        ]

    def _describe(self, base: str, name: str) -> dict[str, Any]:
        """A collection with its extent."""
        title, about = COLLECTIONS[name]
        table = self.views.snapshot().table
        known = np.isfinite(table.lon)
        box = (
            [float(table.lon[known].min()), float(table.lat[known].min()), float(table.lon[known].max()), float(table.lat[known].max())]
            if known.any() else [-180.0, -90.0, 180.0, 90.0]
        )  # fmt: skip
        days = table.columns["published"]
        span = [f"{day_of(d)}T00:00:00Z" for d in (days.min(), days.max())] if len(days) else [None, None]
        here = f"{base}/collections/{name}"
        return {
            "id": name,
            "title": title,
            "description": about,
            "itemType": "feature",
            "crs": [CRS84],
            "extent": {"spatial": {"bbox": [box], "crs": CRS84}, "temporal": {"interval": [span]}},
            "links": [link(here, "self"), link(f"{here}/items", "items", GEOJSON, title)],
        }

    @staticmethod
    def _base(request: Request) -> str:
        return str(request.base_url).rstrip("/")

    @staticmethod
    def _name(request: Request) -> str:
        name: str = request.path_params["name"]
        if name not in COLLECTIONS:
            raise NotFound(f"There is no collection {name[:40]!r}; there are {', '.join(COLLECTIONS)}.")
        return name

    def collections(self, request: Request) -> Response:
        """All collections."""
        base = self._base(request)
        found = [self._describe(base, name) for name in COLLECTIONS]
        return json_answer(request, {"collections": found, "links": [link(f"{base}/collections", "self")]})

    def collection(self, request: Request) -> Response:
        """One collection."""
        return json_answer(request, self._describe(self._base(request), self._name(request)))

    def items(self, request: Request) -> Response:
        """A page of features with links to the next and the one before."""
        name = self._name(request)
        pairs = [(k, v) for k, v in request.query_params.multi_items() if k not in ("datetime", "f")]
        filters = Filters.parse(pairs, also=("policy",))
        if when := request.query_params.get("datetime"):
            first, last = extent_of(when)
            if name == "places":
                day = last or first
                filters = dataclasses.replace(filters, valid_at=parse_day(day, "datetime") if day else filters.valid_at)
            else:
                filters = self._published(filters, first, last)
        features, total = getattr(self, f"_{name}")(request, filters)
        base = f"{self._base(request)}/collections/{name}/items"
        extra = {k: request.query_params[k] for k in ("policy", "datetime") if request.query_params.get(k)}
        links = [link(f"{base}?{filters.query(**extra)}", "self", GEOJSON)]
        if filters.offset + filters.limit < total:
            links.append(
                link(f"{base}?{filters.query(offset=filters.offset + filters.limit, **extra)}", "next", GEOJSON)
            )
        if filters.offset:
            links.append(
                link(f"{base}?{filters.query(offset=max(0, filters.offset - filters.limit), **extra)}", "prev", GEOJSON)
            )
        answer = {
            "type": "FeatureCollection",
            "features": features,
            "numberMatched": total,
            "numberReturned": len(features),
            "timeStamp": self.views.snapshot().made.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "links": links,
        }
        return json_answer(request, answer, media=GEOJSON)

    @staticmethod
    def _published(filters: Filters, first: str | None, last: str | None) -> Filters:
        """The filters narrowed to claims published on the days first..last."""
        since = parse_day(first, "datetime") if first else filters.since
        until = parse_day(last, "datetime") if last else None
        after = until + dt.timedelta(days=1) if until and until < dt.date.max else filters.until
        return dataclasses.replace(filters, since=since, until=after)

    def _claims(self, _request: Request, filters: Filters) -> tuple[list[Any], int]:
        claims, total = self.views.page(filters)
        context = self.views.context(filters)
        return [claim_feature(c, context) for c in claims], total

    def _places(self, request: Request, filters: Filters) -> tuple[list[Any], int]:
        day, policy = self.site.day(filters), self.site.policy(request)
        history = self.views.history(policy, filters.as_of)
        codes = history.on(day)
        since = history.since(day)
        rows = np.flatnonzero(places_on(self.views, history, codes, filters))
        out = []
        for row in rows[filters.offset : filters.offset + filters.limit]:
            code = history.codes[codes[row]]
            place = self.views.place(int(history.ids[row]))
            properties = {
                "name": place.name if place else "",
                "admin1": place.admin1_name if place else None,
                "country": place.country if place else None,
                "population": int(history.population[row]),
                "state": str(code.state),
                "party": code.party or None,
                "other_party": code.other or None,
                "inferred": code.inferred,
                "since": day_of(since[row]).isoformat(),
                "valid_at": day.isoformat(),
                "policy": policy,
            }
            point = {"type": "Point", "coordinates": [float(history.lon[row]), float(history.lat[row])]}
            out.append({"type": "Feature", "id": int(history.ids[row]), "geometry": point, "properties": properties})
        return out, len(rows)

    def _disputes(self, _request: Request, filters: Filters) -> tuple[list[Any], int]:
        found = disputes_in(self.views, filters)
        return [self._dispute(d) for d in found[filters.offset : filters.offset + filters.limit]], len(found)

    def _dispute(self, dispute: Any) -> dict[str, Any]:
        place = self.views.place(dispute.place_id) if dispute.place_id is not None else None
        point = {"type": "Point", "coordinates": [place.lon, place.lat]} if place and place.lat is not None else None
        properties = {
            "kind": str(dispute.kind), "geonameid": dispute.place_id, "place": dispute.place_name, "first": dispute.first.isoformat(),
            "last": dispute.last.isoformat(), "state": str(dispute.state), "claims": sum(map(len, dispute.sides)), "reason": dispute.reason,
        }  # fmt: skip
        return {"type": "Feature", "id": dispute.id, "geometry": point, "properties": properties}

    def item(self, request: Request) -> Response:
        """One feature."""
        name, item = self._name(request), request.path_params["item"]
        filters = Filters.parse([(k, v) for k, v in request.query_params.multi_items() if k != "f"], also=("policy",))
        if name == "claims":
            feature = claim_feature(self.views.ledger.claim(item), self.views.context(filters))
        elif name == "disputes":
            feature = self._dispute(self.views.dispute(item))
        else:
            wanted = int(item) if re.fullmatch(r"-?\d{1,12}", item, re.ASCII) else None
            found = (
                self._places(request, dataclasses.replace(filters, place=(wanted,), offset=0))[0]
                if wanted is not None
                else []
            )
            if not found:
                raise NotFound(f"Place {item[:40]!r} has no status on that day.")
            feature = found[0]
        here = f"{self._base(request)}/collections/{name}"
        feature["links"] = [link(f"{here}/items/{item}", "self", GEOJSON), link(here, "collection")]
        return json_answer(request, feature, media=GEOJSON)
