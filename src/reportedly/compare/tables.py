"""Tables with dates: CSV, VIINA's JSON, the Ukrainian list of occupied territories, a history of towns, a register of settlements."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportedly.compare.content import Content, Town
from reportedly.compare.files import day_of, nobodys, parse_json, party_of, refuse, rows, text
from reportedly.errors import LayerError
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.model import Place

__all__ = ["read_official", "read_register", "read_table", "read_towns", "read_viina"]

OBLAST = 4  # characters of a KATOTTG code that name the region


def read_table(path: Path, gazetteer: Gazetteer, **_: Any) -> Content:
    """A CSV of geonameid, date, status: who holds the place from that day on."""
    content, lost, told = Content(), 0, []
    for number, row in rows(path, "geonameid", "date", "status"):
        told.append(row["status"])
        if not re.fullmatch(r"-?[0-9]{1,12}", row["geonameid"].strip()):
            raise LayerError(f"{path}, line {number}: geonameid must be a number, not {row['geonameid'][:30]!r}.")
        place = gazetteer.place(int(row["geonameid"]))
        lost += place is None
        content.changes.append(
            (
                place.id if place else int(row["geonameid"]),
                day_of(row["date"], f"{path}, line {number}"),
                party_of(row["status"]),
            )
        )
    content.note = f"{len(content.changes)} rows{nobodys(told)}"
    content.note += f", {lost} of places that the gazetteer lacks" if lost else ""
    return content


def read_viina(path: Path, gazetteer: Gazetteer, **_: Any) -> Content:
    """VIINA's form: {geonameid: [[yyyymmdd, status], ...]}."""
    data = parse_json(path, text(path))
    content, held = Content(), []
    if not isinstance(data, dict):
        raise LayerError(f"{path}: an object from place ids to lists of [day, status] is needed.")
    for key, told in data.items():
        for row in told if isinstance(told, list) else [told]:
            if not (re.fullmatch(r"-?[0-9]{1,12}", str(key)) and isinstance(row, list) and len(row) == 2):
                raise LayerError(f"{path}, key {str(key)[:30]!r}: a list of [yyyymmdd, status] is needed.")
            place = gazetteer.place(int(key))
            held.append(str(row[1]))
            content.changes.append(
                (place.id if place else int(key), day_of(str(row[0]), f"{path}, key {key}"), party_of(str(row[1])))
            )
    content.note = f"{len(content.changes)} rows{nobodys(held)}"
    return content


def _coded(codes: Mapping[str, tuple[int, ...]], code: str) -> tuple[int, ...]:
    """Settlements of an official code: its own, or for a community, district or region all whose codes begin like it.

    A code is UA, two digits of region, two of district, three of community, three of settlement, five of its own.
    """
    if code in codes:
        return codes[code]
    if len(code) != 19 or code[9:12] != "000":
        return ()
    begin = code[:9] if code[6:9] != "000" else code[:6] if code[4:6] != "00" else code[:4]
    return tuple(i for c, ids in codes.items() if c.startswith(begin) for i in ids)


def read_official(path: Path, gazetteer: Gazetteer, **_: Any) -> Content:
    """The Ukrainian list: who held each settlement between the rows' start and end days; hostilities are nobody's.

    Rows overlap (a community at war, a village of it occupied): occupation goes before hostilities. Codes of communities,
    districts and regions stand for their settlements.
    """
    lost = 0
    codes = gazetteer.by_katottg()
    spans: dict[int, list[tuple[dt.date, dt.date, str | None]]] = defaultdict(list)
    for number, row in rows(path, "section", "katottg", "start", "end"):
        where = f"{path}, line {number}"
        ids = _coded(codes, row["katottg"].strip())
        lost += not ids
        end = day_of(row["end"], where) if row["end"].strip() else dt.date.max
        span = (day_of(row["start"], where), end, "RU" if row["section"].strip().startswith("occupied") else None)
        for place in ids:
            spans[place].append(span)
    content = Content()
    for place, held in spans.items():
        edges = {s for s, _, _ in held} | {e + dt.timedelta(days=1) for _, e, _ in held if e != dt.date.max}
        for day in sorted(edges):
            now = [party for start, end, party in held if start <= day <= end]
            content.changes.append((place, day, "RU" if "RU" in now else None if now else "UA"))
    content.note = f"{len(content.changes)} dates; {lost} rows bear codes that the gazetteer lacks"
    return content


def read_towns(path: Path, gazetteer: Gazetteer, *, country: str = "UA", **_: Any) -> Content:
    """A history of a table of towns, JSON Lines of name, held_by, first_seen; a shared name is left out, and counted."""
    content = Content()
    shared: set[str] = set()
    known: dict[str, int | None] = {}
    for number, line in enumerate(text(path).splitlines(), 1):
        try:
            row = json.loads(line)
            name, holder, seen = row["name"], row["held_by"], row["first_seen"]
        except (ValueError, KeyError, TypeError) as error:
            raise LayerError(f"{path}, line {number}: name, held_by and first_seen are needed ({error}).") from error
        refuse(path, row, (name, holder))
        if name not in known:
            found = [
                m.place
                for m in gazetteer.find(name, fuzzy=False)
                if m.tier in ("exact", "alternate") and m.place.country == country
            ]
            places = {p.id for p in found if p.kind == "settlement"}
            known[name] = next(iter(places)) if len(places) == 1 else None
        place_id = known[name]
        if place_id is None:
            shared.add(name)
        else:
            content.changes.append(
                (place_id, day_of(seen, f"{path}, line {number}"), party_of(holder.replace("\xa0", " ").split("\n")[0]))
            )
    content.note = f"{len(content.changes)} rows; {len(shared)} names left out that several places or none bear"
    return content


def read_register(path: Path, gazetteer: Gazetteer, **_: Any) -> Content:
    """A CSV register of settlements: katottg (or code), name_en (or name), lat, lon; its regions by the gazetteer."""
    content = Content()
    codes = gazetteer.by_katottg()
    table = list(rows(path, "lat", "lon"))
    columns = set(table[0][1]) if table else set()
    code = next((c for c in ("katottg", "code", "pcode") if c in columns), None)
    name = next((c for c in ("name_en", "name", "name_uk") if c in columns), None)
    if code is None or name is None:
        raise LayerError(f"{path}: a register needs a column katottg or code, and a column name_en or name.")
    found: list[tuple[dict[str, str], float, float, Place | None]] = []
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for number, row in table:
        try:
            lat, lon = float(row["lat"]), float(row["lon"])
        except ValueError:
            raise LayerError(f"{path}, line {number}: lat and lon must be numbers of degrees.") from None
        ids = codes.get(row[code].strip(), ())
        place = gazetteer.place(ids[0]) if ids else None
        found.append((row, lat, lon, place))
        if place is not None and place.admin1:
            votes[row[code][:OBLAST]][f"{place.country}.{place.admin1}"] += 1
    # a register's own code says in which region it counts a settlement; the gazetteer may differ at the edges
    regions = {begin: gazetteer.region(counted.most_common(1)[0][0]) for begin, counted in votes.items()}
    for row, lat, lon, place in found:
        region = regions.get(row[code][:OBLAST])
        content.towns.append(
            Town(
                code=row[code],
                name=row[name],
                lat=lat,
                lon=lon,
                place_id=place.id if place else None,
                region_id=region.id if region else None,
            )
        )
    lost = sum(t.place_id is None for t in content.towns)
    content.note = f"{len(content.towns)} settlements" + (f", {lost} that the gazetteer lacks" if lost else "")
    return content
