"""Which passages are parsed: cues in company, not words alone."""

from __future__ import annotations

import pytest

from reportedly.read.gate import Gate


@pytest.mark.parametrize(
    "text",
    [
        "The village of Sample was liberated last week.",
        "Army besieges Sampletown",
        "Ukrainian forces have taken back the town, the governor said on Monday after a long silence about the matter.",
        "Rebels seize Goma",
        "The last defenders pulled out of the city under fire, and the mayor said that he would stay with them to the end.",
        "The Russian-installed head of the region spoke.",
        "M23 fighters entered the outskirts of the city on Friday, residents said, and soldiers were seen leaving by boat.",
        "Russia says that it controls Avdiivka.",
        "Although not everyone agreed, the minister went on.",
        "Nothing happened for days. Then troops took the hill above the village, and the officials went home at last.",
    ],
)
def test_opens(text: str) -> None:
    assert Gate.of().opens(text)


@pytest.mark.parametrize(
    "text",
    [
        "The visitors took the lead after the break and held it until the whistle, to the delight of their supporters.",
        "Shares fell on Friday, and the company lost customers to its rivals over the year.",
        "She left the company to take care of her parents, and moved back to the coast.",
        "President Putin spoke to the president of Ukraine on the phone about the war, the Kremlin said on Tuesday evening in a short note.",
        "The forces of the market are strong in Russia, an economist wrote in a long essay for a newspaper that few people buy any more. He kept his promise to come, and his friends were glad to hear it said aloud at the end of the evening.",
        "",
    ],
)
def test_stays_shut(text: str) -> None:
    assert not Gate.of().opens(text)
