"""An index in a cluster, and plain texts on the same nodes, as contenders of the bench."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import nan
from pathlib import Path

from evaluation.bench import OWN, Contender, K, Ways, ways
from evaluation.clusters import address_of
from qa.engine import Engine
from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import KINDS, NUMBER, Place, definition, shards_for
from qa.index.cluster.open import connect, open_current
from qa.index.cluster.send import Part, send_part
from qa.index.cluster.update import publish
from qa.index.index import Index
from qa.settings import Settings


def cluster_contenders(place: str, settings: Settings) -> tuple[Contender, ...]:
    """The system with its index at an address, then OpenSearch itself: `match` on the texts."""
    cluster = connect(address_of(place), settings)
    elsewhere = partial(_processor_seconds, cluster)
    return (
        Contender("opensearchpy", partial(_cluster, cluster, settings), elsewhere),
        Contender("opensearchpy", partial(_match, cluster, settings), elsewhere),
    )


def _processor_seconds(cluster: Cluster) -> float:
    """Of all nodes, since they were started; nan where one of them does not say."""
    found = cluster.request("GET", "/_nodes/stats/process")
    if found["_nodes"]["failed"]:
        # A sum without one of them would be taken for less work.
        return nan
    spent = [node["process"]["cpu"]["total_in_millis"] for node in found["nodes"].values()]
    return float(sum(spent) / 1000)


def _settle(cluster: Cluster) -> None:
    """Wait for copies that were begun while documents came in, which are work too."""
    quiet = {"wait_for_no_initializing_shards": "true", "timeout": "60s"}
    cluster.request("GET", f"/_cluster/health/{cluster.address.name}-*", params=quiet)


def _cluster(
    cluster: Cluster, settings: Settings, _passages: Sequence[str], folder: Path
) -> Callable[[], Ways]:
    index = Index.open(folder.with_name(OWN))
    # What is there would not be sent.
    for kind in KINDS:
        place = Place.made_of(cluster.address.name, index.fingerprint)
        cluster.request("DELETE", f"/{place.index(kind)}")
    publish(index, cluster, settings.cluster)
    _settle(cluster)
    return lambda: ways(Engine(open_current(cluster.address, settings), settings), "cluster")


def _match(
    cluster: Cluster, settings: Settings, passages: Sequence[str], _folder: Path
) -> Callable[[], Ways]:
    index = f"{cluster.address.name}-texts"
    cluster.request("DELETE", f"/{index}")
    nodes = cluster.request("GET", "/_cluster/health")["number_of_data_nodes"]
    fields = {**NUMBER, "text": {"type": "text"}}
    shards = shards_for(len(passages), nodes, settings.cluster)
    cluster.request("PUT", f"/{index}", definition(fields, shards, settings.cluster))

    def sources(first: int, last: int) -> list[dict[str, str]]:
        return [{"text": text} for text in passages[first:last]]

    send_part(cluster, index, Part(len(passages), sources, fields), lambda _: None)
    _settle(cluster)

    def search(question: str) -> object:
        return cluster.search(index, {"size": K, "query": {"match": {"text": question}}})

    return lambda: {"OpenSearch match": search}
