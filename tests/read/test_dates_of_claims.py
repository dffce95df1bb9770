"""The day that a claim is given: of its own clause, in the year that the verb's tense leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly.model import Reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M23, which took Goma in January, has entered Bukavu.", {"Goma": "2025-01", "Bukavu": None}),
        (
            "It would be the biggest gain of the rebels since they took Goma at the end of January.",
            {"Goma": "2025-01"},
        ),
        (
            "Rogov claimed that Russian forces captured Orikhiv, Kamianske, and Novoandriivka on January 20.",
            {"Orikhiv": "2025-01-20", "Kamianske": "2025-01-20", "Novoandriivka": "2025-01-20"},
        ),
        (
            "Russian forces made gains south of Lysychansk and will likely reach the city in the coming days.",
            {"Lysychansk": None},
        ),
        ("Russian forces captured Toshkivka yesterday.", {"Toshkivka": "2025-07-02"}),
    ],
)
def test_dates(text: str, expected: dict[str, str | None], read: Callable[..., Reading]) -> None:
    claims = read(text, gate=False).claims
    assert {c.place.words: c.valid.edtf if c.valid else None for c in claims} == expected
