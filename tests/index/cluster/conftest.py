"""A cluster of three nodes for all tests that ask one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from qa.index.cluster.address import Address
from qa.index.cluster.client import Cluster
from qa.index.cluster.open import open_current
from qa.index.cluster.update import publish
from qa.index.index import Index, SearchIndex
from qa.settings import Settings
from tests.index.cluster.nodes import Nodes, started

Publish = Callable[[Index, str], SearchIndex]


@pytest.fixture(scope="session")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """Three nodes that have found each other; mark the tests with `cluster`."""
    with started(tmp_path_factory.mktemp("opensearch"), 3) as nodes:
        yield nodes


@pytest.fixture(scope="session")
def publish_small(nodes: Nodes, tmp_path_factory: pytest.TempPathFactory) -> Publish:
    """Sends an index to the cluster under a name, in one part without copies, and opens it."""
    cache = tmp_path_factory.mktemp("published")
    here = Settings(cache_dir=cache).changed({"cluster_shards": 1, "cluster_replicas": 0})

    def send(index: Index, name: str) -> SearchIndex:
        address = Address.of(nodes.address(name))
        assert address is not None
        publish(index, Cluster(address, here.cluster, None), here.cluster)
        return open_current(address, here)

    return send
