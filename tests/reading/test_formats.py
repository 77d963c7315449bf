"""Documents of many formats to text, structure and places."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest

from qa.errors import UnreadableDocumentError
from qa.reading import load_corpus, readers
from qa.reading.content import Content
from qa.reading.formats import read_content
from tests.made_files import archive, pdf

Found = list[tuple[str, str]]


def blocks(content: Content) -> Found:
    return [(one.kind, content.text[one.start : one.end]) for one in content.blocks]


def test_a_pdf_has_pages_headings_whole_words_and_no_running_heads() -> None:
    def page(number: int, *lines: tuple[int, int, int, str]) -> list[tuple[int, int, int, str]]:
        return [(9, 50, 780, "Faculty course"), *lines, (9, 300, 20, str(number))]

    data = pdf(
        page(1, (20, 50, 740, "The kidney"), (11, 50, 700, "It filters plas-"),
             (11, 50, 686, "ma all day. It takes anti-"), (11, 50, 672, "GBM serum too.")),
        page(2, (11, 50, 740, "Dose"), (11, 300, 740, "Days"), (11, 50, 720, "3 g"),
             (11, 300, 720, "7")),
    )  # fmt: skip
    content = read_content(data, "kidney.pdf")
    assert blocks(content) == [
        ("heading", "The kidney"),
        ("paragraph", "It filters plasma all day. It takes anti-GBM serum too."),
        ("row", "Dose | Days"),
        ("row", "3 g | 7"),
    ]
    assert [block.page for block in content.blocks] == [1, 1, 2, 2]
    assert content.title == "The kidney"
    assert {removal.text for removal in content.removed} == {"Faculty course", "1", "2"}


def test_pages_that_all_say_the_same_are_read() -> None:
    page = [(11, 50, 700 - 14 * number, f"Line {number} of the page.") for number in range(4)]
    assert "Line 2 of the page." in read_content(pdf(page, page), "twice.pdf").text


def test_the_columns_of_a_page_are_read_one_after_the_other() -> None:
    left = [(11, 50, 700 - 14 * n, f"left side line number {n} of it") for n in range(6)]
    right = [(11, 320, 700 - 14 * n, f"right side line number {n} of it") for n in range(6)]
    rows = [line for pair in zip(left, right, strict=True) for line in pair]
    text = read_content(pdf(rows), "two.pdf").text
    assert text.index("left side line number 5") < text.index("right side line number 0")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (pdf([]), "scan.pdf", r"no text on its 1 pages.*OCR"),
        (b"%PDF-1.4 broken", "a.pdf", "a damaged PDF"),
        (b"PK\x03\x04 broken", "a.docx", "a damaged archive"),
        (archive({"x": "y"}), "a.pptx", "damaged slides"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "Office before 2007"),
        (b"x", "a.odt", r"no reader for \.odt files; save it as \.docx"),
        (b"x", "a.xyz", r"no reader for \.xyz files; save it as one of .*\.pdf"),
        (b"x", "a.py", "program code, no document"),
        (b"{}", "a.ipynb", "no cells in it"),
        (archive({"mimetype": "application/epub+zip"}), "a.epub", "a damaged book"),
        (archive({"é": "x"}).replace("é".encode(), b"\xc3("), "a.epub", "a damaged archive"),
        (b"#REDIRECTION [[Fever]]", "a.wiki", "leads to the page Fever"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data: bytes, name: str, message: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=message):
        read_content(data, name)


def test_an_archive_that_unpacks_to_far_more_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", bytes(30 << 20))
    with pytest.raises(UnreadableDocumentError, match="unpacks to"):
        read_content(stream.getvalue(), "bomb.docx")


def test_a_word_document() -> None:
    document = docx.Document()
    document.add_heading("The kidney", 0)
    document.add_heading("Work", 1)
    paragraph = document.add_paragraph("It makes 10")
    paragraph.add_run("9").font.superscript = True
    paragraph.add_run(" of ").italic = False
    paragraph.add_run("these").bold = True
    document.add_paragraph("filter", style="List Bullet")
    table = document.add_table(3, 2)
    for row, texts in zip(table.rows, (("Stage", "GFR"), ("3", "45"), ("", "30")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    stream = io.BytesIO()
    document.save(stream)
    content = read_content(stream.getvalue(), "k.docx")
    assert blocks(content) == [
        ("heading", "The kidney"),
        ("heading", "Work"),
        ("paragraph", "It makes 10⁹ of these"),
        ("item", "filter"),
        ("row", "Stage | GFR"),
        ("row", "3 | 45"),
        ("row", "3 | 30"),
    ]
    assert content.title == "The kidney"
    assert [content.text[start:end] for start, end in content.key_terms] == ["these"]


def test_slides_with_their_notes() -> None:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "The kidney"
    slide.placeholders[1].text = "filters\nmakes hormones"
    slide.notes_slide.notes_text_frame.text = "Say it slowly."
    slides.slides.add_slide(slides.slide_layouts[6])
    stream = io.BytesIO()
    slides.save(stream)
    content = read_content(stream.getvalue(), "k.pptx")
    assert blocks(content) == [
        ("heading", "The kidney"),
        ("item", "filters"),
        ("item", "makes hormones"),
        ("paragraph", "Say it slowly."),
    ]
    assert {block.page for block in content.blocks} == {1}
    assert [notice.kind for notice in content.notices] == ["pages-without-text"]


def test_a_workbook_with_a_damaged_sheet_is_refused() -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    with zipfile.ZipFile(stream) as opened:
        parts: dict[str, str | bytes] = {name: opened.read(name) for name in opened.namelist()}
    parts["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row></sheetData>"
    with pytest.raises(UnreadableDocumentError, match="a damaged workbook"):
        read_content(archive(parts), "table.xlsx")


def test_a_workbook() -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Doses", 0)
    for row in (["Drug", "Dose"], ["A", 1.5], [None, None], ["B", 2.0], ["C", 0.05]):
        sheet.append(row)
    sheet["B5"].number_format = "0%"
    book.create_sheet("Hidden").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    content = read_content(stream.getvalue(), "d.xlsx")
    assert blocks(content) == [
        ("heading", "Doses"),
        ("row", "Drug | Dose"),
        ("row", "A | 1.5"),
        ("row", "B | 2"),
        ("row", "C | 5%"),
    ]
    assert [notice.kind for notice in content.notices] == ["hidden-sheets"]


BOOK: dict[str, str | bytes] = {
    "META-INF/container.xml": '<c><rootfile full-path="o/p.opf"/></c>',
    "o/p.opf": '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A book</dc:title>'
    '<dc:language>fr</dc:language><manifest>'
    '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="a" href="a%20b.xhtml" media-type="application/xhtml+xml"/>'
    '</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></p>',
    "o/a b.xhtml": "<html><body><h1>Un</h1><p>Premier.</p></body></html>",
    "o/b.xhtml": "<html><body><nav>Sommaire</nav><p>Second.</p></body></html>",
}  # fmt: skip


def test_a_book_in_the_order_of_its_chapters() -> None:
    content = read_content(archive(BOOK), "b.epub")
    assert (content.title, content.language) == ("A book", "fr")
    assert [text for _, text in blocks(content)] == ["Un", "Premier.", "Second."]


PAGE = """<!DOCTYPE html><html lang="fr"><head><title>Le rein | Site</title>
<style>p{}</style></head><body><nav><a href="/">Accueil</a></nav><h1>Le rein</h1>
<p>Il en a 10<sup>6</sup>, <b>néphrons</b><sup><a href="#n1">[1]</a></sup>.<br><br>Il filtre.</p>
<ul><li>un<ul><li>deux</li></ul></li></ul><ol><li>trois</li></ol>
<table><tr><th>Stade</th><th>Signe</th></tr><tr><td rowspan=2>3</td><td>a</td></tr>
<tr><td>b</td></tr></table><div hidden>caché</div><script>x</script></body></html>"""


def test_a_web_page() -> None:
    content = read_content(PAGE.encode(), "r.html")
    assert (content.title, content.language) == ("Le rein", "fr")
    assert blocks(content) == [
        ("heading", "Le rein"),
        ("paragraph", "Il en a 10⁶, néphrons."),
        ("paragraph", "Il filtre."),
        ("item", "un"),
        ("item", "deux"),
        ("item", "trois"),
        ("row", "Stade | Signe"),
        ("row", "3 | a"),
        ("row", "3 | b"),
    ]
    assert [block.level for block in content.blocks][3:6] == [1, 2, 1]
    assert ("navigation", "Accueil") in [(one.reason, one.text) for one in content.removed]


def test_the_encoding_that_a_page_declares() -> None:
    page = '<html><meta charset="iso-8859-15"><p>c\xbdur, 5 \xa4</p></html>'
    assert read_content(page.encode("latin-1"), "p.htm").text == "cœur, 5 €"


def test_subtitles_are_paragraphs_with_their_times() -> None:
    cues = [
        "1\n00:00:58,000 --> 00:01:01,000\n<i>Le traitement</i>",
        "00:01:02.000 --> 00:01:05.000\ndure dix jours.",
        "3\n00:03:00,000 --> 00:03:04,000\nPuis rien.",
    ]
    content = read_content("\n\n".join(cues).encode(), "c.srt")
    assert blocks(content) == [
        ("heading", "0:00:58"),
        ("paragraph", "Le traitement dure dix jours."),
        ("heading", "0:03:00"),
        ("paragraph", "Puis rien."),
    ]


def test_a_notebook_without_its_code() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# The kidney\n", "\n", "It filters."]},
        {"cell_type": "code", "source": "x = 1", "outputs": []},
    ]
    content = read_content(json.dumps({"cells": cells}).encode(), "n.ipynb")
    assert (content.title, content.format) == ("The kidney", "notebook")
    assert blocks(content)[1:] == [("paragraph", "It filters.")]
    assert [(one.reason, one.text) for one in content.removed] == [("code", "x = 1")]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.csv", "sep=;\nDrug;Dose\nA;1,5\n;\n", [("row", "Drug | Dose"), ("row", "A | 1,5")]),
        ("a.qmd", "Text.\n\n```{r}\nplot()\n```\n", [("paragraph", "Text.")]),
        ("a.tex", r"\section{C\oe ur} \emph{Il} bat, $<10^{9}$~: 40\,\%\footnote{Au repos.}. % no",
         [("heading", "Cœur"), ("paragraph", "Il bat, <10⁹ : 40\u202f%[1]."),
          ("paragraph", "[1] Au repos.")]),
        ("a.tex", r"\begin{itemize}\item un\begin{enumerate}\item d\'eux\end{enumerate}"
         r"\end{itemize}",
         [("item", "un"), ("item", "déux")]),
        ("a.tex", r"\begin{tabular}{ll}A & B\\ \hline 1 & 2\\\end{tabular}",
         [("row", "A | B"), ("row", "1 | 2")]),
        ("a.rst", "Title\n=====\n\nSee :ref:`the page <x>` and **this**.\n\n"
         ".. note:: Mind\n   it.\n\n.. code:: python\n\n   x = 1\n",
         [("heading", "Title"), ("paragraph", "See the page and this."),
          ("paragraph", "Mind it.")]),
        ("a.rst", ".. |it| replace:: the kidney\n.. figure:: k.png\n\n   A cut of |it|.\n\n"
         ".. list-table:: Doses\n   :header-rows: 1\n\n   * - Drug\n     - Dose\n   * - A\n"
         "     - 5 mg\n\nterm\n   What it\n   means.\n",
         [("caption", "A cut of the kidney."), ("caption", "Doses"), ("row", "Drug | Dose"),
          ("row", "A | 5 mg"), ("paragraph", "term : What it means.")]),
        ("a.html", "<p>One two three four five six seven eight nine.</p>"
         "<dl><dt>Fever</dt><dd>Above 38 °C</dd></dl>",
         [("paragraph", "One two three four five six seven eight nine."),
          ("paragraph", "Fever : Above 38 °C")]),
        ("a.rst", "- one\n  goes on\n\n  - two\n\n====  ===\nA     B\n====  ===\n1     2\n"
         "====  ===\n",
         [("item", "one goes on"), ("item", "two"), ("row", "A | B"), ("row", "1 | 2")]),
    ],
)  # fmt: skip
def test_texts_with_commands(name: str, text: str, expected: Found) -> None:
    assert blocks(read_content(text.encode(), name)) == expected


EXPORT = """<mediawiki><siteinfo/>
<page><title>Le rein/a</title><ns>0</ns><revision><text>Ancien.</text></revision>
<revision><text>Le rein filtre &lt;b&gt;tout&lt;/b&gt;.</text></revision></page>
<page><title>Rein</title><ns>0</ns><redirect title="Le rein"/><revision><text/></revision></page>
<page><title>Modèle:X</title><ns>10</ns><revision><text>x</text></revision></page>
</mediawiki>"""


def test_files_that_hold_many_documents(tmp_path: Path) -> None:
    (tmp_path / "wiki.xml").write_text(EXPORT, "utf-8")
    (tmp_path / "all.zip").write_bytes(
        archive({"a/note.txt": "Une note.", "run.py": "x", "../out.txt": "x", "in.zip": b"PK"})
    )
    (tmp_path / "odd.zip").write_bytes(archive({"./c.txt": "Un cas.", "d\\e.txt": "Une dent."}))
    (tmp_path / "cut.zip").write_bytes(archive({"a.txt": "Une note."})[:-9])
    (tmp_path / "data.xml").write_text("<x/>", "utf-8")
    left_out: list[str] = []
    found = load_corpus(tmp_path, on_unreadable=lambda notice: left_out.append(notice.message))
    assert [(one.id, one.title, one.text) for one in found] == [
        ("all.zip/a/note.txt", "note", "Une note."),
        ("odd.zip/c.txt", "c", "Un cas."),
        ("odd.zip/d/e.txt", "e", "Une dent."),
        ("wiki.xml/Le rein%2Fa", "Le rein/a", "Le rein filtre tout."),
    ]
    assert left_out.pop(0).startswith(f"{tmp_path}/cut.zip: a damaged archive")
    assert sorted(left_out) == [
        "1 × archive in an archive: all.zip/in.zip",
        "1 × data: data.xml",
        "1 × path outside the archive: all.zip/../out.txt",
        "1 × program code: all.zip/run.py",
        "wiki.xml: 2 pages that are no articles, or lead to others",
    ]


def _read_upper(data: bytes, name: str) -> Content:
    return read_content(data.upper(), f"{name}.txt")


THEIRS = readers.Reader(format="upper", suffixes=frozenset({".upper"}), read=_read_upper)


def test_other_packages_add_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry(EntryPoint):
        def load(self) -> readers.Reader:
            return THEIRS

    entry = Entry("upper", "nowhere:READER", readers.GROUP)
    monkeypatch.setattr(readers, "entry_points", lambda group: [entry])
    readers.all_readers.cache_clear()
    try:
        assert read_content(b"a note", "n.upper").text == "A NOTE"
    finally:
        monkeypatch.undo()
        readers.all_readers.cache_clear()


def test_every_reader_can_be_imported() -> None:
    for reader in readers.all_readers():
        if reader.format != "old office":
            with pytest.raises(UnreadableDocumentError):
                reader.read(b"\x00\x01\x02\x00", f"a{min(reader.suffixes, default='')}")


def test_a_table_is_content_as_a_whole_and_raised_digits_hide_no_sentence() -> None:
    page = (
        "<html><body><nav><a href=x>Home</a></nav><main><h1>Kidney</h1>"
        "<p>Its clearance is 10<sup>3</sup> mL/min/1,73 m<sup>2</sup> on CO<sub>2</sub>.</p>"
        "<table><tr><th>Drug</th><th colspan=2>Dose</th></tr>"
        "<tr><td rowspan=2>Aspirin</td><td>1 g</td><td>morning</td></tr>"
        "<tr><td>2 g</td><td>evening</td></tr></table>"
        "<blockquote>Quoted here by somebody.</blockquote></main>"
        "<footer>Copyright</footer></body></html>"
    )
    found = blocks(read_content(page.encode(), "a.html"))
    assert ("row", "Aspirin | 2 g | evening") in found
    assert any("10³" in text for _, text in found)
    assert not any("Copyright" in text for _, text in found)


def test_word_lists_keep_the_level_of_their_style_and_hidden_text_is_dropped() -> None:
    document = docx.Document()
    document.add_paragraph("One", style="List Bullet")
    document.add_paragraph("Below", style="List Bullet 2")
    document.add_paragraph("Shown").add_run(" and hidden").font.hidden = True
    data = io.BytesIO()
    document.save(data)
    content = read_content(data.getvalue(), "a.docx")
    assert [(block.kind, block.level) for block in content.blocks[:2]] == [("item", 1), ("item", 2)]
    assert blocks(content)[-1] == ("paragraph", "Shown")
    assert [removal.text.strip() for removal in content.removed] == ["and hidden"]
