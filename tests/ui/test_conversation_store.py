"""Past conversations are kept for their owner alone, within bounds of age and size."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from qa.engine import Engine
from qa.models import Filters
from qa.settings import Settings
from qa.ui import conversation_store
from qa.ui.conversation import Exchange
from qa.ui.conversation_store import FILE, ConversationStore


def keeping(folder: Path, **limits: int) -> ConversationStore:
    kept = ConversationStore.open(Settings().changed({"cache_dir": folder, **limits}))
    assert kept is not None
    return kept


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[ConversationStore]:
    with closing(keeping(tmp_path, conversation_count=2)) as opened:
        yield opened


@pytest.fixture
def exchange(engine: Engine) -> Exchange:
    answer = engine.ask("How does a monoclonal antibody act?")
    return Exchange(answer=answer, filters=Filters(language=("en",)), forgotten=("x",))


def test_what_is_kept_comes_back_as_it_was(kept: ConversationStore, exchange: Exchange) -> None:
    other = replace(exchange, filters=Filters())
    assert kept.keep("ann", "a", 0, exchange) == 1
    assert kept.keep("ann", "a", 1, exchange) == 2
    assert kept.keep("ann", "a", 1, other) == kept.version("ann", "a") == 3
    assert kept.exchanges("ann", "a") == (exchange, other)
    assert [one.title for one in kept.listed("ann")] == [exchange.answer.question]


def test_nobody_else_sees_or_changes_it(kept: ConversationStore, exchange: Exchange) -> None:
    kept.keep("ann", "a", 0, exchange)
    kept.rename("ben", "a", "mine")
    kept.erase("ben", "a")
    kept.erase("ben")
    kept.keep("ben", "a", 1, exchange)
    assert kept.exchanges("ann", "a") == (exchange,)
    assert [one.title for one in kept.listed("ann")] == [exchange.answer.question]


def test_it_is_renamed_and_erased(kept: ConversationStore, exchange: Exchange) -> None:
    for name in "ab":
        kept.keep("ann", name, 0, exchange)
    kept.rename("ann", "a", "Antibodies")
    kept.keep("ann", "a", 1, exchange)
    assert kept.listed("ann")[0].title == "Antibodies"
    kept.erase("ann", "a")
    assert (kept.version("ann", "a"), kept.exchanges("ann", "a")) == (0, ())
    kept.erase("ann")
    assert kept.listed("ann") == ()


def test_the_oldest_give_way(kept: ConversationStore, exchange: Exchange, tmp_path: Path) -> None:
    for name in "abc":
        kept.keep("ann", name, 0, exchange)
    assert {one.id for one in kept.listed("ann")} == {"b", "c"}
    assert kept.exchanges("ann", "a") == ()


def test_all_together_stay_within_their_size(
    tmp_path: Path, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation_store, "_MEGABYTE", 3000)
    with closing(keeping(tmp_path, conversation_megabytes=1)) as kept:
        for owner in ("ann", "ben", "cid", "dan"):
            kept.keep(owner, "a", 0, exchange)
        assert kept.listed("ann") == ()
        assert kept.listed("dan")


def test_what_is_too_old_is_erased(
    tmp_path: Path, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(keeping(tmp_path, conversation_days=1)) as kept:
        kept.keep("ann", "a", 0, exchange)
        later = conversation_store._now() + timedelta(days=2)
        monkeypatch.setattr(conversation_store, "_now", lambda: later)
        assert kept.listed("ann") == ()
        kept.keep("ben", "b", 0, exchange)
        assert kept.version("ann", "a") == 0


def test_other_users_of_the_machine_cannot_read_it(kept: ConversationStore, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_none_are_kept_where_the_settings_say_so(tmp_path: Path) -> None:
    settings = Settings().changed({"cache_dir": tmp_path, "conversation_days": 0})
    assert ConversationStore.open(settings) is None
    assert not list(tmp_path.iterdir())
