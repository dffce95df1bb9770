"""Reference layers for the pages: somebody else's maps and tables, each shown with its date and licence, never mixed with claims."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.compare.check import Comparison, check_claim
from reportedly.compare.content import Layer
from reportedly.compare.layers import Layers
from reportedly.compare.record import record_of
from reportedly.errors import NotFound
from reportedly.model import Claim, Place, PlaceKind

__all__ = ["References", "outlines_of"]

if TYPE_CHECKING:
    from reportedly.publish.history import History
    from reportedly.publish.views import Views

POINTS_MAX = 40_000


class References:
    """The file of layers, opened anew for each question: SQLite connections stay in their thread."""

    def __init__(self, path: Path | None) -> None:
        self.path = path if path is not None and path.exists() else None

    def all(self) -> tuple[Layer, ...]:
        """The layers that have been imported."""
        if self.path is None:
            return ()
        with Layers(self.path) as layers:
            return layers.all()

    def shown(self, layer_id: str, day: dt.date, place: Callable[[int], Place | None]) -> dict[str, Any]:
        """What a layer says on a day as GeoJSON: areas, or places marked; with its own date and its licence."""
        if self.path is None:
            raise NotFound(f"There is no layer {layer_id[:60]!r}.")
        with Layers(self.path) as layers:
            layer = layers.get(layer_id)
            about = {"name": layer.name, "licence": layer.licence, "dated": None}
            features: list[dict[str, Any]] = []
            if layer.kind == "polygons":
                if (found := layers.areas(layer_id, day)) is not None:
                    about["dated"] = found[0].isoformat()
                    features = [_feature(json.loads(_geojson(shape)), party) for party, shape in found[1].items()]
            elif layer.kind == "table" and layer.first and day >= layer.first:
                about["dated"] = min(day, layer.last or day).isoformat()
                features = _points(layers.state(layer_id, day), place)
            return {"type": "FeatureCollection", "features": features, "layer": about}

    def compared(self, gazetteer: Any, claim: Claim) -> list[Comparison]:
        """What each layer has on a claim, on the day that the claim speaks of: agreement with that layer, never truth."""
        if self.path is None or claim.place.place_id is None:
            return []
        try:
            with Layers(self.path) as layers:
                return check_claim(layers, gazetteer, claim)
        except NotFound:  # a region without an outline, or a place that the gazetteer no longer has
            return []

    def holdings(self, place: Place, day: dt.date) -> list[tuple[Layer, str | None, dt.date | None]]:
        """Whose a settlement is on a day by each layer that knows it: (layer, party or None for nobody, the layer's own day)."""
        if self.path is None or place.kind is not PlaceKind.SETTLEMENT:
            return []
        with Layers(self.path) as layers:
            asked = [layer for layer in layers.all() if layer.kind in ("table", "polygons")]
            found = [(a, layers.holding(a, place.id, day, lat=place.lat, lon=place.lon)) for a in asked]
        return [(layer, held.party, held.dated) for layer, held in found if held.known]

    def records(self, source: str, claims: Iterable[Claim]) -> list[str]:
        """A source's record against each table layer, in sentences: agreement with that layer, never truth."""
        if self.path is None:
            return []
        many = list(claims)
        with Layers(self.path) as layers:
            found = [record_of(layers, layer, source, many) for layer in layers.all() if layer.kind == "table"]
        return [record.sentence for record in found if record.claims]


def outlines_of(views: Views, history: History) -> bytes:
    """The outlines (GeoJSON, simplified to about 500 m) of the regions in a history that the gazetteer has one of."""
    import shapely

    features = []
    for place_id in history.ids.tolist():
        text = views.gazetteer.polygon(place_id) if views.is_region(place_id) else None
        if text is not None:
            shape = shapely.from_geojson(text).simplify(0.005)
            features.append(
                {"type": "Feature", "id": place_id, "properties": {}, "geometry": json.loads(shapely.to_geojson(shape))}
            )
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()


def _geojson(shape: Any) -> str:
    import shapely

    text: str = shapely.to_geojson(shape.simplify(0.002))
    return text


def _feature(geometry: Mapping[str, Any], party: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"party": party}, "geometry": geometry}


def _points(state: Mapping[int, str | None], place: Callable[[int], Place | None]) -> list[dict[str, Any]]:
    """The places that a table marks as held by somebody."""
    out: list[dict[str, Any]] = []
    for place_id, party in state.items():
        spot = place(place_id) if party else None
        if party and spot and spot.lat is not None and len(out) < POINTS_MAX:
            out.append(_feature({"type": "Point", "coordinates": [spot.lon, spot.lat]}, party))
    return out
