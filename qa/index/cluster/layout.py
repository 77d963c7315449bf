"""What an index is in a cluster: three indices a generation, and an alias that names one of them.

`NAME-KEY-passages` has a document a passage: `f`, the weight of each of its terms by number, as
`rank_features`; the fields of `qa.models.Filters`; and, read and not searched, `packed`
(`qa.index.cluster.records`) and `passage`. `NAME-KEY-documents` has the documents, and
`NAME-KEY-lexicon` the files of the lexicon in parts. The alias `NAME` is put upon the passages of
the generation that is asked, in one step, when all of it is there. `_meta` of the mapping of these
then has the header: format, fingerprint, settings, statistics, and the checksums of the lexicon.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, Self

from qa.errors import IndexCorruptedError, IndexNotFoundError
from qa.index.cluster.address import Address
from qa.index.cluster.client import Cluster
from qa.index.generation import Statistics
from qa.index.recipe import recipe
from qa.models import DocumentInfo
from qa.settings import ClusterSettings, IndexSettings

FORMAT: Final = 1
Kind = Literal["passages", "documents", "lexicon"]
KINDS: Final[tuple[Kind, ...]] = ("passages", "documents", "lexicon")
_SHARED_FROM: Final = 200_000
"""Passages from which on a further node is worth a question's way there and back."""
_MOST_A_SHARD: Final = 5_000_000
"""Some 13 GB, of the 10 to 50 that OpenSearch advises for a shard: see docs/scale.md."""
_FILTERS: Final[Mapping[str, Any]] = {
    name: {"type": "keyword"} for name in ("id", "language", "objective", "taught", "item", "rank")
}
_PROPERTIES: Final[Mapping[Kind, Mapping[str, Any]]] = {
    "passages": {
        "number": {"type": "long"},
        "f": {"type": "rank_features"},
        **_FILTERS,
    },
    "documents": {"number": {"type": "long"}, **_FILTERS},
    "lexicon": {"number": {"type": "long"}},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is said of a generation, beside what is in it."""

    fingerprint: str
    settings: IndexSettings
    statistics: Statistics
    lexicon: Mapping[str, str]
    """SHA-256 of each file, in hexadecimal, by its name."""
    maker: str
    """The machine, as it were, that it was made on: see `qa.index.cluster.update`."""

    def as_json(self) -> dict[str, Any]:
        """The header as the mapping keeps it."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def of(cls, fields: Mapping[str, Any], address: Address) -> Self:
        """The header that a mapping keeps; raises `IndexCorruptedError`."""
        if fields.get("format") != FORMAT:
            raise IndexCorruptedError(
                "the index at {address} has format {format}, this version reads {expected}; build"
                " it again from all its sources with `qa index SOURCE... --rebuild`",
                address=address,
                format=fields.get("format"),
                expected=FORMAT,
            )
        return cls(
            fingerprint=fields["fingerprint"],
            settings=IndexSettings(**fields["settings"]),
            statistics=Statistics(**fields["statistics"]),
            lexicon=fields["lexicon"],
            maker=fields["maker"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One generation in a cluster."""

    name: str
    key: str
    """16 hexadecimal digits, of all that it follows from."""

    def index(self, kind: Kind) -> str:
        """The name of one of its indices."""
        return f"{self.name}-{self.key}-{kind}"

    @classmethod
    def made_of(cls, name: str, fingerprint: str) -> Self:
        """The place for documents and settings with this fingerprint, as this code indexes them."""
        text = json.dumps([FORMAT, recipe(), fingerprint])
        return cls(name=name, key=hashlib.sha256(text.encode()).hexdigest()[:16])


def place_of(index: str, name: str) -> Place | None:
    """The generation that an index is of, or `None` for an index of something else."""
    found = re.fullmatch(rf"{re.escape(name)}-([0-9a-f]{{16}})-({'|'.join(KINDS)})", index)
    return Place(name=name, key=found[1]) if found else None


def current(cluster: Cluster, *, patient: bool = True) -> Place | None:
    """The generation that is asked, or `None` where there is none."""
    address = cluster.address
    named = cluster.request("GET", f"/_alias/{address.name}", patient=patient)
    places = [place_of(index, address.name) for index in named or ()]
    if named is None and cluster.request("GET", f"/{address.name}/_settings") is not None:
        places = [None]
    if not places:
        return None
    if len(places) > 1 or places[0] is None:
        raise IndexCorruptedError(
            "{name} at {address} is an index of something else; choose another name",
            name=address.name,
            address=address,
        )
    return places[0]


def require_current(cluster: Cluster) -> Place:
    """The generation that is asked; raises `IndexNotFoundError`."""
    place = current(cluster, patient=False)
    if place is None:
        raise IndexNotFoundError(
            "no index at {address}; make one with `qa index SOURCE --index {address}`",
            address=cluster.address,
        )
    return place


def header_of(cluster: Cluster, place: Place) -> Header | None:
    """What is said of a generation; `None` where it is not there, or not all of it."""
    index = place.index("passages")
    found = cluster.request("GET", f"/{index}/_mapping")
    meta = found[index]["mappings"].get("_meta", {}) if found else {}
    return Header.of(meta, cluster.address) if meta else None


def definition(kind: Kind, passages: int, nodes: int, settings: ClusterSettings) -> dict[str, Any]:
    """The body of the request that makes an index for so many passages, on so many nodes."""
    few = min(nodes, -(-passages // _SHARED_FROM))
    shards = settings.cluster_shards or max(few, -(-passages // _MOST_A_SHARD), 1)
    return {
        "settings": {
            "number_of_shards": 1 if kind == "lexicon" else shards,
            "number_of_replicas": settings.cluster_replicas,
            "refresh_interval": -1,
        },
        "mappings": {
            "dynamic": False,
            # Weights are kept as postings, and exactly in `packed`.
            "_source": {"excludes": ["f"]},
            "properties": _PROPERTIES[kind],
        },
    }


def filter_fields(info: DocumentInfo) -> dict[str, Any]:
    """What a document is filtered by: as in `qa.index.catalogue.Catalogue.documents_of`."""
    objective = info.objective
    return {
        "id": info.id,
        "language": info.language,
        "objective": [*with_less(objective.code)] if objective else [],
        "taught": [name for code in info.objectives for name in with_less(code)],
        "item": objective.item if objective else None,
        "rank": objective.rank if objective else None,
    }


def with_less(code: str) -> tuple[str, ...]:
    """A code, and the same without its rank, by which it may be named too."""
    return (code, code[:-2]) if code[-2:-1] == "-" else (code,)
