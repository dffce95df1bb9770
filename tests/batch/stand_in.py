"""A reader that is quick to load, for testing the machinery around the reader; it can be made to die of a text."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from reportedly.batch.worker import Kit
from reportedly.model import Claim, PlaceRef, Reading, Relation, Report, Span
from reportedly.settings import Settings

FINDS = re.compile(r"(\w+) captured (\w+)")


def read(report: Report) -> Reading:
    if "POISON" in report.text:
        os._exit(9)
    if "STUCK" in report.text:
        time.sleep(60)
    if "ONCE" in report.text:  # dies the first time only: a worker killed in the middle
        flag = Path(os.environ["STAND_IN_FLAG"])
        if not flag.exists():
            flag.touch()
            os._exit(9)
    if "BROKEN" in report.text:
        raise ValueError("this text breaks the reader")
    claims = tuple(
        Claim(
            report_id=report.id, published=report.published, publisher=report.publisher, relation=Relation.TAKES, party=m[1],
            place=PlaceRef(words=m[2]), span=Span(start=m.start(), end=m.end()), quote=m[0],
        )
        for m in FINDS.finditer(report.text)
    )  # fmt: skip
    return Reading(report_id=report.id, reader="stand-in/1", claims=claims)


def kit(settings: Settings) -> Kit:
    return Kit(read=read, worth_reading=lambda text: "captured" in text)
