"""A small ledger of our own making with every kind of thing that the pages show, and a gazetteer of seven places for it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from reportedly.ledger import Ledger
from reportedly.model import (
    Attribution,
    Candidate,
    Certainty,
    Claim,
    Extent,
    Place,
    PlaceKind,
    PlaceRef,
    Polarity,
    Quoting,
    Reading,
    Relation,
    Report,
    Span,
    Statement,
    Time,
    Unresolved,
)
from reportedly.publish.wording import Lexicon

HOSTILE = "<script>alert(1)</script>"
MACHINE = "reportedly/0+test"


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    lang: str
    script: str
    historical: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    place: Place
    tier: str
    name: str


def _place(id_: int, name: str, lat: float, lon: float, population: int, **more) -> Place:
    values = {
        "kind": PlaceKind.SETTLEMENT,
        "feature": "PPL",
        "country": "UA",
        "admin1": "14",
        "admin1_name": "Luhansk",
    } | more
    return Place(id=id_, name=name, lat=lat, lon=lon, population=population, **values)


PLACES = {
    p.id: p
    for p in (
        _place(691001, "Toshkivka", 48.78, 38.55, 4_100, admin2_name="Sievierodonetsk Raion", katottg="UA44140"),
        _place(691002, "Nadiia", 49.28, 37.9, 90),
        _place(691003, "Novoiehorivka", 49.31, 37.93, 60),
        _place(691004, "Bakhmut", 48.59, 38.0, 71_000, admin1="05", admin1_name="Donetsk"),
        _place(702657, "Luhansk Oblast", 49.0, 39.0, 2_100_000, kind=PlaceKind.REGION, feature="ADM1"),
        _place(216281, "Goma", -1.67, 29.22, 782_000, country="CD", admin1="11", admin1_name="North Kivu"),
        _place(691005, "Lysychansk", 48.9, 38.44, 95_000),
    )
}
NAMES = {
    691001: (Name("Тошківка", "uk", "Cyrl"), Name("Тошковка", "ru", "Cyrl"), Name("Toshkovka", "", "Latn")),
    691004: (Name("Бахмут", "uk", "Cyrl"), Name("Артемівськ", "uk", "Cyrl", True)),
    691005: (Name("Лисичанськ", "uk", "Cyrl"),),
    702657: (Name("Луганська область", "uk", "Cyrl"),),
}


class SmallGazetteer:
    """Seven places; names match whole, whatever the case."""

    def place(self, place_id: int) -> Place | None:
        return PLACES.get(place_id)

    def names(self, place_id: int) -> tuple[Name, ...]:
        return NAMES.get(place_id, ())

    def members(self, region_id: int) -> frozenset[int]:
        return frozenset({691001, 691002, 691003, 691005}) if region_id == 702657 else frozenset()

    def polygon(self, region_id: int) -> str | None:
        square = [[[37.8, 48.1], [40.2, 48.1], [40.2, 50.1], [37.8, 50.1], [37.8, 48.1]]]
        return json.dumps({"type": "Polygon", "coordinates": square}) if region_id == 702657 else None

    def find(self, name: str, *, fuzzy: bool = True) -> tuple[Match, ...]:
        wanted, out = name.casefold(), []
        for place in PLACES.values():
            if place.name.casefold() == wanted:
                out.append(Match(place, "exact", place.name))
            for other in NAMES.get(place.id, ()):
                if other.text.casefold() == wanted:
                    out.append(Match(place, "historic" if other.historical else "alternate", other.text))
        return tuple(out)


LEXICON = Lexicon(
    parties={"RU": "Russia", "UA": "Ukraine", "M23": "M23"}, sources={"src-mod": "Russian Defence Ministry"}
)


def moment(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)


def report(day: str, publisher: str, text: str, **more) -> Report:
    return Report(
        publisher=publisher, published=moment(day), text=text, url=more.pop("url", f"https://example.org/{day}"), **more
    )


def claim(of: Report, sentence: str, relation: str, party: str, place_id: int | None, words: str, **more) -> Claim:
    start = of.text.index(sentence)
    at = of.text.index(words, start)
    known = PLACES.get(place_id) if place_id else None
    source, side = more.pop("source", "narrator"), more.pop("side", None)
    who = Attribution(
        source=source,
        side=side,
        source_id=more.pop("source_id", None),
        cue=more.pop("saying", None),
        via=more.pop("via", ()),
        quoting=Quoting.NARRATION if source == "narrator" else Quoting.PARAPHRASE,
        reasons=("subject of the verb of saying",),
        source_span=Span(start=of.text.index(source), end=of.text.index(source) + len(source))
        if source in of.text
        else None,
    )
    ref = PlaceRef(
        words=words,
        span=Span(start=at, end=at + len(words)),
        kind=known.kind if known else PlaceKind.SETTLEMENT,
        place_id=place_id,
        name=known.name if known else None,
        probability=more.pop("probability", 0.97 if known else 0.0),
        reasons=("only place of that name in the region",),
        candidates=more.pop("candidates", ()),
    )
    return Claim(
        report_id=of.id,
        published=of.published,
        publisher=of.publisher,
        relation=Relation(relation),
        party=party,
        place=ref,
        span=Span(start=start, end=start + len(sentence)),
        quote=sentence,
        attribution=who,
        reader=MACHINE,
        reasons=("verb of taking",),
        **more,
    )


def items() -> list[tuple[Report, Reading]]:
    out = []

    def add(of: Report, *claims: Claim, statements=(), unresolved=()) -> None:
        out.append(
            (of, Reading(report_id=of.id, reader=MACHINE, claims=claims, statements=statements, unresolved=unresolved))
        )

    one = report(
        "2022-06-21",
        "Northern Wire",
        "LVIV — The Russian Defence Ministry said its troops took Toshkivka on Monday. Residents had left.",
    )
    s = "The Russian Defence Ministry said its troops took Toshkivka on Monday."
    add(
        one,
        claim(
            one,
            s,
            "takes",
            "RU",
            691001,
            "Toshkivka",
            source="Russian Defence Ministry",
            source_id="src-mod",
            side="RU",
            saying="said",
            valid=Time(words="on Monday", edtf="2022-06-20", lower=dt.date(2022, 6, 20), upper=dt.date(2022, 6, 21)),
        ),
    )
    two = report(
        "2022-06-21",
        "Kyiv Gazette",
        "Serhiy Haidai denied that Toshkivka had fallen. Fighting goes on, he said.",
        headline="Haidai: Toshkivka holds",
    )
    s = "Serhiy Haidai denied that Toshkivka had fallen."
    add(
        two,
        claim(
            two,
            s,
            "takes",
            "RU",
            691001,
            "Toshkivka",
            source="Serhiy Haidai",
            side="UA",
            saying="denied",
            polarity=Polarity.DENIED,
        ),
    )
    three = report(
        "2022-07-03",
        "Northern Wire",
        "Moscow says that the whole of Luhansk region is under its control. The Southern Agency reported it first.",
    )
    s = "Moscow says that the whole of Luhansk region is under its control."
    add(
        three,
        claim(
            three,
            s,
            "holds",
            "RU",
            702657,
            "Luhansk region",
            source="Moscow",
            side="RU",
            saying="says",
            via=("Southern Agency",),
        ),
    )
    four = report(
        "2022-09-19",
        "Kyiv Gazette",
        f"Ukraine retook Nadiia, the governor said. {HOSTILE} Roads are open.",
        headline=f"{HOSTILE} news",
    )
    s = "Ukraine retook Nadiia, the governor said."
    add(
        four,
        claim(four, s, "takes", "UA", 691002, "Nadiia", source="the governor", side="UA", saying="said"),
        unresolved=(
            Unresolved(report_id=four.id, kind="place", words="Roads", span=Span(start=0, end=5), reason="not a place"),
        ),
    )
    five = report(
        "2023-05-20",
        "Northern Wire",
        "Russia has captured Bakhmut, its defence ministry said. Kyiv said that its troops still hold part of Bakhmut.",
    )
    add(
        five,
        claim(
            five,
            "Russia has captured Bakhmut, its defence ministry said.",
            "takes",
            "RU",
            691004,
            "Bakhmut",
            source="Russian Defence Ministry",
            source_id="src-mod",
            side="RU",
            saying="said",
        ),
        claim(
            five,
            "Kyiv said that its troops still hold part of Bakhmut.",
            "holds",
            "UA",
            691004,
            "Bakhmut",
            source="Kyiv",
            side="UA",
            saying="said",
            extent=Extent(kind="part"),
        ),
        claim(
            five,
            "Kyiv said that its troops still hold part of Bakhmut.",
            "takes",
            "RU",
            691004,
            "Bakhmut",
            source="Kyiv",
            side="UA",
            saying="said",
            polarity=Polarity.DENIED,
        ),
    )
    six = report(
        "2025-01-27", "Lake Radio", "M23 rebels entered Goma overnight. The army says it still fights for Goma."
    )
    add(
        six,
        claim(six, "M23 rebels entered Goma overnight.", "takes", "M23", 216281, "Goma", certainty=Certainty.PROBABLE),
        claim(
            six,
            "The army says it still fights for Goma.",
            "contests",
            "DRC",
            216281,
            "Goma",
            source="The army",
            side="DRC",
            saying="says",
        ),
    )
    seven = report(
        "2025-07-01",
        "Northern Wire",
        "Russia now holds all of Luhansk region, its governor said. Kyiv holds two villages there, among them Nadiia and Novoiehorivka.",
    )
    add(
        seven,
        claim(
            seven,
            "Russia now holds all of Luhansk region, its governor said.",
            "takes",
            "RU",
            702657,
            "Luhansk region",
            source="its governor",
            side="RU",
            saying="said",
        ),
        claim(
            seven,
            "Kyiv holds two villages there, among them Nadiia and Novoiehorivka.",
            "holds",
            "UA",
            691002,
            "Nadiia",
        ),
        claim(
            seven,
            "Kyiv holds two villages there, among them Nadiia and Novoiehorivka.",
            "holds",
            "UA",
            None,
            "Novoiehorivka",
            candidates=(
                Candidate(
                    place_id=691003, name="Novoiehorivka", probability=0.5, reason="there are two in one hromada"
                ),
            ),
        ),
        statements=(
            Statement(
                report_id=seven.id,
                published=seven.published,
                publisher=seven.publisher,
                attribution=Attribution(source="its governor", cue="said"),
                content="schools will open",
                span=Span(start=0, end=10),
            ),
        ),
    )
    return out


def fill(path: Path | str) -> Ledger:
    """The ledger, each report recorded the day after it was published."""
    ledger = Ledger.open(path)
    for of, reading in items():
        ledger.append([(of, reading)], when=of.published + dt.timedelta(days=1))
    return ledger
