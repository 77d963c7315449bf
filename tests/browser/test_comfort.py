"""Small things that would be in the way: of the eyes, of the keyboard, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("address")]

Open = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
IN_VIEW = """selector => {
    const mark = document.querySelector(selector);
    const box = mark?.getBoundingClientRect();
    return box && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight
        && globalThis.qaShown === mark.closest('.qa-panel').dataset.qaPanel;
}"""
NAMES = "[...document.querySelectorAll('[aria-label]')].map(one => one.ariaLabel)"
SELECTED = "mark.qa-selected"
CITE = ".st-key-cite-0-1-0 button"


@pytest.fixture
def answered(open_page: Open, address: str) -> Page:
    page: Page = open_page(address)
    ask(page)
    page.wait_for_function(IN_VIEW, arg=SELECTED)
    return page


def ask(page: Page) -> None:
    page.get_by_test_id("stChatInputTextArea").fill("What does a bispecific antibody link?")
    page.keyboard.press("Enter")
    expect(page.locator(SELECTED)).to_have_count(1)


def test_the_keyboard_stays_on_the_citation_that_it_pressed(answered: Page) -> None:
    answered.locator("[data-qa-panel]").evaluate("panel => panel.scrollTop = 0")
    cite = answered.locator("[class*=st-key-cite-0]:visible button").last
    shown = answered.locator("[data-qa-panel]").get_attribute("data-qa-panel") or ""
    cite.focus()
    answered.keyboard.press("Enter")
    expect(answered.locator("[data-qa-panel]")).not_to_have_attribute("data-qa-panel", shown)
    expect(cite).to_be_focused()


def test_the_words_are_in_view_after_another_page_or_language(answered: Page) -> None:
    answered.get_by_role("link", name="Documents").click()
    expect(answered.locator(".st-key-shelf")).to_be_visible()
    answered.get_by_role("link", name="Questions").click()
    answered.wait_for_function(IN_VIEW, arg=SELECTED)
    answered.get_by_role("radio", name="EN").click()
    expect(answered.get_by_text("New conversation")).to_be_visible()
    answered.wait_for_function(IN_VIEW, arg=SELECTED)


def test_a_question_that_is_too_long_is_told_and_kept(open_page: Open, address: str) -> None:
    page: Page = open_page(address)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("a" * 2001)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("2001")
    expect(box).to_have_value("a" * 2001)


def test_streamlit_speaks_french_too(answered: Page) -> None:
    expect(answered.get_by_role("button", name="Envoyer la question")).to_be_visible()
    answered.get_by_text("Filtrer").click()
    answered.get_by_role("combobox", name="Langue").first.click()
    expect(answered.get_by_role("option", name="Tout choisir")).to_be_visible()
    names = answered.evaluate(NAMES)
    english = re.compile(
        r"\b(send|open|close|select|clear|expand|collapse|navigate|sidebar)\b", re.I
    )
    assert [name for name in names if english.search(name)] == []


def test_on_a_phone_the_menu_closes_and_the_title_stays_below_the_bar(
    open_page: Open, address: str
) -> None:
    page: Page = open_page(address, **PHONE)
    ask(page)
    page.locator(CITE).click()
    page.wait_for_function(IN_VIEW, arg=SELECTED)
    bar = page.get_by_test_id("stHeader").bounding_box()
    title = page.locator(".qa-title").bounding_box()
    assert bar and title and title["y"] >= bar["y"] + bar["height"]
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Documents").click()
    expect(page.locator(".st-key-shelf")).to_be_visible()
    menu = page.get_by_test_id("stSidebar")
    expect(menu).to_have_attribute("data-collapsed", "true")
    page.reload()
    expect(page.locator(".st-key-shelf")).to_be_visible()
    expect(menu).to_have_attribute("data-collapsed", "true")
