"""The documents and passages of an index in a cluster; what `Catalogue` is of one on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from qa.errors import UnknownDocumentError
from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import Place, filter_fields
from qa.index.cluster.records import Records, fetched, weights_of
from qa.index.contracts import Candidates
from qa.index.ragged import run_ends
from qa.models import Document, DocumentInfo, Passage, Unit

_PAGE: Final = 1_000
_INFOS_KEPT: Final = 10_000
_BESIDE_INFO: Final = tuple(field.name for field in fields(Document)[len(fields(DocumentInfo)) :])


def passage_source(passage: Passage) -> dict[str, Any]:
    """A passage as it is kept, without its document."""
    return {
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "language": passage.language,
        "heading": passage.heading,
        "page": passage.page,
        "units": [(u.start, u.end, u.kind, u.leads, u.header) for u in passage.units],
    }


def document_source(document: Document, passages: int) -> dict[str, Any]:
    """A document of so many passages as it is kept."""
    return {
        "size": (len(document.text), passages),
        "info": document.info,
        "document": {name: getattr(document, name) for name in _BESIDE_INFO},
        **filter_fields(document.info),
    }


class ClusterTexts:
    """See `qa.index.contracts.Texts`; numbers are positions in index order, counted from 0."""

    def __init__(self, cluster: Cluster, place: Place, records: Records) -> None:
        self._cluster = cluster
        self._index = place.index("documents")
        self._records = records
        self._infos: dict[int, DocumentInfo] = {}

    def documents(self) -> tuple[DocumentInfo, ...]:
        """What is known of every document, in index order."""
        return tuple(msgspec.convert(source["info"], DocumentInfo) for source in self._all("info"))

    def document_ids(self) -> tuple[str, ...]:
        """The identifier of every document, in index order."""
        return tuple(source["id"] for source in self._all("id"))

    def ids(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """The identifiers of the documents with these numbers, in the given order."""
        return tuple(info.id for info in self._infos_and(numbers, [])[0])

    def sizes(self) -> tuple[tuple[int, int], ...]:
        """The characters and the passages of every document, in index order."""
        return tuple((source["size"][0], source["size"][1]) for source in self._all("size"))

    def document(self, document_id: str) -> Document:
        """A whole document; raises `UnknownDocumentError`."""
        found = list(self._all("info", "document", query={"term": {"id": document_id}}))
        if not found:
            raise UnknownDocumentError(
                "no document {document_id!r} in this index; `qa documents list` names them all",
                document_id=document_id,
            )
        return msgspec.convert({**found[0]["info"], **found[0]["document"]}, Document)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order."""
        query = {"term": {"id": document_id}}
        index = self._records.index
        return tuple(
            _passage(source["passage"], document_id)
            for source in self._all("passage", query=query, index=index)
        )

    def passages(
        self, numbers: Sequence[int], owners: Sequence[int]
    ) -> tuple[tuple[Passage, DocumentInfo], ...]:
        """The passages with these numbers, of these documents, each with its document."""
        wanted = [(self._records.index, number, "passage") for number in numbers]
        infos, sources = self._infos_and(owners, wanted)
        texts = [source["passage"] for source in sources]
        return tuple(
            (_passage(text, info.id), info) for text, info in zip(texts, infos, strict=True)
        )

    def spans(self, numbers: Sequence[int]) -> tuple[tuple[str, int, int], ...]:
        """Document, start and end of the passages with these numbers, in the given order."""
        owners = [record.document for record in self._records.of(numbers)]
        found = self.passages(numbers, owners)
        return tuple((info.id, one.start, one.end) for one, info in found)

    def has_document(self, document_id: str) -> bool:
        """Whether there is such a document."""
        return any(self._all("id", query={"term": {"id": document_id}}))

    def has_objective(self, code: str) -> bool:
        """Whether a document is about an objective, or is said to teach it."""
        either = [{"term": {"objective": code}}, {"term": {"taught": code}}]
        return any(self._all("id", query={"bool": {"should": either}}))

    def _infos_and(
        self, owners: Sequence[int], wanted: Sequence[tuple[str, int, str]]
    ) -> tuple[list[DocumentInfo], list[dict[str, Any]]]:
        """What is known of some documents, and what else is wanted, in one request."""
        missing = sorted(set(owners) - self._infos.keys())
        about = [(self._index, owner, "info") for owner in missing]
        sources = fetched(self._cluster, [*about, *wanted])
        infos = self._infos if len(self._infos) < _INFOS_KEPT else {}
        for owner, source in zip(missing, sources, strict=False):
            infos[owner] = msgspec.convert(source["info"], DocumentInfo)
        self._infos = infos
        some = [infos.get(owner) or self._info(owner) for owner in owners]
        return some, sources[len(missing) :]

    def _info(self, owner: int) -> DocumentInfo:
        (source,) = fetched(self._cluster, [(self._index, owner, "info")])
        return msgspec.convert(source["info"], DocumentInfo)

    def _all(
        self, *fields: str, query: Mapping[str, Any] | None = None, index: str = ""
    ) -> Iterator[dict[str, Any]]:
        """Some fields of all that matches, by number."""
        after: list[Any] = []
        while True:
            hits = self._cluster.search(
                index or self._index,
                {
                    "size": _PAGE,
                    "query": query or {"match_all": {}},
                    "sort": [{"number": "asc"}],
                    "track_total_hits": False,
                    "_source": list(fields),
                    **({"search_after": after} if after else {}),
                },
            )["hits"]["hits"]
            yield from (hit["_source"] for hit in hits)
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]


def _passage(fields: Mapping[str, Any], document_id: str) -> Passage:
    return Passage(
        document_id=document_id,
        **{
            **fields,
            "heading": tuple(fields["heading"]),
            "units": tuple(
                Unit(start=start, end=end, kind=kind, leads=leads, header=header)
                for start, end, kind, leads, header in fields["units"]
            ),
        },
    )


class ClusterForward:
    """Reads passages of one generation; see `qa.index.contracts.Forward`."""

    def __init__(self, records: Records, texts: ClusterTexts) -> None:
        self._records = records
        self._texts = texts

    def read(self, passages: NDArray[np.int64]) -> Candidates:
        """What the index has of these passages, in their order."""
        records = self._records.of(passages.tolist())
        lengths = np.array([len(record.sequence) for record in records], np.int64)
        begins = run_ends(lengths)
        unit_counts = np.array([len(record.units) for record in records], np.int64)

        def weights(terms: Sequence[int]) -> NDArray[np.float64]:
            return weights_of(records, terms)

        def texts(places: Sequence[int]) -> tuple[tuple[Passage, DocumentInfo], ...]:
            return self._texts.passages(
                passages[list(places)].tolist(), [records[place].document for place in places]
            )

        return Candidates(
            passages=passages,
            documents=np.array([record.document for record in records], np.int64),
            in_french=np.array([record.in_french for record in records], np.bool_),
            terms=_joined([record.terms[record.sequence] for record in records], np.int32),
            begins=begins,
            titles=begins[:-1] + np.array([record.title for record in records], np.int64),
            bodies=begins[:-1] + np.array([record.body for record in records], np.int64),
            units=_joined([record.units for record in records], np.int64).reshape(-1, 2)
            + np.repeat(begins[:-1], unit_counts)[:, None],
            unit_begins=run_ends(unit_counts),
            weights=weights,
            texts=texts,
        )


def _joined(arrays: Sequence[NDArray[np.int32]], dtype: type[np.generic]) -> NDArray[np.int32]:
    return np.concatenate([np.empty(0, dtype), *(array.ravel() for array in arrays)]).astype(dtype)
