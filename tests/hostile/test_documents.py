"""Documents that try a reader are read soon, or named; nothing ends a run."""

from __future__ import annotations

from pathlib import Path

from qa.engine import Engine
from qa.index.update import update_index
from qa.settings import Settings
from tests.hostile.documents import DOCUMENTS
from tests.hostile.fuzz import faults, mutated


def test_hostile_documents_do_not_end_a_run(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "sound.txt").write_text("A sound text on antibodies.")
    limits = settings.changed({"document_seconds": 10, "document_memory": 1000})
    report = update_index([folder], tmp_path / "index", limits)
    reasons = [failure.message for failure in report.failures]
    assert [reason for reason in reasons if "no text in it" not in reason] == []
    assert report.documents + len(reasons) == len(DOCUMENTS) + 1
    assert Engine.open(tmp_path / "index").ask("What is said of antibodies?").sources


def test_mutated_files_are_read_or_refused() -> None:
    assert list(faults(mutated(seed=20, count=400))) == []
