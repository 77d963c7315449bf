"""What turns texts into vectors, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from qa.errors import EncoderError
from qa.meaning.onnx import OnnxEncoder
from qa.meaning.packaged import PACKAGED, PackagedEncoder
from qa.meaning.vectors import Vectors

_LONGEST: Final = 2000
"""Characters of a text; encoders read 512 tokens, which are fewer."""


class Encoder(Protocol):
    """Texts that mean the same to vectors that point the same way, whatever their language."""

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Of questions: float32 (texts, dimensions), each of unit length."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Of what may answer them, likewise."""


Opening = Callable[[str], Encoder]
"""Opens an encoder by its name; raises `EncoderError`."""


def open_encoder(name: str, *, allow_download: bool = False) -> Encoder:
    """The encoder of this name, or in this folder; raises `EncoderError`.

    Nothing is fetched unless `allow_download` is set.
    """
    if name == PACKAGED:
        return PackagedEncoder()
    return OnnxEncoder(name, allow_download=allow_download)


def canonical(name: str) -> str:
    """A name as it is kept: that of a folder is its whole path, so that it is found again."""
    return str(Path(name).resolve()) if name and Path(name).is_dir() else name


def encoded(encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str], name: str) -> Vectors:
    """Vectors of some texts, each cut to what encoders read; raises `EncoderError`."""
    # What cannot be written as UTF-8, and the end of a string in C, mean nothing.
    plain = [
        text[:_LONGEST].encode("utf-8", "replace").decode().replace("\0", " ") for text in texts
    ]
    vectors = np.asarray(encode(plain), np.float32)
    if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
        raise EncoderError(
            "{name} gives vectors of shape {shape} for {count} texts; expected a row of finite"
            " numbers each: take another encoder",
            name=name,
            shape=vectors.shape,
            count=len(texts),
        )
    return vectors
