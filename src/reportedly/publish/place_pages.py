"""The pages on places: the map as a table, search in any spelling, one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reportedly.publish import subjects
from reportedly.publish.answers import split_ending
from reportedly.publish.asked import Asked
from reportedly.publish.filters import Filters, parse_number
from reportedly.publish.history import Code
from reportedly.publish.narrow import places_on
from reportedly.publish.table import NOWHERE

__all__ = ["PlacePages"]


class PlacePages(Asked):
    """Handlers of the pages on places."""

    def places(self, request: Request) -> Response:
        """The places with a status on the day: the map as a table."""
        filters, ending = self.filters(request, "policy"), self.ending(request)
        day, policy = self.day(filters), self.policy(request)
        history = self.views.history(policy, filters.as_of)
        codes = history.on(day)
        rows = np.flatnonzero(places_on(self.views, history, codes, filters))
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
        """Places by name in any spelling; one with claims alone is opened at once, all places where no name is given."""
        words = request.query_params.get("q", "").strip()[:100]
        if not words:
            return RedirectResponse("/places", 303)
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
