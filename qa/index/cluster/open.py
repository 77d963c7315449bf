"""Opens an index in a cluster."""

from __future__ import annotations

from qa.errors import IndexNotFoundError
from qa.index.cluster.address import Address
from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import Header, Place, header_of, require_current
from qa.index.cluster.lexicon import local_lexicon, read_lexicon
from qa.index.cluster.records import Records
from qa.index.cluster.search import ClusterFirstPass
from qa.index.cluster.texts import ClusterForward, ClusterTexts
from qa.index.index import SearchIndex
from qa.settings import Settings, cluster_login


def connect(address: Address, settings: Settings) -> Cluster:
    """The cluster at an address, asked by the user that the environment names."""
    return Cluster(address, settings.cluster, cluster_login())


def open_current(address: Address, settings: Settings) -> SearchIndex:
    """The generation that is asked now.

    It stays the same, whatever is indexed meanwhile. Raises `ClusterError`, `IndexNotFoundError`,
    `IndexCorruptedError`.
    """
    cluster = connect(address, settings)
    place = require_current(cluster)
    header = header_of(cluster, place)
    if header is None:
        raise IndexNotFoundError(
            "the index at {address} is not whole; run `qa index` again, which goes on where it"
            " stopped",
            address=address,
        )
    return open_generation(cluster, place, header, settings)


def open_generation(
    cluster: Cluster, place: Place, header: Header, settings: Settings
) -> SearchIndex:
    """One generation, with the lexicon in the cache folder."""
    records = Records(cluster, place)
    first_pass = ClusterFirstPass(cluster, place, records)
    texts = ClusterTexts(cluster, place, records)
    folder = local_lexicon(cluster, place, header, settings.cache_dir / "cluster" / "lexicons")
    return SearchIndex(
        catalogue=texts,
        lexicon=read_lexicon(folder, header.statistics.passages, first_pass.count_of_any),
        first_pass=first_pass,
        forward=ClusterForward(records, texts),
        statistics=header.statistics,
        settings=header.settings,
        fingerprint=header.fingerprint,
    )
