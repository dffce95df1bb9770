"""Rewordings: sentences of our own in other words for the same (who tells and where, who acts, what is done), with their claims.

Where `evaluation.changes` puts words before, behind or into a sentence, these say it otherwise, and so find where a rule knows one
wording alone. A rewording is a function of a case that gives the reworded case, or None where it would be bad English.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evaluation.changes import CLOCK, LOWERED, Case, Change, opened, place_of, swapped
from evaluation.retellings import ACTOR, another_speaker, retold, told_by, told_in_the_middle
from evaluation.wordings import ENTERS, GAINS, HOLDS, LEAVES, LIKE, SPEAKERS, TAKES

__all__ = ["REWORDINGS"]

TOWN = r"(?:the (?:town|city|village|settlement) of )?"
SIDES = {
    "Russian": "Ukrainian",
    "Russia": "Ukraine",
    "Russians": "Ukrainians",
    "Moscow": "Kyiv",
    "RU": "UA",
}
BOTH_WAYS = SIDES | {new: old for old, new in SIDES.items()}
ONE_SIDED = re.compile(
    r"liberat|occup|inva[ds]|annex|enemy|separat|republic|defen|counter|border|incursion|backed|installed|peninsula|fell\b|fall"
    r"|claim|flag|sieg|rebel|region|oblast|war\b|territor|collapse|front|siz|land\b|rival|exile|soil|surrend|country|fight|clash|battle"
    r"|held|hands|government|\b(?:Russian|Ukrainian) (?:\w+ )?(?:town|city|cities|village|settlement|hub|port)"
    r"|\b(?:in|of|across|inside|parts?) (?:Russia|Ukraine)\b|area",
    re.IGNORECASE,
)  # what belongs to one of the two sides, or takes its party from the war
NUMBERS = dict(zip(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(2, 11), strict=True))
NOTHING_BEFORE = r"(?<!the )(?<!other )(?<!some )(?<!more )(?<!no )(?<!No )(?<!and )(?<!of )(?<!all )(?<!most )(?<!many )(?<!Many )(?<!invading )"


def _named(pattern: str, words: str) -> Change:
    """Who acts by other words, where the words do not tell who speaks; `words` begins small and is raised where it opens a sentence."""

    def change(case: Case) -> Case | None:
        if any(re.search(pattern, claim) or "| RSF" in claim for claim in case.claims):
            return None
        text = re.sub(
            pattern,
            lambda found: (
                words[:1].upper() + words[1:]
                if found.start() == 0 or case.text[max(0, found.start() - 2) : found.start()] in (". ", "? ")
                else words
            ),
            case.text,
        )
        return case.told(text) if text != case.text else None

    return change


def _army(adjective: str, words: str) -> Change:
    """An army for "forces", which may be many: before a verb that is the same for one, with nothing that counts them."""
    named = _named(
        rf"{NOTHING_BEFORE}\b{adjective} (?:forces|troops)\b(?= (?:captured|seized|took|entered|retook|withdrew|advanced|had|did)\b)",
        words,
    )

    def change(case: Case) -> Case | None:
        many = re.search(r"\b(?:their|they|them|are|were|have|who)\b", case.text)
        return None if many or len(re.findall(f"{adjective} (?:forces|troops)", case.text)) != 1 else named(case)

    return change


def _sides_swapped(case: Case) -> Case | None:
    """Russia for Ukraine and the other way round, in the text and its claims."""
    places = " ".join(map(place_of, case.claims))
    if not case.claims or ONE_SIDED.search(case.text) or re.search(r"Russia|Ukrain|Kyiv|Moscow|Kursk|Belgorod", places):
        return None
    known = set(BOTH_WAYS) | LOWERED | set(places.split()) | {"Kyiv's", "Moscow's", "Russia's", "Ukraine's"}
    if not set(re.findall(r"\b[A-Z][\w'’]*", case.text)) <= known:
        return None
    named = {"RU": "Russia|Moscow", "UA": "Ukrain|Kyiv"}
    if not all(
        claim.split()[1] in named
        and re.search(named[claim.split()[1]], case.text)
        and not re.search(named["UA" if claim.split()[1] == "RU" else "RU"], case.text)
        for claim in case.claims
    ):
        return None

    def swap(text: str) -> str:
        return re.sub(r"\b\w+\b", lambda found: BOTH_WAYS.get(found[0], found[0]), text)

    return Case(swap(case.text), tuple(swap(claim) for claim in case.claims))


def _another_war(fighters: str, party: str, place: str) -> Change:
    """Another party at another place, in a sentence of Russian forces and one place that names nothing else."""

    def change(case: Case) -> Case | None:
        old = case.place
        if old is None or ONE_SIDED.search(case.text) or any(claim.split()[1] != "RU" for claim in case.claims):
            return None
        if not set(re.findall(r"\b[A-Z][\w'’]*", case.text)) <= LOWERED | {"Russian", old}:
            return None
        if len(re.findall("Russian", case.text)) != 1 or old not in case.text:
            return None
        moved = case.told(case.text.replace(old, place))
        moved = replace(
            moved, claims=tuple(claim.replace(old, place).replace(" RU ", f" {party} ") for claim in case.claims)
        )
        return _named(rf"{NOTHING_BEFORE}\bRussian (?:forces|troops|soldiers)\b", fighters)(moved)

    return change


def _kind(old: str, new: str) -> Change:
    """Another kind of settlement, in the claims as well, where the text knows one kind alone."""

    def change(case: Case) -> Case | None:
        others = {
            "town": "village|cit(?:y|ies)|settlement",
            "village": "town|cit(?:y|ies)|settlement",
            "city": "village|town|settlement",
        }[old]
        if re.search(rf"\b(?:{others})s?\b", case.text) or re.search(
            rf"[A-Z]\w+ {old}|{old}ship|capital|largest|million|(?:to|of) {old}\\b|{old} (?:council|hall)", case.text
        ):
            return None
        if not re.search(rf"\b{old}s?\b|\bcities\b", case.text):
            return None

        def swap(text: str) -> str:
            text = re.sub(r"\bcities\b", f"{new}s", text) if old == "city" else text
            text = re.sub(rf"\b{old}(s?)\b", rf"{new}\1", text)
            return text.replace("citys", "cities")

        return Case(swap(case.text), tuple(swap(claim) for claim in case.claims))

    return change


def _passive(case: Case) -> Case | None:
    """ "Lyman was captured by Russian forces."."""
    made = re.match(
        rf"^({ACTOR}) (captured|seized|recaptured|liberated|surrounded|encircled) ({TOWN}[A-Z]\w+(?: [A-Z]\w+)?)"
        r"(, [^,]+ said|(?: (?:on|in|after|last|late|early|this|earlier|at|two|three|a|months|years)\b.*)?)\.$",
        case.text,
    )
    points = re.search(r"\b(?:their|its|it|they|and|but|which|who)\b|[.:;]|Region|Oblast|Province", case.text[:-1])
    if made is None or len(case.claims) != 1 or points:
        return None
    actor = re.sub(r"^(?:The|Rebels|Insurgents)\b", lambda found: found[0].lower(), made[1])
    return case.told(f"{made[3][:1].upper()}{made[3][1:]} was {made[2]} by {actor}{made[4]}.")


def _perfect(case: Case) -> Case | None:
    """ "Russian forces have captured Lyman.", of what is told without a time."""
    made = re.match(
        r"^((?:Russian|Ukrainian) (?:forces|troops)|[Rr]ebels|Insurgents|The rebels) (captured|seized|took|entered|retook|recaptured|withdrew|advanced|regained)\b(.*)$",
        case.text,
    )
    if (
        made is None
        or not case.single
        or re.search(CLOCK + r"|\b(?:when|before|after|while|until|since|in \d|and|once|then)\b", case.text)
    ):
        return None
    participle = {"took": "taken", "retook": "retaken", "withdrew": "withdrawn"}.get(made[2], made[2])
    return case.told(f"{made[1]} have {participle}{made[3]}")


def _placed(words: str, *, before: bool = True) -> Change:
    """A sentence about another place beside one that points back to nothing."""

    def change(case: Case) -> Case | None:
        points = re.search(
            r"\b(?:it|its|they|their|them|he|she|there|this|that|these|those|both|former|latter|where|here)\b",
            case.text,
            re.IGNORECASE,
        )
        if (
            not re.search("Russia|Ukrain|Kyiv|Moscow", case.text)
            or "–" in case.text
            or not case.single
            or points
            or re.search(
                r"\b(?:the|a|an|in) (?:\w+ )?(?:city|town|village|settlement|district|suburb|area|region|province|outskirts|quarters?|latter|centre|center|place)s?\b",
                case.text,
                re.IGNORECASE,
            )
        ):
            return None
        return case.told(f"{words} {case.text}" if before else f"{case.text} {words}")

    return change


def _digits(case: Case) -> Case | None:
    """Numbers in digits, in the claims as well."""
    if not re.search(
        r"\b(?:"
        + "|".join(NUMBERS)
        + r") (?:\w+ )?(?:villages|towns|cities|settlements|districts|regions|provinces)\b",
        case.text,
    ):
        return None

    def swap(text: str) -> str:
        return re.sub(
            r"\b("
            + "|".join(NUMBERS)
            + r")\b(?= (?:\w+ )?(?:villages|towns|cities|settlements|districts|regions|provinces)\b)",
            lambda found: str(NUMBERS[found[0]]),
            text,
        )

    return Case(swap(case.text), tuple(swap(claim) for claim in case.claims))


def _inside(words: str) -> Change:
    """An adverb before what somebody did."""

    def change(case: Case) -> Case | None:
        did = rf"\b({ACTOR}) (?=(?:captured|seized|took|entered|retook|recaptured|regained|withdrew|pulled out|retreated)\b)"
        if len(re.findall(did, case.text)) != 1 or re.search(rf"\b{words}\b", case.text):
            return None
        text = re.sub(did, rf"\1 {words} ", case.text)
        return case.told(text)

    return change


def _behind(words: str) -> Change:
    """A narrated sentence, ended by a clause of no matter."""

    def change(case: Case) -> Case | None:
        if (
            not case.single
            or not case.narrated
            or re.search(r",|\b(?:as|after|while|when|but|if|despite|amid|where|which|with)\b|^(?:No|Near)", case.text)
        ):
            return None
        return case.told(f"{case.text[:-1]}{words}.")

    return change


def _region(case: Case) -> Case | None:
    """ "Kherson Region" for "Kherson Oblast", in the claims as well."""
    if "Oblast" not in case.text or re.search(r"[Rr]egion", case.text):
        return None
    return Case(
        case.text.replace("Oblast", "Region"), tuple(claim.replace("Oblast", "Region") for claim in case.claims)
    )


def _done(pattern: str, words: str, relation: str = "") -> Change:
    """Another verb for what was done at a place that a claim names right behind it; a claim of a relation on the whole place, if asked."""

    def change(case: Case) -> Case | None:
        for claim in case.claims:
            place, what = place_of(claim), claim.partition(" | ")[0]
            if relation and not (what.startswith(f"{relation} ") and what.endswith(f" {place}")):
                continue
            text = re.sub(rf"\b({ACTOR}) {pattern} (?={TOWN}{re.escape(place)}\b(?![-'’]))", rf"\1 {words} ", case.text)
            if text != case.text:
                return case.told(text)
        return None

    return change


RUSSIAN, UKRAINIAN = (
    rf"{NOTHING_BEFORE}\b{adjective} (?:forces|troops)\b(?! (?:\w+ )?(?:and|or) )"
    for adjective in ("Russian", "Ukrainian")
)

REWORDINGS: dict[str, Change] = {
    "who tells, at the end": retold("CLAUSE, who said."),
    "who tells, before": retold("WHO said clause."),
    "who tells, with that": retold("WHO said that clause."),
    "who tells, in the middle": told_in_the_middle,
    "said who": retold("CLAUSE, said who."),
    "according to who": retold("According to who, clause."),
    "as who put it": retold("CLAUSE, according to who."),
    "stated that": retold("WHO stated that clause."),
    "announced that": retold("WHO announced that clause."),
    "noted that": retold("WHO noted that clause."),
    "told reporters that": retold("WHO told reporters that clause."),
    "told an agency on a day": retold("WHO told Reuters on Tuesday that clause."),
    "wrote on Telegram that": retold("WHO wrote on Telegram that clause."),
    "said in a statement": retold("In a statement, who said that clause."),
    "was quoted as saying": retold("WHO was quoted as saying that clause."),
    "stated, behind": retold("CLAUSE, who stated."),
    "wrote, behind": retold("CLAUSE, who wrote on social media."),
    "noted, behind": retold("CLAUSE, who noted."),
    "announced, behind": retold("CLAUSE, who announced late on Monday."),
    "in a quotation": retold('quoted "CLAUSE," who said.'),
    "an official told": told_by("An official in the regional capital told journalists that"),
    "police wrote": told_by("Police wrote on Facebook that"),
    "aid workers reported": told_by("Aid workers in the area reported that"),
    "opens by However": opened("However,"),
    "opens by Separately": opened("Separately,"),
    "opens by Early on a day": opened("Early on Thursday,"),
    "sides swapped": _sides_swapped,
    "RSF fighters": _another_war("RSF fighters", "RSF", "En Nahud"),
    "M23 rebels": _another_war("M23 rebels", "M23", "Walikale"),
    "Taliban fighters": _another_war("Taliban fighters", "Taliban", "Kunduz"),
    "Houthi fighters": _another_war("Houthi fighters", "Houthis", "Marib"),
    "rebels": _another_war("rebels", "rebels", "Bambari"),
    "Russian soldiers": _named(RUSSIAN, "Russian soldiers"),
    "Russian units": _named(RUSSIAN, "Russian units"),
    "Moscow's forces": _named(RUSSIAN, "Moscow's forces"),
    "Russia's troops": _named(RUSSIAN, "Russia's troops"),
    "the Russian army": _army("Russian", "the Russian army"),
    "Russia's military": _army("Russian", "Russia's military"),
    "the Russian Armed Forces": _named(RUSSIAN, "the Russian Armed Forces"),
    "Ukrainian soldiers": _named(UKRAINIAN, "Ukrainian soldiers"),
    "Kyiv's forces": _named(UKRAINIAN, "Kyiv's forces"),
    "the Ukrainian army": _army("Ukrainian", "the Ukrainian army"),
    "the Rapid Support Forces": _named(r"(?<=\b[Tt]he )RSF\b(?!'| \w+s\b)", "Rapid Support Forces"),
    "the paramilitary RSF": _named(r"(?<=\b[Tt]he )RSF\b", "paramilitary RSF"),
    "village for town": _kind("town", "village"),
    "city for town": _kind("town", "city"),
    "town for village": _kind("village", "town"),
    "town for city": _kind("city", "town"),
    "took control of": _done("(?:captured|seized)", "took control of"),
    "captured for took": _done("took", "captured"),
    "took for captured": _done("(?:captured|seized)", "took"),
    "retook for recaptured": _done("recaptured", "retook"),
    "was captured by": _passive,
    "have captured": _perfect,
    **{f"{words} for took": _done("(?:captured|seized|took)", words, "takes") for words in TAKES},
    **{f"{words} for withdrew from": _done("(?:withdrew from|retreated from|pulled out of|left|abandoned)", words, "loses") for words in LEAVES},
    **{f"{words} for entered": _done("entered", words, "contests") for words in ENTERS},
    **{f"{words} for advanced near": _done("advanced near", words, "advances") for words in GAINS},
    **{f"{words} for control": swapped(rf"(?<!did )\b((?:Russian|Ukrainian|rebel) (?:forces|troops|fighters)|rebels|Rebels|The Taliban|the Taliban|the Houthis|the Russians) (?:control|hold) (?={TOWN}[A-Z])", rf"\1 {words} ") for words in HOLDS},
    **{f"{new} for {old}": swapped(rf"\b{old}\b", new) for old, new in LIKE},
    "the region for Oblast": _region,
    **{f"{words} tells": another_speaker(words) for words in SPEAKERS},
    "surrounded for encircled": swapped(r"\bencircled\b", "surrounded"),
    "pulled out of": swapped(r"\bwithdrew from\b", "pulled out of"),
    "withdrew from": swapped(rf"\b({ACTOR}) (?:retreated from|pulled out of)\b", r"\1 withdrew from"),
    "also": _inside("also"),
    "quickly": _inside("quickly"),
    "eventually": _inside("eventually"),
    "amid heavy rain": _behind(" amid heavy rain"),
    "the third this week": _behind(", the third such report this week"),
    "with schools closed": _behind(", with schools closed and buses cancelled"),
    "another place before": _placed("A school reopened in Odesa."),
    "another place behind": _placed("A school reopened in Odesa.", before=False),
    "in digits": _digits,
    "straight marks": lambda c: c.told(re.sub(r"[“”]", '"', c.text).replace("’", "'")) if set("“”’") & set(c.text) else None,
}  # fmt: skip
