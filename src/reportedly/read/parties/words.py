"""Parties as the words have them: armed groups that no list knows, whoever owns forces, and what only names the speaker."""

from __future__ import annotations

from reportedly.knowledge.parties import Parties
from reportedly.model import Attribution, Quoting
from reportedly.read.frames.noun_sides import LOST_TO
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.scene import Scene, Side

__all__ = [
    "governor_side",
    "irregular",
    "is_speaker",
    "lost_to",
    "named_behind",
    "of_others",
    "own_withdrawn",
    "own_words",
    "owner_side",
    "speaker_as_written",
    "speaking_fighters",
    "speaks",
]


RIDES = frozenset({"vehicles", "trucks", "tanks", "pickups", "column", "columns", "convoy", "convoys"})
YIELDS = frozenset({"surrender", "cede", "hand"})


def own_words(scene: Scene, subject: int, cue: int, parties: Parties) -> str | None:
    """The subject's words where they name an armed group that no list knows ("444 brigade")."""
    low = scene.low
    if low[subject] in RIDES and (riders := _riders(scene, subject, parties)) is not None:
        return riders
    grouped = low[subject] == "groups" and low[subject - 1] in parties.nouns("irregular") | {"armed"}
    if (
        low[subject] not in parties.nouns("armed")
        and not grouped
        and not (scene.tag[subject] == "NNP" and scene.doc[subject].text.isupper() and len(low[subject]) >= 2)
    ):
        return None
    if low[subject] in scene.words("names.leagues"):
        return None  # "UN alarmed by fighting"
    start = subject
    while (
        start - 1 >= 0
        and (scene.tag[start - 1] in ("NNP", "NN", "JJ", "CD", "HYPH", "NNPS") or low[start - 1] == "-")
        and (start - 1 not in scene.at or scene.at[start - 1].head == low[subject])
    ):
        start -= 1
    if start >= cue:
        return None
    if start == subject and low[subject + 1 : subject + 2] == ("of",):
        return _of_group(scene, subject + 2, parties)  # "Fighters of the 95th brigade" name nobody
    if (
        start == subject
        and scene.tag[start - 1] == "PRP$"
        and (theirs := _of_rebels(scene, start, parties)) is not None
    ):
        return theirs
    words = scene.text(start, subject + 1)
    return words if words and words != "front" else None  # "the front moved towards X"


def _of_rebels(scene: Scene, k: int, parties: Parties) -> str | None:
    """Whose "their fighters" at k are: those of "a rebel spokesman", "a rebel commander" before it in the sentence."""
    spoken = range(scene.sentence[k][0], k - 1)
    words = (scene.low[j] for j in spoken if scene.low[j] in parties.nouns("irregular") and scene.tag[j + 1] == "NN")
    word = next(words, None)
    return word if word is None or word.endswith("s") else f"{word}s"


def _riders(scene: Scene, subject: int, parties: Parties) -> str | None:
    """Whose vehicles come: "rebel vehicles", "a column of insurgent pick-up trucks"."""
    of = scene.low[subject + 1 : subject + 2] == ("of",)
    behind = range(subject + 2, min(subject + 5, scene.sentence[subject][1])) if of else ()
    near = (*((subject - 1,) if subject else ()), *behind)
    word = next((scene.low[k] for k in near if scene.low[k] in parties.nouns("irregular")), None)
    return word if word is None or word.endswith("s") else f"{word}s"


def _of_group(scene: Scene, k: int, parties: Parties) -> str | None:
    """The name of several words behind "fighters of the", where it is that of no formation."""
    k += scene.tag[k : k + 1] == ("DT",)
    end = k
    while end < len(scene.low) and scene.tag[end].startswith("NNP") and scene.written[end][:1].isupper():
        end += 1
    formation = parties.nouns("formations") & {word.removesuffix("s") for word in scene.low[k:end]} - {
        "front",
        "movement",
        "alliance",
        "coalition",
    }
    return scene.text(k, end) if end - k > 1 and not formation else None


def named_behind(scene: Scene, a: Assertion, parties: Parties) -> str | None:
    """Armed people that no list knows in "in rebel hands" or behind "in the hands of", "under the control of"."""
    if inside := parties.nouns("irregular") & set(scene.low[a.start : a.end]):
        word = min(inside).removesuffix("s")
        return word if word in ("opposition", "resistance") else word + "s"
    if scene.low[a.end : a.end + 1] not in (("of",), ("by",)):
        return None
    stop = min(a.end + 5, scene.sentence[a.start][1])
    head = next((k for k in range(a.end + 1, stop) if scene.low[k] in parties.nouns("armed")), None)
    if head is None or any(not scene.tag[k].startswith(("NN", "JJ", "DT", "CD")) for k in range(a.end + 1, head)):
        return None
    start = a.end + 2 if scene.tag[a.end + 1] == "DT" else a.end + 1
    return scene.text(start, head + 1)


def speaker_as_written(attribution: Attribution, parties: Parties) -> str | None:
    """An armed group that no list knows and that speaks of itself ("Turkish-backed fighters said they had seized X")."""
    span = attribution.source_span
    described, _, head = attribution.source.rpartition(" ")
    fighters = parties.nouns("armed") - parties.nouns("formations") - parties.nouns("state_forces")
    if attribution.side is not None or span is None or not described or head.casefold() not in fighters:
        return None  # "the rebels", "the group": those whom the report named before
    return attribution.source


def speaking_fighters(attribution: Attribution, parties: Parties) -> str | None:
    """ "rebels" or the like who speak without more, as parties are called ("X captured, rebels say")."""
    words = attribution.source.casefold().removeprefix("the ")
    return words if words.endswith("s") and words.removesuffix("s") in parties.nouns("irregular") else None


def governor_side(scene: Scene, noun: int, parties: Parties) -> str | None:
    """The side of the subject of the verb that governs a noun ("Zelensky admits the loss of X")."""
    head = scene.doc[noun].head
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None) if head.pos_ in ("VERB", "AUX") else None
    return parties.side_of(scene.text(subject.left_edge.i, subject.i + 1)) if subject is not None else None


def owner_side(scene: Scene, subject: int, parties: Parties) -> str | None:
    """The side of a person whose forces are the subject ("Putin's troops")."""
    owner = next((c for c in scene.doc[subject].children if c.dep_ == "poss"), None)
    return parties.side_of(scene.text(owner.left_edge.i, owner.i + 1)) if owner is not None else None


def irregular(scene: Scene, subject: int, parties: Parties) -> bool:
    """Whether the forces are called rebels or the like ("anti-government forces"): not those of the state."""
    against = "anti" in scene.low[max(0, subject - 4) : subject]
    return against or any(c.lower_ in parties.nouns("irregular") for c in scene.doc[subject].children if c.i < subject)


def is_speaker(scene: Scene, subject: int, attribution: Attribution) -> bool:
    """Whether the subject is only who reports ("The WSJ reported that they attacked and retook X")."""
    span = attribution.source_span
    return span is not None and span.start <= scene.doc[subject].idx < span.end


def lost_to(scene: Scene, a: Assertion) -> Side | None:
    """Whom a place was lost to, whose foe lost it: "X was lost to the rebels", "the loss of X to the rebels"."""
    if a.who == LOST_TO:
        return a.side
    behind = max(a.end, a.targets[-1].mention.end)
    if a.cue.words[0] in YIELDS and not a.passive and a.side is None and scene.low[behind : behind + 1] == ("to",):
        return next(
            (s for s in scene.sides if behind < s.start < behind + 4), None
        )  # "the governor surrendered X to Y"
    if not a.passive or a.cue.words != ("lose",) or scene.low[a.end : a.end + 1] != ("to",):
        return None
    return next((s for s in scene.sides if a.end < s.start < a.end + 5), None)


def own_withdrawn(scene: Scene, a: Assertion) -> bool:
    """Whether somebody's own troops were withdrawn: "the ministry says its troops have been pulled out of X"."""
    if not a.passive or a.cue.frame.name != "withdraws from" or not a.subject:
        return False
    return bool({"its", "their"} & set(scene.low[max(0, a.subject - 2) : a.subject]))


def of_others(scene: Scene, a: Assertion, attribution: Attribution) -> bool:
    """Whether "they" stands in somebody's own words, not behind "they say that"."""
    cue = attribution.cue_span
    if attribution.quoting is not Quoting.QUOTATION or cue is None or a.subject is None:
        return False
    at, first = scene.doc[a.subject].idx, scene.doc[scene.sentence[a.start][0]].idx
    return not first <= cue.start < at or bool(set('“"') & set(scene.tokens.whole[cue.end : at]))


def speaks(scene: Scene, side: Side, attribution: Attribution) -> bool:
    """Whether a side word only stands in the name of who speaks."""
    span = attribution.source_span
    return span is not None and span.start <= scene.doc[side.start].idx < span.end
