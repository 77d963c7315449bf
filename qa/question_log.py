"""The log of questions: what was asked in vain, without a word on who asked.

Off unless the setting `question_log` names a database; entries are erased after
`question_log_days`. The pages ask before a question is kept, and what can be recognised as telling
of a person is masked; what cannot is why the log can be exported and erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, Self

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from qa.errors import QuestionLogError
from qa.masking import masked
from qa.models import Answer
from qa.settings import Settings

Vote = Literal[-1, 0, 1]
Reason = Literal["", "beside", "incomplete", "wrong", "unclear"]
"""Why an answer is voted down: of a few, so that nothing is written that tells of a person."""

IN_CACHE: Final = "sqlite"
"""The value of the setting for a file in the cache folder."""
_FILE: Final = "questions.db"
_QUESTIONS: Final = Table(
    "questions",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("asked_at", DateTime, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("objective", String(64), nullable=False),
    Column("vote", Integer, nullable=False, default=0),
    Column("reason", String(32), nullable=False, default="", server_default=""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedQuestion:
    """One question of the log."""

    id: int
    asked_at: datetime
    """UTC, without a time zone, to the minute."""
    text: str
    answered: bool
    confidence: float
    objective: str
    """Code of the nearest objective, empty where the documents name none."""
    vote: Vote = 0
    reason: Reason = ""
    """Why its answer was voted down."""

    @property
    def in_vain(self) -> bool:
        """Whether it was not answered, or its answer was voted down."""
        return not self.answered or self.vote < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Questions that have the same nearest objective."""

    objective: str
    questions: tuple[LoggedQuestion, ...]


class QuestionLog:
    """A database of questions; every method raises `QuestionLogError` where it cannot be used."""

    def __init__(self, engine: Engine, days: int) -> None:
        self._engine = engine
        self._days = days

    @classmethod
    def open(cls, settings: Settings) -> Self | None:
        """The log that the settings name, `None` where they name none."""
        if not settings.log.question_log:
            return None
        url = _address(settings)
        shown = url.render_as_string(hide_password=True)
        try:
            if settings.log.question_log == IN_CACHE:
                settings.cache_dir.mkdir(parents=True, exist_ok=True)
            engine = create_engine(url)
            _QUESTIONS.create(engine, checkfirst=True)
            _add_reasons(engine)
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise QuestionLogError(
                "question_log {shown}: {problem}; check the address, and its driver",
                shown=shown,
                problem=_short(error),
            ) from error
        log = cls(engine, settings.log.question_log_days)
        log.erase(older_than=settings.log.question_log_days)
        return log

    @classmethod
    def require(cls, settings: Settings) -> Self:
        """The same, but an error where the settings name none."""
        log = cls.open(settings)
        if log is None:
            raise QuestionLogError(
                'questions are not logged; switch it on with `question_log = "sqlite"` in qa.toml,'
                " or with a SQLAlchemy address"
            )
        return log

    def record(self, answer: Answer, *, now: datetime | None = None) -> int:
        """Add a question and how it was answered; returns its number, to vote on."""
        asked_at = (now or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
        values = {
            "asked_at": asked_at.replace(second=0, microsecond=0),
            "text": masked(answer.question),
            "answered": answer.answered,
            "confidence": answer.confidence,
            "objective": nearest_objective(answer),
            "vote": 0,
            "reason": "",
        }
        with self._connection() as connection:
            result = connection.execute(insert(_QUESTIONS).values(**values))
            key = result.inserted_primary_key
        return int(key[0]) if key else 0

    def vote(self, number: int, vote: Vote, reason: Reason = "") -> None:
        """Set the vote on an answer, and why it is voted down."""
        with self._connection() as connection:
            connection.execute(
                update(_QUESTIONS)
                .where(_QUESTIONS.c.id == number)
                .values(vote=vote, reason=reason if vote < 0 else "")
            )

    def questions(self) -> tuple[LoggedQuestion, ...]:
        """All questions that are not too old, oldest first."""
        statement = (
            select(_QUESTIONS)
            .where(_QUESTIONS.c.asked_at >= _days_ago(self._days))
            .order_by(_QUESTIONS.c.asked_at, _QUESTIONS.c.id)
        )
        with self._connection() as connection:
            rows = connection.execute(statement).mappings().all()
        return tuple(LoggedQuestion(**row) for row in rows)

    def erase(self, *, older_than: int = 0) -> int:
        """Erase all questions, or those older than some days; returns how many."""
        statement = delete(_QUESTIONS)
        if older_than:
            statement = statement.where(_QUESTIONS.c.asked_at < _days_ago(older_than))
        with self._connection() as connection:
            return int(connection.execute(statement).rowcount)

    def close(self) -> None:
        """End all connections."""
        self._engine.dispose()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            shown = self._engine.url.render_as_string(hide_password=True)
            raise QuestionLogError(
                "question_log {shown}: {problem}", shown=shown, problem=_short(error)
            ) from error


def nearest_objective(answer: Answer) -> str:
    """The objective of the best source that states or teaches one; empty for a question near none.

    Without an answer, only what says all that is known of the question is near it.
    """
    near = {heading.document_id for heading in answer.nearest_headings}
    for hit in answer.sources:
        document = hit.document
        if not answer.answered and document.id not in near:
            continue
        if document.objective is not None and document.objective.code:
            return document.objective.code
        if document.objectives:
            return document.objectives[0]
    return ""


def gaps(questions: Iterable[LoggedQuestion]) -> tuple[Gap, ...]:
    """Questions asked in vain by nearest objective, the largest group first."""
    return by_objective(question for question in questions if question.in_vain)


def by_objective(questions: Iterable[LoggedQuestion]) -> tuple[Gap, ...]:
    """Questions by nearest objective, the largest group first."""
    groups: dict[str, list[LoggedQuestion]] = {}
    for question in questions:
        groups.setdefault(question.objective, []).append(question)
    ordered: Sequence[tuple[str, list[LoggedQuestion]]] = sorted(
        groups.items(), key=lambda group: (-len(group[1]), group[0])
    )
    return tuple(Gap(objective=code, questions=tuple(found)) for code, found in ordered)


def _add_reasons(engine: Engine) -> None:
    """A log of before has no reasons."""
    column = _QUESTIONS.c.reason
    if any(known["name"] == column.name for known in inspect(engine).get_columns(_QUESTIONS.name)):
        return
    kind = column.type.compile(engine.dialect)
    with engine.begin() as connection:
        connection.execute(
            text(f"ALTER TABLE questions ADD COLUMN reason {kind} DEFAULT '' NOT NULL")
        )


def _address(settings: Settings) -> URL:
    if settings.log.question_log == IN_CACHE:
        return URL.create("sqlite", database=str(settings.cache_dir / _FILE))
    try:
        return make_url(settings.log.question_log)
    except ArgumentError as error:
        # The text is not shown: it may hold a password.
        raise QuestionLogError(
            "question_log is not a SQLAlchemy address; expected `sqlite`, or one such as"
            " postgresql+psycopg://user@host/name"
        ) from error


def _days_ago(days: int) -> datetime:
    return datetime.now(UTC).replace(tzinfo=None) - timedelta(days=days)


def _short(error: Exception) -> str:
    """The first line of an error, without the statement that SQLAlchemy adds."""
    original = getattr(error, "orig", None) or error
    lines = str(original).splitlines()
    return lines[0] if lines else type(original).__name__
