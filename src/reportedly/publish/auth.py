"""Who may write: tokens (hashed at rest), roles, sessions with protection against forged requests.

Kept in a SQLite file of its own beside the ledger, never in the ledger: a token is a key, not a finding.
Tokens have 256 random bits, so one SHA-256 hides them; the plain token is shown once and never stored.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportedly.errors import InputError, NotFound

__all__ = ["ROLES", "Person", "Tokens"]

ROLES = ("reader", "reviewer", "admin")
"""Each may do what those before it may: read where reading is closed; make readings; see and revoke tokens."""

SESSION_HOURS = 12
SCHEMA = """
create table if not exists tokens (
  id text primary key, name text not null, role text not null, hash text not null unique, created text not null, revoked text
);
create table if not exists sessions (
  hash text primary key, token text not null references tokens(id), csrf text not null, expires text not null
);
"""


def _hash(secret: str) -> str:
    """The SHA-256 of a secret, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asks: the name and role of a token; `csrf` is set where they came by a session rather than a bearer token."""

    name: str
    role: str
    token_id: str
    csrf: str | None = None

    def may(self, role: str) -> bool:
        """Whether this person has at least that role."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """A token as listed: never the token itself."""

    id: str
    name: str
    role: str
    created: str
    revoked: str | None


class Tokens:
    """The store of tokens and sessions; safe to use from several threads."""

    def __init__(self, path: Path | str) -> None:
        if path != ":memory:":
            where = Path(path)
            where.parent.mkdir(parents=True, exist_ok=True)
            where.touch(mode=0o600)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(str(path), check_same_thread=False, timeout=10)
        try:
            with self._open() as db:
                db.executescript(SCHEMA)
        except sqlite3.Error as error:
            self._db.close()
            raise InputError(f"{path} is no file of tokens that can be used ({error}).") from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._db:
            yield self._db

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, name: str, role: str) -> str:
        """Make a token for a named person and return it: it cannot be shown again. Raises InputError."""
        if role not in ROLES:
            raise InputError(f"A role is one of {', '.join(ROLES)}, not {role!r}.")
        if not re.fullmatch(r"[^\W_][\w .'-]{0,59}", name) or name != name.strip():
            raise InputError("A name has 1 to 60 letters, digits, spaces, points, apostrophes or hyphens.")
        token = "rpt_" + secrets.token_urlsafe(32)
        with self._open() as db:
            db.execute(
                "insert into tokens values (?, ?, ?, ?, ?, null)",
                (secrets.token_hex(4), name, role, _hash(token), _now().isoformat(timespec="seconds")),
            )
        return token

    def rows(self) -> tuple[TokenRow, ...]:
        """All tokens, oldest first, revoked ones included."""
        with self._open() as db:
            rows = db.execute("select id, name, role, created, revoked from tokens order by created, id").fetchall()
        return tuple(TokenRow(id=r[0], name=r[1], role=r[2], created=r[3], revoked=r[4]) for r in rows)

    def revoke(self, token_id: str) -> None:
        """End a token and its sessions at once. Raises NotFound."""
        with self._open() as db:
            done = db.execute(
                "update tokens set revoked = ? where id = ? and revoked is null",
                (_now().isoformat(timespec="seconds"), token_id),
            )
            if not done.rowcount:
                raise NotFound(f"No token in use has the id {token_id!r}: `reportedly token list` shows them.")
            db.execute("delete from sessions where token = ?", (token_id,))

    def by_token(self, token: str) -> Person | None:
        """The person of a bearer token, or None."""
        with self._open() as db:
            row = db.execute(
                "select name, role, id from tokens where hash = ? and revoked is null", (_hash(token),)
            ).fetchone()
        return Person(name=row[0], role=row[1], token_id=row[2]) if row else None

    def begin(self, token: str) -> str | None:
        """Begin a session for a token; returns the cookie's value, or None where the token is not good."""
        person = self.by_token(token)
        if person is None:
            return None
        cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        with self._open() as db:
            db.execute("delete from sessions where expires < ?", (_now().isoformat(),))
            expires = _now() + dt.timedelta(hours=SESSION_HOURS)
            db.execute(
                "insert into sessions values (?, ?, ?, ?)", (_hash(cookie), person.token_id, csrf, expires.isoformat())
            )
        return cookie

    def by_session(self, cookie: str) -> Person | None:
        """The person of a session's cookie, or None."""
        with self._open() as db:
            row = db.execute(
                "select t.name, t.role, t.id, s.csrf from sessions s join tokens t on t.id = s.token "
                "where s.hash = ? and s.expires > ? and t.revoked is null",
                (_hash(cookie), _now().isoformat()),
            ).fetchone()
        return Person(name=row[0], role=row[1], token_id=row[2], csrf=row[3]) if row else None

    def end(self, cookie: str) -> None:
        """End a session."""
        with self._open() as db:
            db.execute("delete from sessions where hash = ?", (_hash(cookie),))


def same(left: str, right: str) -> bool:
    """Whether two secrets are the same, in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())
