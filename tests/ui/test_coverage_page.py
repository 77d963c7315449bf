"""The coverage page, run without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from qa.commands.options import INDEX_VARIABLE
from qa.coverage.cover import cover
from qa.coverage.objectives import Stated, course_objectives
from qa.coverage.records import Level
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.index.update import update_index
from qa.locale.translator import ENGLISH, translator
from qa.settings import Settings
from qa.ui import frame
from qa.ui.coverage_controls import CoverageFilter, columns
from qa.ui.coverage_map import heat_map

PAGE = """{{{{knowledge objective
|Identifiant={code}
|Title={title}
|Description=
|Order=1}}}}

{body}
"""


def coverage_page() -> None:
    from qa.ui import coverage_page

    coverage_page.show()


@pytest.fixture
def taught(
    corpus: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The small corpus with the pages of many objectives, one of which is covered."""
    pages = {f"OIC-3{n // 10:02d}-0{n % 10}-A": f"Treating disease {n}" for n in range(24)}
    pages["OIC-202-03-B"] = "How monoclonal antibodies act"
    for code, title in pages.items():
        body = "'''Antivenom''' for <b>snakes</b>."
        if code == "OIC-202-03-B":
            body = "'''Monoclonal antibodies''' act in three ways: they block a receptor."
        text = PAGE.format(code=code, title=title, body=body)
        (corpus / f"{code}.wiki").write_text(text, encoding="utf-8")
    update_index([corpus], tmp_path / "index", settings)
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path / "index"))
    return tmp_path / "index"


@pytest.fixture
def app(taught: Path) -> AppTest:
    return run(AppTest.from_function(coverage_page, default_timeout=60))


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if "<style>" not in e.proto.body)


def search(app: AppTest, words: str) -> AppTest:
    app.text_input(key="coverage-search").set_value(words)
    return run(app)


def test_it_states_totals_and_the_rule(app: AppTest) -> None:
    assert "Objectifs couverts\u00a0: 1 · en partie\u00a0: 0 · manquants\u00a0: 24" in html(app)
    assert "Un point est couvert si un autre document l&#39;énonce" in html(app)


def test_it_begins_with_the_gaps_and_is_turned_over(app: AppTest) -> None:
    assert "Objectifs 1–20 sur 25" in html(app)
    assert len(app.selectbox(key="coverage-objective").options) == 20
    app.get("pagination")[0].set_value(2)  # type: ignore[union-attr]  # not a block
    run(app)
    assert "Objectifs 21–25 sur 25" in html(app)


def test_evidence_of_an_objective_is_read(app: AppTest) -> None:
    search(app, "antibodies")
    assert 'class="qa-level qa-covered">couvert' in html(app)
    assert "A monoclonal antibody acts in three ways" in html(app)
    app.selectbox(key="coverage-document").set_value("en/antibodies.md")
    run(app)
    assert "Monoclonal antibodies · Anglais" in html(app)


def test_evidence_is_opened_in_its_document(app: AppTest) -> None:
    search(app, "antibodies")
    (opened,) = set(re.findall(r'data-qa-open="(\S+ en/antibodies.md)"', html(app))[:1])
    app.session_state["coverage-opened-now"] = opened
    run(app)
    source = html(app).partition('role="region"')[2]
    start, end = map(int, opened.split(" ")[0].split("-"))
    marked = re.sub("<[^>]+>", "", "".join(re.findall(r"<mark.*?</mark>", source)))
    assert len(marked) == end - start
    assert "They are proteins that the gut digests" in source
    assert 'role="region"' not in html(run(app))


@pytest.mark.parametrize("wanted", ["", "0-4 en/antibodies.md", "0-4 ../secret", "x"])
def test_nothing_but_evidence_is_opened(app: AppTest, wanted: str) -> None:
    app.session_state["coverage-opened-now"] = wanted
    assert 'role="region"' not in html(run(app))


def test_text_of_pages_is_never_markup(app: AppTest) -> None:
    app.selectbox(key="coverage-objective").set_value("OIC-300-00-A")
    run(app)
    assert "<b>snakes" not in html(app)


def test_filters_restrict_the_objectives(app: AppTest) -> None:
    app.multiselect(key="coverage-level").set_value([Level.covered])
    run(app)
    assert "Objectifs 1–1 sur 1" in html(app)
    search(app, "disease")
    assert "Aucun objectif ne correspond" in html(app)


def test_a_filter_turns_back_to_the_first_page(app: AppTest) -> None:
    app.get("pagination")[0].set_value(2)  # type: ignore[union-attr]  # not a block
    run(app)
    app.multiselect(key="coverage-rank").set_value(["A"])
    run(app)
    assert "Objectifs 1–20 sur 24" in html(app)


def test_it_speaks_english(app: AppTest) -> None:
    app.button_group(key="interface").set_value("en")
    run(app)
    assert "Objectives covered: 1 · partly: 0 · missing: 24" in html(app)
    assert "A point is covered where another document states it" in html(app)


@pytest.fixture
def report(engine: Engine) -> CoverageReport:
    titles = {"A": "How monoclonal antibodies act", "B": "Snake bites", "C": "Live vaccines"}
    stated = [Stated(code=c, title=t, language="en", item="001") for c, t in titles.items()]
    return cover(engine, course_objectives(stated))


def test_the_language_of_the_documents_decides_the_level(report: CoverageReport) -> None:
    french = CoverageFilter(language="fr", levels=(Level.missing,))
    assert {one.objective.code for one in french.chosen(report.objectives)} >= {"A", "B"}
    (found,) = columns(report.objectives, report.documents, "en", 5)
    assert found.language == "en"
    assert columns(report.objectives, report.documents, "fr", 5) == ()


def test_the_map_has_a_cell_for_every_pair(report: CoverageReport) -> None:
    documents = columns(report.objectives, report.documents, None, 5)
    chart = heat_map(report.objectives, documents, CoverageFilter(), ENGLISH)
    values = chart["data"]["values"]
    assert len(values) == 3 * (len(documents) + 1)
    assert {value["level"] for value in values} <= {"missing", "partly", "covered"}


@pytest.mark.parametrize(("language", "nothing"), [("en", "0%"), ("fr", "0\u00a0%")])
def test_the_map_writes_shares_as_its_language_does(
    report: CoverageReport, language: str, nothing: str
) -> None:
    chart = heat_map(report.objectives, report.documents, CoverageFilter(), translator(language))
    values = chart["data"]["values"]
    assert nothing in {value["share"] for value in values if not value["counts"]}
    assert nothing not in {value["share"] for value in values if value["counts"]}


def test_evidence_html_escapes_everything(report: CoverageReport, hostile: str) -> None:
    stated = Stated(code="X", title=hostile, language="en")
    engine_documents = {document.id: document for document in report.documents}
    one = report.objectives[0]
    (objective,) = course_objectives([stated])
    point = replace(one.points[0], point=objective.points[0])
    changed = replace(one, objective=objective, points=(point,))
    said = frame.macros("coverage", ENGLISH)
    shown = said.header(changed) + said.points(changed, engine_documents)
    assert hostile not in shown or "<" not in hostile
    assert "<script" not in shown
    assert "<img" not in shown


def press(app: AppTest, wanted: str) -> None:
    """As if a button of a passage of the objective that is shown was pressed."""
    from qa.ui.coverage_decisions import decide_on_evidence

    report = app.session_state["coverage-work"].outcome()
    one = report.objective(app.selectbox(key="coverage-objective").value)
    assert one is not None
    decide_on_evidence(one, wanted, Settings())
    run(app)


def test_rejected_evidence_is_told_and_taken_back(app: AppTest, taught: Path) -> None:
    search(app, "antibodies")
    assert "Objectifs couverts\u00a0: 1" in html(app)
    for number in range(2):
        press(app, f"rejected {number} en/antibodies.md")
    assert "Objectifs couverts\u00a0: 0" in html(app)
    assert 'class="qa-verdict">rejeté' in html(app)
    for number in range(2):
        press(app, f"undo {number} en/antibodies.md")
    assert "Objectifs couverts\u00a0: 1" in html(app)
    assert len(list(taught.parent.glob("*decisions.jsonl"))) == 1


@pytest.mark.parametrize("wanted", ["", "rejected", "rejected 99 en/antibodies.md", "x 0 y"])
def test_nothing_but_evidence_is_decided_upon(app: AppTest, taught: Path, wanted: str) -> None:
    press(app, wanted)
    assert not list(taught.parent.glob("*decisions.jsonl"))


def test_an_objective_is_taught_elsewhere_with_a_note(app: AppTest) -> None:
    search(app, "OIC-300-00-A")
    app.text_input(key="coverage-note").set_value("second <b>year")
    app.button(key="coverage-elsewhere").click()
    run(app)
    assert "enseigné ailleurs\u00a0: 1" in html(app)
    assert "Note\u00a0: second &lt;b&gt;year" in html(app)
    app.button(key="coverage-elsewhere").click()
    run(app)
    assert "enseigné ailleurs\u00a0: 1" not in html(app)


def test_decisions_that_cannot_be_read_leave_the_report(app: AppTest, taught: Path) -> None:
    (taught.parent / f"{taught.name}-decisions.jsonl").write_text("{\n", encoding="utf-8")
    run(app)
    assert "corrigez la ligne ou retirez-la" in html(app)
    assert "Objectifs couverts\u00a0: 1" in html(app)


def test_the_summary_names_the_first_gaps_with_what_is_nearest(app: AppTest) -> None:
    assert "Premières lacunes" in html(app)
    assert "le plus proche\u00a0:" in html(app)
