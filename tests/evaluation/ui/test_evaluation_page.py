"""The evaluation page, run without a browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluation.question_report import QuestionReport, measure_questions
from evaluation.saved_runs import run_text
from qa.commands.options import INDEX_VARIABLE
from qa.index.update import update_index
from qa.settings import Settings

Page = Any


def unanswered(count: int, **values: object) -> bytes:
    """Questions of which the system says nothing: every one of them goes wrong."""
    return "".join(
        json.dumps(
            {
                "id": f"q{number:04}",
                "question": "Wann fährt der nächste Zug?",
                "language": "en",
                "kind": "odd" if number % 2 else "even",
                "evidence": [{"document": "kinases.txt", "quote": "It is taken by mouth."}],
            }
            | values
        )
        + "\n"
        for number in range(count)
    ).encode()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cautions of the runs that were measured."""
    runs: list[str] = []

    def measure(engine: Any, *arguments: Any, **named: Any) -> QuestionReport:
        runs.append(engine.settings.answering.caution)
        return measure_questions(engine, *arguments, **named)

    monkeypatch.setattr("evaluation.ui.work.measure_questions", measure)
    return runs


def test_it_opens_with_an_invitation(page: Page) -> None:
    assert "Ajoutez un jeu de questions sur ces documents" in page.html
    assert "choisissez un jeu de questions et mesurez" in page.html
    assert page.app.button(key="evaluation-run").disabled


def test_the_built_in_questions_come_with_the_built_in_documents(
    make_page: Callable[[], Page], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(INDEX_VARIABLE)
    monkeypatch.setenv("QA_CACHE_DIR", str(tmp_path))
    page = make_page()
    assert page.app.selectbox(key="evaluation-set").options == ["Questions fournies"]
    assert not page.app.button(key="evaluation-run").disabled


def test_a_set_is_uploaded_and_measured(measured: Page) -> None:
    assert "small.jsonl · questions\u00a0: 4" in measured.html
    assert measured.app.selectbox(key="evaluation-shown").options == [
        "1. small · prudence équilibrée"
    ]
    assert measured.figures.count("<svg") == 3
    for expected in ("Quand répondre", "passage Success@1", 'class="heat"', "questions, SHA-256"):
        assert expected in measured.figures
    assert "Questions\u00a0: 4 · empreinte des questions" in measured.html


def test_it_measures_only_when_told(page: Page, questions_file: Path, counted: list[str]) -> None:
    page.upload("small.jsonl", questions_file.read_bytes())
    assert counted == []
    page.measure()
    page.run()
    page.view("comparison")
    page.view("report")
    page.app.button_group(key="interface").set_value("en")
    page.run()
    assert counted == ["balanced"]
    page.measure("strict")
    assert counted == ["balanced", "strict"]


def test_intervals_are_computed_once(measured: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    before = measured.figures

    def fail(report: QuestionReport) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(QuestionReport, "estimates", fail)
    measured.run()
    assert measured.figures == before


def test_problems_are_listed_and_nothing_is_lost(measured: Page) -> None:
    figures = measured.figures
    bad = b"{\n" + unanswered(1, id="<b>x</b>", language="de") + b'"text"\n'
    measured.upload("bad.jsonl", bad)
    shown = measured.html
    assert "bad.jsonl ne peut pas être lu" in shown
    for place in (f"<li>bad.jsonl:{line}\u00a0: " for line in (1, 2, 3)):
        assert place in shown
    assert "<b>" not in shown
    assert measured.figures == figures
    assert measured.app.selectbox(key="evaluation-set").options == ["small.jsonl"]


def test_very_many_problems_are_counted(page: Page) -> None:
    page.upload("bad.jsonl", b"{\n" * 1000)
    assert page.html.count("<li>") == 201
    assert "Autres problèmes\u00a0: 800" in page.html


def test_questions_that_were_left_out_are_named(page: Page) -> None:
    lost = "".join(f"::lost{n}::Who? {{=nobody at all}}\n\n" for n in range(12))
    page.upload("bank.gift", f"{lost}::kept::What? {{=one antigen}}\n".encode())
    assert "bank.gift · questions\u00a0: 1" in page.html
    assert "(12)\u00a0: lost0, lost1," in page.html
    assert "lost9 …" in page.html


def test_a_set_for_other_documents_is_checked_again(
    measured: Page, served: Path, tmp_path: Path
) -> None:
    (tmp_path / "other.txt").write_text("Other words altogether.\n", encoding="utf-8")
    update_index([tmp_path / "other.txt"], served, Settings(), rebuild=True)
    measured.run()
    assert "aucun document n&#39;a l&#39;identifiant" in measured.html
    assert "questions\u00a0: 4" not in measured.html
    assert measured.app.button(key="evaluation-run").disabled
    assert "upload" not in measured.html
    assert measured.app.selectbox(key="evaluation-shown").options == [
        "1. small · prudence équilibrée"
    ]


def test_counts_are_those_of_the_documents_of_now(
    page: Page, served: Path, tmp_path: Path, documents_folder: Path
) -> None:
    page.upload("bank.gift", b"::a::What? {=one antigen}\n\n::b::How? {=by ship}\n")
    assert "bank.gift · questions\u00a0: 1" in page.html
    (tmp_path / "ships.txt").write_text("It goes by ship.\n", encoding="utf-8")
    update_index([documents_folder, tmp_path / "ships.txt"], served, Settings(), rebuild=True)
    page.run()
    assert "bank.gift · questions\u00a0: 2" in page.html
    assert "laissées de côté" not in page.html


def test_failures_are_turned_over_and_filtered(page: Page) -> None:
    page.upload("many.jsonl", unanswered(25))
    page.measure()
    assert page.figures.count("<details") == 10
    assert "Questions 1–10 sur 25" in page.html
    page.app.pagination[0].set_value(3)
    page.run()
    assert page.figures.count("<details") == 5
    page.app.selectbox(key="evaluation-kind").set_value("odd")
    page.run()
    assert "Questions 1–10 sur 12" in page.html
    assert "q0001" in page.figures
    assert "q0002" not in page.figures
    assert page.app.selectbox(key="evaluation-why").options == ["tout", "abstention"]


def test_very_many_slices_are_cut_to_the_largest(page: Page) -> None:
    several = [unanswered(1, id=f"k{n}", kind=f"kind {n:03}") for n in range(100)]
    page.upload("kinds.jsonl", b"".join(several))
    page.measure()
    assert 0 < page.figures.count("type\u00a0: kind") < 60
    assert "Tranches plus petites, pas montrées ici\u00a0: " in page.figures


def test_text_of_questions_is_never_markup(page: Page) -> None:
    page.upload("set.jsonl", unanswered(1, question="<script>alert(1)</script> fährt ein Zug?"))
    page.measure()
    assert "<script" not in page.figures
    assert "&lt;script&gt;alert(1)" in page.figures


def test_two_runs_are_compared(measured: Page) -> None:
    measured.view("comparison")
    assert "Il faut deux essais" in measured.html
    measured.measure("strict")
    assert "1. small · prudence équilibrée" in measured.figures
    assert "2. small · prudence stricte" in measured.figures
    assert "réglage caution" in measured.figures
    assert "right_decision" in measured.figures
    measured.app.selectbox(key="evaluation-first").set_value(2)
    measured.run()
    assert "Choisissez deux essais différents" in measured.html
    measured.measure("eager")
    assert measured.app.selectbox(key="evaluation-first").value == 2
    assert measured.app.selectbox(key="evaluation-second").value == 3


def test_a_saved_run_is_compared_with(measured: Page, report: QuestionReport) -> None:
    measured.view("comparison")
    key = "evaluation-upload-run"
    measured.upload("earlier.json", b"{}", key)
    assert "earlier.json n&#39;est pas un essai enregistré" in measured.html
    measured.upload("earlier.json", run_text(report).encode(), key)
    measured.run()
    assert measured.app.selectbox(key="evaluation-second").options == [
        "1. small · prudence équilibrée",
        "2. earlier · prudence équilibrée",
    ]
    assert "Les essais ne diffèrent pas vraiment" in measured.figures
    measured.view("report")
    assert len(measured.app.selectbox(key="evaluation-shown").options) == 1


def test_a_run_without_caution_has_none_in_its_name(page: Page, report: QuestionReport) -> None:
    page.view("comparison")
    bare = json.dumps(json.loads(run_text(report)) | {"settings": {}}).encode()
    for name in ("one.json", "two.json"):
        page.upload(name, bare, "evaluation-upload-run")
    assert page.app.selectbox(key="evaluation-first").options == ["1. one", "2. two"]


def test_a_run_is_removed(measured: Page) -> None:
    measured.measure("strict")
    measured.app.button(key="evaluation-remove").click()
    measured.run()
    names = ["1. small · prudence équilibrée"]
    assert measured.app.selectbox(key="evaluation-shown").options == names
    measured.measure("eager")
    measured.view("comparison")
    assert measured.app.button(key="evaluation-remove-second").label == "Retirer l'essai 3"
    measured.app.button(key="evaluation-remove-first").click()
    measured.run()
    assert "Il faut deux essais" in measured.html
    measured.view("report")
    measured.app.button(key="evaluation-remove").click()
    measured.run()
    assert "Aucun essai pour l&#39;instant" in measured.html


def test_uploads_have_the_limit_of_the_server(page: Page) -> None:
    page.view("comparison")
    limits = {one.key: one.proto.max_upload_size_mb for one in page.app.file_uploader}
    assert limits == {"evaluation-upload": 20, "evaluation-upload-run": 20}


def test_failures_that_the_download_leaves_out_are_told(
    measured: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured.upload("many.jsonl", unanswered(3))
    monkeypatch.setattr("evaluation.ui.report_view.MOST_FAILURES", 3)
    measured.measure()
    assert "La page à télécharger" not in measured.html
    monkeypatch.setattr("evaluation.ui.report_view.MOST_FAILURES", 2)
    measured.run()
    assert "La page à télécharger montre les 2 premières questions" in measured.html


def test_runs_of_different_questions_are_not_compared(measured: Page) -> None:
    measured.upload("other.jsonl", unanswered(2))
    measured.measure()
    measured.view("comparison")
    assert 'role="alert"' in measured.html
    assert "portent sur des questions différentes" in measured.html


def test_sessions_do_not_see_each_other(measured: Page, make_page: Callable[[], Page]) -> None:
    other = make_page()
    assert "choisissez un jeu de questions et mesurez" in other.html
    assert not other.app.selectbox


def test_it_speaks_english(measured: Page) -> None:
    measured.app.button_group(key="interface").set_value("en")
    measured.run()
    assert "small.jsonl · questions: 4" in measured.html
    assert "When to answer" in measured.figures
    assert measured.app.selectbox(key="evaluation-shown").options == ["1. small · caution balanced"]


def test_the_other_pages_do_not_wait_for_what_measures() -> None:
    program = (
        "import sys, evaluation.ui.evaluation_page;"
        "print(*{'ir_measures', 'scipy', 'sklearn', 'evaluation.question_report'} & {*sys.modules})"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, check=True, capture_output=True).stdout.split() == []
