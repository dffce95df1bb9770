"""Which passages are parsed: cues in company, not words alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.read.gate.gate import SHORT, Gate
from reportedly.read.parsing.passages import cut_sentences
from reportedly.read.parsing.words import TOKEN, Words


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
        "Heavy fighting raged in Sampletown through the night, and people hid in their cellars until it was light again outside.",
        "Gunfire was heard all morning as men with rifles stormed Sampletown, and shops along the main street were shut by noon.",
        "IS seized Palmyra after a week in which little had been heard from the desert road, activists said by telephone on Friday.",
        "Shells fell for hours, residents said, and the town of Sample changed hands twice before it was over late in the evening.",
        "Its soldiers have maintained control of the station and returned to the town, the spokesman said; nobody else was there.",
        "The loss of Sampletown was a heavy blow, the general said in a long interview that was shown on television at the weekend.",
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
        "It is close to a record, and she is returning to Paris, the coach said, after a summer that is said to have changed her plans.",
        "He fought all his life for better schools, and what he had written on them was returned to a library in London last year.",
        "The loss of a friend who had moved to France is hard to bear, she wrote in a long letter to her sister from the coast of Spain.",
        "Japan's losses are smaller than analysts had thought, and a record sum was posted by one of the banks, a newspaper wrote.",
        "",
    ],
)
def test_stays_shut(text: str) -> None:
    assert not Gate.of().opens(text + " The weather was fine and nothing else was spoken of." * 3)


def test_with_tags_a_new_clause_ends_the_search_for_a_place() -> None:
    gate = Gate.of()

    def may_claim(sentence: str) -> bool:
        words, tags = zip(*(pair.split("/") for pair in sentence.split()), strict=True)
        low = [word.lower() for word in words]
        return gate.may_claim(Words(words, low, frozenset(low), tags))

    assert may_claim("The/DT troops/NNS withdrew/VBD quietly/RB from/IN Sampletown/NNP ./.")
    assert not may_claim(
        "The/DT troops/NNS withdrew/VBD and/CC were/VBD met/VBN by/IN crowds/NNS from/IN Sampletown/NNP ./."
    )
    assert may_claim("Clashes/NNS with/IN soldiers/NNS broke/VBD out/RP in/IN Sampletown/NNP ./.")


OWN = (Path(__file__).parents[1] / "constructs.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    "change",
    [
        str,
        str.upper,
        lambda s: s.replace(" ", "  "),
        lambda s: s.replace(" ", " “"),
        lambda s: s.replace("-", " - "),
        lambda s: s.replace("-", "‑").replace("e", "é", 1),
        lambda s: f"Ғ{'ш' * 50} {s.replace(' and ', f' {chr(0x2022)} ')}",
        lambda s: s.replace(" ", " Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-", 1),
    ],
)
def test_what_is_asked_of_the_raw_text_hides_no_cue_that_its_words_have(change: Callable[[str], str]) -> None:
    gate = Gate.of()
    hidden = []
    for line in OWN:
        text = change(line)
        told = gate.around(text)
        found = gate.sentences(text, **told)
        for at in cut_sentences(text):
            sentence = text[slice(*at)]
            if at not in found and gate.may_claim(Words.of(sentence), short=len(text) < SHORT, **told):
                hidden.append(sentence)
    assert [s for s in hidden if "'s" not in s.lower() and "'re" not in s.lower()] == []


DULL = "It was a long day, and they were glad to be home and free of it in their own way."
TAKEN = "Rebels seize Goma"


@pytest.mark.parametrize(
    "text",
    [
        f"{DULL}\n\n{DULL} {DULL}\n\n{TAKEN}",
        f"{DULL}\n{DULL}\n\n\n{TAKEN}\n",
        f"{TAKEN}\n\n{DULL}",
        f"{DULL}\n\n{DULL}\nAlthough not everyone agreed, the minister went on.",
        f"Die Straße war lang.\n\n{DULL}\n\n{TAKEN}",
        f"{DULL} 'Remain in Sampletown', Russia said.",
        f"{DULL}\n\n{DULL}",
        f"{DULL} " * 40 + f"\n\n{DULL}",
        f"{DULL}\n\nThe front was quiet. {DULL}",
        "\n\n\n",
        "",
    ],
)
def test_a_text_is_worth_reading_if_the_gate_opens_to_a_paragraph(text: str) -> None:
    gate = Gate.of()
    parts = text.split("\n\n" if "\n\n" in text else "\n")
    opens = gate.disagrees(text) or any(gate.sentences(part, **gate.around(text)) for part in parts)
    assert gate.is_worth(text) == opens


def test_a_quotation_mark_hides_no_cue() -> None:
    """A contraction that begins like a cue behind the mark ('re, recaptured) is not taken for a word of its own."""
    assert Gate.of().opens("'Recaptured Sampletown', Russia tells its soldiers")


@pytest.mark.parametrize(
    "sentence",
    [
        "The storm took hold in Sampletown, and the village lay dark.",
        "Troops will storm Sampletown, and the village lies dark.",
        "To storm Sampletown they would need more men.",
        "Re-taken, Sampletown lay dark for most of the year.",
        "The front-held part of Sampletown is not in our hands.",
        "They have much, if not most, of Sampletown.",
        "Soldiers made it well into Sampletown.",
        "He's not in Sampletown with the troops, and it is quiet.",
        "The state-installed chief officer of Sampletown spoke.",
        "Fighting was heard for two whole days, and as many long, dark nights in all, of Sampletown.",
    ],
)
@pytest.mark.parametrize("war", [False, True])
def test_what_is_asked_of_the_raw_text_is_what_its_words_are_asked(sentence: str, *, war: bool) -> None:
    gate = Gate.of()
    found = gate.sentences(sentence, war=war)
    assert bool(found) == gate.may_claim(Words.of(sentence), short=True, war=war)


@pytest.mark.parametrize(
    "sentence",
    [
        "She's",
        "“So”",
        "over-run,",
        "a_b",
        "'tis",
        "U.S.",
        "(Kyiv)",
        "5,000",
        "don't.",
        "end.”",
        "x'll!",
        "-",
        "'s",
        "’s",
        "é,",
    ],
)
def test_words_are_cut_as_the_pattern_has_it(sentence: str) -> None:
    assert Words.of(f"{sentence} {sentence}").text == TOKEN.findall(f"{sentence} {sentence}")
