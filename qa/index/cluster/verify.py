"""Checks an index in a cluster: that all of it is there, and every offset."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qa.errors import IndexCorruptedError
from qa.index.cluster.address import Address
from qa.index.cluster.layout import Kind, header_of, require_current
from qa.index.cluster.lexicon import local_lexicon
from qa.index.cluster.open import connect, open_current
from qa.index.cluster.send import missing
from qa.index.verify import Verification, check_documents
from qa.settings import Settings


def verify_cluster(address: Address, settings: Settings) -> Verification:
    """Check everything that answers rely on.

    Raises `ClusterError`, `IndexNotFoundError`, or `IndexCorruptedError` naming the first thing
    that is wrong.
    """
    cluster = connect(address, settings)
    place = require_current(cluster)
    index = open_current(address, settings)
    counts: dict[Kind, int] = {
        "passages": index.statistics.passages,
        "documents": index.statistics.documents,
    }
    for kind, count in counts.items():
        name = place.index(kind)
        if lacking := missing(cluster, name, count):
            raise IndexCorruptedError(
                "the index at {address} lacks number {number} of {index}; run `qa index` again,"
                " which sends what is missing",
                address=address,
                number=lacking[0].start,
                index=name,
            )
    header = header_of(cluster, place)
    with tempfile.TemporaryDirectory() as folder:
        if header is not None:
            local_lexicon(cluster, place, header, Path(folder))
    return Verification(
        documents=counts["documents"],
        passages=check_documents(index.catalogue),
        fingerprint=index.fingerprint,
    )
