"""Models are made once a day asked for; those of large ledgers while nobody waits."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

from reportedly.publish.modelled import KEPT, Models

DAY = dt.date(2024, 1, 1)


def test_a_model_is_made_once_and_the_oldest_is_dropped() -> None:
    made: list[int] = []
    models = Models()

    def make(number: int) -> Any:
        made.append(number)
        return number

    for number in (0, 0, 1, 2, 3, 4, 1, 0):
        key = ("UA", DAY + dt.timedelta(days=number), None)
        assert models.now(key, lambda number=number: make(number)) == number  # type: ignore[misc]
    assert made == [0, 1, 2, 3, 4, 0], "one more than are kept, so that the first was dropped"
    assert KEPT == 4


def test_nobody_waits_for_a_model_made_in_the_background() -> None:
    go, key = threading.Event(), ("UA", DAY, None)
    models = Models()
    made: list[int] = []

    def make() -> Any:
        go.wait(10)
        made.append(1)
        return "model"

    assert models.soon(key, make) is None
    assert models.soon(key, make) is None, "it is still being made, and not a second time"
    go.set()
    assert models.now(key, make) == "model"
    assert models.soon(key, make) == "model"
    assert made == [1]
