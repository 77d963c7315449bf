"""Pictures of the application, for the documentation: `SCREENSHOTS=docs/screenshots pytest ...`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

FOLDER = os.environ.get("SCREENSHOTS", "")
LARGEST = 300_000
MECHANISMS = "Quels sont les mécanismes d'action des anticorps monoclonaux ?"
SYNDROME = "Comment traite-t-on un syndrome de relargage cytokinique ?"
VACCINES = "Which vaccines are contraindicated under biologics?"
PHONE = {"width": 390, "height": 844}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not FOLDER, reason="SCREENSHOTS does not name a folder"),
]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def course(serve: Callable[..., str]) -> str:
    """Where the built-in documents are served."""
    return serve()


def ask(page: Page, question: str) -> None:
    turns = page.locator(".qa-turn")
    before = turns.count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page is drawn, and scrolled where it should be."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    page.wait_for_function(
        """() => {
            const panel = document.querySelector('[data-qa-panel]');
            return document.fonts.status === 'loaded'
                && (!panel || globalThis.qaShown === panel.dataset.qaPanel);
        }"""
    )


def empty(page: Page) -> None:
    expect(page.locator(".st-key-examples button").last).to_be_visible()


def answer_fr(page: Page) -> None:
    ask(page, SYNDROME)


def answer_en(page: Page) -> None:
    ask(page, VACCINES)


def citation(page: Page) -> None:
    ask(page, VACCINES)
    chip = page.locator("[class*=st-key-cite-0]:visible button", has_text="Français").first
    panel = page.locator("[data-qa-panel]")
    shown = panel.get_attribute("data-qa-panel") or ""
    chip.click()
    expect(panel).not_to_have_attribute("data-qa-panel", shown)
    settle(page)


def abstention(page: Page) -> None:
    ask(page, "What is the molecular weight of infliximab?")


def follow_up(page: Page) -> None:
    ask(page, MECHANISMS)
    ask(page, "Et leurs effets indésirables ?")


def why(page: Page) -> None:
    ask(page, SYNDROME)
    page.get_by_text("Pourquoi ce passage").click()
    settle(page)


def documents(page: Page) -> None:
    page.get_by_role("link", name="Documents").click()
    page.get_by_test_id("stDataFrame").click(position={"x": 60, "y": 230})
    expect(page.locator(".qa-panel")).to_be_visible()
    settle(page)


def study(page: Page) -> None:
    page.goto(f"{page.url.rstrip('/')}/study")
    page.locator(".st-key-card-turn button").click()
    expect(page.locator(".st-key-card .qa-extract")).to_be_visible()
    settle(page)


def coverage(page: Page) -> None:
    page.goto(f"{page.url.rstrip('/')}/coverage")
    page.locator("svg.marks").wait_for()
    settle(page)


def evidence(page: Page) -> None:
    coverage(page)
    page.locator(".qa-level").first.evaluate("level => level.scrollIntoView()")


def evaluation(page: Page) -> None:
    page.goto(f"{page.url.rstrip('/')}/evaluation")
    page.get_by_role("button", name="Mesurer").click()
    # All questions are asked, which may take minutes.
    page.locator(".figures svg").first.wait_for(timeout=240_000)
    page.get_by_text("quitter la page").wait_for(state="detached")
    settle(page)


def failures(page: Page) -> None:
    evaluation(page)
    heading = page.get_by_role("heading", name="Ce qui n'a pas marché")
    heading.evaluate("heading => heading.scrollIntoView()")
    page.locator(".figures details summary").first.click()


def comparison(page: Page) -> None:
    evaluation(page)
    page.get_by_role("radio", name="Stricte").click()
    settle(page)
    page.get_by_role("button", name="Mesurer").click()
    page.get_by_text("quitter la page").wait_for()
    page.get_by_text("quitter la page").wait_for(state="detached")
    page.get_by_role("radio", name="Deux essais comparés").click()
    page.get_by_role("img", name="Effets et intervalles").wait_for()


@pytest.mark.parametrize(
    ("name", "act", "window"),
    [
        ("empty", empty, {}),
        ("answer-fr", answer_fr, {}),
        ("answer-en", answer_en, {}),
        ("citation", citation, {}),
        ("abstention", abstention, {}),
        ("follow-up", follow_up, {}),
        ("why", why, {}),
        ("documents", documents, {}),
        ("study", study, {}),
        ("coverage", coverage, {}),
        ("coverage-evidence", evidence, {}),
        ("evaluation", evaluation, {}),
        ("evaluation-failures", failures, {}),
        ("evaluation-comparison", comparison, {}),
        ("dark", citation, {"scheme": "dark"}),
        ("dark-abstention", abstention, {"scheme": "dark"}),
        ("phone-empty", empty, PHONE),
        ("phone-answer", answer_en, PHONE),
        ("phone-source", citation, PHONE),
        ("phone-abstention", abstention, PHONE),
        ("dark-evaluation", evaluation, {"scheme": "dark"}),
        ("dark-coverage", coverage, {"scheme": "dark"}),
        ("phone-study", study, PHONE),
        ("phone-coverage", coverage, PHONE),
        ("phone-evaluation", evaluation, PHONE),
        ("phone-dark-comparison", comparison, PHONE | {"scheme": "dark"}),
    ],
)
def test_screenshot(
    name: str,
    act: Callable[[Page], None],
    window: dict[str, object],
    open_page: Open,
    course: str,
) -> None:
    page = open_page(course, **window)
    act(page)
    settle(page)
    path = Path(FOLDER) / f"{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    assert path.stat().st_size < LARGEST
