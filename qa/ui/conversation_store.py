"""Past conversations in a file of the server, each for the browser alone that it was held in.

An owner is known by a hash: what is in the file opens nobody's conversations.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from qa.errors import ConversationsError
from qa.settings import Settings
from qa.ui.conversation import Exchange

FILE: Final = "conversations.db"
_MEGABYTE: Final = 2**20
_TITLE: Final = 200
_META: Final = MetaData()
_CONVERSATIONS: Final = Table(
    "conversations",
    _META,
    Column("owner", String(64), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("changed_at", DateTime, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("size", Integer, nullable=False),
)
_EXCHANGES: Final = Table(
    "exchanges",
    _META,
    Column("owner", String(64), primary_key=True),
    Column("conversation", String(32), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedConversation:
    """What a list says of a conversation."""

    id: str
    title: str
    changed_at: datetime
    """UTC, without a time zone."""


class ConversationStore:
    """The conversations of all readers; methods raise `ConversationsError`."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._limits = settings.conversations

    @classmethod
    def open(cls, settings: Settings) -> Self | None:
        """The file of these settings, `None` where they keep no conversations."""
        if not settings.conversations.conversation_days:
            return None
        path = settings.cache_dir / FILE
        try:
            settings.cache_dir.mkdir(parents=True, exist_ok=True)
            _make_private(path)
        except OSError as error:
            raise ConversationsError(
                "{path}: {problem}; name another `cache_dir`, or set `conversation_days` to 0",
                path=path,
                problem=error.strerror or error,
            ) from error
        engine = create_engine(URL.create("sqlite", database=str(path)))
        event.listen(engine, "connect", _prepare)
        kept = cls(engine, settings)
        with kept._connection() as connection:
            _META.create_all(connection)
        return kept

    def version(self, owner: str, identifier: str) -> int:
        """Counts the changes of a conversation; 0 where there is none."""
        statement = select(_CONVERSATIONS.c.version).where(_is(owner, identifier))
        with self._connection() as connection:
            return int(connection.execute(statement).scalar() or 0)

    def keep(self, owner: str, identifier: str, number: int, exchange: Exchange) -> int:
        """Put an exchange in its place, counted from 0; returns the version."""
        content = zlib.compress(msgspec.msgpack.encode(exchange), 1)
        row = {
            "owner": owner,
            "id": identifier,
            "title": exchange.answer.question[:_TITLE],
            "changed_at": _now(),
            "version": 1,
            "size": len(content),
        }
        known = _CONVERSATIONS.c
        one = insert(_CONVERSATIONS).values(**row)
        one = one.on_conflict_do_update(
            index_elements=[known.owner, known.id],
            set_={
                "changed_at": row["changed_at"],
                "version": known.version + 1,
                "size": known.size + len(content),
            },
        )
        place = {"owner": owner, "conversation": identifier, "number": number}
        its = insert(_EXCHANGES).values(**place, content=content)
        its = its.on_conflict_do_update(index_elements=list(place), set_={"content": content})
        with self._connection() as connection:
            version = connection.execute(one.returning(known.version)).scalar_one()
            connection.execute(its)
            self._make_room(connection, owner)
        return int(version)

    def exchanges(self, owner: str, identifier: str) -> tuple[Exchange, ...]:
        """A conversation, oldest exchange first; without what an earlier release kept otherwise."""
        columns = _EXCHANGES.c
        statement = (
            select(columns.content)
            .where((columns.owner == owner) & (columns.conversation == identifier))
            .order_by(columns.number)
        )
        with self._connection() as connection:
            contents = connection.execute(statement).scalars().all()
        exchanges: list[Exchange] = []
        for content in contents:
            with suppress(msgspec.DecodeError, zlib.error):
                exchanges.append(msgspec.msgpack.decode(zlib.decompress(content), type=Exchange))
        return tuple(exchanges)

    def listed(self, owner: str) -> tuple[ListedConversation, ...]:
        """The conversations of an owner, the latest first."""
        known = _CONVERSATIONS.c
        statement = (
            select(known.id, known.title, known.changed_at)
            .where((known.owner == owner) & (known.changed_at >= self._oldest))
            .order_by(known.changed_at.desc(), known.id)
        )
        with self._connection() as connection:
            rows = connection.execute(statement).mappings().all()
        return tuple(ListedConversation(**row) for row in rows)

    def rename(self, owner: str, identifier: str, title: str) -> None:
        """Give a conversation another title."""
        statement = update(_CONVERSATIONS).where(_is(owner, identifier))
        with self._connection() as connection:
            connection.execute(statement.values(title=title.strip()[:_TITLE]))

    def erase(self, owner: str, identifier: str | None = None) -> None:
        """Erase a conversation, or all that an owner has."""
        chosen = _CONVERSATIONS.c.owner == owner if identifier is None else _is(owner, identifier)
        with self._connection() as connection:
            _erase(connection, chosen)

    def close(self) -> None:
        """End all connections."""
        self._engine.dispose()

    @property
    def _oldest(self) -> datetime:
        return _now() - timedelta(days=self._limits.conversation_days)

    def _make_room(self, connection: Connection, owner: str) -> None:
        """Erase what is too old, or too much, the oldest first."""
        known = _CONVERSATIONS.c
        latest = select(known.id).where(known.owner == owner).order_by(known.changed_at.desc())
        beyond = latest.limit(-1).offset(self._limits.conversation_count).scalar_subquery()
        _erase(connection, known.changed_at < self._oldest)
        _erase(connection, (known.owner == owner) & known.id.in_(beyond))
        most = self._limits.conversation_megabytes * _MEGABYTE
        total = connection.execute(select(func.sum(known.size))).scalar() or 0
        while total > most:
            first = select(known.owner, known.id, known.size).order_by(known.changed_at).limit(1)
            oldest = connection.execute(first).one()
            _erase(connection, _is(oldest.owner, oldest.id))
            total -= oldest.size

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            original = getattr(error, "orig", None) or error
            raise ConversationsError(
                "{path}: {problem}", path=self._engine.url.database, problem=original
            ) from error


def _is(owner: str, identifier: str) -> Any:
    return (_CONVERSATIONS.c.owner == owner) & (_CONVERSATIONS.c.id == identifier)


def _erase(connection: Connection, chosen: Any) -> None:
    """Erase conversations by a condition on them, with their exchanges."""
    places = select(_CONVERSATIONS.c.owner, _CONVERSATIONS.c.id).where(chosen)
    for owner, identifier in connection.execute(places).all():
        columns = _EXCHANGES.c
        its = (columns.owner == owner) & (columns.conversation == identifier)
        connection.execute(delete(_EXCHANGES).where(its))
        connection.execute(delete(_CONVERSATIONS).where(_is(owner, identifier)))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _make_private(path: Path) -> None:
    """A file that other users of the machine cannot read; SQLite makes its others alike."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(connection: Any, record: object) -> None:
    """Readers do not wait for a writer; what is erased is overwritten."""
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
