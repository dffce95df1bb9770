"""Fighters told by the network that they belong to ("al-Qaeda-linked militants"): its group of the country at hand, or as written."""

from __future__ import annotations

from reportedly.knowledge.parties import SideKind
from reportedly.read.parties.case import Answer, PartyCase

__all__ = ["by_network"]

DESCRIBING = ("JJ", "NN", "NNP")


def by_network(c: PartyCase) -> Answer | None:
    """Which group of a network the fighters of a frame are."""
    side = c.a.side
    if c.a.who.startswith("opponent"):
        return None  # "drove al-Qaeda-linked militants out of X" gains it for others
    if side is not None and side.word.kind is SideKind.GENERIC:
        first, end = side.start, side.end
    elif side is None and c.a.subject is not None and c.scene.low[c.a.subject] in c.parties.nouns("armed"):
        first, end = c.a.subject, c.a.subject + 1
    else:
        return None
    scene, linked = c.scene, first - 1
    while linked > 1 and first - linked < 3 and scene.tag[linked] in DESCRIBING and scene.low[linked - 1] != "-":
        linked -= 1  # "Islamic State-affiliated Islamist militants"
    if linked < 2 or scene.low[linked - 1] not in ("-", "–") or scene.low[linked] not in c.parties.nouns("backed"):
        return None
    network = next((s for s in scene.sides if s.end == linked - 1), None)
    if network is None or not c.parties.has_network(network.word.party):
        return None
    groups = c.parties.branches(network.word.party, c.lands[:1])
    spoken = [id_ for id_ in (*c.heard.parties, *c.heard.named) if id_ in groups]
    if spoken or len(groups) == 1:
        return (*spoken, *groups)[0], f"who belongs to {network.word.party} there"
    return scene.text(network.start, end), "fighters of a network, as written"
