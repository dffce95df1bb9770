"""The pages for people: each has an address of its own, works without JavaScript, and comes as JSON and CSV too."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportedly.errors import NotFound, QueryError
from reportedly.publish import subjects
from reportedly.publish.answers import Pages, claim_rows, json_answer, split_ending, stream_answer, today
from reportedly.publish.brief import make_brief
from reportedly.publish.export import FORMATS
from reportedly.publish.feeds import atom_feed
from reportedly.publish.filters import Filters, parse_day, parse_number
from reportedly.publish.history import Code
from reportedly.publish.table import NOWHERE
from reportedly.publish.views import DEFAULT_POLICY, Views

__all__ = ["Site"]

EXPORT_MAX = 200_000  # claims in formats that must be held whole in memory
WHOLE_FORMATS = ("prov", "html")
SINGLE_MAX = 5_000  # claims in a single-file page


class Site:
    """Handlers of the pages; they run in worker threads, since the ledger is asked synchronously."""

    def __init__(self, views: Views, pages: Pages) -> None:
        self.views, self.pages = views, pages

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

    # -- what addresses carry ----------------------------------------------------------------------------------------

    @staticmethod
    def filters(request: Request, *also: str) -> Filters:
        """The filters of an address."""
        return Filters.parse(request.query_params.multi_items(), also=also)

    @staticmethod
    def ending(request: Request) -> str | None:
        """The ending of a list's address."""
        ending = request.path_params.get("ending")
        if ending not in (None, "json", "csv"):
            raise NotFound(f"There is no .{str(ending)[:20]} here; .json and .csv there are.")
        return ending

    def policy(self, request: Request) -> str:
        """The policy asked for; the views refuse an unknown one."""
        return request.query_params.get("policy") or DEFAULT_POLICY

    def last_day(self) -> dt.date:
        """The day of the newest report, else today."""
        stamp = self.views.snapshot().data_as_of
        return dt.date.fromisoformat(stamp) if stamp else today()

    def day(self, filters: Filters) -> dt.date:
        """The day asked about, else the day of the newest report."""
        return filters.valid_at or self.last_day()

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

    def map(self, request: Request) -> Response:
        """The map; without JavaScript it points to the table of the same places."""
        return self.pages.html(
            request,
            "map.html",
            {"embedded": False, "policies": self.views.policies, "layers": self.views.references.all()},
        )

    def embed(self, request: Request) -> Response:
        """The map alone, for a frame in another page."""
        return self.pages.html(
            request,
            "map.html",
            {"embedded": True, "policies": self.views.policies, "layers": self.views.references.all()},
        )

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

    def _rows(self, claims: Iterable[Any]) -> tuple[list[str], Iterable[Iterable[Any]]]:
        return claim_rows(claims, self.views.place, self.views.context(Filters()).url)

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

    # -- places ------------------------------------------------------------------------------------------------------

    def places(self, request: Request) -> Response:
        """The places with a status on the day: the map as a table."""
        filters, ending = self.filters(request, "policy"), self.ending(request)
        day, policy = self.day(filters), self.policy(request)
        history = self.views.history(policy, filters.as_of)
        codes = history.on(day)
        rows = np.flatnonzero(codes)
        if filters.bbox:
            west, south, east, north = filters.bbox
            lon, lat = history.lon[rows], history.lat[rows]
            across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
            rows = rows[across & (lat >= south) & (lat <= north)]
        if filters.party:
            wanted = [i for i, c in enumerate(history.codes) if {c.party, c.other} & set(filters.party)]
            rows = rows[np.isin(codes[rows], wanted)]
        part = [int(history.ids[r]) for r in rows[filters.offset : filters.offset + filters.limit]]
        table = self._place_rows(part, {int(history.ids[r]): history.codes[codes[r]] for r in rows})
        values = {"places": table, "total": len(rows), "filters": filters, "day": day, "policy": policy}

        def lines() -> tuple[list[str], Iterable[Iterable[Any]]]:
            header = ["geonameid", "name", "local", "admin1", "country", "latitude", "longitude", "population",
                      "state", "party", "other", "inferred", "claims", "valid_at", "policy"]  # fmt: skip
            return header, [
                [r["place"].id, r["place"].name, r["local"], r["place"].admin1_name, r["place"].country, r["place"].lat,
                 r["place"].lon, r["place"].population, str(r["code"].state), r["code"].party, r["code"].other,
                 "yes" if r["code"].inferred else "no", r["claims"], day.isoformat(), policy]
                for r in table
            ]  # fmt: skip

        return self.pages.answer(request, ending, "places.html", values, rows=lines, hidden=("filters",))

    def _place_rows(self, ids: Iterable[int], codes: dict[int, Code]) -> list[dict[str, Any]]:
        """Places with their names, status and number of claims."""
        counts = self._counts()
        out = []
        for place_id in ids:
            if (place := self.views.place(place_id)) is not None:
                names = self.views.names_of(place_id)
                out.append({"place": place, "local": names.local, "lang": names.lang, "code": codes.get(place_id, Code()),
                            "claims": counts.get(place_id, 0), "how": ""})  # fmt: skip
        return out

    def _counts(self) -> dict[int, int]:
        """How many standing claims each place has; kept per snapshot."""
        kept = self.views.snapshot().tables
        if "counts" not in kept:
            table = self.views.snapshot().table
            counts = np.bincount(table.columns["spot"][self.views.select(Filters())], minlength=len(table.places))
            kept["counts"] = {i: n for i, n in zip(table.places.tolist(), counts.tolist(), strict=True) if i != NOWHERE}
        found: dict[int, int] = kept["counts"]
        return found

    def found_places(self, words: str, *, day: dt.date, policy: str, most: int = 50) -> list[dict[str, Any]]:
        """Places by any of their names: those with claims first, then the larger."""
        matches = self.views.gazetteer.find(words) if words else ()
        first: dict[int, Any] = {}
        for match in matches:
            first.setdefault(match.place.id, match)
        history = self.views.history(policy)
        codes = history.on(day)
        status = {i: history.codes[codes[r]] for i in first if (r := history.row(i)) is not None}
        rows = self._place_rows(first, status)
        for row in rows:
            match = first[row["place"].id]
            row["how"] = match.tier if match.name == row["place"].name else f"{match.tier}: {match.name}"
        rows.sort(key=lambda r: -r["claims"])
        return rows[:most]

    def search(self, request: Request) -> Response:
        """Places by name in any spelling; one with claims alone is opened at once."""
        words = request.query_params.get("q", "").strip()[:100]
        day, policy = self.last_day(), self.policy(request)
        rows = self.found_places(words, day=day, policy=policy)
        spoken = [r for r in rows if r["claims"]]
        if len(spoken) == 1:
            return RedirectResponse(f"/places/{spoken[0]['place'].id}", 303)
        values = {
            "places": rows,
            "total": len(rows),
            "search_words": words,
            "day": day,
            "policy": policy,
            "filters": Filters(),
        }
        return self.pages.html(request, "places.html", values)

    def place(self, request: Request) -> Response:
        """One place."""
        name, ending = split_ending(request.path_params["name"])
        place_id = parse_number(name, "place", -(10**12), 10**12)
        filters = self.filters(request, "policy")
        values = subjects.place_subject(
            self.views, place_id, filters, policy=self.policy(request), day=self.day(filters)
        )
        values |= {"filters": filters, "policies": self.views.policies, "place_filters": Filters(place=(place_id,))}
        hidden = ("lanes", "filters", "place_filters", "policies", "code")
        return self.pages.answer(
            request, ending, "place.html", values, rows=lambda: self._rows(values["claims"]), hidden=hidden
        )

    # -- reports, sources, disputes ----------------------------------------------------------------------------------

    def reports(self, request: Request) -> Response:
        """The reports, newest first."""
        filters, ending = self.filters(request), self.ending(request)
        snapshot = self.views.snapshot()
        found = [
            r for r in snapshot.reports
            if (not filters.publisher or r.publisher in filters.publisher)
            and (not filters.since or r.published[:10] >= filters.since.isoformat())
            and (not filters.until or r.published[:10] < filters.until.isoformat())
        ]  # fmt: skip
        codes = snapshot.table.columns["report"][self.views.select(Filters())]
        counts = np.bincount(codes, minlength=len(snapshot.table.words["report"].words))
        known = snapshot.table.words["report"].codes
        part = [
            (r, int(counts[known[r.id]]) if r.id in known else 0)
            for r in found[filters.offset : filters.offset + filters.limit]
        ]
        values = {"reports": part, "total": len(found), "filters": filters}
        header = ["report_id", "publisher", "published", "url", "headline", "lang", "recorded_at", "claims"]
        return self.pages.answer(
            request,
            ending,
            "reports.html",
            values,
            rows=lambda: (header, [[*r, n] for r, n in part]),
            hidden=("filters",),
        )

    def report(self, request: Request) -> Response:
        """One report."""
        name, ending = split_ending(request.path_params["name"])
        values = subjects.report_subject(self.views, name)
        rows = lambda: self._rows(values["claims"])  # noqa: E731 - one use
        return self.pages.answer(request, ending, "report.html", values, rows=rows, hidden=("pieces",))

    def sources(self, request: Request) -> Response:
        """All sources with how many claims each has."""
        ending = self.ending(request)
        found = self.views.facets(Filters())["source"]
        sides = self._sides()
        rows: list[dict[str, Any]] = [{"key": key, "claims": n, "side": sides.get(key)} for key, n in found]
        lines = lambda: (["source_id", "name", "side", "claims"],  # noqa: E731 - one use
                         [[r["key"], self.views.lexicon.source(r["key"]), r["side"], r["claims"]] for r in rows])  # fmt: skip
        return self.pages.answer(request, ending, "sources.html", {"sources": rows[:2000]}, rows=lines)

    def _sides(self) -> dict[str, str]:
        """The side a source was counted to most often."""
        table = self.views.snapshot().table
        pairs, counts = np.unique(
            np.stack([table.columns["source"], table.columns["side"]]), axis=1, return_counts=True
        ) if len(table) else (np.empty((2, 0), int), np.empty(0, int))  # fmt: skip
        best: dict[str, tuple[int, str]] = {}
        for source, side, number in zip(*pairs.tolist(), counts.tolist(), strict=True):
            key, word = table.words["source"].words[source], table.words["side"].words[side]
            if word and number > best.get(key, (0, ""))[0]:
                best[key] = (number, word)
        return {key: word for key, (_, word) in best.items()}

    def source(self, request: Request) -> Response:
        """One source."""
        name, ending = split_ending(request.path_params["name"])
        values = subjects.source_subject(self.views, name, self.filters(request))
        values["source_name"] = values.pop("name")
        values["records"] = self.views.references.records(name, values["claims"])
        return self.pages.answer(request, ending, "source.html", values, rows=lambda: self._rows(values["claims"]))

    def disputes(self, request: Request) -> Response:
        """The disputes, newest first."""
        filters, ending = self.filters(request), self.ending(request)
        found = self.views.disputes()
        if filters.place:
            found = tuple(d for d in found if d.place_id in filters.place)
        part = found[filters.offset : filters.offset + filters.limit]
        values = {"disputes": part, "total": len(found), "filters": filters}
        header = ["dispute_id", "kind", "geonameid", "place", "first", "last", "state", "claims", "reason"]
        rows = [[d.id, str(d.kind), d.place_id, d.place_name, d.first.isoformat(), d.last.isoformat(), str(d.state),
                 sum(map(len, d.sides)), d.reason] for d in part]  # fmt: skip
        return self.pages.answer(
            request, ending, "disputes.html", values, rows=lambda: (header, rows), hidden=("filters",)
        )

    def dispute(self, request: Request) -> Response:
        """One dispute."""
        name, ending = split_ending(request.path_params["name"])
        values = subjects.dispute_subject(self.views, name)
        flat = [c for side in values["sides"] for c in side]
        return self.pages.answer(request, ending, "dispute.html", values, rows=lambda: self._rows(flat))

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
