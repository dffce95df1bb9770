"""Time: words to EDTF with bounds, relative to publication and to what the text said before."""

from __future__ import annotations

from reportedly.resolve.dates.edtf import Edtf, edtf_bounds, edtf_of, parse_edtf
from reportedly.resolve.dates.event import at_that_time, by_then, is_day_before, time_of_event, time_of_report
from reportedly.resolve.dates.tagger import find_times

__all__ = [
    "Edtf",
    "at_that_time",
    "by_then",
    "edtf_bounds",
    "edtf_of",
    "find_times",
    "is_day_before",
    "parse_edtf",
    "time_of_event",
    "time_of_report",
]
