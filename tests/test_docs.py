"""Documents that must keep up with the code."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from reportedly.cli.main import FAMILIES, group

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def direct_dependencies() -> list[str]:
    groups = [
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ]
    return sorted({re.split(r"[<>=\[;]", line)[0].strip() for group in groups for line in group})


@pytest.mark.parametrize("package", direct_dependencies())
def test_every_direct_dependency_is_explained(package: str) -> None:
    assert re.search(
        rf"^\| {re.escape(package)} \|", (ROOT / "docs/dependencies.md").read_text(encoding="utf-8"), re.MULTILINE
    ), f"{package} is missing from docs/dependencies.md: say why it, who keeps it and its licence."


def test_lock_files_name_no_address() -> None:
    for lock in (ROOT / "locks").glob("*.txt"):
        assert "://" not in lock.read_text(encoding="utf-8"), f"{lock.name} names an address"


def test_every_package_in_the_architecture_exists() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for name in re.findall(r"^    [├└]── (\w+)(?:/|\.py)", page, re.MULTILINE):
        where = ROOT / "src/reportedly"
        assert (where / name).is_dir() or (where / f"{name}.py").is_file(), (
            f"ARCHITECTURE.md names {name}, which is not there"
        )


def test_every_folder_of_the_package_is_in_the_architecture() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for folder in (ROOT / "src/reportedly").iterdir():
        if (folder / "__init__.py").is_file():
            assert f"── {folder.name}/" in page, f"{folder.name}/ is missing from ARCHITECTURE.md"


@pytest.mark.parametrize("command", [c for names in FAMILIES.values() for c in names])
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"reportedly {command}\b", (ROOT / "README.md").read_text(encoding="utf-8")), (
        f"the README does not show {command}"
    )


def shown_commands() -> list[list[str]]:
    lines = re.findall(r"^    reportedly (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize("words", shown_commands(), ids=" ".join)
def test_every_option_that_the_readme_shows_exists(words: list[str]) -> None:
    command = group
    for word in words:
        if isinstance(command, click.Group) and (found := command.get_command(click.Context(command), word)):
            command = found
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_schemas_of_json_outputs_are_those_of_the_code() -> None:
    done = subprocess.run(
        [sys.executable, "tools/json_schemas.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
