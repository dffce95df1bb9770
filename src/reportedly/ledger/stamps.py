"""Trusted timestamps (RFC 3161) over the head of the hash chain: proof that all readings up to it existed at a moment.

Needs the extra `reportedly[timestamps]`. Nothing is sent from here: `request` makes the query's bytes for an authority of
the operator's choice, `check` reads its answer. A head's hash tells nothing of what the ledger says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reportedly.errors import InputError, LedgerError

__all__ = ["Stamp", "check", "request"]

ALGORITHMS = {32: hashlib.sha256, 48: hashlib.sha384, 64: hashlib.sha512}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What an authority's answer says: the head it is of, the moment (UTC), and whether its signature was checked."""

    head: str
    moment: dt.datetime
    signed: bool


def request(head: str) -> bytes:
    """The DER bytes of a timestamp query for a chain hash (64 hex digits), with a nonce and asking for the certificate."""
    return bytes(_library().TimestampRequestBuilder().data(bytes.fromhex(head)).build().as_bytes())


def check(heads: Iterable[str], answer: bytes, *, roots: bytes | None = None) -> Stamp:
    """What an authority's answer says of one of these chain hashes; raises InputError where it is of something else.

    With `roots` (PEM), certificates that the operator trusts, the authority's signature and its chain of certificates up
    to one of them are checked as of the moment stamped; raises InputError where they do not hold.
    """
    library = _library()
    try:
        parsed = library.decode_timestamp_response(answer)
        info = parsed.tst_info
    except ValueError as error:
        raise InputError(f"This is no answer of a timestamp authority: {error}.") from error
    digest = bytes(info.message_imprint.message)
    algorithm = ALGORITHMS.get(len(digest))
    head = next((h for h in heads if algorithm and algorithm(bytes.fromhex(h)).digest() == digest), None)
    if head is None:
        raise InputError("The answer is of no head that this ledger has or ever had.")
    if roots is not None:
        _verify(library, parsed, digest, roots)
    return Stamp(head=head, moment=info.gen_time.astimezone(dt.UTC), signed=roots is not None)


def _verify(library: Any, parsed: Any, digest: bytes, roots: bytes) -> None:
    """Check signature and certificates; raises InputError in a sentence."""
    from cryptography import x509

    try:
        trusted = x509.load_pem_x509_certificates(roots)
    except ValueError as error:
        raise InputError(f"The authority's certificates must be PEM: {error}.") from error
    builder = library.VerifierBuilder()
    for certificate in trusted:
        builder = builder.add_root_certificate(certificate)
    inside = [x509.load_der_x509_certificate(c) for c in parsed.signed_data.certificates]
    issuers = {c.issuer for c in inside}
    for certificate in inside:
        if certificate.subject in issuers and certificate not in trusted:  # between the signer and the root
            builder = builder.add_intermediate_certificate(certificate)
    try:
        builder.build().verify(parsed, digest)
    except (library.VerificationError, ValueError) as error:
        raise InputError(f"The authority's signature does not hold: {error}.") from error


def _library() -> Any:
    try:
        import rfc3161_client
    except ModuleNotFoundError as error:
        raise LedgerError("Timestamps need an extra package: pip install 'reportedly[timestamps]'.") from error
    return rfc3161_client
