"""A document studied by keyboard alone, and what is asked next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from qa.commands.options import INDEX_VARIABLE
from qa.index.update import update_index
from qa.settings import Settings

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SHEET = """# Florbumab

## Definition

Florbumab is a monoclonal antibody that blocks interleukin 6.

## Adverse effects

Florbumab has three adverse effects:

- infections of the lung;
- raised liver enzymes;
- a rash.
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., str]) -> str:
    """Where one sheet is served."""
    folder = tmp_path_factory.mktemp("sheets")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "florbumab.md").write_text(SHEET, encoding="utf-8")
    update_index([folder / "corpus"], folder / "index", Settings())
    return serve(**{INDEX_VARIABLE: str(folder / "index")})


@pytest.mark.parametrize("width", [1440, 390])
def test_keys_turn_the_cards_and_lead_to_the_source(
    width: int, open_page: Open, course: str
) -> None:
    page = open_page(course, width=width, height=844)
    page.goto(f"{course}/study")
    asked, answer = page.locator(".qa-asked-side"), page.locator(".st-key-card .qa-extract")
    expect(asked).to_have_text("Florbumab")
    expect(page.locator(".st-key-card-next button")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.keyboard.press("ArrowRight")
    expect(asked).to_have_text("Adverse effects")
    expect(answer).to_have_count(0)
    page.keyboard.press("f")
    expect(answer).to_contain_text("raised liver enzymes;")
    page.locator(".st-key-card-source button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark.qa-selected").first).to_be_in_viewport()
    page.keyboard.press("f")
    expect(answer).to_have_count(0)


def test_a_heading_near_a_question_in_vain_is_answered(open_page: Open, course: str) -> None:
    page = open_page(course)
    page.get_by_test_id("stChatInputTextArea").fill("What is the molecular weight of florbumab?")
    page.keyboard.press("Enter")
    further = page.locator("[class*=st-key-next-] button")
    expect(further.first).to_be_visible()
    further.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".qa-turn")).to_have_count(2)
    expect(page.locator(".qa-extract").first).to_be_visible()
