"""The main job in a real browser: a question, its answer, and the very words in the source."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("address")]

Open = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
SELECTED = "mark.qa-selected"
LINKS = "links a T lymphocyte"


def ask(page: Page, question: str) -> None:
    turns = page.locator(".qa-turn")
    before = turns.count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1)


IN_VIEW = """selector => {
    const mark = document.querySelector(selector);
    if (!mark || globalThis.qaShown !== mark.closest('.qa-panel').dataset.qaPanel) return false;
    const box = mark.getBoundingClientRect();
    const panel = mark.closest('.qa-panel').getBoundingClientRect();
    return box.height > 0
        && box.top >= Math.max(panel.top, 0)
        && box.bottom <= Math.min(panel.bottom, window.innerHeight);
}"""
"""Whether an element has come to rest within the window and the panel that it scrolls in."""


def expect_in_view(page: Page, words: str) -> None:
    """The first selected words are these, and come into view."""
    expect(page.locator(SELECTED).first).to_contain_text(words)
    page.wait_for_function(IN_VIEW, arg=SELECTED)


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return bool(
        page.evaluate(
            """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
                .every(element => element.scrollWidth <= window.innerWidth)"""
        )
    )


@pytest.fixture
def answered(open_page: Open, address: str) -> Page:
    page: Page = open_page(address)
    ask(page, "What does a bispecific antibody link?")
    expect(page.locator(".qa-extract").first).to_contain_text(LINKS)
    return page


def test_the_words_of_the_answer_are_seen_in_the_source(answered: Page) -> None:
    expect_in_view(answered, "A bispecific antibody links a T lymphocyte to a tumour cell.")


def test_a_citation_brings_its_words_into_view(answered: Page) -> None:
    ask(answered, "At how many degrees are the flasks of a bispecific antibody kept?")
    expect_in_view(answered, "between two and eight degrees")
    answered.locator(".st-key-cite-0-1-0 button").click()
    expect_in_view(answered, LINKS)


def test_a_citation_is_reached_and_pressed_by_keyboard(answered: Page) -> None:
    expect_in_view(answered, LINKS)
    answered.locator(".qa-panel").evaluate("panel => { panel.scrollTop = 0; }")
    assert not answered.evaluate(IN_VIEW, SELECTED)
    answered.locator(".st-key-cite-0-1-0 button").focus()
    answered.keyboard.press("Enter")
    expect_in_view(answered, LINKS)
    answered.locator(".qa-panel").focus()
    expect(answered.locator(".qa-panel")).to_be_focused()


def test_on_a_phone_the_source_follows_and_nothing_sticks_out(
    open_page: Open, address: str
) -> None:
    page: Page = open_page(address, **PHONE)
    assert fits(page)
    ask(page, "What does a bispecific antibody link?")
    expect(page.locator(".qa-panel")).to_contain_text(LINKS)
    assert fits(page)
    page.locator(".st-key-cite-0-1-0 button").click()
    expect_in_view(page, LINKS)
    assert fits(page)
    page.get_by_role("link", name="Retour à la réponse").click()
    expect(page.locator(".qa-turn")).to_be_in_viewport()


def test_hostile_text_is_shown_as_it_is_written(
    open_page: Open, address: str, hostile: str
) -> None:
    page: Page = open_page(address)
    asked = f"Which receptor does tocilizumab block? {hostile}"
    ask(page, asked)
    expect(page.locator(".qa-question")).to_contain_text(asked)
    expect(page.locator(".qa-panel")).to_contain_text(hostile)
    expect(page.locator(".qa-title")).to_contain_text(hostile)
    chip = page.locator("[class*=st-key-cite-0]").first.inner_text().replace("\u2060", "")
    assert chip.startswith("[1] Tocilizumab :smile: $x^2$ **bold** [x](javascript")
    page.get_by_text("Filtrer").click()
    page.get_by_role("combobox", name="Document").click()
    expect(page.get_by_role("option").filter(has_text="Tocilizumab")).to_contain_text(hostile)
    assert page.title() != "owned"
    for made in ("script:has-text('owned')", "[href^='javascript']", ".katex"):
        assert page.locator(f"[data-testid=stMain] {made}").count() == 0
    assert page.locator("[data-testid=stMain] :is(b, strong)", has_text="bold").count() == 0


def test_a_document_is_opened_from_the_shelf(open_page: Open, address: str) -> None:
    page: Page = open_page(address)
    page.get_by_role("link", name="Documents").click()
    page.get_by_role("textbox", name="Chercher un titre").fill("vaccins")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Documents : 1 sur 3")).to_be_visible()
    page.get_by_test_id("stDataFrame").click(position={"x": 60, "y": 50})
    expect(page.locator(".qa-panel")).to_contain_text("fièvre jaune")
