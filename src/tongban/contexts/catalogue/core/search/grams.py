"""Postings as arrays: which phrases have a gram. A gram is a whole number made of its characters."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.int64]
Ids = npt.NDArray[np.int32]
_BITS = 21  # a character of Unicode


def key(gram: str) -> int:
    """The number of a gram of up to three characters."""
    number = 0
    for character in gram:
        number = number << _BITS | ord(character)
    return number


@dataclass(frozen=True)
class Postings:
    """For each gram the phrases that have it, in the order of their ids; `keys` are sorted."""

    keys: Keys
    starts: Keys  # one longer than `keys`
    ids: Ids

    def place(self, number: int) -> tuple[int, int]:
        """Where the ids of gram `number` begin and end."""
        at = int(self.keys.searchsorted(number))
        if at < len(self.keys) and self.keys[at] == number:
            return int(self.starts[at]), int(self.starts[at + 1])
        return 0, 0

    def count(self, number: int) -> int:
        """How many phrases have gram `number`."""
        start, end = self.place(number)
        return end - start


def postings(pairs: Iterable[tuple[Keys, Ids]]) -> Postings:
    """Postings of all (gram, phrase) pairs; a phrase that has a gram twice stands there once."""
    parts = list(pairs)
    keys = np.concatenate([part for part, _ in parts]) if parts else np.empty(0, np.int64)
    ids = np.concatenate([part for _, part in parts]) if parts else np.empty(0, np.int32)
    order = np.lexsort((ids, keys))
    keys, ids = keys[order], ids[order]
    if len(keys):
        first = np.ones(len(keys), bool)
        first[1:] = (keys[1:] != keys[:-1]) | (ids[1:] != ids[:-1])
        keys, ids = keys[first], ids[first]
    different, starts = np.unique(keys, return_index=True)
    return Postings(different, np.append(starts, len(ids)).astype(np.int64), ids.astype(np.int32))


def windows(texts: Sequence[str], ids: Sequence[int], size: int) -> tuple[Keys, Ids]:
    """Every run of `size` characters of every text, as (gram, id of its text)."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32).astype(np.int64)
    owners = np.repeat(np.asarray(ids, np.int32), [len(text) for text in texts])
    if len(codes) < size:
        return np.empty(0, np.int64), np.empty(0, np.int32)
    keys = codes[: len(codes) - size + 1].copy()
    for ahead in range(1, size):
        keys = keys << _BITS | codes[ahead : len(codes) - size + 1 + ahead]
    inside = owners[: len(keys)] == owners[size - 1 :]
    return keys[inside], owners[: len(keys)][inside]


class Texts:
    """Many short texts in one: a hundred thousand strings of their own would cost ten times the memory."""

    __slots__ = ("_starts", "_text")

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "".join(texts)
        self._starts = array("i", [0])
        total = 0
        for text in texts:
            total += len(text)
            self._starts.append(total)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, at: int) -> str:
        return self._text[self._starts[at] : self._starts[at + 1]]


class Sorted:
    """Texts in their order, so that those beginning with some letters stand together."""

    __slots__ = ("order", "texts")

    def __init__(self, texts: Texts, ids: Iterable[int]) -> None:
        self.texts = texts
        self.order = np.fromiter(sorted(ids, key=texts.__getitem__), np.int32)

    def beginning(self, prefix: str) -> Ids:
        """The ids of the texts that begin with `prefix`."""
        return self.order[self._bound(prefix) : self._bound(prefix + "\U0010ffff")]

    def _bound(self, text: str) -> int:
        low, high = 0, len(self.order)
        while low < high:
            middle = (low + high) // 2
            if self.texts[self.order[middle]] < text:
                low = middle + 1
            else:
                high = middle
        return low
