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
        ("The Russian ministry claimed that its forces have taken Spirne on July 1.", {"Spirne": "../2025-07-01"}),
        (
            "Haidai said Ukrainian forces have recaptured Spirne in the last 24 hours.",
            {"Spirne": "2025-07-02/2025-07-03"},
        ),
        ("Haidai said that Russian forces took Spirne as of 1800 local time on July 1.", {"Spirne": "../2025-07-01"}),
        ("As of July 1, Ukrainian forces have advanced near Spirne.", {"Spirne": "../2025-07-01"}),
        ("Prigozhin claimed that Wagner controls Spirne as of July 1.", {"Spirne": "2025-07-01"}),
        ("Pushilin announced the capture of Spirne on July 1.", {"Spirne": "../2025-07-01"}),
        ("The Russian capture of Spirne on July 1 surprised many.", {"Spirne": "2025-07-01"}),
        (
            "The Taliban captured Taloqan, the fifth provincial capital to fall in the past three days.",
            {"Taloqan": None},
        ),
        ("M23 seized Walikale, bringing the number of towns taken since January to seven.", {"Walikale": None}),
        (
            "Kadyrov posted a video late on July 1. Kadyrov claimed that Chechen fighters had taken Spirne.",
            {"Spirne": "../2025-07-01"},
        ),
        ("On July 1 Zelensky visited Bakhmut, which Russian forces have since captured.", {"Bakhmut": None}),
        (
            "A day after losing Spirne, Ukrainian forces withdrew from Rozdolivka on Sunday.",
            {"Spirne": None, "Rozdolivka": "2025-06-29"},
        ),
        ("Tokmak has been occupied since the first day of the full-scale invasion.", {"Tokmak": "2022-02-24/.."}),
        ("Russia seized Tokmak in the first days of its invasion of Ukraine.", {"Tokmak": "2022-02-24/2022-02-28"}),
        (
            "Ukrainian forces pushed Russian troops out of Andriivka in June, and in July they took Kindrativka.",
            {"Andriivka": "2025-06", "Kindrativka": "2025-07"},
        ),
        (
            "Russian forces took Vuhledar on October 1, 2024, and Kurakhove on January 6.",
            {"Vuhledar": "2024-10-01", "Kurakhove": "2025-01-06"},
        ),
        (
            "Wagner captured Soledar in January 2023 and Bakhmut four months later.",
            {"Soledar": "2023-01", "Bakhmut": "2023-05"},
        ),
        (
            "Avdiivka fell to Russian forces in February 2024 and Vuhledar in October.",
            {"Avdiivka": "2024-02", "Vuhledar": "2024-10"},
        ),
        (
            "Azerbaijani forces regained Aghdam on 20 November, Kalbajar on 25 November and Lachin on 1 December 2020.",
            {"Aghdam": "2020-11-20", "Kalbajar": "2020-11-25", "Lachin": "2020-12-01"},
        ),
        ("In 2022 Russian troops crossed the border. They captured Kherson in March.", {"Kherson": "2022-03"}),
        ("Zelensky, who visited Kupiansk on Sunday, said Ukrainian troops had recaptured Spirne.", {"Spirne": None}),
        ("On Monday, two days after the fall of Spirne, Russian forces shelled the town.", {"Spirne": None}),
        ("Residents spoke of the 2022 liberation of Kherson by Ukrainian troops.", {"Kherson": "2022"}),
        ("By June 2022 Russian forces controlled Kherson.", {"Kherson": "2022-06"}),
        (
            "The Wagner group, whose fighters captured Bakhmut in May, has left Spirne.",
            {"Bakhmut": "2025-05", "Spirne": None},
        ),
        (
            "Since the fall of Spirne in May, Russian forces have advanced towards Siversk.",
            {"Spirne": "2025-05", "Siversk": "2025-05/.."},
        ),
    ],
)
def test_dates(text: str, expected: dict[str, str | None], read: Callable[..., Reading]) -> None:
    claims = read(text, gate=False).claims
    assert {c.place.words: c.valid.edtf if c.valid else None for c in claims} == expected
