"""Pages that one may not see are neither listed nor reachable by address, until one signs in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from qa.passwords import hashed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("roles")]

WORDS = "correct horse"


def test_coverage_is_there_for_who_has_signed_in_only(
    serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    address = serve(QA_INSTRUCTOR_PASSWORD=hashed(WORDS), QA_CONVERSATION_DAYS="0")
    page: Page = open_page(f"{address}/coverage")
    expect(page.get_by_role("link", name="Documents")).to_be_visible()
    expect(page.get_by_role("link", name="Couverture")).to_have_count(0)
    page.goto(f"{address}/sign-in")
    page.get_by_role("textbox", name="Mot de passe").fill(WORDS)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vous êtes connecté")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Couverture").click()
    expect(page.get_by_text("Objectifs couverts")).to_be_visible()
    page.get_by_role("link", name="Se déconnecter").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("link", name="Couverture")).to_have_count(0)
