"""How much each kind of evidence counts, in one place, and how the sum becomes a probability that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["WEIGHTS", "Weights", "calibrated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of the evidence (log units); the values are reasoned and checked, not fitted, because registers differ."""

    tiers: tuple[float, ...] = (0.0, -0.3, -0.4, -2.0, -1.6, -2.5)  # in the order of TIER_ORDER
    tiers_alone: tuple[float, ...] = (0.0, -0.3, -1.8, -2.5, -1.6, -3.0)  # no memory: a loose spelling is seldom meant
    population: float = 0.25  # per e-fold of inhabitants, where a memory tells the rest
    population_alone: float = 0.7  # without one
    eclipse: float = 1.0  # per e-fold that a namesake on the same front is larger: who means the lesser one says so
    country: float = 1.0
    war: float = 1.2
    memory: tuple[float, ...] = (0.5, 1.0, 0.3)  # per scale of the memory
    front: float = 1.5  # what was generally known of the front on the day
    memory_prose: tuple[float, ...] = (0.3, 0.6, 0.3)  # the same in prose, which says itself where a place lies
    quiet_prose: float = 0.1
    quiet: float = 0.01  # weight that is as good as none
    saturates: float = 3.0  # weight around a place beyond which more says little, in prose
    own: float = 0.8  # how much what was remembered of the name itself counts
    joint: float = 0.6  # the memory tells much of what neighbours tell
    joint_alone: float = 0.9  # without one
    joint_km: float = 18.0
    fading: float = 1.5  # how quickly mentions farther off in the text count less
    region_at: float = 4.0  # "X, Kharkiv Oblast"
    region_text: float = 1.2
    directions: float = 1.0  # "12 km south of X"; 0 leaves distances unread
    also: float = 2.5
    quarter: float = -3.0  # city quarters, former places
    same_km: float = 4.0  # candidates this near are one answer
    known: float = 5.0  # log odds that a name of the text's country, as written, is in the gazetteer
    misplaced: float = 6.0  # the same against a loosely spelt name that lies elsewhere than the text says
    threshold: float = 0.53
    keep: int = 8
    reach: int = 8  # how many mentions away neighbours count


WEIGHTS = Weights()
TEMPERATURE = 1.5  # evidence of neighbours and memory is counted as if independent, which it is not


def calibrated(p: float) -> float:
    """Probability as measured on reachable mentions of the stream (docs/places.md): the raw sum is too sure, by one factor."""
    p = min(max(p, 1e-9), 1.0 - 1e-9)
    return float(1.0 / (1.0 + ((1.0 - p) / p) ** (1.0 / TEMPERATURE)))
