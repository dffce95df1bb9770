"""The field model on a made-up theatre: a grid of villages 2 km apart, one side in the east."""

from __future__ import annotations

import datetime as dt
import random
import time

import numpy as np
import pytest

from reportedly.model import (
    Attribution,
    Candidate,
    Claim,
    Extent,
    PlaceKind,
    PlaceRef,
    PlaceRelation,
    Polarity,
    Relation,
    Span,
    State,
    Time,
)
from reportedly.reconcile import banks
from reportedly.reconcile.banks import bank_of, on_bank
from reportedly.reconcile.evidence import Kind, weigh, when_said
from reportedly.reconcile.field import Field, Ground, Moves
from reportedly.reconcile.pockets import enclosed, first_depth
from reportedly.reconcile.spread import Change, Parameters, SpreadModel, Why
from reportedly.reconcile.tendencies import Tendencies

SIDE = 40  # villages a row
START = dt.date(2023, 1, 1)
SIDES = {"RU": 1, "UA": -1}


def id_at(column: int, row: int) -> int:
    """The id of a village of the grid."""
    return 1 + row * SIDE + column


@pytest.fixture(scope="module")
def ground() -> Ground:
    """A grid of SIDE by SIDE villages, 2 km apart."""
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    return Ground.make(np.arange(1, SIDE * SIDE + 1), 48.0 + row * 2 / 111.2, 37.0 + column * 2 / (111.2 * 0.664))


@pytest.fixture
def model(ground: Ground) -> SpreadModel:
    """RU holds the eastern half."""
    made = SpreadModel(ground, parties=("RU", "UA"))
    made.start(START, {id_at(c, r): "RU" if c >= SIDE // 2 else "UA" for c in range(SIDE) for r in range(SIDE)})
    return made


def claim(
    place: int,
    party: str = "RU",
    relation: Relation = Relation.TAKES,
    *,
    day: int = 1,
    report: str = "",
    **more: object,
) -> Claim:
    """A claim about a village, published some days after the start."""
    plain = PlaceRef(words="X", place_id=place, probability=1.0, relation=PlaceRelation(str(more.pop("near", "at"))))
    given: dict[str, object] = {
        "report_id": report or f"r{place}-{day}",
        "published": dt.datetime.combine(START + dt.timedelta(days=day), dt.time(), dt.UTC),
        "publisher": "Gazette",
        "relation": relation,
        "party": party,
        "place": more.pop("ref", plain),
        "span": Span(start=0, end=9),
        "quote": "",
    }
    return Claim(**{**given, **more})  # type: ignore[arg-type]


def go(model: SpreadModel, *claims: Claim, until: int = 1) -> list[Change]:
    """Let claims take effect, and go on to a day."""
    found: list[Change] = []
    for day in range(1, until + 1):
        today = [c for c in claims if (c.published.date() - START).days == day]
        found += model.advance(START + dt.timedelta(days=day), today)
    return found


def test_a_named_village_at_the_line_changes_hands_alone(model: SpreadModel) -> None:
    here = id_at(SIDE // 2 - 1, 20)
    changes = go(model, claim(here))
    assert [(c.place_id, c.party, c.why, c.inferred) for c in changes] == [(here, "RU", Why.NAMED, False)]
    status = model.status(here)
    assert (status.state, status.party, status.inferred, status.since) == (
        State.HELD,
        "RU",
        False,
        START + dt.timedelta(days=1),
    )
    assert status.claims_for == (claim(here).id,)


def test_between_the_line_and_towns_behind_it_is_inferred(model: SpreadModel) -> None:
    towns = [id_at(SIDE // 2 - 4, r) for r in (18, 20, 22)]
    changes = go(model, *(claim(t, report=f"r{t}") for t in towns))
    between = {c.place_id for c in changes if c.inferred}
    assert id_at(SIDE // 2 - 2, 20) in between
    assert all(c.party == "RU" and c.claim is not None for c in changes)
    assert id_at(2, 20) not in {c.place_id for c in changes}, "far beyond the towns nothing changes"
    assert model.status(next(iter(between))).inferred


def test_one_claim_far_behind_the_line_waits_for_a_second_witness(model: SpreadModel) -> None:
    deep = id_at(5, 20)
    shared_name = PlaceRef(words="X", place_id=deep, probability=0.6)
    assert go(model, claim(deep, ref=shared_name, report="a")) == []
    other = claim(id_at(6, 20), day=2, report="b")
    assert {c.place_id for c in model.advance(START + dt.timedelta(days=2), [other])} >= {deep, id_at(6, 20)}


def test_a_side_is_said_to_take_what_it_has_not_had_for_long(model: SpreadModel) -> None:
    had, wanted = id_at(SIDE // 2, 8), id_at(SIDE // 2 - 1, 30)
    either = tuple(Candidate(place_id=i, name="X", probability=p) for i, p in ((had, 0.8), (wanted, 0.2)))
    ref = PlaceRef(words="X", place_id=had, probability=0.8, candidates=either)
    late = Parameters().memory_days + 1
    assert go(model, claim(had, ref=ref), until=1) == [], "what was just the other's may well be told again"
    assert [c.place_id for c in go(model, claim(had, ref=ref, day=late), until=late)] == [wanted]


def test_agreeing_deep_claims_of_several_reports_carry_far(model: SpreadModel) -> None:
    row = [claim(id_at(10, r), report=f"r{r}") for r in (10, 18, 26)]
    together = len(go(model, *row))
    assert together > 100


def test_an_advance_settles_after_a_week_unless_answered(ground: Ground, model: SpreadModel) -> None:
    here = id_at(SIDE // 2 - 1, 5)
    into = claim(here, relation=Relation.ADVANCES)
    assert go(model, into, until=7) == []
    assert model.status(here).state is State.CONTESTED
    assert [c.why for c in go_on(model, 8)] == [Why.SETTLED]
    answered = SpreadModel(ground, parties=("RU", "UA"))
    answered.start(START, {id_at(c, r): "RU" if c >= SIDE // 2 else "UA" for c in range(SIDE) for r in range(SIDE)})
    denial = claim(here, polarity=Polarity.DENIED, day=3)
    assert go(answered, into, denial, until=12) == []


def test_an_advance_into_a_part_is_never_the_fall_of_the_whole(model: SpreadModel) -> None:
    here = id_at(SIDE // 2 - 1, 5)
    south = PlaceRef(words="the south of X", place_id=here, probability=1.0, relation=PlaceRelation.PART)
    assert go(model, claim(here, relation=Relation.ADVANCES, ref=south, extent=Extent(kind="part")), until=90) == []


def test_a_sides_own_word_counts_after_a_month_unless_answered(ground: Ground, model: SpreadModel) -> None:
    here = id_at(SIDE // 2 - 1, 5)
    boast = claim(here, attribution=Attribution(source="Ministry", side="RU"))
    assert go(model, boast, until=Parameters().town_days) == []
    assert [c.why for c in go_on(model, Parameters().town_days + 1)] == [Why.SETTLED]
    answered = SpreadModel(ground, parties=("RU", "UA"))
    answered.start(START, {id_at(c, r): "RU" if c >= SIDE // 2 else "UA" for c in range(SIDE) for r in range(SIDE)})
    assert go(answered, boast, claim(here, polarity=Polarity.DENIED, day=9), until=60) == []


def test_a_sides_own_word_is_dropped_where_others_report_on_most_days_and_say_nothing_of_it(model: SpreadModel) -> None:
    here = id_at(SIDE // 2 - 1, 5)
    boast = claim(here, attribution=Attribution(source="Ministry", side="RU"))
    others = [claim(id_at(SIDE // 2 + 3, 30), relation=Relation.CONTESTS, day=day) for day in range(1, 60)]
    assert here not in {c.place_id for c in go(model, boast, *others, until=60)}
    assert model.status(here).party == "UA"


def test_a_town_spoken_of_goes_over_only_where_it_is_named() -> None:
    three = Ground.make(np.arange(1, 4), np.full(3, 48.0), 37 + np.arange(3) / 74.4)
    told = {"at": np.array([0]), "side": np.array([1], np.int8), "target": np.array([0.6]), "carries": np.array([True])}
    for stay, others in ((False, 0), (True, 0), (True, 1)):
        field = Field(three, np.array([-6.0, -5.0, -9.0]))
        field.recent = [(1, 2, 1, k) for k in range(others)]  # another deep place told of: the line collapses
        field.apply(1, Moves(**told, witness=np.array([9])), np.array([False, stay, False]))  # type: ignore[arg-type]
        assert field.depth[0] > 0
        assert (field.depth[1] > 0) == (not stay or others > 0)


class Bank:
    """A river's bank with four villages on it."""

    def __init__(self, ground: Ground) -> None:
        self.rows = np.array([ground.index[id_at(c, 20)] for c in range(4, 8)])

    def members(self, told: Claim) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return self.rows

    def exact(self, told: Claim) -> bool:
        return True


def test_a_bank_far_behind_the_line_needs_two_reports(ground: Ground) -> None:
    quote = "They left the right bank of Example Oblast."
    place = PlaceRef(words="Example Oblast", kind=PlaceKind.REGION, place_id=900, span=Span(start=28, end=42))
    more = {"ref": place, "quote": quote, "span": Span(start=0, end=43), "extent": Extent(kind="part")}
    model = SpreadModel(ground, parties=("RU", "UA"), areas=Bank(ground))
    model.start(START, {id_at(c, r): "RU" if c >= SIDE // 2 else "UA" for c in range(SIDE) for r in range(SIDE)})
    first = claim(900, "UA", Relation.LOSES, report="one", **more)
    assert go(model, first) == []
    second = claim(900, "UA", Relation.LOSES, day=3, report="another", **more)
    found = model.advance(START + dt.timedelta(days=3), [second])
    assert {(c.party, c.why) for c in found} == {("RU", Why.AREA)}
    assert len(found) == 4


def go_on(model: SpreadModel, day: int) -> list[Change]:
    """One more day without claims."""
    return model.advance(START + dt.timedelta(days=day))


def test_fighting_near_a_place_changes_no_hands(model: SpreadModel) -> None:
    here = id_at(SIDE // 2 - 1, 30)
    assert go(model, claim(here, relation=Relation.ADVANCES, near="near"), until=20) == []


def test_a_sides_own_word_needs_company(model: SpreadModel) -> None:
    here = id_at(SIDE // 2 - 1, 12)
    boast = claim(here, attribution=Attribution(source="Ministry", side="RU"))
    assert go(model, boast) == []
    admission = claim(
        here, "UA", Relation.LOSES, day=1, attribution=Attribution(source="General Staff", side="UA"), report="z"
    )
    assert [c.party for c in model.advance(START + dt.timedelta(days=1), [admission])] == ["RU"]


def test_order_and_repetition_make_no_difference(ground: Ground) -> None:
    draw = random.Random(4)
    told = [
        claim(id_at(draw.randrange(SIDE // 2 - 4, SIDE // 2 + 4), draw.randrange(SIDE)), draw.choice(["RU", "UA"]),
              draw.choice([Relation.TAKES, Relation.ADVANCES]), day=draw.randrange(1, 9), report=f"q{n}")
        for n in range(120)
    ]  # fmt: skip
    depths = []
    for order in (told, told[::-1], told + told):
        made = SpreadModel(ground, parties=("RU", "UA"))
        made.start(START, {id_at(c, r): "RU" if c >= SIDE // 2 else "UA" for c in range(SIDE) for r in range(SIDE)})
        go(made, *order, until=20)
        depths.append(made.field.depth)
    assert np.array_equal(depths[0], depths[1])
    assert np.array_equal(depths[0], depths[2])


def test_probability_rises_with_depth_and_is_never_certain(model: SpreadModel) -> None:
    rows = np.array([model.ground.index[id_at(c, 20)] for c in range(SIDE)])
    p = model.probability(rows)
    assert np.all(np.diff(p) >= 0)
    assert 0 < p[0] < 0.05
    assert 0.95 < p[-1] < 1
    assert model.probability(rows[:1])[0] + (1 - model.probability(rows[:1])[0]) == pytest.approx(1)


def test_one_claim_takes_less_than_fifty_milliseconds(model: SpreadModel) -> None:
    go(model, claim(id_at(SIDE // 2 - 2, 3)))
    best = min(_timed(model, n) for n in range(3))
    assert best < 0.05


def _timed(model: SpreadModel, n: int) -> float:
    began = time.perf_counter()
    model.advance(START + dt.timedelta(days=2 + n), [claim(id_at(SIDE // 2 - 2, 8 + n), day=2 + n)])
    return time.perf_counter() - began


def test_open_pockets_behind_the_line_are_probable_and_say_so(ground: Ground) -> None:
    state: dict[int, str | None] = {
        id_at(c, r): "RU" if c >= SIDE // 2 else "UA" for c in range(SIDE) for r in range(SIDE)
    }
    pocket, at_line = id_at(SIDE - 5, 20), id_at(SIDE // 2, 20)
    state[pocket] = state[at_line] = None
    made = SpreadModel(ground, parties=("RU", "UA"))
    made.start(START, state)
    status = made.status(pocket)
    assert status.state is State.UNKNOWN
    assert status.inferred
    assert "probable, not reported" in status.reasons[0]
    go(made, until=8)
    assert made.status(pocket).party == "RU"
    assert made.status(at_line).party != "RU", "in the belt between the lines nothing is filled in"


def test_enclosed_needs_ground_all_around(ground: Ground) -> None:
    held = np.zeros(len(ground), np.bool_)
    held[[ground.index[id_at(c, r)] for c in range(10, 21) for r in range(10, 21) if (c, r) != (15, 15)]] = True
    ask = ~held
    found = enclosed(ground, held, ask, share=0.8)
    assert found[ground.index[id_at(15, 15)]]
    assert not found[ground.index[id_at(9, 15)]]


def test_first_depth_is_the_distance_to_the_other_side(ground: Ground) -> None:
    side = np.where(np.arange(len(ground)) % SIDE >= SIDE // 2, 1, -1).astype(np.int8)
    none = np.zeros(len(ground), np.bool_)
    depth, filled = first_depth(ground, side, none, none)
    assert not filled.any()
    assert depth[ground.index[id_at(SIDE // 2, 7)]] == pytest.approx(2, abs=0.1)
    assert depth[ground.index[id_at(SIDE // 2 - 2, 7)]] == pytest.approx(-4, abs=0.2)


def test_history_and_plans_do_not_move_the_present() -> None:
    old = Time(words="in 2021", edtf="2021", lower=dt.date(2021, 1, 1), upper=dt.date(2022, 1, 1))
    later = Time(words="in March", edtf="2023-03", lower=dt.date(2023, 3, 1), upper=dt.date(2023, 4, 1))
    assert when_said(claim(1, valid=old), arrival=True) is None
    assert when_said(claim(1, valid=later), arrival=True) is None
    assert when_said(claim(1, valid=old), arrival=False) == dt.date(2021, 12, 31).toordinal()


def test_losing_speaks_for_the_other_side_and_parts_are_less() -> None:
    (lost,) = weigh(claim(1, "RU", Relation.LOSES), SIDES)
    assert (lost.side, lost.kind) == (-1, Kind.HELD)
    (part,) = weigh(claim(1, "RU", extent=Extent(kind="part")), SIDES)
    assert part.kind is Kind.ENTERED
    assert weigh(claim(1, "M23"), SIDES) == ()


def test_tendencies_are_learned_from_other_voices_only() -> None:
    seen = Tendencies()
    boast = weigh(claim(1, attribution=Attribution(source="Ministry", side="RU")), SIDES)
    before = seen.weight(boast[0])
    seen.learn(boast)
    seen.learn(weigh(claim(1, day=3, attribution=Attribution(source="Governor", side="RU")), SIDES))
    assert seen.weight(boast[0]) == before, "its own friends confirm nothing"
    seen.learn(weigh(claim(1, day=4), SIDES))
    assert seen.weight(boast[0]) > before
    assert seen.of["Ministry", boast[0].interest].lead_days == 3


def test_a_bank_is_read_from_the_claims_own_words() -> None:
    quote = "The whole right bank of Kherson Oblast was freed."
    start = quote.index("Kherson")
    place = PlaceRef(words="Kherson Oblast", kind=PlaceKind.REGION, place_id=5, span=Span(start=start, end=start + 14))
    told = claim(5, "UA", ref=place, quote=quote, span=Span(start=0, end=len(quote)), extent=Extent(kind="part"))
    assert bank_of(told) == banks.Bank(word="right", river=None)
    assert [p.kind for p in weigh(told, SIDES)] == [Kind.HELD]
    kherson_oleshky = on_bank(banks.Bank(word="right", river=None), np.array([46.64, 46.62]), np.array([32.61, 32.72]))
    assert kherson_oleshky is not None
    assert kherson_oleshky.tolist() == [True, False]
