"""What an operator may choose; read once at the edge and passed on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are kept.

    `data_dir` holds the ledger and the gazetteer (REPORTEDLY_DATA, else the platform's user data folder).
    `ledger` is a SQLAlchemy URL or a path (REPORTEDLY_LEDGER). `gazetteer` is the built SQLite file (REPORTEDLY_GAZETTEER).
    """

    data_dir: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir("reportedly")))
    ledger: str | None = None
    gazetteer: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from environment variables."""
        env = os.environ if environment is None else environment
        data = env.get("REPORTEDLY_DATA")
        gazetteer = env.get("REPORTEDLY_GAZETTEER")
        return cls(
            data_dir=Path(data) if data else Path(platformdirs.user_data_dir("reportedly")),
            ledger=env.get("REPORTEDLY_LEDGER") or None,
            gazetteer=Path(gazetteer) if gazetteer else None,
        )

    @property
    def ledger_url(self) -> str:
        """SQLAlchemy URL of the ledger; a bare path becomes a SQLite URL."""
        where = self.ledger or str(self.data_dir / "ledger.sqlite")
        return where if "://" in where else f"sqlite:///{Path(where).expanduser().resolve()}"

    @property
    def gazetteer_path(self) -> Path:
        """The built gazetteer file."""
        return self.gazetteer or self.data_dir / "gazetteer.sqlite"
