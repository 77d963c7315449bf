"""The coverage page in a real browser: gaps, their evidence, and objectives of one's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa.commands.options import INDEX_VARIABLE
from qa.index.update import update_index
from qa.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("taught")]

Open = Callable[..., Page]
PAGE = """{{{{knowledge objective
|Identifiant={code}
|Title={title}
|Description=
|Order=1}}}}

{body}
"""
FILES = {
    "antibodies.md": "# Antibodies\n\n"
    + "\n\n".join(f"Remark {number}. Doses are written down." for number in range(60))
    + "\n\nA bispecific antibody links a T lymphocyte to a tumour cell.\n",
    "vaccins.md": "# Vaccins\n\nLe vaccin contre la fièvre jaune est un vaccin vivant.\n",
    "covered.wiki": PAGE.format(
        code="OIC-202-03-B",
        title="What a bispecific antibody links",
        body="A '''bispecific antibody''' links a lymphocyte to a tumour cell.",
    ),
    "gap.wiki": PAGE.format(
        code="OIC-300-01-A",
        title="Treating the bite of a viper with antivenom, not a tumour cell",
        body="The '''antivenom''' <b>neutralises</b> the venom of a viper.",
    ),
}


TABLE = """id,title,language
S-1,Repairing a bicycle,en
S-2,Le vaccin vivant contre la fièvre jaune,fr
""".encode()
SELECTED = "[role=dialog] mark.qa-selected"
IN_VIEW = """selector => {
    const mark = document.querySelector(selector);
    if (!mark) return false;
    const box = mark.getBoundingClientRect();
    const panel = mark.closest('.qa-panel').getBoundingClientRect();
    return box.height > 0
        && box.top >= Math.max(panel.top, 0)
        && box.bottom <= Math.min(panel.bottom, window.innerHeight);
}"""
"""Whether an element is within the window and the panel that it scrolls in."""


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
    expect(page.get_by_text("Un objectif est couvert si")).to_be_visible()
    return page


def cell(page: Page, objective: str, document: str) -> None:
    """Click a cell of the map."""
    label = f'[aria-label*="{objective}"][aria-label*="{document}"]'
    page.locator(f"[data-testid=stVegaLiteChart] path{label}").first.click()


def test_a_gap_is_opened_and_its_evidence_read(coverage: Page) -> None:
    cell(coverage, "OIC-202-03-B", "Tous les documents")
    expect(coverage.locator("h2.qa-title", has_text="OIC-202-03-B")).to_be_visible()
    expect(coverage.locator(".qa-point").first).to_contain_text("links a T lymphocyte")
    cell(coverage, "OIC-300-01-A", "Tous les documents")
    expect(coverage.locator("h2.qa-title", has_text="OIC-300-01-A")).to_be_visible()
    points = coverage.locator(".qa-point")
    expect(points.first.locator(".qa-missing")).to_have_text("manquant")
    expect(points.first).to_contain_text("Passage le plus proche")
    expect(points.first.locator("blockquote")).to_contain_text("tumour cell")


def test_a_cell_shows_one_document(coverage: Page) -> None:
    cell(coverage, "OIC-202-03-B", "Antibodies")
    # While the page is drawn anew the box of before may stand beside the new one.
    chosen = coverage.locator("input[aria-label=Document][value=Antibodies]")
    expect(chosen).to_have_count(1)
    expect(coverage.locator(".qa-point").first).to_contain_text("Antibodies · Anglais")


@pytest.mark.parametrize("window", [{}, {"width": 390, "height": 844}], ids=["desk", "phone"])
def test_evidence_is_one_click_from_its_document(
    open_page: Open, taught: str, window: dict[str, int]
) -> None:
    page: Page = open_page(taught, **window)
    page.goto(f"{taught}/coverage")
    cell(page, "OIC-202-03-B", "Antibodies")
    expect(page.locator("h2.qa-title", has_text="OIC-202-03-B")).to_be_visible()
    button = page.get_by_role("button", name="Lire dans le document : Antibodies").first
    for _ in range(2):  # Closed, it opens again, at the same place.
        button.click()
        expect(page.locator(SELECTED).first).to_contain_text("links a T lymphocyte")
        page.wait_for_function(IN_VIEW, arg=SELECTED)
        expect(page.get_by_role("dialog")).to_contain_text("Remark 0.")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def give(page: Page, name: str, content: bytes) -> None:
    """Hand over a file of objectives."""
    page.get_by_role("button", name="Vos objectifs").click()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    expect(page.get_by_test_id("stFileUploader")).to_have_count(0)


def test_a_long_comparison_can_be_stopped(coverage: Page) -> None:
    rows = "".join(f"L-{number},How vaccine {number} acts on cells,en\n" for number in range(9000))
    give(coverage, "long.csv", b"id,title,language\n" + rows.encode())
    # Reading the file may have a button too, before.
    coverage.locator(".st-key-coverage-report-stop button").click()
    expect(coverage.get_by_text("La comparaison a été arrêtée.")).to_be_visible()
    # The page is free for something else, and nothing goes on in its place.
    expect(coverage.get_by_role("button", name="Arrêter")).to_have_count(0)
    give(coverage, "mine.csv", TABLE)
    expect(coverage.get_by_text("Objectifs de mine.csv : 2")).to_be_visible()


def test_objectives_are_uploaded_and_taken_away_again(coverage: Page) -> None:
    coverage.get_by_role("textbox", name="Chercher un objectif").fill("antivenom")
    coverage.keyboard.press("Enter")
    expect(coverage.get_by_text("Objectifs 1–1 sur 1")).to_be_visible()
    give(coverage, "mine.csv", TABLE)
    expect(coverage.get_by_text("Objectifs de mine.csv : 2")).to_be_visible()
    expect(coverage.get_by_text("Objectifs 1–2 sur 2")).to_be_visible()
    expect(coverage.get_by_role("textbox", name="Chercher un objectif")).to_have_value("")
    cell(coverage, "S-2", "Vaccins")
    expect(coverage.locator(".qa-point").first).to_contain_text("fièvre jaune")
    give(coverage, "bad.csv", b"id,title\nA,one\nB\n")
    expect(coverage.get_by_role("alert")).to_contain_text(
        "bad.csv, ligne 3 : 1 cellules au lieu de 2"
    )
    expect(coverage.get_by_text("Objectifs de mine.csv : 2")).to_be_visible()
    coverage.get_by_role("button", name="Revenir aux fiches").click()
    expect(coverage.get_by_text("Objectifs dont la fiche est parmi les documents")).to_be_visible()
    cell(coverage, "OIC-300-01-A", "Tous les documents")
    expect(coverage.locator("h2.qa-title", has_text="OIC-300-01-A")).to_be_visible()


def test_the_page_is_downloaded(coverage: Page) -> None:
    with coverage.expect_download() as download:
        coverage.get_by_role("button", name="Page (HTML)").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "OIC-300-01-A" in text
    assert "<b>neutralises" not in text


def test_rejected_evidence_changes_the_level(coverage: Page) -> None:
    cell(coverage, "OIC-202-03-B", "Tous les documents")
    header = coverage.locator(".qa-header")
    expect(header.locator(".qa-covered")).to_have_text("couvert")
    rejects = coverage.get_by_role("button", name="Rejeter : Antibodies")
    coverage.get_by_role("textbox", name="Note").fill("En passant")
    before = rejects.count()
    for left in reversed(range(before)):
        rejects.first.click()
        expect(rejects).to_have_count(left)
    expect(header.locator(".qa-missing")).to_have_text("manquant")
    expect(coverage.locator(".qa-verdict").first).to_contain_text("rejeté · En passant")
    undo = coverage.get_by_role("button", name="Annuler : Antibodies")
    for left in reversed(range(before)):
        undo.first.click()
        expect(undo).to_have_count(left)
    expect(header.locator(".qa-covered")).to_have_text("couvert")


def test_the_map_is_reached_by_keyboard(coverage: Page) -> None:
    first = coverage.locator("[data-testid=stVegaLiteChart] path[aria-label][tabindex='0']")
    first.focus()
    expect(first).to_have_attribute("aria-label", re.compile("Tous les documents"))
    coverage.keyboard.press("ArrowDown")
    coverage.keyboard.press("Enter")
    focused = coverage.evaluate("document.activeElement.getAttribute('aria-label')")
    code = re.search(r"OIC-\d+-\d+-[AB]", focused)
    assert code is not None
    expect(coverage.locator("h2.qa-title", has_text=code[0])).to_be_visible()
