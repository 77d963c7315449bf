"""Indexes that are sent to a cluster, to be measured there."""

from __future__ import annotations

from qa.engine import Engine
from qa.errors import ClusterError
from qa.index.cluster.address import Address
from qa.index.cluster.open import connect, open_current
from qa.index.cluster.update import publish
from qa.index.index import Index
from qa.settings import Settings


def address_of(place: str) -> Address:
    """The address that a text is; raises `ClusterError`."""
    address = Address.of(place)
    if address is None:
        raise ClusterError(
            "{place} is no address; expected opensearch://HOST:PORT/NAME", place=place
        )
    return address


def sent(index: Index, place: str, settings: Settings) -> Engine:
    """An engine over an index as the cluster at an address has it, sent there first."""
    cluster = connect(address_of(place), settings)
    publish(index, cluster, settings.cluster)
    return Engine(open_current(cluster.address, settings), settings)
