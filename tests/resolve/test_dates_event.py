"""Which time dates the event and which only the announcement."""

from __future__ import annotations

import datetime as dt

import pytest

from reportedly.model import Span
from reportedly.resolve.dates import find_times, time_of_event

D = dt.date(2022, 5, 12)


def valid(
    sentence: str, cue: str, said: str | None = None, *, presupposed: bool = False, enduring: bool = False
) -> str | None:
    def span(words: str) -> Span:
        at = sentence.index(words)
        return Span(start=at, end=at + len(words))

    time = time_of_event(
        find_times(sentence, published=D),
        text=sentence,
        cue_span=span(cue),
        sentence_span=Span(start=0, end=len(sentence)),
        published=D,
        attribution_cue_span=span(said) if said else None,
        presupposed=presupposed,
        enduring=enduring,
    )
    return time.edtf if time else None


@pytest.mark.parametrize(
    ("sentence", "cue", "said", "expected"),
    [
        # the event is dated
        ("Rebel units captured Arvenholt on May 5.", "captured", None, "2022-05-05"),
        ("On May 5, rebel units captured Arvenholt.", "captured", None, "2022-05-05"),
        ("Arvenholt was liberated in September 2021 after a long siege.", "liberated", None, "2021-09"),
        ("In 2014 the army seized Arvenholt and sent troops to the coast.", "seized", None, "2014"),
        ("The ministry said that rebel units captured Arvenholt on May 5.", "captured", "said", "2022-05-05"),
        ("Arvenholt fell on May 5, the ministry said.", "fell", "said", "2022-05-05"),
        ("The army has held Arvenholt since March 2021.", "held", None, "2021-03/.."),
        # another event of the sentence is dated
        ("The army failed to take Arvenholt after militias regained it on May 5.", "take", None, None),
        ("The army regained Arvenholt, which had been a garrison since March.", "regained", None, None),
        (
            "Critics seized on the president's May 5 visit to speak of the retreat from Arvenholt.",
            "retreat",
            None,
            None,
        ),
        (
            "The governor says that rebels captured Arvenholt, and confirms that others took Brill yesterday.",
            "captured",
            None,
            None,
        ),
        ("The army advanced near Arvenholt on May 5 but has not captured the district.", "captured", None, None),
        ("Signs of the May 5 capture of Arvenholt are everywhere.", "capture", None, "2022-05-05"),
        ("Arvenholt was seized in a September 2021 raid.", "seized", None, "2021-09"),
        ("Graves were found in 2021 after Arvenholt and the port of Brill were occupied.", "occupied", None, "2021"),
        (
            "Geolocated footage from May 5 shows that troops have advanced into Arvenholt.",
            "advanced",
            None,
            "2022-05-05",
        ),
        (
            "Geolocated footage posted on May 9 shows troops advancing into Arvenholt.",
            "advancing",
            None,
            "../2022-05-09",
        ),
        # only the announcement is dated
        ("The ministry claimed on May 9 that rebel units captured Arvenholt.", "captured", "claimed", "../2022-05-09"),
        ("The ministry said on Monday its troops had taken Arvenholt.", "taken", "said", "../2022-05-09"),
        ("Rebel units captured Arvenholt, the ministry said on Monday.", "captured", "said", "../2022-05-09"),
        ("On Monday, the ministry said that rebel units captured Arvenholt.", "captured", "said", "../2022-05-09"),
        ("The governor on May 9 stated that the town had been taken.", "taken", "stated", "../2022-05-09"),
        # both
        ("The ministry said on May 9 that rebel units captured Arvenholt on May 5.", "captured", "said", "2022-05-05"),
        (
            "The general on May 9 stated that since the end of March they have regained eight villages.",
            "regained",
            "stated",
            "2022-03/2022-05-09",
        ),
        # neither
        ("Rebel units captured Arvenholt.", "captured", None, None),
        ("The ministry said that rebel units captured Arvenholt.", "captured", "said", None),
        # what is told beside a time
        ("The rebels have been on trial since 2021, when they seized Arvenholt.", "seized", None, "2021"),
        ("It began in 2021, which saw the fall of Arvenholt.", "fall", None, "2021"),
        ("The rebels left Brill in March, having failed to take Arvenholt.", "take", None, None),
        ("On Monday the mayor of Arvenholt, which rebels hold, spoke of a blast.", "hold", None, None),
        ("Hundreds left on Monday after rebels took Arvenholt.", "took", None, None),
        ("Rebels attacked Brill on May 5 but did not take Arvenholt.", "take", None, "2022-05-05"),
        ("The army left Arvenholt in late March and early April.", "left", None, "2022-03/2022-04"),
        ("The army took Arvenholt, its first town since March.", "took", None, None),
        ("The army took Arvenholt after a prolonged siege on May 5.", "took", None, "2022-05-05"),
        ("The army took Arvenholt after crossing the river on May 5.", "took", None, None),
        # two events of one sentence
        ("Having captured it in March, the army lost Arvenholt on May 5.", "lost", None, "2022-05-05"),
        ("Having captured it in March, the army lost Arvenholt on May 5.", "captured", None, "2022-03"),
        ("The army took Arvenholt in March but withdrew from it on May 5.", "took", None, "2022-03"),
        ("The army took Arvenholt in March but withdrew from it on May 5.", "withdrew", None, "2022-05-05"),
    ],
)
def test_choice(sentence: str, cue: str, said: str | None, expected: str | None) -> None:
    assert valid(sentence, cue, said) == expected


@pytest.mark.parametrize(
    ("sentence", "cue", "expected"),
    [
        ("The battle for Arvenholt began in May 2021 and has not ended.", "battle", "2021-05/.."),
        ("The army has held Arvenholt since it drove the rebels out in May 2021.", "held", "2021-05/.."),
        ("Since the fall of Brill in May 2021, rebels have advanced near Arvenholt.", "advanced", "2021-05/.."),
        ("Before the truce began on May 5, rebels held Arvenholt.", "held", "../2022-05-05"),
        ("Rebels held Arvenholt until their retreat on May 5.", "held", "../2022-05-05"),
        ("The army holds Arvenholt, a town of farmers before the war began in 2021.", "holds", None),
        ("Rebels have not advanced near Arvenholt since they lost Brill on May 5.", "advanced", "2022-05-05/.."),
    ],
)
def test_what_goes_on_is_bounded_by_an_event(sentence: str, cue: str, expected: str | None) -> None:
    assert valid(sentence, cue, enduring=True) == expected


def test_adjectives_are_not_dated_by_their_sentence() -> None:
    assert valid("Shells hit the rebel-held Arvenholt on May 5.", "rebel-held", presupposed=True) is None


def test_previously_held_means_before_publication() -> None:
    assert valid("Graves were found in the previously occupied town.", "occupied", presupposed=True) == "../2022-05-12"


def test_a_participle_has_its_own_time() -> None:
    assert (
        valid("Shells hit Arvenholt, occupied by rebels since 2019, on May 5.", "occupied", presupposed=True)
        == "2019/.."
    )
