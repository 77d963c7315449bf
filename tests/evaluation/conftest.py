"""A small retrieval set in BEIR layout, of our own words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

_CORPUS = (
    {"_id": "d1", "title": "Antibodies", "text": "A monoclonal antibody binds one antigen only."},
    {"_id": "d2", "title": "Vaccines", "text": "Live vaccines are stopped before transplantation."},
    {"_id": "d3", "title": "", "text": "Le rituximab vise le CD20 des lymphocytes B."},
    {"_id": "d4", "title": "Kinases", "text": "Imatinib blocks the kinase made by BCR-ABL."},
)
_QUERIES = (
    {"_id": "q1", "text": "which antigen does an antibody bind", "answers": ["one antigen"]},
    {"_id": "q2", "text": "live vaccines before a transplantation", "answerable": True},
    {"_id": "q3", "text": "cible du rituximab", "history": [{"speaker": "user", "text": "CD20 ?"}]},
    {"_id": "q4", "text": "price of a train ticket to Lyon", "answerable": False},
)
_QRELS = (("q1", "d1", "1"), ("q2", "d2", "2"), ("q2", "d1", "0"), ("q3", "d3", "1"))

MakeSet = Callable[..., Path]


def _as_lines(objects: Sequence[Any]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


@pytest.fixture
def make_set(tmp_path: Path) -> MakeSet:
    """Writes a folder in BEIR layout; a part can be given as text, to break it."""

    def make(
        corpus: str = _as_lines(_CORPUS),
        queries: str = _as_lines(_QUERIES),
        qrels: str = "query-id\tcorpus-id\tscore\n" + "".join("\t".join(r) + "\n" for r in _QRELS),
        name: str = "small",
    ) -> Path:
        folder = tmp_path / name
        (folder / "qrels").mkdir(parents=True)
        (folder / "corpus.jsonl").write_bytes(corpus.encode())
        (folder / "queries.jsonl").write_bytes(queries.encode())
        (folder / "qrels" / "test.tsv").write_bytes(qrels.encode())
        return folder

    return make
