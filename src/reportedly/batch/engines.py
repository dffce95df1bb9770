"""The engines a batch may run on: our own processes, daft on this machine, daft on a Ray cluster; the same worker in each."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from reportedly.batch.pool import run_pool
from reportedly.batch.worker import Setup, Worker
from reportedly.errors import InputError

__all__ = ["ENGINES", "Engine", "run_tasks"]

Engine = Literal["local", "daft", "ray"]
ENGINES: tuple[Engine, ...] = ("local", "daft", "ray")

Done = tuple[dict[str, Any], dict[str, Any]]


def run_tasks(
    setup: Setup, tasks: Sequence[dict[str, Any]], *, engine: Engine, workers: int, address: str | None = None
) -> Iterator[Done]:
    """Do the tasks on an engine; yield (task, account) as they end.

    On `daft` and `ray` one class UDF does the whole of a task, with no sort, join or shuffle around it. Where the engine
    loses a task (a dead worker, a lost node) our own processes finish what is missing, and find the item to blame.
    Raises InputError where the engine is not installed.
    """
    if not tasks:
        return
    if engine == "local":
        yield from run_pool(setup, tasks, workers=workers)
        return
    by_name = {task["name"]: task for task in tasks}
    try:
        for name, account in _on_daft(setup, tasks, engine=engine, workers=workers, address=address):
            yield by_name.pop(name), account
    except (ImportError, InputError):
        raise
    except Exception as error:  # whatever the engine raises for a lost worker
        lost = f"{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else ''}"
        for task in by_name.values():
            task["after"] = lost
    if by_name:
        yield from run_pool(setup, list(by_name.values()), workers=workers)


def _on_daft(
    setup: Setup, tasks: Sequence[dict[str, Any]], *, engine: Engine, workers: int, address: str | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    os.environ.setdefault("DO_NOT_TRACK", "1")  # daft and Ray report their use unless told not to
    os.environ.setdefault("DAFT_ANALYTICS_ENABLED", "0")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import daft
    except ImportError:
        raise InputError(
            f"The engine {engine!r} needs daft: install reportedly[scale], or use --engine local."
        ) from None
    if engine == "ray":
        _use_ray(address)
    else:
        daft.context.set_runner_native()
    ordered = sorted(tasks, key=lambda t: -int(t.get("weight", 0)))
    frame = daft.from_pydict({"task": [json.dumps(task) for task in ordered]})
    if engine == "ray":
        frame = frame.into_partitions(min(len(ordered), workers * 4))
    work = _udf(daft, setup, workers)
    for row in frame.with_column("account", work(daft.col("task"))).iter_rows():
        yield json.loads(row["task"])["name"], json.loads(row["account"])


def _use_ray(address: str | None) -> None:
    try:
        import daft
        import ray
    except ImportError:
        raise InputError("The engine 'ray' needs Ray: install reportedly[scale], or use --engine local.") from None
    if not ray.is_initialized():
        ray.init(address=address, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    daft.context.set_runner_ray(noop_if_initialized=True)


def _udf(daft: Any, setup: Setup, workers: int) -> Any:
    """The class UDF: a worker that is made once in each replica and does whole tasks, one row at a time."""

    class DoTasks:
        def __init__(self) -> None:
            self.worker = Worker(setup)

        def __call__(self, task: Any) -> list[str]:
            return [json.dumps(self.worker.do(json.loads(one)), ensure_ascii=False) for one in task.to_pylist()]

    return daft.udf(return_dtype=daft.DataType.string(), concurrency=workers, batch_size=1)(DoTasks)
