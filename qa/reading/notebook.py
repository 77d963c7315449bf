"""Readers of notebooks: Jupyter, and the Markdown of Quarto and R with code that is run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from qa.errors import UnreadableDocumentError
from qa.models import Removal
from qa.reading.content import Content
from qa.reading.decoding import decode

FORMAT: Final = "notebook"

_CHUNK = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[ \t]*\{[^}\n]*\}[ \t]*\n"
    r"(?:(?!^(?P=fence)[ \t]*\{).)*?^(?P=fence)[`~]*[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_CELL: Final = 200
"""Characters of a cell of code that stand in the report."""


def read_notebook(data: bytes, _name: str) -> Content:
    """Read the cells of text of a Jupyter notebook; code and its output are left out."""
    decoded = decode(data)
    try:
        notebook = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocumentError(
            "no notebook ({error}); save it in Jupyter again", error=error
        ) from error
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise UnreadableDocumentError("no cells in it; save it in Jupyter 4 or later")
    from qa.reading.markdown import read_markdown

    texts: list[str] = []
    code: list[Removal] = []
    for cell in cells:
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        source = _source(cell) if isinstance(cell, dict) else ""
        if kind == "markdown":
            texts.append(source)
        elif kind == "code" and source.strip():
            code.append(Removal(reason="code", text=source.strip()[:_CELL]))
    content = read_markdown("\n\n".join(texts))
    return replace(
        content,
        format=FORMAT,
        removed=(*content.removed, *code),
        notices=(*decoded.notices, *content.notices),
    )


def _source(cell: dict[str, object]) -> str:
    """The text of a cell, which is written as one string or as its lines."""
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def without_code(text: str, read: Callable[[str], Content]) -> Content:
    """Read Markdown without its chunks of code, ```` ```{r} ````."""
    code = [Removal(reason="code", text=chunk[0][:_CELL]) for chunk in _CHUNK.finditer(text)]
    content = read(_CHUNK.sub("", text))
    return replace(content, removed=(*content.removed, *code))
