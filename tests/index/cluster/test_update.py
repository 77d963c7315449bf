"""An index in a cluster is made, brought up to date, and asked as one on disk is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa.cli import main
from qa.engine import Engine
from qa.errors import ClusterError
from qa.index.cluster.address import Address
from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import Place, current, place_of
from qa.index.cluster.send import missing
from qa.index.places import remove_document, stamp, update_index
from qa.settings import Settings
from tests.conftest import WriteFiles
from tests.index.cluster.nodes import Nodes

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]

QUESTIONS = (
    "How does a monoclonal antibody act?",
    "Quels vaccins sont contre-indiqués ?",
    "graft-versus-host disease",
)


def cluster_at(place: Path | str) -> Cluster:
    address = Address.of(place)
    assert address is not None
    return Cluster(address, Settings().cluster, None)


def generations(cluster: Cluster) -> set[Place]:
    """Those that have anything in the cluster."""
    name = cluster.address.name
    there = cluster.request("GET", f"/{name}-*/_settings") or {}
    return {place for index in there if (place := place_of(index, name))}


def test_the_commands_take_an_address_for_a_folder(
    nodes: Nodes, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: str) -> str:
        assert main(arguments) == 0
        return capsys.readouterr().out

    folder, address = str(tmp_path / "here"), nodes.address("commands")
    outputs = []
    for place in (folder, address):
        assert "3 documents" in said("index", str(corpus), "--index", place)
        outputs.append(
            [
                # Either was added at a moment of its own.
                re.sub(
                    r'"added_at": ".+?"', "", said("ask", QUESTIONS[0], "--index", place, "--json")
                ),
                said("documents", "list", "--index", place),
                said("documents", "show", "en/graft.txt", "--index", place),
                # The originals are compared where the index was made.
                said("documents", "verify", "--index", place).splitlines()[0],
            ]
        )
    assert outputs[0] == outputs[1]
    assert main(["ask", "x", "--index", address, "--document", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_later_run_sends_what_changed_under_another_name_and_swaps(
    nodes: Nodes, corpus: Path, settings: Settings, write_files: WriteFiles
) -> None:
    place = Path(nodes.address("swapped"))
    update_index([corpus], place, settings)
    cluster, first = cluster_at(place), stamp(place, settings)
    opened = Engine.open(place, settings)
    answer = opened.ask(QUESTIONS[0])

    assert update_index([corpus], place, settings).unchanged == 3
    assert stamp(place, settings) == first

    write_files(corpus, {"new.txt": "Thalidomide is an immunomodulatory drug."})
    assert update_index([corpus], place, settings).added == 1
    assert stamp(place, settings) != first
    assert Engine.open(place, settings).ask("thalidomide").extracts
    assert opened.ask(QUESTIONS[0]) == answer, "who has it open goes on with it"

    removed = remove_document(place, "new.txt", settings)
    assert (removed.removed, stamp(place, settings)) == (1, first)
    write_files(corpus, {"new.txt": "Lenalidomide is another one."})
    update_index([corpus], place, settings)
    kept = {one.key for one in generations(cluster)}
    assert kept == {first, stamp(place, settings)}, "the one before stays, earlier ones go"


def test_what_was_interrupted_goes_on_where_it_stopped(
    nodes: Nodes, corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.index.cluster.send._BATCH", 2)
    place = Path(nodes.address("resumed"))
    cluster = cluster_at(place)
    sent: list[int] = []
    write = Cluster.bulk

    def counted(self: Cluster, index: str, documents: list[bytes]) -> None:
        sent.append(len(documents))
        if len(sent) == 3:
            raise KeyboardInterrupt
        write(self, index, documents)

    monkeypatch.setattr(Cluster, "bulk", counted)
    with pytest.raises(KeyboardInterrupt):
        update_index([corpus], place, settings)
    assert current(cluster) is None, "nobody sees half an index"
    before = sum(sent) - sent[2]
    update_index([corpus], place, settings)
    assert sum(sent[3:]) < sum(sent[:3]) + sum(sent[3:]) - before + 1
    engine = Engine.open(place, settings)
    found = current(cluster)
    assert found is not None
    for kind, count in (("passages", engine.index.statistics.passages), ("documents", 3)):
        assert not missing(cluster, found.index(kind), count)  # type: ignore[arg-type]  # both are
    local = Engine.from_corpus(corpus, settings)
    assert [engine.ask(q) for q in QUESTIONS] == [local.ask(q) for q in QUESTIONS]
    ranked = [[one.rank_documents(q) for q in QUESTIONS] for one in (engine, local)]
    assert ranked[0] == ranked[1]


def test_only_the_machine_that_made_an_index_brings_it_up_to_date(
    nodes: Nodes, corpus: Path, settings: Settings, tmp_path: Path
) -> None:
    place = Path(nodes.address("elsewhere"))
    update_index([corpus], place, settings)
    other = Settings(cache_dir=tmp_path / "other")
    with pytest.raises(ClusterError, match="another machine"):
        update_index([corpus / "en"], place, other)
    assert update_index([corpus / "en"], place, other, rebuild=True).documents == 2
