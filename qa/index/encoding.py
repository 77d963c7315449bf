"""Vectors of all units of a new index: only what no earlier run has encoded is encoded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.index import store
from qa.index.catalogue import Catalogue
from qa.index.generation import Generation
from qa.index.unit_vectors import KEY, UnitVectors, vector_arrays
from qa.meaning.encoder import Opening, encoded

_BATCH: Final = 64
_READ: Final = 500
"""Passages that are read at a time."""

Known = dict[bytes, NDArray[np.float16]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """What makes the vectors of an index, and what it need not make."""

    encoder: str
    """Its name; empty for an index without vectors."""
    opening: Opening
    """Opens it, once there is something to encode."""
    earlier: UnitVectors | None = None
    directory: Path | None = None
    """Where to keep what is made as it is made; `None` for an index in memory."""
    on_progress: Callable[[int, int], None] | None = None

    def added_to(self, generation: Generation, catalogue: Catalogue) -> Generation:
        """The generation with a vector for each of its units; raises `EncoderError`."""
        if not self.encoder:
            return generation
        known = self._known()
        keys: list[bytes] = []
        pending: dict[bytes, str] = {}
        for text in _unit_texts(catalogue, generation.statistics.passages):
            keys.append(hashlib.sha256(text.encode()).digest()[:KEY])
            if keys[-1] not in known:
                pending[keys[-1]] = text
        self._encode(pending, known)
        rows = [known[key] for key in keys]
        vectors = np.array(rows, np.float16).reshape(len(rows), len(rows[0]) if rows else 0)
        digest = hashlib.sha256(f"{generation.fingerprint} {self.encoder}".encode())
        return replace(
            generation,
            arrays={**generation.arrays, **vector_arrays(keys, vectors)},
            encoder=self.encoder,
            fingerprint=digest.hexdigest()[:16],
        )

    def forget(self) -> None:
        """Take away what was kept for a run that is to go on: the index has it now."""
        if self.directory is not None:
            (self.directory / store.PARTIAL).unlink(missing_ok=True)

    def _known(self) -> Known:
        known: Known = {}
        if self.earlier is not None and self.earlier.encoder == self.encoder:
            known.update(zip(map(bytes, self.earlier.keys), self.earlier.vectors, strict=True))
        if self.directory is not None:
            known.update(_kept(self.directory / store.PARTIAL, self.encoder))
        return known

    def _encode(self, pending: dict[bytes, str], known: Known) -> None:
        """Encode what is pending, in batches of about one length, each kept once it is made."""
        if not pending:
            return
        encoder = self.opening(self.encoder)
        ordered = sorted(pending.items(), key=lambda item: len(item[1]))
        for first in range(0, len(ordered), _BATCH):
            batch = ordered[first : first + _BATCH]
            made = encoded(encoder.passages, [text for _, text in batch], self.encoder)
            rows = made.astype(np.float16)
            known.update(zip((key for key, _ in batch), rows, strict=True))
            if self.directory is not None:
                _keep(self.directory / store.PARTIAL, self.encoder, [k for k, _ in batch], rows)
            if self.on_progress is not None:
                self.on_progress(first + len(batch), len(ordered))


def _unit_texts(catalogue: Catalogue, passages: int) -> Iterator[str]:
    for first in range(0, passages, _READ):
        numbers = list(range(first, min(first + _READ, passages)))
        for passage, _ in catalogue.passages(numbers):
            yield from (passage.text[unit.start : unit.end] for unit in passage.units)


def _keep(path: Path, encoder: str, keys: list[bytes], rows: NDArray[np.float16]) -> None:
    """Append a line that names the encoder and the width, where it is the first, and records."""
    is_new = not path.exists()
    with path.open("ab") as file:
        if is_new:
            head = {"encoder": encoder, "dimensions": rows.shape[1]}
            file.write(json.dumps(head).encode() + b"\n")
        file.write(b"".join(key + row.tobytes() for key, row in zip(keys, rows, strict=True)))


def _kept(path: Path, encoder: str) -> Known:
    """What a run that was broken off has kept; a file of another encoder is taken away."""
    if not path.exists():
        return {}
    head, _, body = path.read_bytes().partition(b"\n")
    try:
        stated = json.loads(head)
        width = KEY + 2 * int(stated["dimensions"])
        is_same = stated["encoder"] == encoder and width > KEY
    except (ValueError, LookupError, TypeError):
        is_same, width = False, 1
    if not is_same:
        path.unlink()
        return {}
    whole = len(body) // width * width
    if whole < len(body):
        # The last record was cut off: what is appended must begin at a record.
        path.write_bytes(head + b"\n" + body[:whole])
    records = (body[place : place + width] for place in range(0, whole, width))
    return {record[:KEY]: np.frombuffer(record[KEY:], np.float16) for record in records}
