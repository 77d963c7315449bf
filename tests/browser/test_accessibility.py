"""Nothing serious for axe-core on any page, light and dark, on a screen and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("address")]

AXE = Axe()
SERIOUS = {"serious", "critical"}


def serious(page: Page) -> list[str]:
    """What is wrong, and where, in a line each."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    found: list[dict[str, Any]] = AXE.run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("width", "height", "scheme"), [(1440, 900, "dark"), (390, 844, "light")])
def test_no_page_has_a_serious_finding(
    width: int, height: int, scheme: str, open_page: Callable[..., Page], address: str
) -> None:
    page: Page = open_page(address, width=width, height=height, scheme=scheme)
    found = {"empty": serious(page)}
    for name, question in (
        ("answer", "What does a bispecific antibody link?"),
        ("abstention", "How much is a train ticket to Lyon?"),
    ):
        page.get_by_test_id("stChatInputTextArea").fill(question)
        page.keyboard.press("Enter")
        expect(
            page.locator(".qa-abstained" if name == "abstention" else ".qa-extract")
        ).to_have_count(1)
        found[name] = serious(page)
    page.get_by_role("button", name="Conversations", exact=True).click()
    expect(page.get_by_role("button", name="Tout effacer")).to_be_visible()
    found["conversations"] = serious(page)
    for name in ("documents", "study", "coverage", "evaluation", "about"):
        page.goto(f"{address}/{name}")
        page.locator("h1").wait_for(state="attached")
        found[name] = serious(page)
    assert {name: lines for name, lines in found.items() if lines} == {}
