"""The makers of pages and archives that the ingest tests use."""

from __future__ import annotations

from tests.ingest.conftest import make_warc, page

__all__ = ["make_warc", "page"]
