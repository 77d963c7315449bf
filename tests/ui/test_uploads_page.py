"""Documents are added and removed on their page, where that is switched on, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from qa.collections import uploads_folder
from qa.commands.options import EDIT_VARIABLE
from qa.engine import Engine
from qa.errors import EditingError, IndexWriteError
from qa.index.update_report import IndexReport
from qa.ui.edits import Edits
from qa.ui.engines import index_to_edit

PATIENCE = 60
SPLEEN = ("spleen.md", b"# Spleen\n\nThe spleen stores blood.\n", "text/markdown")


def documents_page() -> None:
    from qa.ui import documents_page

    documents_page.show()


@pytest.fixture
def page(served: Path) -> AppTest:
    return run(AppTest.from_function(documents_page, default_timeout=PATIENCE))


@pytest.fixture
def editable(served: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(EDIT_VARIABLE, "1")
    return run(AppTest.from_function(documents_page, default_timeout=PATIENCE))


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def titles(index: Path) -> set[str]:
    return {document.id for document in Engine.open(index).documents()}


def open_first(app: AppTest) -> str:
    cells = [(0, "Document")]
    app.session_state["shelf-"] = {"selection": {"rows": [], "columns": [], "cells": cells}}
    run(app)
    return str(app.dataframe[0].value["Document"].iloc[0])


def test_a_file_is_looked_at_added_and_reported(editable: AppTest, served: Path) -> None:
    editable.file_uploader[0].set_value([SPLEEN, ("photo.png", b"\x89PNG0000", "image/png")])
    run(editable)
    shown = html(editable)
    assert "The spleen stores blood." in shown
    assert "photo.png" in shown
    assert "Laissé de côté" in shown
    assert "spleen.md" not in titles(served)
    assert editable.button(key="uploads-add").label == "Ajouter 1 fichier"
    editable.button(key="uploads-add").click()
    run(editable)
    assert "spleen.md" in titles(served)
    assert 'class="qa-report"' in html(editable)
    assert "Spleen" in set(editable.dataframe[0].value["Document"])
    assert not (uploads_folder(served) / "photo.png").exists()


def test_what_is_discarded_leaves_nothing(editable: AppTest, served: Path) -> None:
    editable.file_uploader[0].set_value([SPLEEN])
    run(editable)
    editable.button(key="uploads-discard").click()
    run(editable)
    assert "The spleen stores blood." not in html(editable)
    assert not uploads_folder(served).exists()


def test_a_document_is_removed(editable: AppTest, served: Path) -> None:
    before = titles(served)
    title = open_first(editable)
    editable.button(key="remove-now").click()
    run(editable)
    assert len(titles(served)) == len(before) - 1
    assert title not in set(editable.dataframe[0].value["Document"])


def test_nothing_is_offered_where_editing_is_off(page: AppTest, served: Path) -> None:
    open_first(page)
    assert not page.file_uploader
    assert not [b for b in page.button if str(b.key).startswith(("uploads", "remove"))]


def test_controls_of_before_change_nothing_once_editing_is_off(
    editable: AppTest, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a message made by hand would: the controls are told of, and the server does not obey."""
    before = titles(served)
    editable.file_uploader[0].set_value([SPLEEN])
    run(editable)
    monkeypatch.delenv(EDIT_VARIABLE)
    editable.button(key="uploads-add").click()
    run(editable)
    assert titles(served) == before
    assert not uploads_folder(served).exists()
    with pytest.raises(EditingError):
        index_to_edit("")


def test_only_one_change_is_made_at_a_time(tmp_path: Path) -> None:
    edits, go_on = Edits(), Event()

    def change(_: object) -> IndexReport:
        go_on.wait(PATIENCE)
        raise EditingError("stopped")

    first = edits.begin(tmp_path, change)
    with pytest.raises(IndexWriteError, match="another change"):
        edits.begin(tmp_path, change)
    go_on.set()
    assert first.wait(PATIENCE)
    assert edits.going_on(tmp_path) is None
    with pytest.raises(EditingError, match="stopped"):
        first.outcome()
