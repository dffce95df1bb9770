"""What all pages read from an address: filters, the ending, the policy, the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

from reportedly.errors import NotFound
from reportedly.publish.answers import Pages, claim_rows, today
from reportedly.publish.filters import Filters
from reportedly.publish.views import Views

__all__ = ["Asked"]


class Asked:
    """What handlers of pages share; they run in worker threads, since the ledger is asked synchronously."""

    def __init__(self, views: Views, pages: Pages) -> None:
        self.views, self.pages = views, pages

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
        return request.query_params.get("policy") or self.views.default_policy

    def last_day(self) -> dt.date:
        """The day of the newest report, else today."""
        stamp = self.views.snapshot().data_as_of
        return dt.date.fromisoformat(stamp) if stamp else today()

    def day(self, filters: Filters) -> dt.date:
        """The day asked about, else the day of the newest report."""
        return filters.valid_at or self.last_day()

    def _rows(self, claims: Iterable[Any]) -> tuple[list[str], Iterable[Iterable[Any]]]:
        return claim_rows(claims, self.views.place, self.views.context(Filters()).url)
