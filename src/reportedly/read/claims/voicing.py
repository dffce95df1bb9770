"""Who makes the claims of an assertion: whoever says it, whoever denies it, whoever judges it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reportedly.model import NARRATOR, Attribution, Quoting
from reportedly.read.claims.otherwise import Row
from reportedly.read.mood.denials import contrary_to, denial_before
from reportedly.read.scene.asserted import Assertion
from reportedly.read.scene.passing import Passing
from reportedly.read.scene.reasons import FOLLOWED
from reportedly.read.scene.scene import Scene
from reportedly.read.scene.verb_groups import base_of, is_negated
from reportedly.read.sources.voices import Voice

__all__ = ["CALLED_FALSE", "KNOWN", "told_aside", "voices"]

KNOWN = "told as known beside a denial"
CALLED_FALSE = "the report calls it false"

ASIDE = frozenset({"when", "since", "after", "before"})  # what opens a clause that only dates what is denied
BESIDE_IT = ASIDE | {"in", "during", "amid"}  # before an event beside which something happened or did not
TOLD_WITHIN = 9  # tokens between a claim noun and the participle that tells what is claimed
UP = 3  # verbs from one in a clause up to the first of that clause
PART_WITHIN = 12  # tokens between having a part in an event and the event
NARRATION = Attribution(reasons=("presupposed: the report's own voice",))

Told = tuple[Attribution, list[Row]]
"""Who says it, and the claims to make."""


def told_aside(scene: Scene, i: int) -> bool:
    """Whether the cue at i stands in a clause that tells of its own accord: relative behind a comma, or of time."""
    token = scene.doc[i]
    if token.dep_ in ("pcomp", "pobj") and token.head.dep_ == "prep" and token.head.lower_ in BESIDE_IT:
        return token.dep_ == "pobj" or token.head.lower_ in ASIDE  # "denied losing tanks in the battle for X"
    for _ in range(4):
        if (
            token.dep_ == "advcl"
            and token.lemma_ != "ask"
            and any(c.lower_ in ASIDE and c.i < token.i and scene.low[c.i + 1] != "that" for c in token.children)
            and not any(c.lower_ in scene.words("clauses.claim_nouns") for c in token.children)
        ):
            return True  # "disputes how many were left when it captured X"
        if token.dep_ == "relcl":
            first = next((t.i for t in token.subtree if t.tag_ in ("WDT", "WP")), None)
            return first is not None and first > 0 and scene.low[first - 1] == "," and scene.low[first] != "that"
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _known_ground(scene: Scene, said: Attribution) -> bool:
    """Whether a clause only describes ground that is spoken of: "the towns that they hold"."""
    described = (r.partition("“the ")[2].partition("”")[0] for r in said.reasons if r.startswith("background"))
    ground = scene.listed("places.ground", "places.settlements", "places.part")
    return any(noun in ground for noun in described)


def _teller_aside(p: Passing, a: Assertion, denier: Attribution) -> Attribution | None:
    """Who tells what only stands aside in a denial: "denied the claim, contradicted by Y, which says that X holds",
    "rejects the report of the fall of X, which it says is under its control".
    """
    scene, chain = p.scene, p.attributions.chain(a.start)
    if len(chain) < 2 or chain[-1].speaker is None or denier.cue_span is None or chain[-1].frame.kind == "denies":
        return None
    tells, said = chain[-1].frame.cue, denier.cue_span.start
    if _claim_that_says(p, tells):
        return None  # "rejected a UN report which said that X had fallen"
    opened = any(scene.tag[k] in ("WDT", "WP") and scene.doc[k].idx > said for k in range(max(0, tells - UP), tells))
    teller = replace(p.attributions.of_voice(chain[-1]), via=())
    again = teller.source == denier.source and not _told_of_ground(scene, tells)  # "deleted a post in which it said so"
    return teller if opened and not again and teller.source != NARRATOR else None


def _claim_that_says(p: Passing, k: int) -> bool:
    """Whether the verb at k only tells what the claim right before its relative clause says."""
    token = p.scene.doc[k]
    noun = token.head.i
    told = p.attributions.parsed.lemma[noun] in p.attributions.reporting.nouns
    return token.dep_ == "relcl" and told and p.scene.low[noun + 1] in ("which", "that")


def _told_of_ground(scene: Scene, k: int) -> bool:
    """Whether the relative clause of the verb at k tells of a place: "X, which it says is under its control"."""
    token = scene.doc[k]
    return token.dep_ == "relcl" and scene.inside(token.head.i) is not None


def _describes_ground(scene: Scene, a: Assertion, denier: Attribution) -> bool:
    """Whether it only tells which ground another is said to have taken: "denied that Y won back towns that X took"."""
    if denier.cue_span is None:
        return False
    said, told = denier.cue_span.start, a.targets[0].mention if a.targets else None
    if (
        told is not None and told.end < a.start and scene.low[told.end] == "that"
    ):  # which the parser takes for another clause
        return any(t.pos_ == "VERB" and t.idx > said for t in scene.doc[scene.sentence[a.start][0] : told.start])
    clause = scene.doc[a.start]
    for _ in range(UP):
        if clause.dep_ in ("relcl", "acl") or clause.head.i == clause.i:
            break
        clause = clause.head
    ground = clause.head
    described = clause.dep_ == "relcl" or (clause.dep_ == "acl" and clause.tag_ == "VBN")
    named = ground.lower_ in scene.listed("places.ground", "places.settlements", "places.part")
    if not described or not (named or scene.inside(ground.i) is not None):
        return False
    acting = (t for t in ground.ancestors if t.pos_ == "VERB" and t.idx > said)
    return any(c.dep_ in ("nsubj", "nsubjpass") for t in acting for c in t.children)


def _part_in(scene: Scene, i: int) -> bool:
    """Whether the event at i is only what somebody has or had a part in: "took part in", "has anything to do with", "helped take"."""
    low = scene.low
    token = scene.doc[i]
    if token.dep_ in ("ccomp", "xcomp") and token.tag_ == "VB" and base_of(scene, token.head.i, "clauses.lends_hand"):
        return True
    for k in range(max(scene.sentence[i][0], i - PART_WITHIN), i):
        having = low[k] in scene.words("clauses.shares_in") and low[k + 1] == "in"
        if having or low[k] in scene.words("clauses.involved") or low[k : k + 3] == ("to", "do", "with"):
            return True
    return False


def voices(p: Passing, a: Assertion) -> Told:
    """Who says it, and the (attribution, denied?, note) of each claim to make."""
    if not p.options.attribution:
        return _alone(a, Attribution())
    said = _no_topic(p.scene, p.attributions.of(a.start))
    for rule in SAID:
        if (told := rule(p, a, said)) is not None:
            return told
    said = _judging(p, a, said)
    if (told := _liar(p, a, said)) is not None:
        return told
    denier = _denier(p, a, said)
    if denier is None:
        return said, _by_stance(p, a, said)
    for denied in DENIED:
        if (told := denied(p, a, said, denier)) is not None:
            return told
    return said, _claimed_and_denied(a, said, denier)


def _alone(a: Assertion, source: Attribution, note: str = "") -> Told:
    """What only one tells."""
    return source, [(source, a.mood.denied, note)]


def _claimed_by(p: Passing, a: Assertion, said: Attribution) -> Told | None:
    """ "X, claimed by Moscow in May"; "LNA claims X", where the parser sees no verb."""
    if a.cue.words != ("claim",) or a.side is None:
        return None
    if not a.passive and (said.source != NARRATOR or a.side.start > a.start):
        return None
    by = p.scene.text(a.side.start, a.side.end).removeprefix("the ")
    claimed = Attribution(source=by, side=a.side.word.party, cue=p.scene.text(a.start, a.end),
                          source_span=p.span_of(a.side.start, a.side.end), reasons=("who claims it",))  # fmt: skip
    return _alone(a, claimed)


def _presupposed(p: Passing, a: Assertion, said: Attribution) -> Told | None:
    """ "The occupied town of X": the report's own, unless the words are quoted."""
    if not a.attributive:
        return None
    quoted = said.quoting is Quoting.QUOTATION and p.attributions.quoted(a.start)
    return _alone(a, said if quoted else replace(NARRATION, side=said.side))


def _without_denials(p: Passing, a: Assertion, said: Attribution) -> Told | None:
    return None if p.options.denials else _alone(a, said)


def _judged(p: Passing, a: Assertion, said: Attribution) -> Told | None:
    """What somebody claims is called false."""
    rows = _claim_and_judge(p, a) if a.mood.judged else None
    return (said, [(who, a.mood.denied is false, note) for who, false, note in rows]) if rows is not None else None


SAID: tuple[Callable[[Passing, Assertion, Attribution], Told | None], ...] = (
    _claimed_by, _presupposed, _without_denials, _judged,
)  # fmt: skip


def _judging(p: Passing, a: Assertion, said: Attribution) -> Attribution:
    """Who "called the capture of X a lie", where else only the report says so."""
    if not a.mood.denied or said.source != NARRATOR:
        return said
    at = p.attributions
    judges = [v for v in at.chain(a.start) if v.speaker and base_of(p.scene, v.frame.cue, "clauses.judge")]
    return at.of_voice(judges[-1]) if judges else said


def _liar(p: Passing, a: Assertion, said: Attribution) -> Told | None:
    if (accuser := _called_liar(p, a)) is None:
        return None
    teller, denied = replace(said, via=()), a.mood.denied
    return said, [(teller, denied, "called a lie"), (accuser, not denied, "denied: a lie")]


def _denier(p: Passing, a: Assertion, said: Attribution) -> Attribution | None:
    """Who denies it: by what the attribution tells, by the words before it, or "contrary to" it."""
    scene, at = p.scene, p.attributions
    denier: Attribution | None = at.denied_by(a.start)
    if denier is None and (verb := denial_before(scene, a.start)) is not None and at.chain(a.start) == ():
        denier = replace(at.of(verb), cue=scene.text(verb, verb + 1))
    if denier is None and (against := contrary_to(scene, a.start)) is not None:
        denier = replace(_teller_of(p, against), cue=scene.text(against, against + 2))
    if denier is not None and _known_ground(scene, said):
        return None  # "rejected a demand to leave the towns that they hold": that they hold them is known
    return denier


def _only_a_part(p: Passing, a: Assertion, said: Attribution, denier: Attribution) -> Told | None:  # noqa: ARG001
    """ "Denied any role in the fall of X" denies no fall."""
    return (said, []) if _part_in(p.scene, a.start) else None


def _told_by_another(p: Passing, a: Assertion, said: Attribution, denier: Attribution) -> Told | None:  # noqa: ARG001
    aside = _teller_aside(p, a, denier)
    return _alone(a, aside) if aside is not None else None


def _of_known_ground(p: Passing, a: Assertion, said: Attribution, denier: Attribution) -> Told | None:
    if not _describes_ground(p.scene, a, denier):
        return None
    if a.subject is not None and p.scene.low[a.subject] in ("it", "they"):
        return said, []  # "denied that Y won back the towns it took": whoever that is
    return _known(a, said)


def _of_known_event(p: Passing, a: Assertion, said: Attribution, denier: Attribution) -> Told | None:  # noqa: ARG001
    """ "Denies backing M23, which took X"."""
    return _known(a, said) if told_aside(p.scene, a.start) else None


def _known(a: Assertion, said: Attribution) -> Told:
    """What is told as known beside a denial, said by the report itself."""
    narrated = replace(NARRATION, side=said.side)
    return narrated, [(narrated, a.mood.denied, KNOWN)]


DENIED: tuple[Callable[[Passing, Assertion, Attribution, Attribution], Told | None], ...] = (
    _only_a_part, _told_by_another, _of_known_ground, _of_known_event,
)  # fmt: skip
"""Where a denial beside it denies something else."""


def _claimed_and_denied(a: Assertion, said: Attribution, denier: Attribution) -> list[Row]:
    """What one claims and another denies."""
    claimed = a.mood.denied is not a.mood.judged  # "dismissed the capture of X as untrue" says so twice
    rows = [(denier, not claimed, f"denied: “{denier.cue}”")]
    if said.source not in (denier.source, NARRATOR):
        rows.insert(0, (said, claimed, f"the claim that {denier.source} denies"))
    return rows


def _by_stance(p: Passing, a: Assertion, said: Attribution) -> list[Row]:
    """What somebody says and nobody denies, unless the words around call it false: "fake reports of the fall of X"."""
    at, denied = p.attributions, a.mood.denied
    if at.stance(a.start) != "false":
        return [(said, denied, "")]
    by = at.stance_by(a.start)
    if said.source == NARRATOR:
        return [(by, not denied, CALLED_FALSE)]
    if by.source == said.source and _by_things(p.scene, at.chain(a.start), said):
        return [(said, not denied, "called false")]
    by = replace(NARRATION, side=by.side) if by.source == said.source else by
    return [(said, denied, ""), (by, not denied, CALLED_FALSE)]


def _teller_of(p: Passing, against: int) -> Attribution:
    """Who tells what "contrary to" opens: "Contrary to reports that X had fallen, the mayor said the town was calm" is the mayor's."""
    scene, at = p.scene, p.attributions
    verb = scene.doc[against].head.i
    own: Attribution = at.of(against)
    if at.chain(against) or not scene.opens(against) or verb < against:
        return own
    said = next(
        (v for v in at.voices if v.frame.cue == verb and v.speaker is not None and v.frame.kind == "says"), None
    )
    if said is not None:
        own = at.of_voice(said)
    return own


def _by_things(scene: Scene, chain: Sequence[Voice], source: Attribution) -> bool:
    """Whether what is claimed falsely is told by no person, but in somebody's words: "said that leaflets falsely told people that"."""
    false = next((v.frame.cue for v in reversed(chain) if v.frame.stance), 0)
    subject = next((c for c in scene.doc[false].children if c.dep_ == "nsubj"), None)
    return subject is not None and subject.pos_ == "NOUN" and subject.lower_ not in source.source.lower().split()


def _called_liar(p: Passing, a: Assertion) -> Attribution | None:
    """Who says that somebody lied or erred in saying so: "accused the ministry of lying when it said that X had fallen"."""
    scene, at = p.scene, p.attributions
    chain = at.chain(a.start)
    if not chain or chain[-1].frame.cue < 0:
        return None
    token = scene.doc[chain[-1].frame.cue]
    when = next((c.i for c in token.children if c.lower_ == "when" and c.i < token.i), 0)
    if token.dep_ != "advcl" or not when:
        return None
    mistaken = scene.low[when - 1] in scene.words("clauses.mistaken")
    if not mistaken and scene.doc[when - 1].lemma_ not in scene.words("clauses.deceive"):
        return None
    left = scene.low[max(scene.sentence[when][0], when - 4) : when - 1]
    return None if is_negated(list(left)) else at.of(when - 1)


def _no_topic(scene: Scene, said: Attribution) -> Attribution:
    """ "El Fasher: rebels overrun the city": a place set off in a headline is the topic and says nothing."""
    if said.side is not None or not any("set off by a mark" in reason for reason in said.reasons):
        return said
    topic = any(m.known and m.anaphor is None and m.words == said.source for m in scene.mentions)
    return Attribution(reasons=("the place before the colon is the topic",)) if topic else said


def _theirs(rule: str) -> bool:
    """Whether a rule finds whose claim it is that is called false: "X's claim that", "the capture announced by X"."""
    return rule.startswith("noun") or rule.endswith(FOLLOWED)


def _telling(p: Passing, voice: Voice) -> bool:
    """Whether a voice speaks by a participle of a claim noun: "information spread by outlets claiming that X had fallen"."""
    k = voice.frame.cue
    if k < 0 or p.scene.tag[k] != "VBG" or p.scene.doc[k].dep_ != "acl":
        return False
    nouns, start = p.scene.words("clauses.claim_nouns"), p.scene.sentence[k][0]
    spread = p.scene.doc[k].head.lower_ not in nouns  # by somebody who claims it: it is no "statement suggesting that"
    return spread and not nouns.isdisjoint(p.scene.low[max(start, k - TOLD_WITHIN) : k])


def _claim_and_judge(p: Passing, a: Assertion) -> list[Row] | None:
    """ "X's claim that ... is untrue, Y said": X's claim and its denial by Y, or by the report; None where nobody's claim it is."""
    at = p.attributions
    chain = at.chain(a.start)
    own = next(
        (k for k, v in enumerate(chain) if v.speaker is not None and (_theirs(v.frame.rule) or _telling(p, v))), None
    )
    if own is None:
        return None
    owner = replace(at.of_voice(chain[own]), via=())
    if owner.source == NARRATOR:
        return None
    others = [v for v in chain[:own] if v.speaker is not None and v.speaker.name not in (NARRATOR, owner.source)]
    judge = at.of_voice(others[-1]) if others else Attribution(reasons=(CALLED_FALSE,))
    return [(owner, False, f"the claim that {judge.source} denies"), (judge, True, "called false")]
