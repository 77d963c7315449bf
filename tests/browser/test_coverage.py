"""The coverage page in a real browser: a gap is opened, and its evidence is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa.commands.options import INDEX_VARIABLE
from qa.index.update import update_index
from qa.settings import Settings

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
PAGE = """{{{{knowledge objective
|Identifiant={code}
|Title={title}
|Description=
|Order=1}}}}

{body}
"""
FILES = {
    "antibodies.md": "# Antibodies\n\nA bispecific antibody links a T lymphocyte to a tumour cell.",
    "vaccins.md": "# Vaccins\n\nLe vaccin contre la fièvre jaune est un vaccin vivant.\n",
    "covered.wiki": PAGE.format(
        code="OIC-202-03-B",
        title="What a bispecific antibody links",
        body="A '''bispecific antibody''' links a lymphocyte to a tumour cell.",
    ),
    "gap.wiki": PAGE.format(
        code="OIC-300-01-A",
        title="Treating a tumour cell crisis with antivenom",
        body="The '''antivenom''' <b>neutralises</b> the venom of a viper.",
    ),
}


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., str]) -> str:
    """Where documents and the pages of two objectives are served."""
    folder: Path = tmp_path_factory.mktemp("taught")
    (folder / "corpus").mkdir()
    for name, text in FILES.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    update_index([folder / "corpus"], folder / "index", Settings())
    return serve(**{INDEX_VARIABLE: str(folder / "index")})


@pytest.fixture
def coverage(open_page: Open, taught: str) -> Page:
    page: Page = open_page(taught)
    page.get_by_role("link", name="Couverture").click()
    expect(page.get_by_text("Un point est couvert si")).to_be_visible()
    return page


def cell(page: Page, objective: str, document: str) -> None:
    """Click a cell of the map."""
    label = f'[aria-label*="{objective}"][aria-label*="{document}"]'
    page.locator(f"[data-testid=stVegaLiteChart] path{label}").first.click()


def test_a_gap_is_opened_and_its_evidence_read(coverage: Page) -> None:
    cell(coverage, "OIC-202-03-B", "Tous les documents")
    expect(coverage.locator("h2.qa-title")).to_contain_text("OIC-202-03-B")
    expect(coverage.locator(".qa-point").first).to_contain_text("links a T lymphocyte")
    cell(coverage, "OIC-300-01-A", "Tous les documents")
    expect(coverage.locator("h2.qa-title")).to_contain_text("OIC-300-01-A")
    points = coverage.locator(".qa-point")
    expect(points.first.locator(".qa-missing")).to_have_text("manquant")
    expect(points.first).to_contain_text("Passage le plus proche")
    expect(points.first.locator("blockquote")).to_contain_text("tumour cell")


def test_a_cell_shows_one_document(coverage: Page) -> None:
    cell(coverage, "OIC-202-03-B", "Antibodies")
    expect(coverage.get_by_role("combobox", name="Document", exact=True)).to_have_value(
        "Antibodies"
    )
    expect(coverage.locator(".qa-point").first).to_contain_text("Antibodies · anglais")


def test_the_page_is_downloaded(coverage: Page) -> None:
    with coverage.expect_download() as download:
        coverage.get_by_role("button", name="Page (HTML)").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "OIC-300-01-A" in text
    assert "<b>neutralises" not in text
