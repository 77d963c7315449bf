"""The evaluation page in a real browser: a set is uploaded, run twice, and the runs compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from evaluation.saved_runs import load_run

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("address")]

Open = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
LINKS = {
    "document": "bispecific.md",
    "quote": "A bispecific antibody links a T lymphocyte to a tumour cell.",
}


def question(identifier: str, text: str, **values: object) -> dict[str, Any]:
    return {"id": identifier, "question": text, "language": "en", "kind": "direct", **values}


def payload(name: str, *questions: dict[str, Any]) -> FilePayload:
    text = "".join(json.dumps(one) + "\n" for one in questions)
    return {"name": name, "mimeType": "application/jsonl", "buffer": text.encode()}


def asked(hostile: str) -> FilePayload:
    """Three questions: one that is answered, one that is not, one on which nothing is found."""
    return payload(
        "small.jsonl",
        question("q1", "What does a bispecific antibody link?", evidence=[LINKS]),
        question("q2", "How do I mend a bicycle?", answerable=False, kind="far"),
        question("q3", f"Zugfahrplan {hostile}", evidence=[LINKS], kind="lost"),
    )


def upload(page: Page, file: FilePayload | Path, key: str = "evaluation-upload") -> None:
    page.locator(f".st-key-{key} input[type=file]").set_input_files(file)


def measure(page: Page, caution: str, *, number: int) -> None:
    """Run with this caution, and wait until the report is there."""
    page.get_by_role("radio", name=caution).click()
    page.get_by_role("button", name="Mesurer").click()
    run = page.get_by_role("combobox", name="Essai", exact=True)
    expect(run).to_have_value(f"{number}. small · prudence {caution.lower()}")
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    script = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
        .every(element => element.scrollWidth <= window.innerWidth)"""
    return bool(page.evaluate(script))


@pytest.fixture
def evaluation(open_page: Open, address: str) -> Page:
    page: Page = open_page(address)
    page.get_by_role("link", name="Évaluation").click()
    page.get_by_text("Aucun essai pour l'instant").wait_for()
    return page


@pytest.fixture
def measured(evaluation: Page, hostile: str) -> Page:
    upload(evaluation, asked(hostile))
    evaluation.get_by_text("small.jsonl · questions : 3").wait_for()
    measure(evaluation, "Équilibrée", number=1)
    return evaluation


def test_figures_are_drawn_and_failures_opened(measured: Page, hostile: str) -> None:
    for name in ("Mesures et intervalles", "Courbe risque-couverture", "Diagramme de fiabilité"):
        figure = measured.get_by_role("img", name=name)
        expect(figure).to_be_visible()
        box = figure.bounding_box()
        assert box is not None
        assert box["height"] > 200
    expect(measured.locator(".figures .bar").first).to_have_css("fill", "rgb(15, 107, 102)")
    expect(measured.locator(".figures td.heat").first).to_be_visible()
    failure = measured.locator(".figures details", has_text="q3")
    expect(failure).to_contain_text(hostile)
    expect(failure.locator("blockquote.wanted")).to_be_hidden()
    failure.locator("summary").click()
    expect(failure.locator("blockquote.wanted")).to_contain_text("links a T lymphocyte")
    assert measured.title() != "owned"
    assert measured.locator(".figures script, .figures [href]").count() == 0


def test_two_runs_are_compared_and_taken_away(measured: Page, tmp_path: Path) -> None:
    with measured.expect_download() as download:
        measured.get_by_role("button", name="Essai (JSON)").click()
    kept = tmp_path / "kept.json"
    download.value.save_as(kept)
    assert load_run(kept).question_ids == ("q1", "q2", "q3")
    with measured.expect_download() as download:
        measured.get_by_role("button", name="Page (HTML)").click()
    assert "<svg" in download.value.path().read_text(encoding="utf-8")
    measure(measured, "Ouverte", number=2)
    measured.get_by_role("radio", name="Deux essais comparés").click()
    expect(measured.get_by_role("img", name="Effets et intervalles")).to_be_visible()
    expect(measured.locator(".figures")).to_contain_text("réglage caution")
    upload(measured, kept, "evaluation-upload-run")
    second = measured.get_by_role("combobox", name="Second essai")
    second.click()
    measured.get_by_role("option", name="3. kept · prudence équilibrée").click()
    expect(measured.locator(".figures")).to_contain_text("Les essais ne diffèrent pas vraiment")


def test_runs_stay_when_the_page_is_left_and_are_of_one_session(
    measured: Page, open_page: Open, address: str
) -> None:
    measured.get_by_role("link", name="Documents").click()
    expect(measured.get_by_test_id("stDataFrame")).to_be_visible()
    measured.get_by_role("link", name="Évaluation").click()
    expect(measured.get_by_role("img", name="Mesures et intervalles")).to_be_visible()
    measure(measured, "Stricte", number=2)
    other: Page = open_page(address)
    other.get_by_role("link", name="Évaluation").click()
    other.get_by_text("Aucun essai pour l'instant").wait_for()


def test_problems_are_listed_with_their_lines(evaluation: Page) -> None:
    wrong = LINKS | {"quote": "It links nothing."}
    upload(
        evaluation,
        payload(
            "bad.jsonl", question("q1", "Why?", evidence=[wrong]), question("q1", "", language="x")
        ),
    )
    problems = evaluation.get_by_role("alert").locator("li")
    expect(problems).to_have_text(
        [
            "bad.jsonl:1\u00a0: la citation 'It links nothing.' n'est pas dans bispecific.md",
            "bad.jsonl:2\u00a0: l'identifiant 'q1' a déjà servi en bad.jsonl:1",
        ]
    )
    expect(evaluation.get_by_role("button", name="Mesurer")).to_be_disabled()


@pytest.mark.parametrize(
    ("scheme", "colour"), [("light", "rgb(29, 42, 42)"), ("dark", "rgb(230, 237, 236)")]
)
def test_on_a_phone_in_either_theme_it_is_readable(
    open_page: Open, address: str, hostile: str, scheme: str, colour: str
) -> None:
    page: Page = open_page(address, scheme=scheme, **PHONE)
    page.goto(f"{address}/evaluation")
    upload(page, asked(hostile))
    measure(page, "Équilibrée", number=1)
    label = page.locator(".figures svg text").first
    expect(label).to_have_css("fill", colour)
    box = label.bounding_box()
    assert box is not None
    assert box["height"] >= 12
    assert fits(page)
    measure(page, "Ouverte", number=2)
    page.get_by_role("radio", name="Deux essais comparés").click()
    expect(page.get_by_role("img", name="Effets et intervalles")).to_be_visible()
    assert fits(page)
