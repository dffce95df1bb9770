"""The vectors of words in their sentences, as the model's own layers give them, in half the time.

What the model makes of a word before it looks at its neighbours is remembered by the word; the layers above are numpy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from thinc.api import Model, NumpyOps

__all__ = ["BLOCK", "ROWS", "Aligned", "Kept", "quick_vectors"]

BLOCK, ROWS = 12, 96  # see `Aligned`: kernels take 12 rows at a time (AMD, older Intel) or 16 to 32 (newer Intel)
WORDS = 60_000  # words whose own vectors are remembered: 23 MB
F = npt.NDArray[np.float32]


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


class Layer:
    """The largest of some linear maps, normalised."""

    def __init__(self, maxout: Any, norm: Any):
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        outputs, self.pieces, inputs = weights.shape
        by_piece = weights.transpose(1, 0, 2).reshape(self.pieces * outputs, inputs)  # the maps one after the other
        self.weights, self.bias = np.ascontiguousarray(by_piece).T, bias.T.reshape(-1)
        self.gain, self.shift = norm.get_param("G"), norm.get_param("b")

    def __call__(self, x: F) -> F:
        """The normalised maxima, a row for each row."""
        y: F = x @ self.weights
        y += self.bias
        width = len(self.gain)
        best: F = np.maximum(y[:, :width], y[:, width : 2 * width])
        for piece in range(2, self.pieces):
            np.maximum(best, y[:, piece * width : (piece + 1) * width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        best *= (np.mean(best * best, axis=1, keepdims=True) + 1e-8) ** (-1.0 / 2.0)
        best *= self.gain
        best += self.shift
        return best


class Words:
    """The vectors of words alone, remembered: each is made at the start of a block, so that it does not hang on the others."""

    def __init__(self, embed: Any, layer: Layer):
        self._embed, self._layer = embed, layer
        self._number: dict[bytes, int] = {}
        self._table: F = np.empty((WORDS, len(layer.gain)), dtype=np.float32)

    def __call__(self, features: npt.NDArray[np.uint64]) -> F:
        """The vectors of words by their features, a row each."""
        keys: list[Any] = features.view(np.dtype((np.void, features.shape[1] * features.itemsize))).ravel().tolist()
        new = {key: row for row, key in enumerate(keys) if key not in self._number}
        if new:
            if len(self._number) + len(new) > WORDS:
                self._number.clear()
                new = {key: row for row, key in enumerate(keys)}
            if len(new) > WORDS:
                return self._made(features)
            first = len(self._number)
            self._table[first : first + len(new)] = self._made(features[list(new.values())])
            self._number.update(zip(new, range(first, first + len(new)), strict=True))
        return self._table[[self._number[key] for key in keys]]

    def _made(self, features: npt.NDArray[np.uint64]) -> F:
        embedded = self._embed.predict(features)
        x = np.zeros((-(-len(embedded) * BLOCK // ROWS) * ROWS, embedded.shape[1]), dtype=np.float32)
        x[: len(embedded) * BLOCK : BLOCK] = embedded
        return self._layer(x)[: len(embedded) * BLOCK : BLOCK]


def quick_vectors(model: Any, operations: Aligned) -> Any:
    """A model's layers from words to vectors ("tok2vec"), the same in half the time; for reading only, not for training."""
    (features,) = (node for node in model.walk() if node.name == "extract_features")
    (embed,) = (
        node for node in model.walk() if len(node.layers) > 1 and all("hashembed" in x.name for x in node.layers)
    )
    maxouts, norms = ([node for node in model.walk() if node.name == name] for name in ("maxout", "layernorm"))
    own, *around = (Layer(*pair) for pair in zip(maxouts, norms, strict=True))
    words, columns = Words(embed, own), features.attrs["columns"]

    def forward(_model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[F], Any]:  # noqa: ARG001 - named by thinc
        flat = np.concatenate([np.ascontiguousarray(doc.to_array(columns)) for doc in docs]).astype(
            np.uint64, copy=False
        )
        ends = np.cumsum([len(doc) for doc in docs])
        vectors = np.split(words(flat), ends[:-1])
        x = operations.flatten(vectors, pad=len(around))
        for layer in around:
            beside = np.zeros((len(x), 3 * x.shape[1]), dtype=np.float32)
            width = x.shape[1]
            beside[1:, :width] = x[:-1]
            beside[:, width : 2 * width] = x
            beside[:-1, 2 * width :] = x[1:]
            x = x + layer(beside)
        return operations.unflatten(x, [len(doc) for doc in docs], pad=len(around)), lambda _: []

    return Model("reportedly_vectors", forward, dims={"nO": len(own.gain)})


class Kept:
    """What the parser's first layer makes of each word, in memory that is kept: new memory for every batch costs as much as
    the reckoning. For reading only, by one thread at a time, and until the next batch is read.
    """

    def __init__(self, layer: Any):
        self._weights = layer.get_param("W").reshape(-1, layer.get_dim("nI"))
        self._shape = layer.get_dim("nF"), layer.get_dim("nO"), layer.get_dim("nP")
        self._rows: F = np.empty((0, len(self._weights)), dtype=np.float32)

    def __call__(self, layer: Any, x: F, is_train: bool) -> tuple[F, Any]:  # noqa: ARG002 - named by thinc
        """The products of all words with the weights of each place they may have in a state; the first row is for no word."""
        if len(self._rows) <= len(x):
            self._rows = np.empty((len(x) + 1, len(self._weights)), dtype=np.float32)
        rows = self._rows[: len(x) + 1]
        layer.ops.gemm(x, self._weights, trans2=True, out=rows[1:])
        found = rows.reshape(-1, *self._shape)
        found[0] = layer.get_param("pad")[0]
        return found, lambda _: None
