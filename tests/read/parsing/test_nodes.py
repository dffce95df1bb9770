"""A node answers as the token of spaCy does whose place it takes."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from reportedly.read.parsing.nodes import Node, forget_nodes, nodes_of
from reportedly.read.parsing.parser import parse, tag

TEXTS = [
    "The mayor of the town, who had fled in March, said that nobody holds it. Its square was empty.",
    "They took Alton (known as Elton, north of Exville), Belby (which fell in May) and Colby.",
    "Two   spaces, a line\nand “quotes”—all in one: isn't that so?",
    "IS fighters have left.",
    "Headline without a verb",
]
SAME = (
    "i",
    "idx",
    "text",
    "lower_",
    "lemma_",
    "pos_",
    "tag_",
    "dep_",
    "whitespace_",
    "text_with_ws",
    "is_space",
    "is_sent_start",
)


@pytest.fixture(scope="module", params=TEXTS)
def doc(request: pytest.FixtureRequest) -> Any:
    return parse(tag([request.param]))[0]


def numbers(found: Any) -> list[int]:
    return [node.i for node in found]


def test_words_and_tags_are_the_tokens_own(doc: Any) -> None:
    for node, token in zip(nodes_of(doc), doc, strict=True):
        assert {name: getattr(node, name) for name in SAME} == {name: getattr(token, name) for name in SAME}
        assert (str(node), len(node)) == (token.text, len(token))


def test_the_tree_is_the_tokens_own(doc: Any) -> None:
    for node, token in zip(nodes_of(doc), doc, strict=True):
        assert node.head.i == token.head.i
        assert numbers(node.children) == numbers(token.children)
        assert numbers(node.subtree) == numbers(token.subtree)
        assert numbers(node.ancestors) == numbers(token.ancestors)
        assert (node.left_edge.i, node.right_edge.i) == (token.left_edge.i, token.right_edge.i)


def test_a_text_has_its_nodes_once(doc: Any) -> None:
    first: list[Node] = nodes_of(doc)
    assert nodes_of(doc) is first


def test_forgotten_nodes_are_gone_at_once_and_made_anew(doc: Any) -> None:
    gc.collect()
    gc.disable()  # which would find those that only point at each other
    try:
        forget_nodes(doc)
        before = living()
        assert len(nodes_of(doc)) == living() - before > 0
        forget_nodes(doc)
        assert living() == before
    finally:
        gc.enable()


def living() -> int:
    return sum(isinstance(x, Node) for x in gc.get_objects())
