"""The pages for people: each has an address of its own, works without JavaScript, and comes as JSON and CSV too."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportedly.errors import NotFound, QueryError
from reportedly.publish import subjects
from reportedly.publish.answers import json_answer, split_ending, stream_answer
from reportedly.publish.brief import make_brief
from reportedly.publish.export import FORMATS
from reportedly.publish.feeds import atom_feed
from reportedly.publish.filters import Filters, parse_day, parse_number
from reportedly.publish.list_pages import ListPages
from reportedly.publish.place_pages import PlacePages

__all__ = ["Site"]

EXPORT_MAX = 200_000  # claims in formats that must be held whole in memory
WHOLE_FORMATS = ("prov", "html")
SINGLE_MAX = 50_000  # claims in a single-file page


class Site(PlacePages, ListPages):
    """All pages: the front page, the map, claims and the method here, the rest in the classes it is made of."""

    def routes(self) -> list[Route]:
        """Addresses and who answers them."""
        pairs = (
            ("/", self.front), ("/brief", self.printable), ("/feed.atom", self.feed), ("/map", self.map), ("/embed", self.embed),
            ("/search", self.search), ("/claims{ending}", self.claims), ("/claims/{name}", self.claim),
            ("/export/claims.{ending}", self.export), ("/places{ending}", self.places), ("/places/{name}", self.place),
            ("/reports{ending}", self.reports), ("/reports/{name}", self.report), ("/sources{ending}", self.sources),
            ("/sources/{name:path}", self.source), ("/disputes{ending}", self.disputes), ("/disputes/{name}", self.dispute),
            ("/method", self.method),
        )  # fmt: skip
        out = []
        for path, handler in pairs:
            if path.endswith("{ending}") and "." not in path:
                stem = path.removesuffix("{ending}")
                out += [Route(stem, handler), Route(stem + ".{ending:str}", handler)]
            else:
                out.append(Route(path, handler))
        return out

    # -- front page --------------------------------------------------------------------------------------------------

    def _brief(self, request: Request) -> tuple[Any, int]:
        query = request.query_params
        unknown = set(query) - {"day", "days", "policy", "as_of", "f"}
        if unknown:
            raise QueryError(
                f"There is no parameter {sorted(unknown)[0][:40]!r} here. Known: as_of, day, days, policy."
            )
        days = parse_number(query["days"], "days", 1, 366) if query.get("days") else 7
        last = parse_day(query["day"], "day") if query.get("day") else self.last_day()
        if last < dt.date(1900, 1, 1) or last > dt.date(9000, 1, 1):
            raise QueryError("day is out of range.")
        filters = Filters.parse([(k, v) for k, v in query.multi_items() if k == "as_of"])
        return make_brief(self.views, last=last, days=days, policy=self.policy(request), as_of=filters.as_of), days

    def front(self, request: Request) -> Response:
        """The front page; as JSON it is the landing page of the API."""
        accept = request.headers.get("accept", "")
        if request.query_params.get("f") == "json" or ("json" in accept and "html" not in accept):
            from reportedly.publish.ogc import landing

            return json_answer(request, landing(str(request.base_url).rstrip("/")))
        brief, days = self._brief(request)
        step = dt.timedelta(days=days)
        values = {
            "brief": brief,
            "days": days,
            "printable": False,
            "earlier": brief.last - step,
            "later": brief.last + step,
        }
        return self.pages.html(request, "front.html", values)

    def printable(self, request: Request) -> Response:
        """The brief for printing, with footnotes to quotes."""
        brief, days = self._brief(request)
        return self.pages.html(request, "front.html", {"brief": brief, "days": days, "printable": True})

    def feed(self, request: Request) -> Response:
        """The newest claims, disputes and changes as an Atom feed with GeoRSS."""
        return atom_feed(request, self.views, self.last_day(), self.policy(request))

    # -- map ---------------------------------------------------------------------------------------------------------

    def map(self, request: Request, *, embedded: bool = False) -> Response:
        """The map; without JavaScript it points to the table of the same places."""
        query = request.query_params
        asked = {k: v for k in ("policy", "as_of") if (v := query.get(k)) and v != self.views.default_policy}
        values = {
            "embedded": embedded, "policies": self.views.policies, "layers": self.views.references.all(),
            "history_query": f"?{urlencode(asked)}" if asked else "",
        }  # fmt: skip
        return self.pages.html(request, "map.html", values)

    def embed(self, request: Request) -> Response:
        """The map alone, for a frame in another page."""
        return self.map(request, embedded=True)

    # -- claims ------------------------------------------------------------------------------------------------------

    def claims(self, request: Request) -> Response:
        """The list of claims that pass the filters, with counts."""
        filters, ending = self.filters(request), self.ending(request)
        claims, total = self.views.page(filters)
        values = {"claims": claims, "total": total, "filters": filters, "facets": {}}
        if ending is None:
            values["facets"] = self.views.facets(filters)
        if ending == "json":
            values = {"total": total, "limit": filters.limit, "offset": filters.offset, "claims": claims}
        return self.pages.answer(request, ending, "claims.html", values, rows=lambda: self._rows(claims))

    def claim(self, request: Request) -> Response:
        """One claim."""
        name, ending = split_ending(request.path_params["name"])
        values = subjects.claim_subject(self.views, name)
        rows = lambda: self._rows([values["claim"]])  # noqa: E731 - one use
        return self.pages.answer(request, ending, "claim.html", values, rows=rows, hidden=("pieces", "report"))

    def export(self, request: Request) -> Response:
        """All claims that pass the filters in one of the formats."""
        ending = request.path_params["ending"]
        if ending not in FORMATS:
            raise NotFound(f"There is no export .{ending[:20]}; there are {', '.join(FORMATS)}.")
        filters = dataclasses.replace(self.filters(request), limit=1, offset=0)
        form = FORMATS[ending]
        most = SINGLE_MAX if ending == "html" else EXPORT_MAX if ending in WHOLE_FORMATS else None
        context = self.views.context(filters, base=str(request.base_url).rstrip("/"))
        name = f"reportedly-claims-{self.views.snapshot().data_as_of or 'empty'}.{ending}"
        return stream_answer(
            iter(form.write(self.views.stream(filters, most=most), context)), form.media, filename=name
        )

    def method(self, request: Request) -> Response:
        """How it works: policies, signs, coverage, licences, layers."""
        return self.pages.html(
            request,
            "method.html",
            {"policies": self.views.policies, "coverage": self._coverage(), "layers": self.views.references.all()},
        )

    def _coverage(self) -> list[tuple[str, str, str, int]]:
        """(publisher, first day, last day, reports) of what was read."""
        kept: dict[str, list[str]] = {}
        for report in self.views.snapshot().reports:
            kept.setdefault(report.publisher, []).append(report.published[:10])
        return sorted((p, min(days), max(days), len(days)) for p, days in kept.items())
