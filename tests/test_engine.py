"""The whole product: documents in, cited answers out, the same from memory and from disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import Answer, Engine, Settings, Turn
from qa.analysis.lexicon import ACRONYM_FILE, GLOSSARY_FILE
from qa.errors import (
    ManifestError,
    QuestionError,
    SourceNotFoundError,
    UnknownDocumentError,
    UnreadableFileWarning,
)
from qa.index.update import update_index
from qa.models import Filters, Notice
from qa.serialise import answer_to_json


class WriteFiles(Protocol):
    """Writes texts to files below a folder, and returns the folder."""

    def __call__(self, folder: Path, files: Mapping[str, str]) -> Path: ...


QUESTIONS = (
    "How does a monoclonal antibody act?",
    "Que bloque un anticorps monoclonal ?",
    "Can allogeneic transplantation cause graft-versus-host disease?",
    "Quels vaccins sont contre-indiqués sous biothérapie ?",
    "vaccin grippe",
    "antibody",
    "Can the cells of a donor become an antibody?",
    "What is the price of a zorglub?",
)
HOSTILE = (
    "\0",
    "antibody\0 act",
    "💊🧬 antibody 👩‍⚕️",
    "'; DROP TABLE passages; --",
    '" OR 1=1 --',
    ".*+?^${}()|[]\\ antibody (?P<x>",
    "%s %d {0} {antibody}",
    "<script>alert('antibody')</script>",
    "../../etc/passwd antibody",
    "ما هو الجسم المضاد؟",
    "\u202eantibody\u202c",
    "抗体とは何ですか",
    "ﾞ ﾟ",
    "a\u0301" * 500,
    "\ud800 antibody",
    "🏴\U000e0067\U000e0062 \U0010ffff antibody",
    "antibody " * 1000,
    "a" * 10_000,
    "-" * 10_000,
    "l'" * 5_000,
    "1,2.3" * 2_000,
    "OIC-001-01-A " * 700,
    "\n\t antibody \r\n",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Over the corpus of the tests, in memory."""
    from tests.conftest import FILES

    folder = tmp_path_factory.mktemp("corpus")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Engine.from_corpus(folder)


def check(engine: Engine, answer: Answer) -> None:
    """What holds for every answer."""
    assert answer.answered == (answer.abstained_because is None)
    assert answer.index_fingerprint == engine.fingerprint
    assert 0 <= answer.confidence <= 1
    assert len(answer.extracts) <= engine.settings.answering.extract_sentences
    assert [hit.rank for hit in answer.sources] == list(range(1, len(answer.sources) + 1))
    for hit in answer.sources:
        text = engine.document(hit.document.id).text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert 0 < hit.confidence < 1
    for extract in answer.extracts:
        hit = answer.sources[extract.source - 1]
        text = engine.document(hit.document.id).text
        assert text[extract.start : extract.end] == extract.text
        assert extract.text.strip() == extract.text
    shown = sorted(
        (hit.rank, hit.passage.start + start, hit.passage.start + end)
        for hit in answer.sources
        for start, end in hit.highlights
    )
    assert shown == sorted((e.source, e.start, e.end) for e in answer.extracts)
    for hit in answer.sources:
        for start, end in hit.highlights:
            assert 0 <= start < end <= len(hit.passage.text)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("abstain", [True, False])
def test_every_answer_is_verbatim_and_cited(engine: Engine, question: str, abstain: bool) -> None:
    check(engine, engine.ask(question, abstain=abstain))


@pytest.mark.parametrize(
    ("question", "document", "within"),
    [
        (QUESTIONS[0], "en/antibodies.md", "A monoclonal antibody acts in three ways:"),
        (QUESTIONS[0], "en/antibodies.md", "it carries a toxin into the cell."),
        (QUESTIONS[1], "en/antibodies.md", "A monoclonal antibody acts in three ways:"),
        (QUESTIONS[2], "en/graft.txt", "can cause graft-versus-host disease."),
        (QUESTIONS[3], "fr/vaccins.md", "Les vaccins vivants sont contre-indiqués"),
        (QUESTIONS[4], "fr/vaccins.md", "avec un vaccin inactivé."),
    ],
)
def test_the_documents_answer(engine: Engine, question: str, document: str, within: str) -> None:
    answer = engine.ask(question)
    assert answer.sources[0].document.id == document
    assert within in "\n".join(extract.text for extract in answer.extracts)


def test_an_answer_repeats_its_question(engine: Engine) -> None:
    answer = engine.ask("  How does a MONOCLONAL antibody act?\n")
    assert answer.question == "  How does a MONOCLONAL antibody act?\n"
    assert answer.question_language == "en"


@pytest.mark.parametrize("k", [1, 2, 5])
def test_so_many_sources_are_shown(engine: Engine, k: int) -> None:
    answer = engine.ask("the vaccine and the antibody", k=k)
    assert len(answer.sources) == min(k, len(engine.search("the vaccine and the antibody")))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_way_of_ranking_agrees(engine: Engine, question: str) -> None:
    hits = engine.search(question, k=50)
    passages = engine.rank_passages(question, k=50)
    assert [(p.id, p.score) for p in passages] == [(h.passage.id, h.score) for h in hits]
    assert engine.rank_passages(question, k=2) == passages[:2]
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.document.id, hit.score)
    documents = engine.rank_documents(question, k=50)
    assert [(d.document_id, d.score) for d in documents] == list(best.items())
    assert engine.rank_documents(question, k=1) == documents[:1]
    shown = engine.ask(question, k=50, abstain=False).sources
    assert [(h.passage.id, h.score, h.confidence, h.terms) for h in shown] == [
        (h.passage.id, h.score, h.confidence, h.terms) for h in hits
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_read_is_what_is_ranked(engine: Engine, question: str) -> None:
    asked, passages = engine.read(question)
    assert asked.text == question
    most = engine.settings.ranking.read_passages
    ranked = engine.rank_passages(question, k=most)
    assert [(one.passage.id, one.score) for one in passages] == [(p.id, p.score) for p in ranked]


def test_nothing_is_read_of_what_matches_nothing(engine: Engine) -> None:
    assert engine.read("zzz qqq")[1] == ()


@pytest.mark.parametrize("question", QUESTIONS)
def test_how_many_are_shown_changes_no_confidence(engine: Engine, question: str) -> None:
    few, many = (engine.search(question, k=k) for k in (1, 1000))
    assert few == many[:1]


def test_documents_are_there_by_name(engine: Engine) -> None:
    names = [document.id for document in engine.documents()]
    assert names == sorted(names)
    for name in names:
        assert engine.document(name).info in engine.documents()
    with pytest.raises(UnknownDocumentError, match="no document 'none'"):
        engine.document("none")


def test_filters_reach_the_search(engine: Engine) -> None:
    filters = Filters(language=("fr",))
    assert {h.document.language for h in engine.search("vaccine antibody", filters=filters)} == {
        "fr"
    }
    assert engine.ask("antibody", filters=Filters(document=("none",))).sources == ()


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_question_is_an_error(engine: Engine, text: str) -> None:
    for ask in (engine.ask, engine.search, engine.rank_documents, engine.rank_passages):
        with pytest.raises(QuestionError, match="empty"):
            ask(text)


def test_a_huge_question_is_an_error(engine: Engine) -> None:
    with pytest.raises(QuestionError, match="at most 10000"):
        engine.ask("antibody " * 2000)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_a_question_like_any_other(engine: Engine, text: str) -> None:
    check(engine, engine.ask(text))
    check(engine, engine.ask("and it?", history=[Turn(speaker="user", text=text)]))
    json.dumps(answer_to_json(engine.ask(text)))


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(str.strip), st.text(max_size=60))
def test_any_text_is_a_question(engine: Engine, text: str, before: str) -> None:
    check(engine, engine.ask(text, history=[Turn(speaker="user", text=before)]))


def test_questions_can_be_asked_at_the_same_time(engine: Engine) -> None:
    expected = {question: engine.ask(question) for question in QUESTIONS}
    found: list[tuple[str, Answer]] = []

    def work(question: str) -> None:
        found.extend((question, engine.ask(question)) for _ in range(5))

    threads = [Thread(target=work, args=(question,)) for question in QUESTIONS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 5 * len(QUESTIONS)
    assert all(answer == expected[question] for question, answer in found)


PROJECT = {GLOSSARY_FILE: "zorglub\tligand\n", ACRONYM_FILE: "SCT\tstem cells\n"}


@pytest.mark.parametrize("extra", [{}, PROJECT])
def test_memory_and_disk_give_equal_answers(
    corpus: Path, tmp_path: Path, settings: Settings, write_files: WriteFiles, extra: dict[str, str]
) -> None:
    write_files(corpus, extra)
    update_index([corpus], tmp_path / "index", settings)
    on_disk = Engine.open(tmp_path / "index", settings)
    in_memory = Engine.from_corpus(corpus, settings)
    assert on_disk.fingerprint == in_memory.fingerprint
    for question in (*QUESTIONS, "Quel est le zorglub ?", "What is SCT?"):
        assert on_disk.ask(question) == in_memory.ask(question)
        assert on_disk.search(question) == in_memory.search(question)


def test_the_files_beside_the_documents_are_used(
    corpus: Path, settings: Settings, write_files: WriteFiles
) -> None:
    questions = ("Quel est le zorglub ?", "What is SCT?")
    before = Engine.from_corpus(corpus, settings)
    assert [before.search(question) for question in questions] == [(), ()]
    write_files(corpus, PROJECT)
    after = Engine.from_corpus(corpus, settings)
    assert [d.id for d in after.documents()] == [d.id for d in before.documents()]
    assert after.fingerprint != before.fingerprint
    (ligand, *_), (cells, *_) = (after.search(question) for question in questions)
    assert "ligand" in ligand.passage.text
    assert {match.via for match in ligand.terms} >= {"glossary"}
    assert "stem cells" in cells.passage.text
    assert {match.via for match in cells.terms} >= {"acronym"}


def test_a_malformed_file_beside_the_documents_is_an_error(
    corpus: Path, write_files: WriteFiles
) -> None:
    write_files(corpus, {GLOSSARY_FILE: "one\ttwo\nthree\n"})
    with pytest.raises(ManifestError, match=f"{GLOSSARY_FILE}, line 2"):
        Engine.from_corpus(corpus)


def test_a_single_file_is_a_corpus(corpus: Path) -> None:
    engine = Engine.from_corpus(corpus / "en/graft.txt")
    assert len(engine.documents()) == 1
    check(engine, engine.ask("What is a donor?"))


def test_a_missing_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        Engine.from_corpus(tmp_path / "none")


def test_files_that_cannot_be_read_are_told(corpus: Path) -> None:
    (corpus / "empty.txt").write_text("")
    with pytest.warns(UnreadableFileWarning, match=r"empty\.txt: no text in it"):
        warned = Engine.from_corpus(corpus)
    left_out: list[Notice] = []
    told = Engine.from_corpus(corpus, on_unreadable=left_out.append)
    assert [failure.path for failure in left_out] == ["empty.txt"]
    assert told.fingerprint == warned.fingerprint


def test_paths_may_be_strings(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    update_index([corpus], tmp_path / "index", settings)
    memory, disk = Engine.from_corpus(str(corpus)), Engine.open(str(tmp_path / "index"))
    assert memory.fingerprint == disk.fingerprint
    assert disk.settings == Settings()
