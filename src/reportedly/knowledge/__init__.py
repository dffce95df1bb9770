"""What is known before reading: the gazetteer, the parties and their sources, the cues, as one frozen bundle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from reportedly.knowledge.cues import Cues
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.knowledge.parties import Parties
from reportedly.settings import Settings

__all__ = ["Knowledge"]


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """The reference data that one reader reads with; immutable, safe to share and to pickle."""

    gazetteer: Gazetteer
    parties: Parties
    cues: Cues

    @classmethod
    def load(
        cls, settings: Settings | None = None, *, progress: Callable[[str, float], None] | None = None
    ) -> Knowledge:
        """Open everything, building the gazetteer on first use; `progress` hears what is built and which share is done."""
        from reportedly.knowledge.build import ensure_gazetteer  # heavy: only where a gazetteer may have to be built

        path = ensure_gazetteer(settings or Settings.from_environment(), progress)
        return cls(gazetteer=Gazetteer.open(path), parties=Parties.load(), cues=Cues.load())

    @cached_property
    def version(self) -> str:
        """Short name of the reference data: the first 8 hex digits over cues, parties and what the gazetteer holds."""
        import hashlib
        from importlib.resources import files

        digest = hashlib.sha256()
        for name in ("cues/en.toml", "gate/en.toml", "parties.toml", "sources.toml"):
            digest.update(files("reportedly.knowledge").joinpath("data", name).read_bytes())
        digest.update(self.gazetteer.meta.get("digest", "").encode())
        return digest.hexdigest()[:8]
