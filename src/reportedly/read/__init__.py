"""Report to Reading: claims, statements, and what stayed open."""

from __future__ import annotations

from reportedly.read.reader import Options, load_parser, read_report, read_reports, reader_name

__all__ = ["Options", "load_parser", "read_report", "read_reports", "reader_name"]
