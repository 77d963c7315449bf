"""Writes a generation into a cluster: what is missing of it, then the alias upon it.

Documents have the numbers that they have in the generation, so writing one twice is writing it
once. What is there is counted in the cluster itself: a run that was interrupted goes on, and a run
that ended has been checked, in the same way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, NamedTuple

import msgspec

from qa.errors import ClusterError
from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import (
    KINDS,
    Header,
    Kind,
    Place,
    current,
    definition,
    place_of,
    shards_for,
)
from qa.settings import ClusterSettings

Sources = Callable[[int, int], Iterable[Mapping[str, Any]]]
"""The sources of the documents from one number to before another."""
Progress = Callable[[int, int], None]

_BATCH: Final = 1_000
"""Most documents in one request, and least in one range that is counted."""
_BATCH_BYTES: Final = 2 * 2**20
_UNDER_WAY: Final = 3
"""Requests that the cluster has before the next one is made ready."""
_RANGES: Final = 10_000
"""Most ranges that are counted at once; OpenSearch gives 65,535 where it is not set otherwise."""
_ROUNDS: Final = 3


class Part(NamedTuple):
    """The documents of one of the indices."""

    size: int
    sources: Sources
    fields: Mapping[str, Any]
    """Of the mapping."""


def send(
    cluster: Cluster,
    place: Place,
    parts: Mapping[Kind, Part],
    settings: ClusterSettings,
    on_progress: Progress,
) -> None:
    """Write all parts, until all of each is there; raises `ClusterError`, `IndexWriteError`."""
    nodes = cluster.request("GET", "/_cluster/health")["number_of_data_nodes"]
    shards = shards_for(parts["passages"].size, nodes, settings)
    for kind in KINDS:
        index = place.index(kind)
        if cluster.request("GET", f"/{index}/_settings") is None:
            few = 1 if kind == "lexicon" else shards
            cluster.request("PUT", f"/{index}", definition(parts[kind].fields, few, settings))
    total = sum(part.size for part in parts.values())
    before = 0

    def show(sent: int) -> None:
        on_progress(before + sent, total)

    for kind in KINDS:
        send_part(cluster, place.index(kind), parts[kind], show)
        before += parts[kind].size


def send_part(cluster: Cluster, index: str, part: Part, on_sent: Callable[[int], None]) -> None:
    """Write the documents of one index, until all are there."""
    for _ in range(_ROUNDS):
        lacking = missing(cluster, index, part.size)
        if not lacking:
            on_sent(part.size)
            return
        sent = part.size - sum(len(some) for some in lacking)
        with ThreadPoolExecutor(_UNDER_WAY) as threads:
            waiting: deque[tuple[int, Future[None]]] = deque()
            for batch in _batches(part.sources, lacking):
                if len(waiting) == _UNDER_WAY:
                    sent += _written(waiting)
                    on_sent(sent)
                waiting.append((len(batch), threads.submit(cluster.bulk, index, batch)))
            while waiting:
                sent += _written(waiting)
                on_sent(sent)
    raise ClusterError(
        "the cluster at {address} loses what is written to {index}; look after its nodes, then run"
        " `qa index` again, which goes on where it stopped",
        address=cluster.address,
        index=index,
    )


def _written(waiting: deque[tuple[int, Future[None]]]) -> int:
    """Wait for the first of the requests that are under way; how many documents it had."""
    count, request = waiting.popleft()
    request.result()
    return count


def _batches(sources: Sources, lacking: Iterable[range]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for some in lacking:
        for number, source in zip(some, sources(some.start, some.stop), strict=True):
            line = msgspec.json.encode({"number": number, **source})
            batch.append(b'{"index":{"_id":"%d"}}\n%b\n' % (number, line))
            size += len(batch[-1])
            if len(batch) == _BATCH or size >= _BATCH_BYTES:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def missing(cluster: Cluster, index: str, count: int) -> list[range]:
    """The ranges of numbers below `count` of which not all are there."""
    cluster.request("POST", f"/{index}/_refresh")
    width = max(_BATCH, -(-count // _RANGES))
    there = {"histogram": {"field": "number", "interval": width, "min_doc_count": 1}}
    found = cluster.search(index, {"size": 0, "aggs": {"there": there}})
    counts = {
        int(one["key"]): one["doc_count"] for one in found["aggregations"]["there"]["buckets"]
    }
    ranges = [range(first, min(first + width, count)) for first in range(0, count, width)]
    return [some for some in ranges if counts.get(some.start, 0) != len(some)]


def switch(cluster: Cluster, place: Place, header: Header) -> None:
    """Make a generation that is there the one that is asked, and take away earlier ones.

    The one before stays, for those who have it open.
    """
    before = current(cluster)
    index = place.index("passages")
    cluster.request("PUT", f"/{index}/_mapping", {"_meta": header.as_json()})
    put = {"add": {"index": index, "alias": place.name}}
    take = {"remove": {"index": f"{place.name}-*", "alias": place.name}}
    actions = [take, put] if before else [put]
    cluster.request("POST", "/_aliases", {"actions": actions})
    if current(cluster) != place:
        raise cluster.gone(index)
    kept = {place, before}
    there = cluster.request("GET", f"/{place.name}-*/_settings") or {}
    for other in there:
        found = place_of(other, place.name)
        if found is not None and found not in kept:
            cluster.request("DELETE", f"/{other}")
