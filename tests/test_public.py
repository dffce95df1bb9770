"""The public names: they exist, they say where they come from, and importing the package costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import reportedly


@pytest.mark.parametrize("name", [n for n in reportedly.__all__ if n != "__version__"])
def test_every_public_name_can_be_imported(name: str) -> None:
    found = getattr(reportedly, name)
    assert found.__name__ == name
    assert found.__doc__


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        reportedly.guess  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, reportedly; print([m for m in ('spacy', 'sqlalchemy', 'numpy', 'starlette') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_command_line_answers_help_without_loading_anything_heavy() -> None:
    code = "import sys; from reportedly.cli.main import group; group.main(['--version'], standalone_mode=False); print([m for m in ('spacy', 'sqlalchemy', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
