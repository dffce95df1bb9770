"""Trusted timestamps (RFC 3161) over the head of the hash chain: proof that all readings up to it existed at a moment.

Needs the extra `reportedly[timestamps]`. Nothing is sent from here: `request` makes the query's bytes for an authority of
the operator's choice, `check` reads its answer. A head's hash tells nothing of what the ledger says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from reportedly.errors import InputError, LedgerError

__all__ = ["check", "request"]


def request(head: str) -> bytes:
    """The DER bytes of a timestamp query for a chain hash (64 hex digits), with a nonce and asking for the certificate."""
    return bytes(_library().TimestampRequestBuilder().data(bytes.fromhex(head)).build().as_bytes())


def check(head: str, answer: bytes) -> dt.datetime:
    """The moment (UTC) that an authority's answer gives to that head; raises InputError where it is of something else.

    The authority's signature is not checked here: keep the answer and check it against the authority's certificate.
    """
    try:
        info = _library().decode_timestamp_response(answer).tst_info
    except ValueError as error:
        raise InputError(f"This is no answer of a timestamp authority: {error}.") from error
    algorithms = {32: hashlib.sha256, 48: hashlib.sha384, 64: hashlib.sha512}
    digest = bytes(info.message_imprint.message)
    algorithm = algorithms.get(len(digest))
    if algorithm is None or algorithm(bytes.fromhex(head)).digest() != digest:
        raise InputError(f"The answer is not for the head {head}.")
    moment: dt.datetime = info.gen_time
    return moment.astimezone(dt.UTC)


def _library() -> Any:
    try:
        import rfc3161_client
    except ModuleNotFoundError as error:
        raise LedgerError("Timestamps need an extra package: pip install 'reportedly[timestamps]'.") from error
    return rfc3161_client
