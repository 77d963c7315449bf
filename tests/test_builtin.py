"""The built-in corpus: indexed once, then opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa import builtin
from qa.builtin import corpus_path, open_builtin, shipped
from qa.engine import Engine
from qa.errors import QAError
from qa.settings import Settings

QUESTION = "How does a monoclonal antibody act?"


class Builds:
    """Counts the builds."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def builds() -> Builds:
    return Builds()


@pytest.fixture
def small(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small corpus in the place of the built-in one."""
    monkeypatch.setattr(builtin, "corpus_path", lambda: corpus)
    return corpus


def test_the_corpus_is_there_and_licensed() -> None:
    assert (corpus_path() / "manifest.toml").is_file()
    assert (corpus_path() / "LICENSE").is_file()


def test_what_is_missing_is_named() -> None:
    with pytest.raises(QAError, match="nothing is missing"):
        shipped("nothing")


def test_it_is_built_once(small: Path, settings: Settings, builds: Builds) -> None:
    first = open_builtin(settings, on_build=builds)
    second = open_builtin(settings, on_build=builds)
    assert builds.count == 1
    assert first.fingerprint == second.fingerprint
    assert second.ask(QUESTION) == Engine.from_corpus(small, settings).ask(QUESTION)


def test_it_is_built_again_when_the_corpus_changes(
    small: Path, settings: Settings, builds: Builds
) -> None:
    first = open_builtin(settings, on_build=builds)
    (small / "en/graft.txt").write_text("A graft comes from a donor, or from oneself.")
    assert open_builtin(settings, on_build=builds).fingerprint != first.fingerprint
    assert builds.count == 2


def test_settings_of_the_question_need_no_other_index(
    small: Path, settings: Settings, builds: Builds
) -> None:
    open_builtin(settings, on_build=builds)
    open_builtin(settings.changed({"caution": "eager"}), on_build=builds)
    assert builds.count == 1
    open_builtin(settings.changed({"k1": 1.0}), on_build=builds)
    assert builds.count == 2


def test_a_damaged_index_is_built_again(small: Path, settings: Settings, builds: Builds) -> None:
    fingerprint = open_builtin(settings, on_build=builds).fingerprint
    for path in settings.cache_dir.glob("*/generation-*/*.npy"):
        path.write_bytes(b"")
    assert open_builtin(settings, on_build=builds).fingerprint == fingerprint
    assert builds.count == 2


def test_without_a_cache_it_lives_in_memory(small: Path, tmp_path: Path, builds: Builds) -> None:
    (tmp_path / "file").write_text("in the way")
    engine = open_builtin(Settings(cache_dir=tmp_path / "file"), on_build=builds)
    assert len(engine.documents()) == 3


def test_indexes_of_long_ago_are_forgotten(small: Path, settings: Settings) -> None:
    for age in range(5):
        earlier = settings.cache_dir / f"builtin-{age}"
        earlier.mkdir(parents=True)
        os.utime(earlier, (1000 - age, 1000 - age))
    (settings.cache_dir / "other").mkdir()
    open_builtin(settings)
    kept = {path.name for path in settings.cache_dir.iterdir()}
    assert kept > {"builtin-0", "builtin-1", "other"}
    assert len(kept) == 4
