"""A batch ends with the right result and a list of what was set aside, whatever happens to inputs and workers."""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportedly.batch import pool, units
from reportedly.batch.run import Summary, run_batch
from reportedly.batch.units import Options, Unit, extract
from reportedly.batch.worker import Setup, standard_kit
from reportedly.errors import InputError
from reportedly.ingest import load_reports
from reportedly.ledger import Ledger
from reportedly.settings import Settings

KIT = "tests.batch.stand_in:kit"
WORDS = [f"word{i}" for i in range(300)]


def record(number: int, text: str | None = None, **fields: object) -> dict[str, object]:
    filler = " ".join(random.Random(number).choices(WORDS, k=40))
    text = text if text is not None else f"Army{number} captured Town{number}. {filler}."
    return {
        "id": str(number),
        "publisher": "Gazette",
        "published": f"2025-01-{number % 27 + 1:02}",
        "lang": "en",
        "text": text,
        **fields,
    }


def write(path: Path, records: list[dict[str, object]]) -> Path:
    path.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in records).encode(), mtime=0))
    return path


def batch(out: Path, *inputs: Path, **options: Any) -> Summary:
    options.setdefault("kit", KIT)
    return run_batch([str(i) for i in inputs], out=out, settings=Settings(), reader="stand-in/1", **options)


def results(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((out / "readings").iterdir())} | {
        name: (out / name).read_bytes() for name in ("duplicates.jsonl", "set-aside.jsonl", "coverage.jsonl")
    }


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    """Two files of 900 reports with duplicates within and between them, other languages, and reports of nothing."""
    first = [record(i) for i in range(600)] + [record(i, text="Nothing happened.") for i in range(600, 650)]
    second = [record(i, publisher="Copyist", published="2025-02-01") for i in range(0, 100, 2)] + [
        record(i) for i in range(700, 850)
    ]
    second += [record(900 + i, text="Armee captured Stadt. Die Stadt wurde eingenommen.", lang="de") for i in range(50)]
    return [write(tmp_path / "first.jsonl.gz", first), write(tmp_path / "second.jsonl.gz", second)]


def test_the_whole_of_a_batch(tmp_path: Path, inputs: list[Path]) -> None:
    ledger = str(tmp_path / "l.sqlite")
    told: list[str] = []
    summary = batch(tmp_path / "out", *inputs, ledger=ledger, tell=lambda stage, *_: told.append(stage))
    assert summary.counts["reports"] == 900
    assert summary.counts["to read"] == 800
    assert summary.counts["nothing to read"] == 50
    assert summary.counts["language de"] == 50
    assert (summary.duplicates, summary.set_aside) == (50, 0)
    assert summary.counts["claims"] == 750
    assert summary.appended == (750, 750)
    assert list(dict.fromkeys(told)) == ["looking at the inputs", "extracting", "reading", "appending to the ledger"]
    with Ledger.open(ledger) as book:
        assert {c.publisher for c in book.claims()} == {"Gazette"}  # the first publisher was kept
        assert book.verify() is not None
    again = batch(tmp_path / "out", *inputs, ledger=ledger)
    assert again.skipped == again.units + again.chunks
    assert again.appended == (0, 0)


def test_results_do_not_depend_on_order_or_workers(tmp_path: Path, inputs: list[Path]) -> None:
    batch(tmp_path / "one", *inputs, workers=1)
    batch(tmp_path / "two", *reversed(inputs), workers=2)
    assert results(tmp_path / "one") == results(tmp_path / "two")


def test_what_a_killed_batch_did_is_not_done_again(
    tmp_path: Path, inputs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    batch(whole, *inputs)

    class Killed(BaseException):
        pass

    def stop(stage: str, done: int, total: int, reports: int) -> None:
        if stage == "reading" and done:
            raise Killed

    with pytest.raises(Killed):
        batch(out, *inputs, tell=stop)
    done = len(list((out / "readings").glob("*.json")))
    assert done >= 1
    summary = batch(out, *inputs)
    assert summary.skipped == summary.units + done
    assert results(out) == results(whole)


def test_a_worker_killed_in_the_middle_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAND_IN_FLAG", str(tmp_path / "flag"))
    file = write(
        tmp_path / "a.jsonl.gz", [record(i) for i in range(60)] + [record(60, text="ONCE Army captured Town.")]
    )
    summary = batch(tmp_path / "out", file)
    assert (tmp_path / "flag").exists()
    assert summary.counts["claims"] == 61
    assert summary.set_aside == 0


def test_records_that_kill_break_or_stall_a_worker_are_set_aside(tmp_path: Path) -> None:
    bad = {20: "POISON captured Town", 30: "BROKEN captured Town", 40: "STUCK captured Town"}
    file = write(tmp_path / "a.jsonl.gz", [record(i, text=bad.get(i)) for i in range(60)])
    pool_options = pool.STUCK
    try:
        pool.STUCK = 6.0
        summary = batch(tmp_path / "out", file)
    finally:
        pool.STUCK = pool_options
    assert summary.counts["claims"] == 57
    reasons = [json.loads(line) for line in (tmp_path / "out" / "set-aside.jsonl").read_text().splitlines()]
    assert {r["origin"].rsplit(":")[-1] for r in reasons} == {"21", "31", "41"}
    assert sum("died or ran out of time" in r["reason"] for r in reasons) == 2
    assert sum("this text breaks the reader" in r["reason"] for r in reasons) == 1


def test_broken_inputs(tmp_path: Path, make_warc: Callable[..., bytes], page: Callable[..., bytes]) -> None:
    """A truncated WARC, a record of 100 MB, invalid UTF-8 and a zip bomb beside good inputs."""
    html = {"Content-Type": "text/html; charset=utf-8"}
    pages = [
        (
            f"https://g.example/{i}",
            html,
            page(f"Story {i}", f"Army{i} captured Town{i}. {' '.join(random.Random(i).choices(WORDS, k=60))}"),
        )
        for i in range(20)
    ]
    warc = make_warc(pages)
    (tmp_path / "cut.warc.gz").write_bytes(warc[: len(warc) - 200])
    with gzip.open(tmp_path / "huge.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(json.dumps(record(1)).encode() + b'\n{"text": "')
        noise = random.Random(1).randbytes(1 << 20).hex().encode()
        for _ in range(50):
            file.write(noise)
        file.write(b'"}\n' + json.dumps(record(2)).encode() + b"\n")
    (tmp_path / "bytes.jsonl").write_bytes(
        json.dumps(record(3)).encode() + b"\n\xff\xfe\xfd\n" + json.dumps(record(4)).encode() + b"\n"
    )
    (tmp_path / "bomb.jsonl.gz").write_bytes(
        gzip.compress(json.dumps(record(5)).encode() + b"\n") + gzip.compress(b" " * (80 << 20))
    )
    summary = batch(
        tmp_path / "out",
        *(tmp_path / n for n in ("cut.warc.gz", "huge.jsonl.gz", "bytes.jsonl", "bomb.jsonl.gz")),
        workers=2,
    )
    assert summary.counts["claims"] == 19 + 5
    reasons = "\n".join((tmp_path / "out" / "set-aside.jsonl").read_text().splitlines())
    for words in (
        "cut.warc.gz: broken",
        "huge.jsonl.gz:2: the line is longer than 16 MB",
        "is not UTF-8",
        "decompression bomb",
    ):
        assert words in reasons
    assert summary.set_aside == 4


def test_an_archive_yields_the_same_however_early_its_pages_are_given_up(
    tmp_path: Path, make_warc: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"Content-Type": "text/html; charset=utf-8"}
    head = '<meta property="article:published_time" content="2025-03-26T09:00:00Z"><meta property="og:site_name" content="Gazette">'
    rest = "<p>The council will meet again in spring, and its members hope for better weather by then.</p>" * 3
    file = tmp_path / "a.warc.gz"
    said = ["Nobody was hurt.", "The army captured Sadove.", "Trade grew.", "Troops left the town of Lisne on Monday."]
    file.write_bytes(make_warc([
        (f"https://gazette.example/{i}", headers, f"<html><head>{head}</head><body><article><p>{words}</p>{rest}</article></body></html>".encode())
        for i, words in enumerate(said)
    ]))  # fmt: skip
    kit = standard_kit(Settings())
    unit = Unit(addresses=(str(file),), name="u", size=1)
    accounts = [extract(unit, tmp_path / "early", Options(), kit.worth_reading)]
    monkeypatch.setattr(units, "load_reports", lambda address, **more: load_reports(address, **{**more, "worth": None}))
    accounts.append(extract(unit, tmp_path / "late", Options(), kit.worth_reading))
    assert accounts[0] == accounts[1]
    assert accounts[0]["counts"] == {"nothing to read": 2, "reports": 4, "to read": 2}


def test_folders_of_pages_are_bundled_and_lists_are_followed(
    tmp_path: Path, page: Callable[..., bytes], make_warc: Callable[..., bytes]
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for i in range(30):
        text = f"Army{i} captured Town{i}. {' '.join(random.Random(i).choices(WORDS, k=60))}"
        (folder / f"{i}.html").write_bytes(page(f"Story {i}", text))
    news = tmp_path / "CC-NEWS" / "2025"
    news.mkdir(parents=True)
    story = page("Listed", f"Army77 captured Town77. {' '.join(random.Random(77).choices(WORDS, k=60))}")
    (news / "a.warc.gz").write_bytes(make_warc([("https://g.example/x", {"Content-Type": "text/html"}, story)]))
    with gzip.open(tmp_path / "warc.paths.gz", "wt") as file:
        file.write("CC-NEWS/2025/a.warc.gz\n")
    summary = batch(tmp_path / "out", folder, tmp_path / "warc.paths.gz")
    assert summary.units == 2
    assert summary.counts["claims"] == 31
    with pytest.raises(InputError, match="no such file"):
        batch(tmp_path / "out", tmp_path / "nowhere")


def test_a_worker_that_cannot_start_says_why(tmp_path: Path, inputs: list[Path]) -> None:
    with pytest.raises(Exception, match="no_such_kit"):
        batch(tmp_path / "out", *inputs, kit="tests.batch.stand_in:no_such_kit")


@pytest.mark.parametrize("engine", ["daft", "ray"])
def test_engines_give_the_same_bytes(engine: Any, tmp_path: Path, inputs: list[Path]) -> None:
    for module in ("daft", "ray")[: 1 + (engine == "ray")]:
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"needs {module}: install reportedly[scale]; .ci/run does")
    import subprocess
    import sys

    script = (
        "import sys, json; from pathlib import Path; from tests.batch.test_batch import batch\n"
        "if __name__ == '__main__':\n"
        f"    batch(Path(sys.argv[1]), *map(Path, sys.argv[2:]), engine={engine!r}, workers=2)\n"
    )
    program = tmp_path / "program.py"
    program.write_text(script)
    root = Path(__file__).parents[2]
    import os

    environment = {
        **os.environ,
        "PYTHONPATH": str(root),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    }
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path / engine), *map(str, inputs)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=250,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    batch(tmp_path / "local", *inputs)
    assert results(tmp_path / engine) == results(tmp_path / "local")


def test_settings_travel(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "d", ledger="x.sqlite", gazetteer=tmp_path / "g.sqlite")
    setup = Setup(work="w", results="r", options=Options(), settings=Setup.pack_settings(settings))
    assert setup.unpack_settings() == settings
