"""A file of objectives that an instructor brings along."""

from __future__ import annotations

import csv
import gc
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from qa.commands.options import INDEX_VARIABLE
from qa.coverage.cover import cover
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.errors import ObjectivesError
from qa.index.update import update_index
from qa.settings import Settings
from qa.ui import coverage_page as page
from qa.ui import coverage_work
from qa.ui.coverage_upload import Sent
from qa.ui.engines import index_location

HEADER = "id,title,description,item,rank,language\n"
TABLE = (
    f"{HEADER}OIC-202-03-B,How monoclonal antibodies act,,,,en\n"
    "S-1,Repairing a bicycle,,Workshops,A,en\n"
)
CASE = """{"CFItems": [
 {"identifier": "a", "humanCodingScheme": "C-1", "fullStatement": "Live vaccines"}]}"""
PAGE = """{{knowledge objective
|Identifiant=OIC-202-03-B
|Title=How monoclonal antibodies act
|Order=1}}

'''Monoclonal antibodies''' block a soluble ligand.
"""


def coverage_page() -> None:
    from qa.ui import coverage_page

    coverage_page.show()


def opened() -> AppTest:
    return run(AppTest.from_function(coverage_page, default_timeout=60))


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if "<style>" not in e.proto.body)


def send(app: AppTest, content: str | bytes, name: str = "mine.csv") -> AppTest:
    data = content.encode() if isinstance(content, str) else content
    app.file_uploader[0].set_value((name, data, "text/plain"))
    return run(app)


def objectives(app: AppTest) -> list[str]:
    return list(app.selectbox(key="coverage-objective").options)


@pytest.fixture
def app(
    corpus: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AppTest:
    """The page over the small corpus and the page of one objective."""
    (corpus / "objective.wiki").write_text(PAGE, encoding="utf-8")
    update_index([corpus], tmp_path / "index", settings)
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path / "index"))
    return opened()


def test_a_workbook_is_read_as_a_table_is(app: AppTest) -> None:
    workbook, file = Workbook(), BytesIO()
    for row in csv.reader(TABLE.splitlines()):
        workbook.worksheets[0].append(row)
    workbook.save(file)
    send(app, file.getvalue(), "mine.xlsx")
    assert "Objectifs de mine.xlsx\u00a0: 2" in html(app)


def test_its_objectives_are_covered_with_their_pages(app: AppTest) -> None:
    send(app, TABLE)
    assert "Objectifs de mine.csv\u00a0: 2" in html(app)
    assert objectives(app) == [
        "S-1 · Repairing a bicycle",
        "OIC-202-03-B · How monoclonal antibodies act",
    ]
    app.selectbox(key="coverage-objective").set_value("OIC-202-03-B")
    run(app)
    assert "fiche présente" in html(app)
    assert "Énoncé" in html(app)


def test_a_framework_is_read_as_well(app: AppTest) -> None:
    assert objectives(send(app, CASE, "framework.json")) == ["C-1 · Live vaccines"]


def test_it_is_taken_away_again(app: AppTest) -> None:
    before = html(app)
    send(app, TABLE)
    app.button(key="coverage-without-file").click()
    assert html(run(app)) == before


def test_another_session_does_not_see_it(app: AppTest) -> None:
    send(app, TABLE)
    other = opened()
    assert len(objectives(other)) == 1
    assert "mine.csv" not in html(other)


def test_its_report_is_made_once_a_session(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    def counted(*given: Any, **named: Any) -> CoverageReport:
        made.append(given)
        return cover(*given, **named)

    monkeypatch.setattr(coverage_work, "cover", counted)
    send(app, TABLE + "U-1,Sent by this test only,,,,en\n")
    gc.collect()
    run(app)
    assert len(made) == 1
    app.button(key="coverage-without-file").click()
    run(app)
    assert len(made) == 1


def test_a_report_that_fails_is_told_and_the_questions_are_shown(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []

    def fail(*given: Any, **named: Any) -> CoverageReport:
        raise ObjectivesError("<i>it cannot be done")

    monkeypatch.setattr(coverage_work, "cover", fail)
    monkeypatch.setattr(page, "show_questions", lambda settings, report, tr: shown.append(report))
    send(app, TABLE + "F-1,Of the report that fails,,,,en\n")
    assert 'role="alert">&lt;i&gt;it cannot be done' in html(app)
    assert shown[-1] is None
    monkeypatch.undo()


def test_filters_begin_again(app: AppTest) -> None:
    app.multiselect(key="coverage-item").set_value(["202"])
    app.text_input(key="coverage-search").set_value("monoclonal")
    run(app)
    send(app, TABLE)
    assert app.multiselect(key="coverage-item").value == []
    assert app.text_input(key="coverage-search").value == ""
    assert app.multiselect(key="coverage-item").options == ["202", "Workshops"]
    app.multiselect(key="coverage-item").set_value(["Workshops"])
    assert objectives(run(app)) == ["S-1 · Repairing a bicycle"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", b"", "x.csv, ligne 1\u00a0: le fichier est vide"),
        ("x.csv", b"name\n", "x.csv, ligne 1\u00a0: pas de colonne id, title"),
        ("x.csv", f"{HEADER}A,one\n", "x.csv, ligne 2\u00a0: 2 cellules au lieu de 6"),
        ("x.csv", "id,title\nA,one\nA,two\n", "x.csv, ligne 3\u00a0: A (en) est déjà à la ligne 2"),
        ("x.csv", b"PK\x03\x04\x00", "x.csv\u00a0: fichier binaire"),
        ("x.json", "{\n]", "x.json, ligne 2\u00a0: JSON illisible"),
        ("x.csv", "id,title\nA,<img src=x>,y\n", "x.csv, ligne 2\u00a0: 3 cellules"),
        ("<b>.csv", "", "&lt;b&gt;.csv, ligne 1"),
    ],
)
def test_a_malformed_file_is_refused_and_nothing_changes(
    app: AppTest, name: str, content: str | bytes, message: str
) -> None:
    send(app, TABLE)
    shown = objectives(app)
    send(app, content, name)
    assert f"Fichier refusé, rien n&#39;a changé\u00a0: {message}" in html(app)
    assert objectives(app) == shown
    send(app, CASE, "framework.json")
    assert "refusé" not in html(app)


def test_a_byte_order_mark_is_no_matter(app: AppTest) -> None:
    assert len(objectives(send(app, "\ufeff" + TABLE))) == 2


def test_without_objective_pages_it_is_asked_for(served: Path) -> None:
    app = opened()
    assert "Donnez votre liste d&#39;objectifs" in html(app)
    assert not app.selectbox
    send(app, TABLE)
    assert len(objectives(app)) == 2
    assert "coverage-work" in app.session_state
    app.button(key="coverage-without-file").click()
    assert "Donnez votre liste" in html(run(app))
    # The work of a file ends with the last session that holds it.
    assert "coverage-work" not in app.session_state


def test_more_objectives_than_are_compared_are_refused(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_WORK_OBJECTIVES", "1")
    app = send(opened(), TABLE)
    assert "mine.csv\u00a0: 2 objectifs\u00a0; cette page en compare au plus 1" in html(app)
    assert "coverage-work" not in app.session_state


def test_a_comparison_that_was_stopped_is_made_on_request(app: AppTest) -> None:
    location = index_location()
    assert location is not None
    app.session_state["coverage-stopped"] = (Engine.open(location).fingerprint, "")
    run(app)
    assert "La comparaison a été arrêtée" in html(app)
    assert not app.selectbox
    app.button(key="coverage-compare").click()
    assert len(objectives(run(app))) == 1


def test_digests_tell_content_and_format_apart() -> None:
    digest = Sent("a.csv", TABLE.encode()).digest
    assert digest == Sent("b.CSV", TABLE.encode()).digest
    assert digest != Sent("a.csv", TABLE.encode() + b"\n").digest
    assert digest != Sent("a.tsv", TABLE.encode()).digest
