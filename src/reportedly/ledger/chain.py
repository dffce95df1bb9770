"""The hash chain over readings: each reading's hash covers its content and the hash before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

__all__ = ["START", "chain_hash", "content_hash"]

START = "0" * 64
"""What the first reading of a ledger follows."""


def content_hash(report_body: str, bodies: Iterable[str]) -> str:
    """SHA-256 over the report and everything found in it, in the order of their ids."""
    digest = hashlib.sha256(report_body.encode())
    for body in bodies:
        digest.update(b"\x00")
        digest.update(body.encode())
    return digest.hexdigest()


def chain_hash(previous: str, *, reading_id: str, reader: str, recorded_at: str, content: str) -> str:
    """SHA-256 that binds a reading to all before it."""
    return hashlib.sha256("\x00".join((previous, reading_id, reader, recorded_at, content)).encode()).hexdigest()
