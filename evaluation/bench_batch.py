"""Speed of batches: main text, archives, two workers against two unrelated runs, growth with the input, engines.

Wall-clock time here, because workers are processes of their own; the machine should have nothing else to do. Inputs are
made of the shared reports: articles repeated with a sentence of their own each, in HTML with boilerplate for archives.
"""

from __future__ import annotations

import gzip
import html
import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from evaluation.bench_reading import sample
from reportedly.ingest.article import html_report
from reportedly.ingest.records import Given
from reportedly.model import Report

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Bench Gazette</title>
<meta property="og:site_name" content="Bench Gazette"><meta property="article:published_time" content="{published}">
<script>var a = [{noise}];</script><style>.x {{ color: red }}</style></head><body>
<nav><ul>{menu}</ul></nav><div class="cookie-banner">We use cookies. <button>Accept</button></div>
<main><article><h1>{title}</h1>{paragraphs}</article><aside><h2>Most read</h2><ul>{menu}</ul></aside></main>
<footer><p>Terms of use. Privacy. Contact.</p><ul>{menu}</ul></footer></body></html>"""
MENU = "".join(f'<li><a href="/section/{i}" class="nav-link item-{i}">Section number {i}</a></li>' for i in range(60))
NOISE = ",".join(str(i * i) for i in range(1500))
MANY, REPEATS = 2000, 3  # documents of a long run, and how often a short one is run


def pages(reports: list[Report], count: int) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of `count` pages of news, about the size of real ones (30 kB and more)."""
    for number in range(count):
        report = reports[number % len(reports)]
        title = html.escape(report.headline or report.text[:70].replace("\n", " "))
        paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in report.text.split("\n") if p.strip())
        body = PAGE.format(
            title=title,
            published=report.published.isoformat(),
            noise=NOISE,
            menu=MENU,
            paragraphs=paragraphs + f"<p>Edition {number}.</p>",
        )
        yield f"https://bench.example/{number}", body.encode()


def write_warc(path: Path, reports: list[Report], count: int) -> Path:
    """A WARC of `count` responses, compressed by record as archives are."""
    from fastwarc.stream_io import GzipWriter
    from fastwarc.warc import WarcRecord, WarcRecordType

    with path.open("wb") as out:
        for address, body in pages(reports, count):
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.headers["WARC-Target-URI"] = address
            record.headers["Content-Type"] = "application/http; msgtype=response"
            record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body)
            packed = io.BytesIO()
            with GzipWriter(packed) as writer:
                record.write(writer)
            out.write(packed.getvalue())
    return path


def write_lines(folder: Path, reports: list[Report], count: int, files: int) -> list[str]:
    """`count` reports in `files` files of JSON Lines, each article with a sentence of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{i:03}.jsonl.gz" for i in range(files)]
    for index, path in enumerate(paths):
        with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as out:
            for number in range(index, count, files):
                r = reports[number % len(reports)]
                row = {
                    "id": str(number),
                    "publisher": r.publisher,
                    "published": r.published.date().isoformat(),
                    "lang": "en",
                    "text": f"{r.text}\n\nEdition {number}.",
                }
                out.write(json.dumps(row) + "\n")
    return [str(p) for p in paths]


def main_text(reports: list[Report], say: Callable[[str], None], count: int = 240) -> dict[str, Any]:
    """Pages a second of our two extractors, metadata, dateline and language included, against trafilatura alone."""
    import trafilatura

    made = [body for _, body in pages(reports, count)]
    given = Given()

    def ours(extractor: Any) -> Callable[[], Any]:
        return lambda: [html_report(b, given=given, origin="bench", extractor=extractor, collection=True) for b in made]

    def alone() -> Any:
        return [trafilatura.extract(b.decode(), with_metadata=True, output_format="json") for b in made]

    result: dict[str, Any] = {"pages": count, "bytes_a_page": round(sum(map(len, made)) / count)}
    for name, work in (
        ("reportedly_resiliparse", ours("resiliparse")),
        ("reportedly_trafilatura", ours("trafilatura")),
        ("trafilatura_alone", alone),
    ):
        say(f"main text: {name}")
        seconds = []
        for _ in range(3):
            began = time.process_time()
            work()
            seconds.append(time.process_time() - began)
        result[name] = {
            "pages_per_s": round(count / statistics.median(seconds), 1),
            "spread": [round(count / s, 1) for s in sorted(seconds)],
        }
    result["ratio_vs_trafilatura"] = round(
        result["reportedly_resiliparse"]["pages_per_s"] / result["trafilatura_alone"]["pages_per_s"], 2
    )
    return result


RUN = """
import json, os, re, sys, threading, time
from pathlib import Path
from reportedly.batch.run import run_batch
from reportedly.batch.units import Options
from reportedly.settings import Settings
peaks = {"anonymous": 0, "worker": 0}

def high_water(pid):  # of this program alone; getrusage tells a child's peak from its parent's
    try:
        return int(re.search(r"VmHWM:\\s+(\\d+)", Path(f"/proc/{pid}/status").read_text())[1]) // 1024
    except (OSError, TypeError):
        return 0

def anonymous():  # without the pages of files that are mapped, which the system takes back when it wants them
    return int(re.search(r"RssAnon:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

def children(pid):
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []

def watch():
    while True:
        for child in children(os.getpid()):
            peaks["worker"] = max(peaks["worker"], high_water(child))
        peaks["anonymous"] = max(peaks["anonymous"], anonymous())
        time.sleep(0.5)

if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    threading.Thread(target=watch, daemon=True).start()
    began, moments = time.monotonic(), {}
    def tell(stage, done, total, reports):
        moments.setdefault(stage, time.monotonic() - began)
    summary = run_batch(given["inputs"], out=Path(given["out"]), settings=Settings(gazetteer=Path(given["gazetteer"])),
        options=Options(duplicates=given["duplicates"]), engine=given["engine"], workers=given["workers"], ledger=given.get("ledger"), kit=given["kit"], reader="bench", tell=tell)
    seconds = time.monotonic() - began
    ends = [*list(moments.values())[1:], seconds]
    stages = {stage: round(end - start, 2) for (stage, start), end in zip(moments.items(), ends)}
    print(json.dumps({"seconds": seconds, "stages": stages, "counts": summary.counts, "worker_peak_mb": peaks["worker"],
        "driver_peak_mb": high_water("self"), "driver_anonymous_mb": peaks["anonymous"], "set_aside": summary.set_aside, "duplicates": summary.duplicates, "appended": summary.appended}))
"""


def start(
    inputs: list[str],
    out: Path,
    gazetteer: Path,
    *,
    workers: int,
    engine: str = "local",
    duplicates: bool = False,
    ledger: str | None = None,
    kit: str = "reportedly.batch.worker:standard_kit",
) -> subprocess.Popen[str]:
    """Start a batch as a process of its own."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    script = out / "run.py"
    script.write_text(RUN, encoding="utf-8")
    given = {
        "inputs": inputs,
        "out": str(out),
        "gazetteer": str(gazetteer.resolve()),
        "workers": workers,
        "engine": engine,
        "duplicates": duplicates,
        "ledger": ledger,
        "kit": kit,
    }
    return subprocess.Popen(
        [sys.executable, str(script), json.dumps(given)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def result(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a batch printed at its end."""
    out, err = process.communicate()
    if process.returncode:
        raise RuntimeError(f"a batch failed: {err[-1500:]}")
    return dict(json.loads(out.splitlines()[-1]))


def readings(folder: Path) -> dict[str, bytes]:
    """All results of a batch by file name."""
    return {p.name: p.read_bytes() for p in sorted((folder / "readings").iterdir())}


def archives(
    reports: list[Report], work: Path, gazetteer: Path, say: Callable[[str], None], count: int
) -> dict[str, Any]:
    """WARCs from bytes to chunks of reports on one core, and which step takes how much of the time: of the articles, all about
    a war, and of pages drawn from their paragraphs as for `growth`, one in ten worth reading.
    """
    from evaluation.bench_archive import libraries, profile
    from evaluation.bench_growth import articles

    found: dict[str, dict[str, Any]] = {}
    for name, some in (("war", reports), ("general", articles(reports, count))):
        say(f"archive: a WARC of {name} pages")
        path = write_warc(work / f"bench-{name}.warc.gz", some, count)
        rounds = []
        for _ in range(3):
            alone = libraries(path)
            rounds.append(profile(path, gazetteer, work / "bench-extract") | {"libraries_alone_ms": alone})
        found[name] = sorted(rounds, key=lambda r: r["extraction_ms"])[1]  # the middle one
        found[name]["docs_per_s_spread"] = sorted(r["docs_per_s_extraction"] for r in rounds)[::2]
    return {**found["war"], "general": found["general"]}


def scaling(
    reports: list[Report], work: Path, gazetteer: Path, say: Callable[[str], None], count: int
) -> dict[str, Any]:
    """One worker; two workers; two unrelated single runs side by side, which is what the machine can give.

    The last two are run three times in turn, short runs on a shared machine vary: medians, and the spread of the ratio.
    """
    inputs = write_lines(work / "scaling", reports, count, 8)
    say(f"scaling: one worker, {count:,} documents")
    one = result(start(inputs, work / "out-one", gazetteer, workers=1))
    rates: list[tuple[float, float]] = []
    same, peak = True, 0
    for _ in range(1 if count > MANY else REPEATS):
        say("scaling: two workers")
        two = result(start(inputs, work / "out-two", gazetteer, workers=2))
        say("scaling: two unrelated runs side by side")
        pair = [start(inputs[i::2], work / f"out-pair-{i}", gazetteer, workers=1) for i in range(2)]
        sides = [result(p) for p in pair]
        same = same and readings(work / "out-one") == readings(work / "out-two")
        peak = max(peak, two["worker_peak_mb"])
        rates.append((count / two["seconds"], sum(count / 2 / s["seconds"] for s in sides)))
    ratios = sorted(two / pair for two, pair in rates)
    both = statistics.median(two for two, _ in rates)
    return {
        "documents": count, "docs_per_s_1": round(count / one["seconds"], 1), "docs_per_s_2": round(both, 1),
        "docs_per_s_two_unrelated": round(statistics.median(pair for _, pair in rates), 1),
        "efficiency_2": round(statistics.median(ratios), 3), "efficiency_2_spread": [round(ratios[0], 3), round(ratios[-1], 3)],
        "speedup_2": round(both / (count / one["seconds"]), 3), "same_bytes": same, "worker_peak_mb": peak,
    }  # fmt: skip


def engines(
    reports: list[Report], work: Path, gazetteer: Path, say: Callable[[str], None], count: int
) -> dict[str, Any]:
    """The same batch on each engine: seconds, and whether the bytes are the same."""
    inputs = write_lines(work / "engines", reports, count, 4)
    rows: dict[str, Any] = {"documents": count}
    for engine in ("local", "daft", "ray"):
        say(f"engine: {engine}")
        try:
            done = result(start(inputs, work / f"out-{engine}", gazetteer, workers=2, engine=engine))
        except RuntimeError as error:
            rows[engine] = {"missing": str(error).splitlines()[-1][:200]}
            continue
        rows[engine] = {
            "seconds": round(done["seconds"], 1),
            "same_bytes": readings(work / f"out-{engine}") == readings(work / "out-local"),
        }
    return rows


def bench(shared: Path, work: Path, say: Callable[[str], None], *, full: bool = False) -> dict[str, Any]:
    """Everything about batches."""
    from evaluation.bench_growth import growth
    from evaluation.gazetteer import shared_gazetteer

    gazetteer = shared_gazetteer(shared, work)
    reports = sample(shared, "news", 1)
    return {
        "main_text": main_text(reports, say), "archive": archives(reports, work, gazetteer, say, 4000 if full else 1500),
        "scaling": scaling(reports, work, gazetteer, say, 12_000 if full else 800),
        "growth": growth(reports, work, gazetteer, say, (10_000, 100_000, 1_000_000) if full else (1000, 4000)),
        "engines": engines(reports, work, gazetteer, say, 3000 if full else 300), "cores": os.cpu_count(),
        "bench_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip
