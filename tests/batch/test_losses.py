"""What a batch survives: workers and drivers killed from outside, archives that end, overflow, lie or explode."""

from __future__ import annotations

import gzip
import json
import multiprocessing as mp
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportedly.batch import pool
from reportedly.errors import ReportedlyError
from tests.batch.test_batch import WORDS, batch, record, results, write

HTML = {"Content-Type": "text/html; charset=utf-8"}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    return [write(tmp_path / f"{k}.jsonl.gz", [record(i) for i in range(k * 500, k * 500 + 450)]) for k in range(3)]


def asides(out: Path) -> dict[str, str]:
    """Reasons by the end of the origin."""
    rows = [json.loads(line) for line in (out / "set-aside.jsonl").read_text().splitlines()]
    return {r["origin"].rsplit("/")[-1]: r["reason"] for r in rows}


@pytest.mark.parametrize("stage", ["extracting", "reading"])
def test_workers_killed_from_outside_change_nothing(tmp_path: Path, inputs: list[Path], stage: str) -> None:
    killed: list[int] = []

    def kill(now: str, done: int, total: int, reports: int) -> None:
        if now == stage and done and not killed:  # once the first part is done the others are under way
            for process in mp.active_children():
                killed.append(process.pid or 0)
                os.kill(process.pid or 0, signal.SIGKILL)

    summary = batch(tmp_path / "out", *inputs, workers=2, tell=kill)
    assert killed
    assert (summary.counts["claims"], summary.set_aside) == (1350, 0)
    batch(tmp_path / "whole", *inputs)
    assert results(tmp_path / "out") == results(tmp_path / "whole")


def test_what_a_killed_writer_leaves_is_swept_up(tmp_path: Path, inputs: list[Path]) -> None:
    batch(tmp_path / "whole", *inputs)
    wanted = results(tmp_path / "whole")
    done = next((tmp_path / "whole" / "readings").glob("*.json"))
    done.with_name(f".{done.name}.4711").write_bytes(b"{")
    done.with_name(".unfinished.json.4711").write_bytes(b"{")
    batch(tmp_path / "whole", *inputs)
    left = {name for name in results(tmp_path / "whole") if name.startswith(".")}
    assert left == {".unfinished.json.4711"}  # whose part nobody has written yet: another batch may be at it
    (done.parent / ".unfinished.json.4711").unlink()
    assert results(tmp_path / "whole") == wanted


def test_workers_that_die_while_starting_are_replaced_but_not_for_ever(
    tmp_path: Path, inputs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    start, to_kill = pool._start, [2]

    def stillborn(*arguments: Any) -> Any:
        hand = start(*arguments)
        if to_kill[0]:
            to_kill[0] -= 1
            hand.process.kill()
        return hand

    monkeypatch.setattr(pool, "_start", stillborn)
    assert batch(tmp_path / "out", *inputs).counts["claims"] == 1350
    to_kill[0] = 99
    with pytest.raises(ReportedlyError, match="died while starting"):
        batch(tmp_path / "none", *inputs)


def test_a_driver_killed_in_the_middle_is_gone_on_with(tmp_path: Path, inputs: list[Path]) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import sys; from pathlib import Path; from tests.batch.test_batch import batch\n"
        "if __name__ == '__main__':\n    batch(Path(sys.argv[1]), *map(Path, sys.argv[2:]))\n"
    )
    out = tmp_path / "out"
    driver = subprocess.Popen(
        [sys.executable, str(program), str(out), *map(str, inputs)], env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    )  # fmt: skip
    for _ in range(4000):
        if list(out.glob("work/*/*.json")) or driver.poll() is not None:
            break
        time.sleep(0.02)
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    assert not (out / "summary.json").exists()
    time.sleep(0.5)  # its worker hears that the pipe has ended, and ends too
    summary = batch(out, *inputs)
    assert summary.skipped >= 1
    assert summary.counts["claims"] == 1350
    batch(tmp_path / "whole", *inputs)
    assert {k: v for k, v in results(out).items() if not k.startswith(".")} == results(tmp_path / "whole")


def test_a_worker_that_has_grown_makes_way_for_a_new_one(
    tmp_path: Path, inputs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    start = pool._start

    def counted(*arguments: Any) -> Any:
        hand = start(*arguments)
        started.append(hand.process.pid)
        return hand

    monkeypatch.setattr(pool, "_start", counted)
    for limit in ("RETIRE", "SPARE"):
        monkeypatch.setattr(pool, limit, -(1 << 40))  # whatever it holds is too much
    summary = batch(tmp_path / "out", *inputs)
    assert len(started) == summary.units + summary.chunks
    monkeypatch.undo()
    batch(tmp_path / "whole", *inputs)
    assert results(tmp_path / "out") == results(tmp_path / "whole")


def test_one_archive_with_everything_that_may_be_wrong(
    tmp_path: Path, make_warc: Callable[..., bytes], page: Callable[..., bytes]
) -> None:
    """A record of 100 MB, a page that unpacks to a gigabyte, bytes that are no UTF-8, no HTTP at all, and no end."""

    def story(number: int) -> bytes:
        return page(
            f"Story {number}",
            f"Army{number} captured Town{number}. {' '.join(random.Random(number).choices(WORDS, k=60))}",
        )

    bomb = b"".join(gzip.compress(b"0" * (64 << 20), 1) for _ in range(16))
    pages = [
        ("https://g.example/1", HTML, story(1)),
        ("https://g.example/huge", HTML, b"<p>" + b"Army captured Town. " * (5 << 20)),
        ("https://g.example/2", HTML, story(2)),
        ("https://g.example/bomb", {**HTML, "Content-Encoding": "gzip"}, bomb),
        (
            "https://g.example/bytes",
            HTML,
            story(3).replace(b"crossing", "Слов’янськ ".encode() + b"cro\xff\xfe\xedssing"),
        ),
        ("https://g.example/lost", HTML, b"\xff\xfe\xfd" * 3000),
        ("https://g.example/4", HTML, story(4)),
    ]
    warc = make_warc(pages)
    last = make_warc([("https://g.example/cut", HTML, story(5))])
    (tmp_path / "a.warc.gz").write_bytes(warc + last[: len(last) // 2])
    summary = batch(tmp_path / "out", tmp_path / "a.warc.gz")
    assert summary.counts["claims"] == 4
    reasons = asides(tmp_path / "out")
    assert set(reasons) == {"huge", "bomb", "lost", "a.warc.gz"}
    assert "100 MB long" in reasons["huge"]
    assert "unpacks to more than 16 MB" in reasons["bomb"]
    assert "ends in the middle" in reasons["a.warc.gz"]
    kept = b"".join(
        gzip.decompress(part.read_bytes()) for part in (tmp_path / "out" / "readings").glob("*.gz")
    ).decode()
    assert "cro\ufffd\ufffd\ufffdssing" in kept  # read as well as can be, and it shows
    assert "Слов’янськ" in kept


def test_bombs_outside_archives(tmp_path: Path, page: Callable[..., bytes]) -> None:
    import zipfile

    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.html").write_bytes(page("Good", "Army captured Town."))
    (folder / "bomb.html.gz").write_bytes(gzip.compress(b"<p>" + b"\0" * (300 << 20), 1))
    (folder / "twice.txt.gz").write_bytes(gzip.compress(gzip.compress(b"Army captured Town. " * (1 << 20))))
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.txt", b"Army captured Town. " * (10 << 20))
    summary = batch(tmp_path / "out", folder, tmp_path / "bomb.zip")
    assert summary.counts["claims"] == 1
    reasons = asides(tmp_path / "out")
    assert set(reasons) == {"bomb.html.gz", "twice.txt.gz", "bomb.zip"}


def test_passing_over_a_huge_record_takes_no_memory(
    tmp_path: Path, make_warc: Callable[..., bytes], page: Callable[..., bytes]
) -> None:
    (tmp_path / "a.warc.gz").write_bytes(make_warc([
        ("https://g.example/1", HTML, page("First")),
        ("https://g.example/huge", HTML, b"<p>" + b"Army captured Town. " * (10 << 20)),
        ("https://g.example/2", HTML, page("Second")),
    ]))  # fmt: skip
    program = (
        "import re, sys; from pathlib import Path; from reportedly.ingest import load_reports\n"
        "peak = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
        "found = load_reports(sys.argv[1], stamp=False); next(found); before = peak(); rest = list(found)\n"
        "print(len(rest), (peak() - before) // 1024)"
    )
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell a process's peak memory")
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.warc.gz")], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    rest, megabytes = map(int, done.stdout.split())
    assert rest == 2
    assert megabytes < 60  # of 200
