"""New documents that take over answers of a collection are named when they are indexed."""

from __future__ import annotations

from pathlib import Path

from qa.engine import Engine
from qa.index.places import update_index
from qa.question_log import QuestionLog
from qa.settings import Settings
from qa.takeovers import own_questions, with_takeovers

PLANTED = "# Monoclonal antibodies\n\nA monoclonal antibody binds seven antigens at once.\n"


def test_a_document_that_takes_an_answer_over_is_named(
    corpus: Path, tmp_path: Path, settings: Settings
) -> None:
    index = tmp_path / "index"
    first = update_index([corpus], index, settings)
    # All are new: there was nothing to take over.
    assert with_takeovers(first, index, settings) == first
    (corpus / "en/planted.md").write_text(PLANTED)
    (corpus / "en/spleen.md").write_text("# The spleen\n\nThe spleen stores blood platelets.\n")
    report = with_takeovers(update_index([corpus], index, settings), index, settings)
    assert {(one.document_id, one.earlier_id) for one in report.takeovers} == {
        ("en/planted.md", "en/antibodies.md")
    }
    again = update_index([corpus], index, settings)
    assert with_takeovers(again, index, settings) == again


def test_questions_that_were_asked_come_before_those_about_titles(
    corpus: Path, tmp_path: Path, settings: Settings
) -> None:
    logging = settings.changed({"question_log": "sqlite", "cache_dir": tmp_path / "cache"})
    update_index([corpus], tmp_path / "index", logging)
    engine = Engine.open(tmp_path / "index", logging)
    assert all(":" in one for one in own_questions(engine, ["en/graft.txt"]))
    log = QuestionLog.require(logging)
    for text, vote in (
        ("How does a monoclonal antibody act?", 0),
        ("What is a graft?", 1),
        ("xyzzy?", 0),
    ):
        log.vote(log.record(engine.ask(text)), 1 if vote else 0)
    log.close()
    assert own_questions(engine, []) == ("What is a graft?", "How does a monoclonal antibody act?")
