"""Ledgers to test with: SQLite always, PostgreSQL where Debian's server is on the machine (started privately, on loopback)."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.ledger import Ledger


def server_programs() -> Path | None:
    """The folder of initdb and pg_ctl of the newest PostgreSQL on the machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A private PostgreSQL server on a free loopback port, run by an unprivileged user (it refuses to run as root)."""
    pytest.importorskip("psycopg", reason="needs psycopg (the extra reportedly[postgres])")
    programs = server_programs()
    if programs is None:
        pytest.skip("needs Debian's package postgresql, which is not on this machine")
    root = os.getuid() == 0
    with contextlib.suppress(KeyError):
        pwd.getpwnam("postgres")
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if root else []
    folder = Path(
        subprocess.run(
            ["mktemp", "-d", "/tmp/reportedly-pg-XXXXXX"], check=True, capture_output=True, text=True
        ).stdout.strip()
    )
    if root:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(
            [*user, *command],
            check=True,
            capture_output=True,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )

    data = str(folder / "data")
    run(str(programs / "initdb"), "-D", data, "-U", "ledger", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run(str(programs / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://ledger@127.0.0.1:{port}/postgres"
    finally:
        run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of an empty ledger, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.sqlite'}"
        return
    address = request.getfixturevalue("postgres_url")
    import sqlalchemy as sa

    engine = sa.create_engine(address.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    name = f"t{abs(hash(request.node.nodeid)) % 10**10}"
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield address.replace("/postgres", f"/{name}")
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    """An empty ledger, of each kind in turn."""
    with Ledger.open(url) as opened:
        yield opened
