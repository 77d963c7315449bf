"""Nothing of a person's work is lost: by reload, back, another tab, or a link."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("address")]

Open = Callable[..., Page]
LINK = "What does a bispecific antibody link?"
KEPT = "At how many degrees are the flasks of a bispecific antibody kept?"
FEVER = "Quel vaccin contre la fièvre jaune ?"
SELECTED = "mark.qa-selected"
CITE = ".st-key-cite-{}-1-0 button"


def ask(page: Page, question: str) -> None:
    turns = page.locator(".qa-turn")
    before = turns.count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1)
    expect(page).to_have_url(re.compile(f"turn={before + 1}&"))


def expect_shown(page: Page, questions: int, words: str) -> None:
    """So many questions are there, and these words are selected in the source."""
    expect(page.locator(".qa-turn")).to_have_count(questions)
    expect(page.locator(SELECTED).first).to_contain_text(words)


@pytest.fixture
def talked(open_page: Open, address: str) -> Page:
    """A conversation of two questions, with the answer of the first one on show."""
    page: Page = open_page(address)
    ask(page, LINK)
    ask(page, KEPT)
    page.locator(CITE.format(0)).click()
    expect_shown(page, 2, "links a T lymphocyte")
    expect(page).to_have_url(re.compile("turn=1&cite=1.1"))
    return page


def test_reload_another_tab_and_a_bare_address_go_on(
    talked: Page, open_page: Open, address: str
) -> None:
    talked.reload()
    expect_shown(talked, 2, "links a T lymphocyte")
    second: Page = open_page(talked.url, beside=talked)
    expect_shown(second, 2, "links a T lymphocyte")
    ask(second, FEVER)
    talked.locator(CITE.format(1)).click()
    expect_shown(talked, 3, "two and eight degrees")
    third: Page = open_page(address, beside=talked)
    expect_shown(third, 3, "vaccin vivant")


def test_back_and_forward_go_through_what_was_shown(talked: Page) -> None:
    talked.get_by_role("link", name="Documents").click()
    expect(talked.locator(".st-key-shelf")).to_be_visible()
    expect(talked).to_have_url(re.compile("/documents\\?talk="))
    talked.go_back()
    expect_shown(talked, 2, "links a T lymphocyte")
    talked.go_back()
    expect_shown(talked, 2, "two and eight degrees")
    talked.go_forward()
    expect_shown(talked, 2, "links a T lymphocyte")


def test_a_link_is_answered_afresh_for_somebody_else(talked: Page, open_page: Open) -> None:
    stranger: Page = open_page(talked.url, locale="en-GB")
    expect_shown(stranger, 1, "links a T lymphocyte")
    expect(stranger.locator(".qa-question")).to_contain_text(LINK)
    # The link speaks as the one who sent it.
    expect(stranger.get_by_text("Nouvelle conversation")).to_be_visible()


def test_the_language_follows_the_browser_then_the_choice(open_page: Open, address: str) -> None:
    page: Page = open_page(address, locale="en-GB")
    expect(page.get_by_text("Every answer is a word-for-word extract")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("radio", name="FR").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    again: Page = open_page(address, beside=page)
    expect(again.locator("html")).to_have_attribute("lang", "fr")


def test_past_conversations_are_opened_renamed_and_erased(talked: Page) -> None:
    talked.locator(".st-key-restart button").click()
    expect(talked.locator(".qa-turn")).to_have_count(0)
    ask(talked, FEVER)
    talked.get_by_role("button", name="Conversations", exact=True).click()
    dialog = talked.get_by_role("dialog")
    dialog.get_by_role("button", name="Renommer").nth(1).click()
    dialog.get_by_role("textbox", name="Intitulé").fill("Anticorps")
    talked.keyboard.press("Enter")
    dialog.get_by_role("button", name="Anticorps").click()
    expect(talked.locator(".qa-turn")).to_have_count(2)
    talked.get_by_role("button", name="Conversations", exact=True).click()
    dialog.get_by_role("button", name="Tout effacer").click()
    expect(talked.locator(".qa-turn")).to_have_count(0)
    talked.reload()
    expect(talked.locator(".st-key-examples")).to_be_visible()
    expect(talked.get_by_role("button", name="Conversations", exact=True)).to_have_count(0)


def test_an_answer_is_copied_with_its_reference_and_a_link(talked: Page) -> None:
    talked.context.grant_permissions(["clipboard-read", "clipboard-write"])
    talked.locator(".st-key-chat .qa-tools summary").first.click()
    talked.get_by_role("button", name="Copier en Markdown").first.click()
    expect(talked.locator("[data-qa-said]").first).to_have_text("Copié")
    copied = str(talked.evaluate("navigator.clipboard.readText()"))
    quoted = "> A bispecific antibody links a T lymphocyte to a tumour cell. [1]"
    assert quoted in copied.splitlines()
    assert "\n[1] Bispecific antibodies. Mechanism. " in copied
    link = copied.splitlines()[-1]
    talked.goto(link)
    expect_shown(talked, 1, "links a T lymphocyte")
