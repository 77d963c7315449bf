"""Documents dropped on their page, and a question answered from them."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from playwright.sync_api import Page, expect

from qa.commands.options import COLLECTION_VARIABLE, EDIT_VARIABLE
from qa.index.update import update_index
from qa.settings import Settings
from tests.made_files import pdf

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
KIDNEY = pdf(
    [(20, 60, 740, "The kidney"), (12, 60, 700, "Nephrons are counted by the million.")],
    [
        (20, 60, 740, "Filtration"),
        (12, 60, 700, "The kidney filters one hundred and eighty litres of plasma a day."),
    ],
)
_DROP = """(zone, files) => {
    const data = new DataTransfer();
    for (const { name, content } of files) {
        const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name));
    }
    for (const kind of ["dragenter", "dragover", "drop"])
        zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true }));
}"""


def slides() -> bytes:
    deck = pptx.Presentation()
    for title, body in (
        ("The spleen", "An organ of the left side."),
        ("Blood in the spleen", "The spleen stores two hundred millilitres of blood."),
    ):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = body
    data = io.BytesIO()
    deck.save(data)
    return data.getvalue()


@pytest.fixture(scope="session")
def editable(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., str]) -> str:
    """Where one course is served, and documents may be added to it."""
    folder = tmp_path_factory.mktemp("courses")
    first = folder / "liver.txt"
    first.write_text("The liver makes bile.\n", encoding="utf-8")
    update_index([first], folder / "Organs", Settings())
    return serve(
        QA_COLLECTIONS_DIR=str(folder), **{COLLECTION_VARIABLE: "Organs", EDIT_VARIABLE: "1"}
    )


def drop(page: Page, **files: bytes) -> None:
    """Drop files as a mouse does, all at once."""
    zone = page.get_by_test_id("stFileUploaderDropzone")
    packed = [
        {"name": name.replace("_", "."), "content": base64.b64encode(data).decode()}
        for name, data in files.items()
    ]
    zone.evaluate(_DROP, packed)


def ask(page: Page, question: str) -> None:
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")


def test_a_pdf_and_slides_are_dropped_and_answer_with_page_and_slide(
    open_page: Open, editable: str, tmp_path: Path
) -> None:
    other = open_page(editable)
    page = open_page(editable)
    page.get_by_role("link", name="Documents").click()
    drop(page, kidney_pdf=KIDNEY, spleen_pptx=slides())
    expect(page.locator(".qa-upload")).to_have_count(2)
    expect(page.locator(".qa-uploads")).to_contain_text("Nephrons are counted")
    page.get_by_role("button", name="Ajouter 2 fichiers").click()
    expect(page.locator(".qa-report")).to_contain_text("ajoutés : 2")
    expect(page.get_by_text("Documents : 3 sur 3")).to_be_visible()

    # Another reader, whose page was open before, has them at the next question.
    ask(other, "How much plasma does the kidney filter a day?")
    expect(other.locator(".qa-extract").first).to_contain_text("one hundred and eighty litres")
    expect(other.locator(".qa-badges")).to_contain_text("Page 2")
    expect(other.get_by_text("Page 2 sur 2")).to_be_visible()
    image, mark = other.locator(".qa-sheet img"), other.locator(".qa-box-selected").first
    expect(mark).to_be_in_viewport()
    sheet, box = image.bounding_box(), mark.bounding_box()
    assert sheet is not None
    assert box is not None
    # The line stands 100 points below the upper edge of 800, and 60 from the left one of 600.
    assert (box["y"] - sheet["y"]) / sheet["height"] == pytest.approx(0.12, abs=0.02)
    assert (box["x"] - sheet["x"]) / sheet["width"] == pytest.approx(0.1, abs=0.02)
    with other.expect_download() as download:
        other.get_by_role("button", name="Fichier d'origine").click()
    download.value.save_as(tmp_path / "taken.pdf")
    assert (tmp_path / "taken.pdf").read_bytes() == KIDNEY

    page.get_by_role("link", name="Questions").click()
    ask(page, "How much blood does the spleen store?")
    expect(page.locator(".qa-extract").first).to_contain_text("two hundred millilitres")
    expect(page.locator(".qa-badges")).to_contain_text("Diapositive 2")
