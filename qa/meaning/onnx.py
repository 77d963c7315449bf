"""Any encoder in ONNX, by name or from a folder, through `fastembed`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from qa.errors import EncoderError
from qa.meaning.vectors import Vectors

_FILES: Final = ("model.onnx", "onnx/model.onnx", "model_optimized.onnx")
"""Where the models of a folder may be, the first one that is there."""


class _Prefixes(NamedTuple):
    """What a model was trained to see before each kind of text."""

    question: str = ""
    passage: str = ""


_E5: Final = _Prefixes("query: ", "passage: ")
"""Wang et al. 2024, Multilingual E5 Text Embeddings; the library leaves them to its callers."""


class OnnxEncoder:
    """See `qa.meaning.encoder.Encoder`; raises `EncoderError`."""

    def __init__(self, name: str, *, allow_download: bool = False) -> None:
        try:
            from fastembed import TextEmbedding
        except ImportError as error:
            raise EncoderError(
                "the encoder {name} needs fastembed; add it with"
                " `pip install 'qa-citations[{extra}]'`",
                name=name,
                extra="semantic",
            ) from error
        folder = Path(name)
        if folder.is_dir():
            _register(TextEmbedding, folder)
        given: dict[str, Any] = {"specific_model_path": name} if folder.is_dir() else {}
        try:
            self._model = TextEmbedding(name, local_files_only=not allow_download, **given)
        except Exception as error:  # Of every kind: of the hub, the tokenizer, the runtime.
            raise EncoderError(
                "the encoder {name} cannot be opened ({error}); give a folder with {file} and its"
                " tokenizer, or a name of fastembed, with --allow-download to fetch it once",
                name=name,
                error=" ".join(str(error).split())[:200],
                file=_FILES[0],
            ) from error
        self._prefixes = _E5 if "e5" in folder.name.lower().split("-") else _Prefixes()

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Of questions, float32 (texts, dimensions)."""
        return _rows(self._model.query_embed([self._prefixes.question + text for text in texts]))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Of what may answer them, likewise."""
        return _rows(self._model.passage_embed([self._prefixes.passage + text for text in texts]))


def _rows(vectors: Iterable[Any]) -> Vectors:
    rows = np.array(list(vectors), np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit


def _register(library: Any, folder: Path) -> None:
    """Make a folder known to the library, which takes models by their names."""
    from fastembed.common.model_description import ModelSource, PoolingType

    name = str(folder)
    if any(model["model"] == name for model in library.list_supported_models()):
        return
    file = next((file for file in _FILES if (folder / file).is_file()), None)
    if file is None:
        raise EncoderError(
            "{folder} has no model; expected one of: {files}",
            folder=folder,
            files=", ".join(_FILES),
        )
    library.add_custom_model(
        model=name,
        pooling=PoolingType.MEAN,
        normalization=True,
        sources=ModelSource(hf=name),
        dim=0,  # Only told to who asks for it; the vectors have what the model gives.
        model_file=file,
    )
