"""Bytes to reports: files, folders, standard input, addresses, feeds, archives. Nothing here reads a claim."""

from reportedly.ingest.limits import DEFAULT_LIMITS, Limits
from reportedly.ingest.records import SetAside
from reportedly.ingest.sources import load_report, load_reports

__all__ = ["DEFAULT_LIMITS", "Limits", "SetAside", "load_report", "load_reports"]
