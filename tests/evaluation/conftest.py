"""A small retrieval set in BEIR layout, of our own words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from evaluation.question_report import QuestionReport, measure_questions
from evaluation.question_set import load_questions
from qa.engine import Engine
from qa.settings import Settings

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


def as_lines(objects: Iterable[Any]) -> str:
    """Objects as lines of JSON."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


@pytest.fixture
def make_set(tmp_path: Path) -> MakeSet:
    """Writes a folder in BEIR layout; a part can be given as text, to break it."""

    def make(
        corpus: str = as_lines(_CORPUS),
        queries: str = as_lines(_QUERIES),
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


@pytest.fixture
def answered_set(make_set: MakeSet) -> Path:
    """A folder in BEIR layout, each of whose documents answers one question."""
    organs = ("heart", "liver", "kidney", "spleen", "brain", "lung")
    return make_set(
        corpus=as_lines({"_id": o, "text": f"The {o} weighs {len(o)} units."} for o in organs),
        queries=as_lines(
            {"_id": o, "text": f"how much does the {o} weigh", "answers": [f"{o} weighs"]}
            for o in organs
        ),
        qrels="query-id\tcorpus-id\tscore\n" + "".join(f"{o}\t{o}\t1\n" for o in organs),
    )


_DOCUMENTS = {
    "antibodies.txt": "Monoclonal antibodies\n\nA monoclonal antibody binds one antigen only. It is"
    " given by infusion because it would be digested.\n",
    "vaccins.txt": "Vaccins\n\nLes vaccins vivants sont interdits sous biothérapie. On les fait un"
    " mois avant le début du traitement.\n",
    "kinases.txt": "Kinase inhibitors\n\nImatinib blocks the kinase made by BCR-ABL. It is taken"
    " by mouth.\n",
}
_QUESTIONS = (
    {
        "id": "a1",
        "question": "What does a monoclonal antibody bind?",
        "language": "en",
        "kind": "direct",
        "objective": "OIC-202-03-B",
        "evidence": [
            {"document": "antibodies.txt", "quote": "A monoclonal antibody binds one antigen only."}
        ],
    },
    {
        "id": "a2",
        "question": "vaccins vivants sous biothérapie",
        "language": "fr",
        "kind": "keywords",
        "evidence": [
            {"document": "vaccins.txt", "quote": "vaccins  vivants\nsont interdits"},
            {"document": "vaccins.txt", "quote": "un mois avant le début du traitement"},
        ],
    },
    {
        "id": "a3",
        "question": "Comment prendre l'imatinib ?",
        "language": "fr",
        "kind": "cross-language",
        "evidence": [{"document": "kinases.txt", "quote": "It is taken by mouth."}],
    },
    {
        "id": "u1",
        "question": "How do I fix a bicycle?",
        "language": "en",
        "kind": "unanswerable-far",
        "answerable": False,
    },
)


@pytest.fixture(scope="session")
def documents_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three short documents."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in _DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def engine(documents_folder: Path) -> Engine:
    """An engine over the three documents."""
    return Engine.from_corpus(documents_folder, Settings())


@pytest.fixture(scope="session")
def questions_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four questions on the three documents."""
    path = tmp_path_factory.mktemp("questions") / "small.jsonl"
    path.write_text(as_lines(_QUESTIONS), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def report(engine: Engine, questions_file: Path) -> QuestionReport:
    """What the engine makes of the four questions."""
    return measure_questions(engine, load_questions(questions_file, engine))
