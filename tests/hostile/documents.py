"""Documents that try a reader: endless markup, deep nests, long lines; by the name of the file."""

from __future__ import annotations

import io
import zipfile
from typing import Final

import docx
import openpyxl
import pptx

from tests.made_files import pdf

_MENU: Final = "- Home\n- About us\n- Contact\n\nSome prose is written here, and it ends so.\n\n"
_HEADER: Final = "{{knowledge objective\n|Identifiant=OIC-202-03-B\n|Title=A\n|Order=%s\n}}\nText."

DOCUMENTS: Final[dict[str, str]] = {
    "attributes.wiki": "{|\n|-" + "id=id" * 20 + ' "\n|a\n|}\n',
    "equals.wiki": "=a" + " =" * 100_000 + "x",
    "heading.wiki": "=a" + " " * 100_000 + "b",
    "order.wiki": _HEADER % ("9" * 4301),
    "braces.wiki": "{{" * 20_000,
    "brackets.wiki": "[[" * 20_000,
    "tags.wiki": "<b>" * 20_000,
    "templates.wiki": "{{a|" * 5_000 + "}}" * 5_000,
    "tables.wiki": "{|\n" * 5_000,
    "cell.wiki": "{|\n|" + 'a="b" ' * 20_000,
    "lower.wiki": "a line of lower case\n" * 5_000,
    "bold.wiki": "'''a'''  b " * 5_000,
    "nest.md": "+++\na = " + "[" * 2_000 + "\n+++\nA text.",
    "digits.md": "+++\na = " + "1" * 4301 + "\n+++\nA text.",
    "dots.md": "+++\n" + ".".join("a" * 30_000) + " = 1\n+++\nA text.",
    "keys.md": "---\na" + " " * 60_000 + "b\n---\nA text.",
    "links.md": "[a](" * 20_000,
    "emphasis.md": "**a *" * 5_000,
    "quotes.md": "> " * 5_000 + "a",
    "bold.md": "**b**  x " * 5_000,
    "heading.md": "# " + "word " * 20_000 + "\n\n" + "Some words.\n\n## Part\n\n" * 500,
    "line.txt": "A word. " * 20_000,
    "stops.txt": "a." * 100_000,
    "parentheses.txt": "(" * 120_000,
    "acronyms.txt": "some words (AB) " * 5_000,
    "marks.txt": "a" + "\u0300\u0316" * 50_000,
    "menus.txt": _MENU * 1_000,
    "menu.txt": "- Home page\n" * 20_000 + "\nSome prose is written here, and it ends so.\n" * 4,
    "tabs.txt": "a\t" * 50_000,
    "blanks.txt": " " * 500_000 + "a",
}

_CHAPTER: Final = (
    "<html><head><title>A</title></head><body><h1>A</h1><p>Some <b>words</b> &amp; more.</p>"
    "<ul><li>one</li></ul><table><tr><th>Dose</th></tr><tr><td>3 g</td></tr></table></body></html>"
)
_BOOK: Final = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles>'
    "</container>",
    "a.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="c" href="c.xhtml"'
    ' media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>',
    "c.xhtml": _CHAPTER,
}
Parts = dict[str, bytes]


def packed_files() -> dict[str, Parts]:
    """Sound files that are archives, each as the parts in it, by name."""
    word, slides, workbook = docx.Document(), pptx.Presentation(), openpyxl.Workbook()
    word.add_heading("A heading", 1)
    word.add_paragraph("Some words on doses.", style="List Bullet")
    word.add_table(2, 2).cell(0, 0).text = "Dose"
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.placeholders[1].text = "Some words on doses."
    slide.notes_slide.notes_text_frame.text = "A note."
    workbook.worksheets[0].append(["Dose", 3.5])
    found = {"book.epub": {name: text.encode() for name, text in _BOOK.items()}}
    for name, file in (("word.docx", word), ("slides.pptx", slides), ("table.xlsx", workbook)):
        stream = io.BytesIO()
        file.save(stream)
        with zipfile.ZipFile(stream) as opened:
            found[name] = {one: opened.read(one) for one in opened.namelist()}
    return found


def whole_files() -> dict[str, bytes]:
    """Sound files of other formats."""
    lines = [(11, 50, 700 - 14 * number, f"Line {number} of a page.") for number in range(5)]
    return {"pages.pdf": pdf(lines, lines), "page.html": _CHAPTER.encode()}
