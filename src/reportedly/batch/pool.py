"""Worker processes of our own: a dead or stuck worker costs one task a second try, and the item that did it is found.

Why not concurrent.futures: there one dead process breaks the whole pool, and nothing says which item it died of.
"""

from __future__ import annotations

import multiprocessing as mp
import resource
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from reportedly.batch.worker import Setup, Worker
from reportedly.errors import ReportedlyError

__all__ = ["run_pool"]

UNBORN_MAX = 3  # workers that may die before they are ready: one may be killed by anybody, but not all of them
POISON_MAX = 25  # items of one task that may kill a worker before the task is given up
RETIRE = 1 << 30  # bytes: a worker that holds so much after a task makes way for a new one
SPARE = 96 << 20  # bytes that one that reads may gain after its first chunk: the parser keeps every word it ever saw
ALIVE = 10.0  # seconds between two signs of life of a worker that extracts
STUCK = 900.0  # seconds without a word from a worker before it is taken for stuck: 400 long reports take two minutes


@dataclass(slots=True)
class _Hand:
    """A worker process, the pipe to it, what it does now, where it is in it, and when it was last heard."""

    process: Any
    pipe: Connection
    task: dict[str, Any] | None = None
    at: str | None = None
    heard: float = 0.0
    ended: bool = False  # nothing more will come through the pipe


def _resident() -> int:
    """Bytes of memory this process holds; 0 on systems that do not say."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return 0


def _teller(pipe: Connection, task: dict[str, Any]) -> Callable[[str], None] | None:
    """What a worker says of a task on its way: each item where it is traced, now and then that it lives where it extracts."""
    if task.get("traced"):
        return lambda item: pipe.send(("at", item))
    if task["kind"] != "extract":
        return None
    last = time.monotonic()

    def alive(item: str) -> None:  # an archive of many gigabytes is read for longer than a stuck worker is waited for
        nonlocal last
        if time.monotonic() - last > ALIVE:
            last = time.monotonic()
            pipe.send(("alive", item))

    return alive


def _main(setup: Setup, pipe: Connection, retire: int, spare: int) -> None:
    """The life of a worker process."""
    try:
        worker = Worker(setup)
        pipe.send(("ready", None))
        enough, loaded = max(retire, _resident() + retire // 2), False
        while (task := pipe.recv()) is not None:
            account = worker.do(task, _teller(pipe, task))
            held = _resident()
            if task["kind"] != "extract" and not loaded:  # knowledge and model, however large they are, are loaded now
                loaded, enough = True, held + spare
            if held > enough:
                pipe.send(("last", account))
                return
            pipe.send(("done", account))
    except (EOFError, KeyboardInterrupt):
        return
    except ReportedlyError as error:
        pipe.send(("failed", str(error)))
    except Exception:  # the driver must hear why
        pipe.send(("failed", traceback.format_exc(limit=8)))


def run_pool(
    setup: Setup, tasks: Sequence[dict[str, Any]], *, workers: int, stuck: float | None = None
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Do the tasks on `workers` processes; yield (task, account) as they end, in no set order.

    A task whose worker dies or says nothing for `stuck` seconds is done again, step by step, to see at which item that
    happens; the item is then left out. Raises ReportedlyError where workers cannot start or fail for their own reasons.
    """
    context = mp.get_context("spawn")
    limit = STUCK if stuck is None else stuck
    queue = deque(
        sorted(tasks, key=lambda t: -int(t.get("weight", 0)))
    )  # long ones first: the ends come closer together
    hands = [_start(context, setup) for _ in range(min(workers, len(queue)))]
    open_tasks, unborn = len(queue), 0
    try:
        while open_tasks:
            ready = wait([h.pipe for h in hands], timeout=1.0)  # a dead worker's pipe ends, which is heard too
            for hand in list(hands):
                answer = _hear(hand) if hand.pipe in ready else None
                if answer is not None:
                    open_tasks -= 1
                    yield answer
                quiet = hand.task is not None and time.monotonic() - hand.heard > limit
                if quiet or hand.ended:
                    hands.remove(hand)
                    _end(hand)
                    unborn += hand.task is None and hand.at is None
                    if unborn > UNBORN_MAX:
                        raise ReportedlyError(
                            f"{unborn} worker processes died while starting (exit code {hand.process.exitcode}): is there enough memory?"
                        )
                    lost = _again(hand)
                    if lost is not None:
                        queue.appendleft(lost)
                    if queue:
                        hands.append(_start(context, setup))
                elif hand.task is None and hand.at == "ready" and queue:
                    try:
                        hand.pipe.send(queue[0])
                    except OSError:  # killed while it waited: the task is another's
                        hand.ended = True
                    else:
                        hand.task, hand.at, hand.heard = queue.popleft(), None, time.monotonic()
    finally:
        for hand in hands:
            _end(hand)


def _start(context: Any, setup: Setup) -> _Hand:
    ours, theirs = context.Pipe()
    process = context.Process(target=_main, args=(setup, theirs, RETIRE, SPARE), daemon=True)
    process.start()
    theirs.close()
    return _Hand(process=process, pipe=ours, heard=time.monotonic())


def _end(hand: _Hand) -> None:
    if hand.process.is_alive():
        hand.process.kill()
    hand.process.join()
    hand.pipe.close()


def _hear(hand: _Hand) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Take what the worker has to say; (task, account) where it finished one."""
    try:
        while hand.pipe.poll():
            kind, value = hand.pipe.recv()
            hand.heard = time.monotonic()
            if kind == "failed":
                raise ReportedlyError(f"A worker cannot go on: {value}")
            if kind == "ready":
                hand.at = "ready"
            elif kind == "at":
                hand.at = value
            elif kind in ("done", "last"):
                task = hand.task
                hand.task, hand.at, hand.ended = None, "ready", kind == "last"
                return (task, value) if task is not None else None
    except (EOFError, ConnectionResetError):
        hand.ended = True  # the process is gone
    return None


def _again(hand: _Hand) -> dict[str, Any] | None:
    """The task of a lost worker, to be done once more: traced at first, then without the item it died of."""
    task = hand.task
    if task is None:
        return None
    if not task.get("traced") or hand.at is None:
        lives = int(task.get("lives", 0)) + 1
        if lives > 3:
            raise ReportedlyError(f"Task {task['name']} ended its worker {lives} times without a trace of why.")
        return {**task, "traced": True, "lives": lives}
    if task["kind"] == "extract":
        return {**task, "stop": int(hand.at)}
    poisoned = [*task.get("poisoned", ()), hand.at]
    if len(poisoned) > POISON_MAX:
        raise ReportedlyError(
            f"Task {task['name']}: {len(poisoned)} reports ended their worker; something else is wrong."
        )
    return {**task, "poisoned": poisoned}
