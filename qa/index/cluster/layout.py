"""What an index is in a cluster: three indices a generation, and an alias that names one of them.

`NAME-KEY-passages` has a document a passage: the weights of its terms as `rank_features`, see
`feature`; the fields of `qa.models.Filters`; and, read and not searched, `packed`
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

FORMAT: Final = 2
Kind = Literal["passages", "documents", "lexicon"]
KINDS: Final[tuple[Kind, ...]] = ("passages", "documents", "lexicon")
_SHARED_FROM: Final = 200_000
"""Passages from which on a further node is worth a question's way there and back."""
_MOST_A_SHARD: Final = 5_000_000
"""Some 11 GB, of the 10 to 50 that OpenSearch advises for a shard: see docs/scale.md."""
NAMES: Final = 1 << 12
"""Terms that one field of features has. The engine keeps up to 6,000 names of a request's fields at
hand, and copies all of them for every document with a new one."""
_FILTERS: Final[Mapping[str, Any]] = {
    name: {"type": "keyword", "doc_values": False}
    for name in ("id", "language", "objective", "taught", "item", "rank")
}
NUMBER: Final[Mapping[str, Any]] = {"number": {"type": "long"}}


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


def properties(kind: Kind, terms: int) -> dict[str, Any]:
    """The fields that one of the indices is searched by, with so many terms in the lexicon."""
    if kind == "lexicon":
        return {**NUMBER}
    if kind == "documents":
        return {**NUMBER, **_FILTERS}
    fields = {feature(term)[0]: {"type": "rank_features"} for term in range(0, terms, NAMES)}
    # As doc values, which are read by hundreds without the texts beside them.
    return {**NUMBER, **_FILTERS, **fields, "packed": {"type": "binary", "doc_values": True}}


def feature(term: int) -> tuple[str, str]:
    """The field of features that has the weight of a term, and the term's name in it."""
    field, name = divmod(term, NAMES)
    return f"f{field}", str(name)


def shards_for(passages: int, nodes: int, settings: ClusterSettings) -> int:
    """Into how many shards so many passages are divided, on so many nodes."""
    few = min(nodes, -(-passages // _SHARED_FROM))
    return settings.cluster_shards or max(few, -(-passages // _MOST_A_SHARD), 1)


def definition(fields: Mapping[str, Any], shards: int, settings: ClusterSettings) -> dict[str, Any]:
    """The body of the request that makes an index."""
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": settings.cluster_replicas,
            "refresh_interval": -1,
            "mapping": {"total_fields": {"limit": 2 * len(fields)}},
        },
        # Nothing is left out of the source, which the engine would write anew to that end.
        "mappings": {"dynamic": False, "properties": fields},
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
