"""Objectives shared out among processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.coverage.cover import cover
from qa.coverage.objective_sources import objectives_for
from qa.engine import Engine
from qa.errors import WorkError
from qa.index.update import update_index
from tests.coverage.conftest import SETTINGS


@pytest.fixture
def stored(teaching: Path, tmp_path: Path) -> Engine:
    """An engine over the teaching documents, on disk."""
    update_index([teaching], tmp_path / "index", SETTINGS)
    return Engine.open(tmp_path / "index", SETTINGS)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """One objective a batch, and two batches are enough to share out."""
    monkeypatch.setattr("qa.coverage.search._POINTS", 1)
    monkeypatch.setattr("qa.coverage.cover.FEWEST", 2)


def test_many_processes_find_what_one_does(stored: Engine) -> None:
    objectives = objectives_for(stored)
    done: list[int] = []
    shared = cover(stored, objectives, processes=2, on_progress=lambda count, _: done.append(count))
    assert shared.objectives == cover(stored, objectives).objectives
    assert done == [2, 3]


def test_documents_that_change_meanwhile_are_noticed(stored: Engine, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("# Vipers\n\nAn antivenom neutralises the venom of a viper.\n", "utf-8")
    update_index([other], tmp_path / "index", SETTINGS)
    with pytest.raises(WorkError, match="have just changed"):
        cover(stored, objectives_for(stored), processes=2)
