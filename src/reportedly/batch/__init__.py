"""The same two functions on one core, many cores or a cluster; the only package that knows the engine."""

from reportedly.batch.loop import Outcome, read_into, read_safely

__all__ = ["Outcome", "read_into", "read_safely"]
