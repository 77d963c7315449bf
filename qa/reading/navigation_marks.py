"""What a line of a saved web page looks like: link, trail, icon, label, table of contents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from qa.reading.text_lines import TextLine, item_runs

LINK_SHARE = 0.8
"""Share of links from which a list is one of links."""
_ICON = re.compile(r"[a-z]{2,}(?:_[a-z]{2,})+")
_TRAIL = re.compile(r"[^>›»→/|]{1,40}(?:\s+(?:>|›|»|→|/|\|)\s+[^>›»→/|]{1,40}){2,}")
_LAST_OF_TRAIL = re.compile(r"[^>›»→/|]+\Z")
_COPYRIGHT = re.compile(r"©|\(c\)\s*\d{4}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 5
_MAX_LINK_WORDS = 9
_MAX_LABEL_WORDS = 5
_MIN_CONTENTS = 2
_SAME_WORDS = 2


def is_link(line: TextLine) -> bool:
    """Whether a line could be the text of a link to another page: a title, capitalised."""
    return (
        0 < line.words <= _MAX_LINK_WORDS
        and line.last not in ".;:,…"
        and not line.text[:1].islower()
    )


def is_bare_menu(lines: Sequence[TextLine], enough: int) -> bool:
    """Whether lines without bullets are a menu: one or two words each, no gaps, no numbers."""
    tight = sum(not line.after_gap for line in lines)
    return (
        len(lines) >= enough
        and sum(line.words for line in lines) <= 2.5 * len(lines)
        and tight >= LINK_SHARE * len(lines) - 1
        and not any(char.isdigit() for line in lines for char in line.text)
        and all(is_link(line) for line in lines)
    )


def is_trail(line: TextLine) -> bool:
    """Whether a line is a breadcrumb trail or a menu on one line."""
    return not line.is_sentence and bool(_TRAIL.fullmatch(line.text[:300]))


def end_of_trail(line: TextLine) -> str:
    """Return the last element of a breadcrumb trail, which is the page itself."""
    last = _LAST_OF_TRAIL.search(line.text[:300])
    return last[0].strip().casefold() if last else ""


def is_icon(line: TextLine) -> bool:
    """Whether a line is the name of an icon and nothing else."""
    return bool(_ICON.fullmatch(line.text[:40]))


def are_siblings(one: TextLine, other: TextLine) -> bool:
    """Whether two labels begin with the same words, as buttons do that stand side by side."""
    heads = [line.text.casefold().split()[:_SAME_WORDS] for line in (one, other)]
    return heads[0] == heads[1] and len(heads[0]) == _SAME_WORDS


def is_short_question(line: TextLine) -> bool:
    """Whether a line asks something of the reader in a few words."""
    return line.last == "?" and not line.is_sentence and line.words <= _MAX_LINK_WORDS


def contents_places(lines: Sequence[TextLine]) -> set[int]:
    """Return the places of tables of contents: bullets that each begin a heading further down."""
    places: set[int] = set()
    titles = [n for n, line in enumerate(lines) if line.is_title_like and not line.marker]
    for run in item_runs(lines):
        items = [lines[place].text.casefold() for place in run if lines[place].text]
        first = bisect_left(titles, run.stop)
        below = titles[first : first + 3 * len(items)]
        begun = {start for place in below for start in _starts(lines[place].text.casefold())}
        if len(items) >= _MIN_CONTENTS and begun.issuperset(items):
            has_label = run.start > 0 and is_empty_label(lines[run.start - 1])
            places.update(range(run.start - has_label, run.stop))
    return places


def _starts(text: str) -> Iterator[str]:
    """What a text begins with, up to each of its blanks and its end."""
    yield from (text[:place] for place, character in enumerate(text) if character == " ")
    yield text


def is_empty_label(line: TextLine) -> bool:
    """Whether a line that is no item has few words and states nothing."""
    if _COPYRIGHT.search(line.text[:80]):
        return True
    says = line.last in ".;:!…" or any(char.isdigit() or char in ":=;\t" for char in line.text)
    return not line.marker and line.words <= _MAX_LABEL_WORDS and not says


def icon_places(lines: Sequence[TextLine]) -> set[int]:
    """Return the places of icon names of a font (`arrow_forward`) that a browser would draw.

    A name counts as an icon when it comes back: a variable that a text explains does not.
    """
    found: dict[int, str] = {}
    for place, line in enumerate(lines):
        words = line.text[:200].replace(" -", "").split()
        ends = (words[0], words[-1]) if words and not line.is_sentence else ()
        icon = next((word for word in ends if _ICON.fullmatch(word)), "")
        if icon:
            found[place] = icon
    counts = Counter(found.values())
    return {place for place, icon in found.items() if counts[icon] > 1}


def stems(line: TextLine) -> set[str]:
    """Return the beginnings of the longer words of a line."""
    return {word[:_STEM] for word in _WORD.findall(line.text[:4000].casefold())}
