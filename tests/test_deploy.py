"""What deploy/ names exists: files that are copied, commands and options that are run, lists that are followed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from reportedly.cli.batch import _listed
from reportedly.cli.main import group
from reportedly.settings import Settings

ROOT = Path(__file__).parents[1]
UNIT = (ROOT / "deploy" / "reportedly-watch.service").read_text(encoding="utf-8")
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")


def parsed(words: list[str]) -> dict[str, object]:
    """The parameters of a command line of ours; raises where the command or an option does not exist."""
    name, command, rest = group.resolve_command(click.Context(group), words)
    assert command is not None, name
    with command.make_context(name, rest) as context:
        return dict(context.params)


def test_the_unit_runs_a_command_that_exists(tmp_path: Path) -> None:
    line = re.search(r"^ExecStart=(.+)$", UNIT, re.M)
    assert line
    program, *words = shlex.split(line[1])
    assert Path(program).name == "reportedly"
    feeds = tmp_path / "feeds.txt"
    shutil.copy(ROOT / "deploy" / "feeds.txt", feeds)
    given = parsed([str(feeds) if word == "/etc/reportedly/feeds.txt" else word for word in words])
    assert given["feeds_file"] == feeds
    assert given["as_json"]
    assert "/etc/reportedly/feeds.txt" in UNIT.split("[Unit]")[0]  # the instructions put it where the unit looks


def test_the_unit_may_write_where_the_data_is() -> None:
    data = re.search(r"^Environment=REPORTEDLY_DATA=(\S+)$", UNIT, re.M)
    state = re.search(r"^StateDirectory=(\S+)$", UNIT, re.M)
    assert data
    assert state
    assert data[1] == f"/var/lib/{state[1]}"  # all else is read-only by ProtectSystem=strict
    assert Settings.from_environment({"REPORTEDLY_DATA": data[1]}).data_dir == Path(data[1])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "reportedly-watch.service"
    unit.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", UNIT), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    if "Failed to" in done.stderr and str(unit) not in done.stderr:
        pytest.skip(f"systemd-analyze does not work here: {done.stderr.strip()[:200]}")
    assert unit.name not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr


def test_the_feeds_file_is_all_comments_with_addresses_to_take() -> None:
    path = ROOT / "deploy" / "feeds.txt"
    assert _listed(path) == []
    assert re.findall(r"^# https?://\S+$", path.read_text(encoding="utf-8"), re.M)


def test_the_container_copies_files_that_exist_and_sets_what_is_read() -> None:
    copied = [
        word
        for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.M)
        for word in shlex.split(line)[:-1]
    ]  # fmt: skip
    assert {"pyproject.toml", "src", "locks/runtime.txt"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert "REPORTEDLY_DATA=/data" in CONTAINER
    served = re.search(r"^#   podman run .* -p 127\.0\.0\.1:(\d+):(\d+) reportedly (serve .+)$", CONTAINER, re.M)
    assert served
    assert {int(served[1]), int(served[2])} == {parsed(shlex.split(served[3]))["port"]}
    assert re.search(r"^USER (?!root)\w+$", CONTAINER, re.M)


def test_what_the_build_needs_is_copied() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in re.findall(r'^(?:readme|license) = (?:\{ file = )?"([\w.]+)"', project, re.M):
        if (ROOT / name).exists():
            assert re.search(rf"^COPY .*\b{re.escape(name)}\b", CONTAINER, re.M), name
    version = re.search(r"python:(\d+)\.(\d+)", CONTAINER)
    least = re.search(r'requires-python = ">=(\d+)\.(\d+)"', project)
    assert version
    assert least
    assert tuple(map(int, version.groups())) >= tuple(map(int, least.groups()))


def test_the_commands_in_the_instructions_exist(tmp_path: Path) -> None:
    lines = re.findall(r"^#\s+podman run .*? reportedly (.+)$", CONTAINER, re.M)
    assert len(lines) == 2
    (tmp_path / "feeds.txt").write_text("")
    for line in lines:
        parsed([str(tmp_path / "feeds.txt") if word == "/feeds.txt" else word for word in shlex.split(line)])
