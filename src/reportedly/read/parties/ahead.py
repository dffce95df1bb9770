"""Whom a pronoun points ahead to: the subject of the main clause behind its own ("As they left X, the rebels ...")."""

from __future__ import annotations

from reportedly.read.scene.scene import Scene, Side
from reportedly.read.scene.sides import side_of_phrase

__all__ = ["subject_ahead"]


def subject_ahead(scene: Scene, verb: int) -> Side | None:
    """The side that is subject of the clause behind that of the verb, which only opens its sentence."""
    clause = scene.doc[verb]
    while clause.dep_ in ("relcl", "pobj", "prep") and clause.head.i < verb:
        clause = clause.head  # "In the parts of X it still holds, Moscow ..."
        if clause.dep_ == "prep" and clause.head.i > verb:
            main = clause.head
            subject = next((c for c in main.children if c.dep_ == "nsubj" and verb < c.i < main.i), None)
            return side_of_phrase(scene, int(subject.i)) if subject is not None else None
    if clause.dep_ not in ("advcl", "pcomp"):
        return None
    main = clause.head if clause.dep_ == "advcl" else clause.head.head
    if main.i < verb or main.pos_ not in ("VERB", "AUX"):
        return None
    subject = next((c for c in main.children if c.dep_ in ("nsubj", "nsubjpass") and verb < c.i < main.i), None)
    return side_of_phrase(scene, int(subject.i)) if subject is not None else None
