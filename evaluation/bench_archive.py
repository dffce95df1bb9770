"""Where an archive's time goes: each step of `extract` timed where it stands, less the steps within it.

    python -m evaluation.bench_archive [--shared ../shared] [--count 1500] [--general]

prints milliseconds a page of each step and whose it is. Pages are the shared articles, all about a war; with `--general` they are
drawn from their paragraphs as in `evaluation.bench_growth`, one in ten worth reading.
"""

from __future__ import annotations

import argparse
import functools
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from fastwarc import warc
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from reportedly.batch import units
from reportedly.batch.worker import standard_kit
from reportedly.ingest import archives, article, nesting, records
from reportedly.ingest.page import decode
from reportedly.ingest.trace import language
from reportedly.settings import Settings

__all__ = ["libraries", "profile"]

# step, whose it is, and the functions that make it up
STEPS: tuple[tuple[str, str, tuple[tuple[Any, str], ...]], ...] = (
    ("records of the archive", "fastwarc", ((archives, "_record_report"), (archives, "_ends_whole"))),
    ("decoding", "Python", ((article, "decode"),)),
    ("parse HTML", "resiliparse", ((nesting, "HTMLTree"),)),
    ("main text", "resiliparse", ((article, "_main_text"),)),
    ("language", "resiliparse", ((article, "other_language"), (records, "language"))),
    ("metadata", "ours", ((article, "parse_page"),)),
    ("dateline, caption, agency, relays", "ours", ((records, "trace"),)),
    (
        "cleaning, hash, the record itself",
        "ours",
        ((article, "make_report"), (article, "html_report"), (article, "clean")),
    ),
    ("chunks: JSON, ids, gzip", "ours", ((units, "encode"), (units, "_close"), (units, "_row"))),
    ("signature for near duplicates", "ours", ((units, "sign"),)),
)
RECORDS, GATE, REST = STEPS[0][0], "is it worth reading: the gate", "all else"


class Clock:
    """Processor time by step; what a step within another takes is that step's alone."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._stack: list[str] = [REST]
        self._since = time.process_time()

    def switch(self) -> None:
        """Book the time since the last switch on the step that is running."""
        now = time.process_time()
        self.seconds[self._stack[-1]] += now - self._since
        self._since = now

    def timed(self, step: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time booked on a step."""

        @functools.wraps(call)
        def run(*args: Any, **more: Any) -> Any:
            self.switch()
            self._stack.append(step)
            try:
                return call(*args, **more)
            finally:
                self.switch()
                self._stack.pop()

        return run

    def each(self, step: str, items: Iterator[Any]) -> Iterator[Any]:
        """The same items, the time until each comes booked on a step."""
        following = self.timed(step, functools.partial(next, items, None))
        while (item := following()) is not None:
            yield item


class _Parser:
    """Stands in for the parser of pages, whose `parse` is timed."""

    def __init__(self, clock: Clock, step: str, parser: Any) -> None:
        self.parse = clock.timed(step, parser.parse)


@contextmanager
def _watched(clock: Clock) -> Iterator[None]:
    """Time every step while the block runs."""
    before = [(module, name, getattr(module, name)) for _, _, found in STEPS for module, name in found]
    iterator = warc.ArchiveIterator
    before.append((warc, "ArchiveIterator", iterator))
    module: Any = warc
    module.ArchiveIterator = lambda *given, **more: clock.each(RECORDS, iter(iterator(*given, **more)))
    for step, _, found in STEPS:
        for module, name in found:
            call = getattr(module, name)
            setattr(module, name, _Parser(clock, step, call) if name == "HTMLTree" else clock.timed(step, call))
    try:
        yield
    finally:
        for module, name, call in before:
            setattr(module, name, call)


def profile(path: Path, gazetteer: Path, folder: Path, *, duplicates: bool = True) -> dict[str, Any]:
    """Extract a WARC into chunks and say how many milliseconds of processor time a page each step took."""
    kit = standard_kit(Settings(gazetteer=gazetteer))
    unit, options = units.Unit(addresses=(str(path),), name="bench", size=1), units.Options(duplicates=duplicates)
    units.extract(unit, folder, options, kit.worth_reading, stop=100)  # what is loaded or compiled once is not counted
    language("Det var en gång en liten by vid havet, där ingen hade hört talas om något krig. " * 5)  # loads py3langid
    began = time.process_time()
    account = units.extract(unit, folder, options, kit.worth_reading)
    seconds = time.process_time() - began
    clock = Clock()
    worth = clock.timed(GATE, kit.worth_reading)
    with _watched(clock):  # once more for the steps: to look at the clock thirty times a page takes time of its own
        units.extract(unit, folder, options, worth)
        clock.switch()
    count = account["counts"].get("reports", 0)
    whose = {step: owner for step, owner, _ in STEPS} | {GATE: "ours", REST: "fastwarc, ours"}
    steps = {step: round(s / count * 1000, 4) for step, s in sorted(clock.seconds.items(), key=lambda pair: -pair[1])}
    libraries = sum(ms for step, ms in steps.items() if whose[step] in ("fastwarc", "resiliparse", "Python"))
    return {
        "documents": count, "to_read": account["counts"].get("to read", 0), "docs_per_s_extraction": round(count / seconds, 1),
        "extraction_ms": round(seconds / count * 1000, 4), "share_of_libraries": round(libraries / sum(steps.values()), 3),
        "milliseconds_a_document": {f"{step} ({whose[step]})": ms for step, ms in steps.items()},
    }  # fmt: skip


def libraries(path: Path) -> float:
    """Milliseconds of processor time a page of the two libraries alone: records, decoding, parsing, main text."""
    count, began = 0, time.process_time()
    for record in warc.ArchiveIterator(str(path), parse_http=True):
        tree = HTMLTree.parse(decode(record.reader.read(), "utf-8"))
        extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False)
        count += 1
    return round((time.process_time() - began) / max(1, count) * 1000, 4)


def main() -> int:
    """Write the archive, profile it, print the steps."""
    from evaluation.bench_batch import write_warc
    from evaluation.bench_growth import articles
    from evaluation.bench_reading import sample
    from evaluation.gazetteer import shared_gazetteer

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--general", action="store_true")
    given = parser.parse_args()
    work = Path("var/bench")
    work.mkdir(parents=True, exist_ok=True)
    reports = sample(given.shared, "news", 1)
    with suppress(FileNotFoundError):
        (work / "profile.warc.gz").unlink()
    path = write_warc(
        work / "profile.warc.gz", articles(reports, given.count) if given.general else reports, given.count
    )
    alone = libraries(path)
    found = profile(path, shared_gazetteer(given.shared, work), work / "profile") | {"libraries_alone_ms": alone}
    for step, ms in found.pop("milliseconds_a_document").items():
        print(f"{step:<56}{ms:>8.3f} ms")
    for name, value in found.items():
        print(f"{name:<56}{value:>8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
