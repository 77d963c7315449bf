"""Reader of plain text: notes, articles, and web pages that were saved as text."""

from __future__ import annotations

from collections.abc import Iterable

from qa.models import Removal
from qa.reading.content import Content, TextBuilder
from qa.reading.navigation import remove_navigation
from qa.reading.running_heads import without_running
from qa.reading.text_lines import TextLine, split_lines
from qa.reading.text_structure import find_blocks, unwrap

FORMAT = "text"

_TOP = 3


def read_plaintext(text: str) -> Content:
    """Read plain text; the title is its first line, where that stands as a heading above text."""
    own, running = without_running(split_lines(text))
    cleaned = remove_navigation(unwrap(own))
    lines, repeated = _without_repeats(cleaned.lines)
    builder = TextBuilder()
    blocks = find_blocks(lines)
    builder.extend(blocks)
    return builder.content(
        FORMAT,
        title=builder.heading() if blocks and blocks[0].kind == "heading" else "",
        removed=(
            *(Removal(reason="running head or foot", text=line) for line in running),
            *(Removal(reason="navigation", text=line) for line in cleaned.removed),
            *(Removal(reason="repeated line", text=line) for line in repeated),
        ),
    )


def _without_repeats(lines: Iterable[TextLine]) -> tuple[list[TextLine], list[str]]:
    """Keep one of the first lines where the title of a page stands twice at its top."""
    kept: list[TextLine] = []
    repeated: list[str] = []
    for line in lines:
        is_first = 0 < len(kept) <= _TOP and line.is_title_like
        # A bullet that says the title is a menu that was left, not the title.
        if is_first and not kept[-1].is_bullet and line.text.casefold() == kept[-1].text.casefold():
            repeated.append(line.text)
        else:
            kept.append(line)
    return kept, repeated
