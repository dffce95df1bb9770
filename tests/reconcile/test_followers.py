"""Places that nobody names follow their surroundings, late; a line breaks where enough is told of one neighbourhood."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from reportedly.reconcile.field import Field, Ground
from reportedly.reconcile.followers import Followers
from reportedly.reconcile.spread import SpreadModel, Why
from reportedly.reconcile.terms import Parameters

from .test_spread import SIDE, START, claim, id_at

HAMLET = SIDE * SIDE + 1


@pytest.fixture
def ground() -> Ground:
    """The grid of villages, with one hamlet 1.2 km west of the village at column 19, row 20."""
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    lat, lon = 48.0 + row * 2 / 111.2, 37.0 + column * 2 / (111.2 * 0.664)
    at = id_at(19, 20) - 1
    return Ground.make(
        np.arange(1, HAMLET + 1), np.append(lat, lat[at]), np.append(lon, lon[at] - 1.2 / (111.2 * 0.664))
    )


def field_of(ground: Ground, east_of: int) -> Field:
    """RU holds all villages from a column on, the hamlet excepted."""
    column = np.append(np.arange(SIDE * SIDE) % SIDE, 0)
    return Field(ground, np.where(column >= east_of, 2.0, -2.0))


def test_a_hamlet_follows_its_village_after_a_while(ground: Ground) -> None:
    field, heard = field_of(ground, 10), np.zeros(HAMLET, np.int64)
    heard[:-1] = 1
    followers = Followers(field, heard, Parameters())
    told = claim(id_at(19, 20))
    followers.fell(5, id_at(19, 20) - 1, 1, told)
    assert list(followers.ripe(5)) == []
    soon = 5 + Parameters().follow_soon
    assert list(followers.ripe(soon)) == [(HAMLET - 1, 1, told)]
    assert list(followers.ripe(soon + 1)) == []  # once


def test_a_hamlet_that_is_nearly_shut_in_follows_sooner(ground: Ground) -> None:
    heard = np.zeros(HAMLET, np.int64)
    heard[:-1] = 1
    far = id_at(17, 20) - 1  # further away than follow_near_km
    days = []
    for east_of in (18, 5):  # with half of its surroundings, and with nearly all
        followers = Followers(field_of(ground, east_of), heard, Parameters())
        followers.fell(5, far, 1, None)
        days += [day for day in range(5, 30) if list(followers.ripe(day))]
    assert days == [5 + Parameters().settle_days, 5 + Parameters().follow_soon]


def test_a_hamlet_that_is_named_meanwhile_does_not_follow(ground: Ground) -> None:
    field, heard = field_of(ground, 10), np.zeros(HAMLET, np.int64)
    heard[:-1] = 1
    followers = Followers(field, heard, Parameters())
    followers.fell(5, id_at(19, 20) - 1, 1, None)
    heard[HAMLET - 1] = 6
    assert list(followers.ripe(100)) == []


def test_a_hamlet_amid_the_other_side_does_not_follow(ground: Ground) -> None:
    field, heard = field_of(ground, 30), np.zeros(HAMLET, np.int64)
    heard[:-1] = 1
    followers = Followers(field, heard, Parameters())
    followers.fell(5, id_at(19, 20) - 1, 1, None)
    assert list(followers.ripe(100)) == []


def test_a_rout_needs_losses_near_by() -> None:
    assert Parameters().losses >= 2
    assert Parameters().lost_km < 200  # losses at the other end of a front say nothing of this one


def test_falls_without_losses_close_nothing_in(ground: Ground) -> None:
    made = SpreadModel(ground, parties=("RU", "UA"))
    held = {id_at(c, r): "RU" if c >= SIDE // 2 else "UA" for c in range(SIDE) for r in range(SIDE)}
    made.start(START, {**held, HAMLET: "UA"})
    day = START + dt.timedelta(days=1)
    told = [claim(id_at(c, r), report=f"r{c}-{r}") for c in (12, 14) for r in (14, 18, 22, 26)]
    changes = made.advance(day, told)
    assert not [c for c in changes if c.why is Why.CUT_OFF]
