"""A node that is lost or slow costs time, and neither a passage nor a right answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.engine import Engine
from qa.index.places import update_index, verify_index
from qa.settings import Settings
from tests.conftest import WriteFiles
from tests.index.cluster.nodes import Nodes
from tests.index.cluster.soak import asking
from tests.index.cluster.test_update import QUESTIONS

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]


def test_a_node_is_lost_while_indexing_and_while_asking(
    nodes: Nodes, corpus: Path, settings: Settings, write_files: WriteFiles
) -> None:
    texts = {f"{n}.txt": f"Note {n} says that drug{n} is given on day {n}." for n in range(300)}
    write_files(corpus, texts)
    here = settings.changed({"cluster_shards": 3})
    place = Path(nodes.address("faults"))
    update_index([corpus], place, here)
    nodes.wait(3, "faults-*")
    engine = Engine.open(place, here)
    local = Engine.from_corpus(corpus, here)
    expected = [(question, local.ask(question)) for question in QUESTIONS]
    lost = nodes.members[1]
    write_files(corpus, {"0.txt": "Note 0 has changed."})
    with asking(lambda: engine, expected) as clients:

        def lose(done: int, total: int) -> None:
            if done > total // 2 and lost.process is not None:
                lost.kill()

        update_index([corpus], place, here, on_progress=lose)
        assert lost.process is None
        nodes.wait(2, "faults-*", "yellow")
        before = [client.right for client in clients]
        lost.start()
        nodes.wait(3, "faults-*")
    assert not any(client.wrong or client.messages for client in clients)
    assert all(now.right > then for now, then in zip(clients, before, strict=True))
    found = verify_index(place, here)
    assert (found.documents, found.passages) == (303, engine.index.statistics.passages)
    after = Engine.open(place, here)
    again = Engine.from_corpus(corpus, here)
    assert [after.ask(q) for q in QUESTIONS] == [again.ask(q) for q in QUESTIONS]


def test_a_node_that_answers_nothing_is_passed_over(
    nodes: Nodes, corpus: Path, settings: Settings
) -> None:
    place = Path(nodes.address("slow"))
    here = settings.changed({"cluster_shards": 3, "cluster_seconds": 30})
    update_index([corpus], place, here)
    nodes.wait(3, "slow-*")
    engine = Engine.open(place, here)
    local = Engine.from_corpus(corpus, here)
    with nodes.members[2].paused():
        assert [engine.ask(q) for q in QUESTIONS] == [local.ask(q) for q in QUESTIONS]
    nodes.wait(3, "slow-*")
