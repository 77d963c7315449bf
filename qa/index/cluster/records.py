"""What ranking reads of a passage, packed into one value; read once, and kept for a while."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexCorruptedError
from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import Place

_KEPT: Final = 20_000
"""Records that are kept, of some 2 KB each."""
_AT_ONCE: Final = 1_000
_HEAD: Final = 7


class Record(NamedTuple):
    """One passage, as `qa.index.contracts.Candidates` has it of many.

    `terms`: int32, the distinct ones, ascending. `weights`: float32, of each. `sequence`: places in
    `terms`, of the title, the headings and the text. `units`: int32 (units, 2), in `sequence`.
    """

    document: int
    in_french: bool
    title: int
    """Where the title ends in `sequence`."""
    body: int
    """Where the text begins."""
    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    units: NDArray[np.int32]
    sequence: NDArray[np.unsignedinteger[Any]]

    def packed(self) -> str:
        """The record as text."""
        # Most terms of a passage stand in it once, and have the same weight.
        weights = self.weights.tolist()
        distinct = {weight: place for place, weight in enumerate(dict.fromkeys(weights))}
        which = [distinct[weight] for weight in weights]
        head = (self.document, self.in_french, self.title, self.body)
        sizes = (len(self.terms), len(self.units), len(distinct))
        return b64encode(
            np.array([*head, *sizes], "<i4").tobytes()
            + self.terms.astype("<i4").tobytes()
            + self.units.astype("<i4").tobytes()
            + np.array(list(distinct), "<f4").tobytes()
            + np.array(which, _places(len(distinct))).tobytes()
            + self.sequence.astype(_places(len(self.terms))).tobytes()
        ).decode()

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """The record that was packed."""
        # Of doc values, the engine leaves the padding out.
        data = b64decode(text + "=" * (-len(text) % 4))
        head = np.frombuffer(data, "<i4", _HEAD).tolist()
        document, french, title, body, terms, units, weights = head
        first = 4 * _HEAD
        second = first + 4 * terms
        third = second + 8 * units
        fourth = third + 4 * weights
        distinct = np.frombuffer(data, "<f4", weights, third)
        which = np.frombuffer(data, _places(weights), terms, fourth)
        return cls(
            document=document,
            in_french=bool(french),
            title=title,
            body=body,
            terms=np.frombuffer(data, "<i4", terms, first),
            weights=distinct[which],
            units=np.frombuffer(data, "<i4", 2 * units, second).reshape(-1, 2),
            sequence=np.frombuffer(data, _places(terms), -1, fourth + which.nbytes),
        )


def _places(count: int) -> str:
    """The narrowest numbers that tell so many apart."""
    return "<u1" if count <= 1 << 8 else "<u2" if count <= 1 << 16 else "<u4"


class Records:
    """The records of one generation by the numbers of their passages; safe to share."""

    def __init__(self, cluster: Cluster, place: Place) -> None:
        self._cluster = cluster
        self.index = place.index("passages")
        self._kept: dict[int, Record] = {}

    def keep(self, hits: Iterable[Mapping[str, Any]]) -> list[int]:
        """The numbers of the passages that a search gave, by which it sorts last; keeps records."""
        if len(self._kept) > _KEPT:
            self._kept = {}
        kept, numbers = self._kept, []
        for hit in hits:
            number = int(hit["sort"][-1])
            numbers.append(number)
            if number not in kept:
                kept[number] = Record.unpacked(hit["fields"]["packed"][0])
        return numbers

    def of(self, numbers: Sequence[int]) -> list[Record]:
        """The records of some passages, in their order."""
        # Another thread may empty what is kept, so that it is looked into once.
        found = {number: self._kept.get(number) for number in numbers}
        missing = [number for number, record in found.items() if record is None]
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            for number, source in zip(some, self.sources(some, "packed"), strict=True):
                found[number] = self._kept[number] = Record.unpacked(source["packed"])
        return [record for number in numbers if (record := found[number]) is not None]

    def sources(self, numbers: Sequence[int], field: str) -> list[dict[str, Any]]:
        """A field of some passages, in their order."""
        return fetched(self._cluster, [(self.index, number, field) for number in numbers])


def fetched(cluster: Cluster, wanted: Sequence[tuple[str, int, str]]) -> list[dict[str, Any]]:
    """Of each index, number and field the source that is there, in one request."""
    if not wanted:
        return []
    docs = [
        {"_index": index, "_id": str(number), "_source": [field]} for index, number, field in wanted
    ]
    answer = cluster.request("POST", "/_mget", {"docs": docs}, params={"realtime": "false"})
    for doc in answer["docs"]:
        if not doc.get("found"):
            if "error" in doc:
                raise cluster.gone(doc["_index"])
            raise IndexCorruptedError(
                "the index at {address} lacks number {number} of {index}; run `qa index` again,"
                " which sends what is missing",
                address=cluster.address,
                number=doc["_id"],
                index=doc["_index"],
            )
    return [doc["_source"] for doc in answer["docs"]]


def weights_of(records: Sequence[Record], terms: Sequence[int]) -> NDArray[np.float64]:
    """The weights of some terms, float64 (records, terms)."""
    matrix = np.zeros((len(records), len(terms)))
    if not records or not terms:
        return matrix
    wanted, columns = np.unique(np.asarray(terms, np.int64), return_inverse=True)
    distinct = np.zeros((len(records), len(wanted)))
    having = np.concatenate([record.terms for record in records])
    weights = np.concatenate([record.weights for record in records])
    rows = np.repeat(np.arange(len(records)), [len(record.terms) for record in records])
    places = np.minimum(np.searchsorted(wanted, having), len(wanted) - 1)
    found = wanted[places] == having
    distinct[rows[found], places[found]] = weights[found]
    return np.take(distinct, columns, axis=1)
