"""The nouns: UTC only, ids by content, notation that round-trips."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import InputError
from reportedly.model import Extent, Report, Span, content_id, jsonable, require_utc

NOON = dt.datetime(2024, 2, 17, 12, tzinfo=dt.UTC)


def report(**changes: object) -> Report:
    return dataclasses.replace(Report(publisher="Example Agency", published=NOON, text="Words."), **changes)


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(InputError, match="must be a moment in UTC"):
        report(published=dt.datetime(2024, 2, 17, 12))


def test_a_moment_with_another_offset_is_refused() -> None:
    with pytest.raises(InputError, match="convert it first"):
        require_utc(dt.datetime(2024, 2, 17, 12, tzinfo=dt.timezone(dt.timedelta(hours=2))), what="published")


def test_a_report_without_publisher_says_what_to_do() -> None:
    with pytest.raises(InputError, match="--publisher"):
        report(publisher=" ")


def test_custody_is_no_part_of_a_reports_id() -> None:
    assert report(received=NOON, origin="a.txt", sha256="00").id == report().id


@pytest.mark.parametrize(
    "change", [{"text": "Other."}, {"publisher": "B"}, {"published": NOON.replace(hour=13)}, {"url": "u"}]
)
def test_content_is_part_of_a_reports_id(change: dict[str, object]) -> None:
    assert report(**change).id != report().id


@pytest.mark.parametrize("notation", ["whole", "part", "percent:99", "percent:99.3", "all_but:2"])
def test_extents_round_trip(notation: str) -> None:
    assert str(Extent.parse(notation)) == notation


@pytest.mark.parametrize("notation", ["", "half", "percent", "percent:x", "whole:2", "all_but"])
def test_other_extents_are_refused(notation: str) -> None:
    with pytest.raises(InputError, match="Extent must be"):
        Extent.parse(notation)


@given(st.integers(), st.integers())
def test_spans_are_ordered(start: int, end: int) -> None:
    if 0 <= start <= end:
        assert Span(start=start, end=end).end == end
    else:
        with pytest.raises(InputError):
            Span(start=start, end=end)


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.none()), max_size=5))
def test_ids_do_not_depend_on_key_order(value: dict[str, object]) -> None:
    assert content_id("x", value) == content_id("x", dict(reversed(list(value.items()))))


def test_moments_become_json_with_z() -> None:
    assert jsonable(report())["published"] == "2024-02-17T12:00:00Z"
