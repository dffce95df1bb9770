"""The pages on reports, sources and disputes: lists, and each by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from reportedly.publish import subjects
from reportedly.publish.answers import split_ending
from reportedly.publish.asked import Asked
from reportedly.publish.filters import Filters
from reportedly.publish.narrow import disputes_in, reports_in

__all__ = ["ListPages"]


class ListPages(Asked):
    """Handlers of the pages on reports, sources and disputes."""

    def reports(self, request: Request) -> Response:
        """The reports, newest first."""
        filters, ending = self.filters(request), self.ending(request)
        snapshot = self.views.snapshot()
        found = reports_in(self.views, filters)
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
        found = disputes_in(self.views, filters)
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
