"""Navigation in web pages that were saved as text: found by what it looks like, and taken out.

Nothing here knows a site or a phrase. Menus are runs of short lines that nothing announces and no
punctuation ends, before the first or after the last prose of the page; icons, empty bullets and
trails of links are the traces that tell a page from notes. A text with few sentences is left alone,
short lines being all it has, unless it has those traces, or a menu that ends with its title.
(Block-level evidence as in Kohlschütter et al., "Boilerplate detection using shallow text
features", 2010, and Pomikálek's jusText, 2011.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.reading.navigation_marks import (
    LINK_SHARE,
    are_siblings,
    contents_places,
    end_of_trail,
    icon_places,
    is_bare_menu,
    is_empty_label,
    is_icon,
    is_link,
    is_short_question,
    is_trail,
    stems,
)
from qa.reading.text_lines import (
    TextLine,
    announced,
    item_runs,
    punctuated,
    runs_without,
)

_MIN_SENTENCES = 3
_MIN_PROSE = 0.4
_LONG_RUN = 8
_MENU = 3
"""Bullets that make a menu above the first sentence."""
_BARE_MENU = 6
"""Lines without bullets that make a menu there; fewer may be title, author and date."""
_RELATED = 4
"""Bullets that make a list of links below the last sentence of a page that has other traces."""
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
        self.first = min(self.content, default=len(lines))
        self.icons = icon_places(lines) - self.content
        self.traces = self.icons | {place for place, line in enumerate(lines) if not line.text}

    @property
    def is_article(self) -> bool:
        """Whether there is enough prose, beside long lists of links, to tell the rest from."""
        prose = sum(len(self.lines[place].text) for place in self.sentences)
        is_web_page = len(self.traces) > 1 or self._is_titled_by_menu
        shortest = _MENU if is_web_page else _LONG_RUN
        lists = (run for run in item_runs(self.lines) if len(run) >= shortest)
        links = sum(len(line.text) for run in lists for line in self._at(run) if is_link(line))
        total = sum(len(line.text) for line in self.lines) - links
        if prose < _MIN_PROSE * total:
            return False
        if len(self.sentences) >= _MIN_SENTENCES:
            return True
        sentences = sum(self.lines[place].sentences for place in self.sentences)
        return is_web_page and sentences >= _MIN_SENTENCES

    @property
    def _is_titled_by_menu(self) -> bool:
        """Whether the menu or the trail above the first prose ends with the title below it."""
        menu = [place for place in range(self.first) if self.lines[place].is_bullet]
        ends = [(menu[-1], self.lines[menu[-1]].text.casefold())] if len(menu) >= _MENU else []
        return self._trail >= 0 or any(self._is_title_below(*end) for end in ends)

    @property
    def _trail(self) -> int:
        """The place of the last trail that ends with the title below it; -1 without one."""
        trails = (place for place in range(self.first) if is_trail(self.lines[place]))
        titled = (
            trail
            for trail in trails
            if self._is_title_below(trail, end_of_trail(self.lines[trail]))
        )
        return max(titled, default=-1)

    def _is_title_below(self, place: int, end: str) -> bool:
        """Whether the line below a place begins with the last words of a menu."""
        below = self.lines[place + 1 : place + 2]
        return bool(end) and any(f"{one.text.casefold()} ".startswith(f"{end} ") for one in below)

    def find(self) -> set[int]:
        """Return the places of navigation."""
        last = max(self.content)
        head = self._head(self.first)
        is_web_page = bool(head) or len(self.traces) > 1
        doomed = head | self._inside(self.first, last) | self._tail(last + 1, is_web_page)
        return doomed | contents_places(self.lines) if is_web_page else doomed

    def _at(self, places: Iterable[int]) -> list[TextLine]:
        return [self.lines[place] for place in places]

    def _head(self, end: int) -> set[int]:
        """Menus and trails above the first prose; the title below or above them stays."""
        doomed = {place for place in range(end) if is_trail(self.lines[place])}
        doomed |= {place for place in self.traces if place < end}
        doomed |= set(range(self._trail))
        bullets = [place for place in range(end) if self.lines[place].is_bullet]
        if self._is_menu(bullets, end):
            doomed |= set(range(bullets[-1] + 1))
        bare = [place for place in range(end) if place not in doomed][:-1]
        if is_bare_menu(self._at(bare), _MENU if doomed else _BARE_MENU):
            doomed |= set(bare)
        rest = [place for place in range(end) if place not in doomed]
        if doomed and not any(self.lines[place].is_title_like for place in rest):
            doomed -= {0} if self.lines[0].is_title_like and not self.lines[0].is_bullet else set()
        return doomed | self._buttons(rest) if doomed else doomed

    def _buttons(self, places: list[int]) -> set[int]:
        """Labels between the title of a web page and what may be the heading of its first prose."""
        icons = {place for place in places if is_icon(self.lines[place])}
        labels = [place for place in places if place not in icons]
        inner = {place for place in labels[1:-1] if is_empty_label(self.lines[place])}
        if inner and are_siblings(self.lines[max(inner)], self.lines[labels[-1]]):
            inner.add(labels[-1])
        return icons | inner

    def _is_menu(self, bullets: list[int], end: int) -> bool:
        """Whether the bullets above the first prose are links, and not, say, objectives."""
        items = [line for line in self._at(bullets) if line.text]
        links = [line for line in items if is_link(line)]
        if len(links) < _MENU or len(links) < LINK_SHARE * len(items):
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
            labels = self._labels(segment) if is_web_page else segment
            if not labels or not self._is_navigation(labels, is_web_page):
                break
            end = labels[0]
            if end > segment[0]:
                break
        if is_web_page and start < end < len(self.lines):
            end -= is_short_question(self.lines[end - 1])
        return set(range(end, len(self.lines)))

    def _labels(self, segment: list[int]) -> list[int]:
        """Return the end of a segment, from behind the last line above its list that says much."""
        says = [
            place
            for place in segment
            if not self.lines[place].marker and not is_empty_label(self.lines[place])
        ]
        return [place for place in segment if not says or place > says[-1]]

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
            return all(is_empty_label(line) for line in labels)
        links = sum(is_link(line) for line in items)
        traces = sum(place in self.traces for place in segment)
        enough = 0 if traces > 1 else _RELATED
        return (
            (is_web_page or traces > 0)
            and links >= max(enough, LINK_SHARE * len(items))
            and not any(line.is_lead_in or line.is_sentence for line in labels)
            and (traces > 1 or self._shared(items) <= _MAX_SHARED)
        )

    def _shared(self, items: Iterable[TextLine]) -> float:
        """Return the share of the words of some lines that the prose has as well."""
        said = {stem for line in items for stem in stems(line)}
        return len(said & self._prose) / max(len(said), 1)

    @cached_property
    def _prose(self) -> set[str]:
        return {stem for line in self._at(self.sentences) for stem in stems(line)}
