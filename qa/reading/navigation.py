"""Navigation in web pages that were saved as text: found by what it looks like, and taken out.

Nothing here knows a site or a phrase. Menus are runs of short lines that nothing announces and no
punctuation ends, before the first or after the last prose of the page; icons, empty bullets and
trails of links are the traces that tell a page from notes. A text with few sentences is left alone:
short lines are all it has. (Block-level evidence as in Kohlschütter et al., "Boilerplate detection
using shallow text features", 2010, and Pomikálek's jusText, 2011.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.reading.text_lines import (
    TextLine,
    announced,
    item_runs,
    punctuated,
    runs_without,
)

_ICON = re.compile(r"[a-z]{2,}(?:_[a-z]{2,})+")
_TRAIL = re.compile(r"[^>›»→/|]{1,40}(?:\s+(?:>|›|»|→|/|\|)\s+[^>›»→/|]{1,40}){2,}")
_COPYRIGHT = re.compile(r"©|\(c\)\s*\d{4}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 5
_MIN_SENTENCES = 3
_MIN_PROSE = 0.4
_LONG_RUN = 8
_MAX_LINK_WORDS = 9
_MAX_LABEL_WORDS = 5
_LINK_SHARE = 0.8
_MENU = 3
"""Bullets that make a menu above the first sentence."""
_BARE_MENU = 6
"""Lines without bullets that make a menu there; fewer may be title, author and date."""
_RELATED = 4
"""Bullets that make a list of links below the last sentence of a page that has other traces."""
_SITE_MAP = 12
"""The same on a page without any."""
_MAX_SHARED = 0.5
"""Share of words with the prose from which a last list is a summary, not links elsewhere."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The lines that stay, and the texts of those that went."""

    lines: tuple[TextLine, ...]
    removed: tuple[str, ...]


def remove_navigation(lines: Sequence[TextLine]) -> Cleaned:
    """Separate the content of a page from its menus."""
    page = _Page(lines)
    doomed = page.find() if page.is_article else set()
    # A bullet with nothing behind it shows nothing either way.
    kept = (line for place, line in enumerate(lines) if place not in doomed and line.text)
    removed = (lines[place].text for place in sorted(doomed) if lines[place].text)
    return Cleaned(tuple(kept), tuple(removed))


class _Page:
    """A page under examination; places are indices of its lines."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.lines = lines
        self.sentences = [place for place, line in enumerate(lines) if line.is_sentence]
        self.content = {*self.sentences, *announced(lines), *punctuated(lines)}
        self.icons = _icon_places(lines) - self.content
        self.traces = self.icons | {place for place, line in enumerate(lines) if not line.text}

    @property
    def is_article(self) -> bool:
        """Whether there is enough prose, beside long lists of links, to tell the rest from."""
        prose = sum(len(self.lines[place].text) for place in self.sentences)
        lists = (run for run in item_runs(self.lines) if len(run) >= _LONG_RUN)
        links = sum(len(line.text) for run in lists for line in self._at(run) if _is_link(line))
        total = sum(len(line.text) for line in self.lines) - links
        return len(self.sentences) >= _MIN_SENTENCES and prose >= _MIN_PROSE * total

    def find(self) -> set[int]:
        """Return the places of navigation."""
        first, last = min(self.content), max(self.content)
        head = self._head(first)
        is_web_page = bool(head) or len(self.traces) > 1
        return head | self._inside(first, last) | self._tail(last + 1, is_web_page)

    def _at(self, places: Iterable[int]) -> list[TextLine]:
        return [self.lines[place] for place in places]

    def _head(self, end: int) -> set[int]:
        """Menus and trails above the first prose; the title below or above them stays."""
        doomed = {place for place in range(end) if _is_trail(self.lines[place])}
        doomed |= {place for place in self.traces if place < end}
        bullets = [place for place in range(end) if self.lines[place].is_bullet]
        if self._is_menu(bullets, end):
            doomed |= set(range(bullets[-1] + 1))
        bare = [place for place in range(end) if place not in doomed][:-1]
        if _is_bare_menu(self._at(bare), _MENU if doomed else _BARE_MENU):
            doomed |= set(bare)
        rest = [place for place in range(end) if place not in doomed]
        if doomed and not any(self.lines[place].is_title_like for place in rest):
            doomed -= {0} if self.lines[0].is_title_like and not self.lines[0].is_bullet else set()
        return doomed

    def _is_menu(self, bullets: list[int], end: int) -> bool:
        """Whether the bullets above the first prose are links, and not, say, objectives."""
        items = [line for line in self._at(bullets) if line.text]
        links = [line for line in items if _is_link(line)]
        if len(links) < _MENU or len(links) < _LINK_SHARE * len(items):
            return False
        mean = sum(line.words for line in items) / len(items)
        below = " ".join(line.text.casefold() for line in self.lines[bullets[-1] + 1 : end])
        return (
            (bullets[0] == 0 and mean <= 4)  # A text seldom begins with a list.
            or (len(items) >= 2 * _MENU and mean <= 2.5)
            or items[-1].text.casefold() in below  # A trail ends with the title of the page.
            or sum(place in self.traces for place in range(bullets[-1] + 1)) > 1
        )

    def _inside(self, first: int, last: int) -> set[int]:
        """Links between two stretches of prose, from the first trace of one run to the last."""
        doomed: set[int] = set()
        for run in runs_without(range(first, last + 1), self.content):
            traces = [place for place in run if place in self.traces]
            if len(traces) > 1:
                doomed |= set(range(traces[0], traces[-1] + 1))
        return doomed

    def _tail(self, start: int, is_web_page: bool) -> set[int]:
        """Lists of links below the last prose, with their labels, and labels of nothing."""
        end = len(self.lines)
        for segment in reversed(list(self._segments(start))):
            if not self._is_navigation(segment, is_web_page):
                break
            end = segment[0]
        return set(range(end, len(self.lines)))

    def _segments(self, start: int) -> Iterator[list[int]]:
        """Yield labels with the bullets below them."""
        segment: list[int] = []
        for place in range(start, len(self.lines)):
            if segment and not self.lines[place].is_bullet and self.lines[place - 1].is_bullet:
                yield segment
                segment = []
            segment.append(place)
        if segment:
            yield segment

    def _is_navigation(self, segment: list[int], is_web_page: bool) -> bool:
        items = [line for line in self._at(segment) if line.is_bullet and line.text]
        labels = [line for line in self._at(segment) if not line.is_bullet]
        if not any(line.is_bullet for line in self._at(segment)):
            return all(_is_empty_label(line) for line in labels)
        links = sum(_is_link(line) for line in items)
        traces = sum(place in self.traces for place in segment)
        enough = 0 if traces > 1 else _RELATED if is_web_page or traces else _SITE_MAP
        return (
            links >= max(enough, _LINK_SHARE * len(items))
            and not any(line.is_lead_in or line.is_sentence for line in labels)
            and (traces > 1 or self._shared(items) <= _MAX_SHARED)
        )

    def _shared(self, items: Iterable[TextLine]) -> float:
        """Return the share of the words of some lines that the prose has as well."""
        prose = {stem for line in self._at(self.sentences) for stem in _stems(line)}
        stems = {stem for line in items for stem in _stems(line)}
        return len(stems & prose) / max(len(stems), 1)


def _is_link(line: TextLine) -> bool:
    """Whether a line could be the text of a link to another page: a title, capitalised."""
    return (
        0 < line.words <= _MAX_LINK_WORDS
        and line.last not in ".;:,…"
        and not line.text[:1].islower()
    )


def _is_bare_menu(lines: Sequence[TextLine], enough: int) -> bool:
    """Whether lines without bullets are a menu: one or two words each, no gaps, no numbers."""
    tight = sum(not line.after_gap for line in lines)
    return (
        len(lines) >= enough
        and sum(line.words for line in lines) <= 2.5 * len(lines)
        and tight >= _LINK_SHARE * len(lines) - 1
        and not any(char.isdigit() for line in lines for char in line.text)
        and all(_is_link(line) for line in lines)
    )


def _is_trail(line: TextLine) -> bool:
    """Whether a line is a breadcrumb trail or a menu on one line."""
    return not line.is_sentence and bool(_TRAIL.fullmatch(line.text[:300]))


def _is_empty_label(line: TextLine) -> bool:
    if _COPYRIGHT.search(line.text[:80]):
        return True
    says = line.last in ".;:!…" or any(char.isdigit() or char in ":=;\t" for char in line.text)
    return not line.marker and line.words <= _MAX_LABEL_WORDS and not says


def _icon_places(lines: Sequence[TextLine]) -> set[int]:
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


def _stems(line: TextLine) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(line.text[:4000].casefold())}
