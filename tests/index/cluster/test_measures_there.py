"""What `qa-eval` measures of an index in a cluster is what it measures of one in memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.cli import main
from tests.conftest import WriteFiles
from tests.index.cluster.nodes import Nodes

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]


ORGANS = ("heart", "liver", "kidney", "spleen")


def test_the_ranking_of_a_set_is_the_same(
    nodes: Nodes, tmp_path: Path, write_files: WriteFiles
) -> None:
    texts = [{"_id": organ, "text": f"The {organ} is an organ."} for organ in ORGANS]
    lines = "".join(f"{json.dumps(text)}\n" for text in texts)
    judged = "".join(f"{organ}\t{organ}\t1\n" for organ in ORGANS)
    names = ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv")
    write_files(tmp_path / "organs", dict(zip(names, (lines, lines, judged), strict=True)))
    runs = [tmp_path / "memory.trec", tmp_path / "cluster.trec"]
    for run, place in zip(runs, ([], ["--index", nodes.address("measured")]), strict=True):
        assert main(["beir", str(tmp_path / "organs"), "--run", str(run), *place]) == 0
    assert runs[0].read_text() == runs[1].read_text() != ""


def test_an_index_is_timed_beside_plain_texts(
    nodes: Nodes, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["bench", "--passages", "20", "--questions", "2", "--json"]
    assert main([*arguments, "--index", nodes.address("timed")]) == 0
    timings = json.loads(capsys.readouterr().out)["timings"]
    found = {timing["engine"]: timing for timing in timings}
    for engine in ("cluster rank", "cluster words", "OpenSearch match"):
        assert found[engine]["index_processor_seconds"] > 0
