"""The claims that a question to the ledger found: a tuple that notebooks can show and turn into data frames."""

from __future__ import annotations

import importlib
from typing import Any

from reportedly.model import Claim

__all__ = ["Claims"]


class Claims(tuple[Claim, ...]):
    """A tuple of claims. How a claim looks as a row is known to `publish.frames`, which is found when it is asked for."""

    __slots__ = ()

    @staticmethod
    def _frames() -> Any:
        # by name: the ledger lies below the publishing layer and does not depend on it
        return importlib.import_module("reportedly.publish.frames")

    def to_pandas(self, gazetteer: Any = None) -> Any:
        """A pandas data frame, one row a claim (docs/exports.md has the columns); `gazetteer` gives places and coordinates."""
        return self._frames().to_pandas(self, gazetteer)

    def to_geopandas(self, gazetteer: Any = None) -> Any:
        """A GeoDataFrame in EPSG:4326; claims on places without coordinates have no geometry."""
        return self._frames().to_geopandas(self, gazetteer)

    def _repr_html_(self) -> str:
        html: str = self._frames().claims_html(self)
        return html
