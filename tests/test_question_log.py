"""The log of questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qa.errors import QuestionLogError, SettingsError
from qa.models import Answer, Citation, DocumentInfo, Hit, NearHeading, Objective, Passage
from qa.question_log import LoggedQuestion, QuestionLog, gaps, nearest_objective
from qa.settings import Settings

NEAR = NearHeading(
    text="Heading", document_id="d", document_title="D", start=0, end=4, language="en"
)


def answer(question: str = "Why?", *, answered: bool = True, code: str = "") -> Answer:
    document = DocumentInfo(
        id="d",
        title="D",
        path="d",
        language="en",
        sha256="0" * 64,
        objective=Objective(code=code) if code else None,
    )
    passage = Passage(document_id="d", start=0, end=4, text="Text", language="en")
    extract = Citation(text="Text", source=1, start=0, end=4)
    return Answer(
        question=question,
        question_language="en",
        confidence=0.7,
        extracts=(extract,) if answered else (),
        sources=(Hit(rank=1, score=1.0, confidence=0.7, passage=passage, document=document),),
        abstained_because=None if answered else "No.",
        index_fingerprint="f",
        nearest_headings=(NEAR,) if not answered and code else (),
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings().changed(
        {"cache_dir": tmp_path / "cache", "question_log": "sqlite", "question_log_days": 30}
    )


@pytest.fixture
def log(settings: Settings) -> Iterator[QuestionLog]:
    with closing(QuestionLog.require(settings)) as opened:
        yield opened


def test_it_is_off_unless_switched_on(tmp_path: Path) -> None:
    settings = Settings(cache_dir=tmp_path)
    assert QuestionLog.open(settings) is None
    assert not list(tmp_path.iterdir())
    with pytest.raises(QuestionLogError, match='question_log = "sqlite"'):
        QuestionLog.require(settings)


def test_what_is_kept(log: QuestionLog) -> None:
    number = log.record(answer("How?", code="OIC-202-03-B"))
    (one,) = log.questions()
    assert (one.id, one.text, one.answered, one.vote) == (number, "How?", True, 0)
    assert (one.confidence, one.objective) == (0.7, "OIC-202-03-B")
    assert one.asked_at.second == 0


def test_nothing_says_who_asked(log: QuestionLog, settings: Settings) -> None:
    kept = {field.name for field in fields(LoggedQuestion)}
    told = {"id", "asked_at", "text", "answered", "confidence", "objective", "vote", "reason"}
    assert kept == told
    with closing(sqlite3.connect(settings.cache_dir / "questions.db")) as database:
        columns = {row[1] for row in database.execute("PRAGMA table_info(questions)")}
    assert columns == kept


def test_votes_are_changed_and_taken_back(log: QuestionLog) -> None:
    number = log.record(answer())
    for vote in (-1, 1, 0):
        log.vote(number, vote)
        assert log.questions()[0].vote == vote


def test_a_vote_down_has_a_reason_until_it_is_taken_back(log: QuestionLog) -> None:
    number = log.record(answer())
    log.vote(number, -1, "incomplete")
    assert log.questions()[0].reason == "incomplete"
    log.vote(number, 1, "incomplete")
    assert log.questions()[0].reason == ""


def test_a_log_of_before_is_gone_on_with(settings: Settings) -> None:
    settings.cache_dir.mkdir(parents=True)
    with closing(sqlite3.connect(settings.cache_dir / "questions.db")) as database:
        database.execute(
            "CREATE TABLE questions (id INTEGER PRIMARY KEY, asked_at DATETIME NOT NULL,"
            " text TEXT NOT NULL, answered BOOLEAN NOT NULL, confidence FLOAT NOT NULL,"
            " objective VARCHAR(64) NOT NULL, vote INTEGER NOT NULL)"
        )
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
        database.execute("INSERT INTO questions VALUES (1, ?, 'Old?', 1, 0.5, '', -1)", (now,))
        database.commit()
    for _ in range(2):
        with closing(QuestionLog.require(settings)) as log:
            assert [(one.text, one.reason) for one in log.questions()] == [("Old?", "")]
            log.vote(1, -1)


def test_a_question_in_vain_is_near_what_says_all_that_is_known_of_it() -> None:
    near = answer(answered=False, code="A")
    assert nearest_objective(near) == "A"
    assert nearest_objective(replace(near, nearest_headings=())) == ""


def test_old_questions_are_erased(log: QuestionLog, settings: Settings) -> None:
    log.record(answer("old"), now=datetime.now(UTC) - timedelta(days=31))
    log.record(answer("new"))
    assert [one.text for one in log.questions()] == ["new"]
    with closing(QuestionLog.require(settings)) as again:
        assert again.erase() == 1


def test_erasing(log: QuestionLog) -> None:
    log.record(answer("older"), now=datetime.now(UTC) - timedelta(days=3))
    log.record(answer("newer"))
    assert log.erase(older_than=2) == 1
    assert [one.text for one in log.questions()] == ["newer"]
    assert log.erase() == 1
    assert log.questions() == ()


def test_gaps_are_grouped_by_nearest_objective(log: QuestionLog) -> None:
    log.record(answer("fine", code="A"))
    log.record(answer("first", answered=False, code="B"))
    log.record(answer("second", answered=False, code="B"))
    log.vote(log.record(answer("poor", code="A")), -1)
    log.record(answer("far", answered=False))
    found = [(gap.objective, [q.text for q in gap.questions]) for gap in gaps(log.questions())]
    assert found == [("B", ["first", "second"]), ("", ["far"]), ("A", ["poor"])]


def test_documents_that_teach_an_objective_are_near_it_as_well() -> None:
    plain = answer()
    hit = plain.sources[0]
    taught = replace(hit, document=replace(hit.document, objectives=("X", "Y")))
    assert nearest_objective(replace(plain, sources=(hit, taught))) == "X"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("no address at all", "not a SQLAlchemy address"),
        ("sqlite:////nowhere/at/all.db", "check the address"),
        ("nosuch://user:secret@host/name", "check the address"),
        ("mysql+nosuch://user:secret@host/name", "check the address"),
    ],
)
def test_addresses_that_cannot_be_used(tmp_path: Path, address: str, message: str) -> None:
    with pytest.raises(QuestionLogError, match=message) as raised:
        QuestionLog.open(Settings().changed({"cache_dir": tmp_path, "question_log": address}))
    assert "secret" not in str(raised.value)


def test_a_database_that_goes_away(log: QuestionLog, settings: Settings) -> None:
    log.close()
    (settings.cache_dir / "questions.db").unlink()
    with pytest.raises(QuestionLogError, match="no such table"):
        log.record(answer())


def test_any_address_will_do(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(
        QuestionLog.require(Settings().changed({"question_log": f"sqlite:///{path}"}))
    ) as log:
        log.record(answer())
    assert path.is_file()


def test_days_must_be_positive() -> None:
    with pytest.raises(SettingsError, match="question_log_days is 0"):
        Settings().changed({"question_log_days": 0})
