"""Fixtures for all tests: nothing of the user's own is read or written, and nothing outside the repository is needed."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("unhurried")

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("REPORTEDLY_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material; tests that need it are skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the shared material at {SHARED}, which is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def base_gazetteer_path() -> Path:
    """The gazetteer built from the installed packages alone, built once and kept under var/ as long as its code is the same."""
    from reportedly.knowledge.build import build_gazetteer

    digest = hashlib.sha256()
    for file in sorted((ROOT / "src/reportedly/knowledge").rglob("*")):
        if file.suffix == ".py" or "regions" in file.parts:
            digest.update(file.read_bytes() if file.is_file() else b"")
    path = ROOT / "var" / "test" / f"gazetteer-{digest.hexdigest()[:16]}.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / "lock").open("w") as lock:  # two test runs at once: one builds, the other waits
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in path.parent.glob("gazetteer-*"):
                old.unlink()
            build_gazetteer(path)
    return path


@pytest.fixture(scope="session", autouse=True)
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep every test away from the user's own ledger and gazetteer."""
    folder = tmp_path_factory.mktemp("reportedly-data")
    before = {name: os.environ.get(name) for name in ("REPORTEDLY_DATA", "REPORTEDLY_LEDGER", "REPORTEDLY_GAZETTEER")}
    os.environ["REPORTEDLY_DATA"] = str(folder)
    for name in ("REPORTEDLY_LEDGER", "REPORTEDLY_GAZETTEER"):
        os.environ.pop(name, None)
    yield folder
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
