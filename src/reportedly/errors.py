"""Every exception that reportedly raises. Ambiguity is not an error: it is data (`model.Unresolved`).

ReportedlyError
├── InputError            something handed to us cannot be used; the message names file, line or field and what to do
│   ├── ReportError       a report cannot be made from these bytes
│   │   ├── MissingDate   a report has no publication date and none was given
│   │   ├── OtherLanguage a page is surely in another language than those that are read
│   │   └── NothingToRead a page has no passage that a claim could stand in
│   ├── FetchRefused      an address is private, too large, too slow, or redirects too often
│   ├── GazetteerError    a gazetteer source is broken, or not what it says it is
│   ├── LayerError        a reference layer cannot be used (form, licence, or it holds units or positions)
│   └── QueryError        a question cannot be asked so (a date, an id, a filter)
├── LedgerError           the ledger cannot be opened, or refuses an append
│   └── TamperedLedger    `verify` found a changed or missing row
└── NotFound              nothing of that id or name is known
"""

from __future__ import annotations

import datetime as dt

__all__ = [
    "FetchRefused",
    "GazetteerError",
    "InputError",
    "LayerError",
    "LedgerError",
    "MissingDate",
    "NotFound",
    "NothingToRead",
    "OtherLanguage",
    "QueryError",
    "ReportError",
    "ReportedlyError",
    "TamperedLedger",
]


class ReportedlyError(Exception):
    """Base of all errors that reportedly raises on purpose; its text is a sentence for people."""


class InputError(ReportedlyError):
    """Something handed to us cannot be used; the message says where and what to do."""


class ReportError(InputError):
    """A report cannot be made from these bytes."""


class MissingDate(ReportError):
    """A report has no publication date and none was given: dates are never guessed from the clock."""


class OtherLanguage(ReportError):
    """A page is surely in another language than those that are read; `lang` is its code."""

    def __init__(self, message: str, lang: str) -> None:
        super().__init__(message)
        self.lang = lang


class NothingToRead(ReportError):
    """A page has no passage that a claim could stand in; who published it and when is told for the account of what was seen."""

    def __init__(self, message: str, publisher: str, published: dt.datetime) -> None:
        super().__init__(message)
        self.publisher = publisher
        self.published = published


class FetchRefused(InputError):
    """An address is private, or its answer is too large, too slow or redirects too often."""


class GazetteerError(InputError):
    """A gazetteer source is broken or is not what it says it is; the old gazetteer stays in place."""


class LayerError(InputError):
    """A reference layer cannot be used: wrong form, no licence, or it holds units or positions."""


class QueryError(InputError):
    """A question cannot be asked in this way: a date, an id or a filter is malformed."""


class LedgerError(ReportedlyError):
    """The ledger cannot be opened, or refuses what is to be appended."""


class TamperedLedger(LedgerError):
    """A row of the ledger was changed or is missing; the message names it."""


class NotFound(ReportedlyError):
    """Nothing of that id or name is known."""
