"""Lines of plain text, and what can be told of each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BULLET = re.compile(
    r"(?:[•·▪▫◦‣●○■□◆➢➤✓][ \t\xa0]*|[-–—*+](?:[ \t\xa0]+|\Z|(?=[^\W\d_]))"
    r"|o(?:[ \t]+(?=[A-ZÀ-Ü])|\t[ \t]*|[ ]{2,}))"
)
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zA-Z]\)|\d{1,3}°)[ \t\xa0]+(?=\S)")
_RULE = re.compile(r"[-=_*~#+.·•–—\s]{3,}")
_SENTENCE_END = re.compile(
    r"(?:\w{2}|\d)[\"'»”’)\]]*[.!?…][\"'»”’)\]]*(?=\s+[«“\"(]?\s?[A-ZÀ-Ü]|\s*\Z)"
)
_DATE = re.compile(
    r"\b(?:\d{1,2}(?:er|st|nd|rd|th)?[ \xa0]+[^\W\d]{3,9}\.?,?[ \xa0]+\d{4}"
    r"|[^\W\d]{3,9}\.?[ \xa0]+\d{1,2},[ \xa0]+\d{4}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})\b"
)
_BYLINE = re.compile(r"(?:[Pp]ar|[Bb]y)(?:[ \xa0]+[A-ZÀ-Ü][\w.'’-]*){2,5}")
_CLOSING = "\"'»”’)]} \xa0"
_LOOK = 4000
"""Characters of a line that are looked at: the rest of a very long one tells nothing more."""
_MIN_SENTENCE = 6
_MIN_QUESTION = 12
_MIN_LONG = 20
_MAX_HEADING = 110
_MAX_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line without its bullet or number, which is in `marker`."""

    text: str
    marker: str = ""
    indent: int = 0
    after_gap: bool = False
    """Whether a blank line stands above."""
    words: int = 0
    last: str = ""
    """Last character that is not a closing quote or bracket."""

    @property
    def is_bullet(self) -> bool:
        """Whether a bullet, not a number, stands before the text."""
        return self.marker == "-"

    @property
    def is_sentence(self) -> bool:
        """Whether the line reads as prose: punctuated as a sentence, or long."""
        if self.words >= _MIN_LONG:
            return True
        at_least = _MIN_QUESTION if self.last == "?" else _MIN_SENTENCE
        return self.last in ".!?…;" and self.words >= at_least

    @property
    def sentences(self) -> int:
        """How many sentences the line has; none where it does not read as prose."""
        return max(1, len(_SENTENCE_END.findall(self.text[:_LOOK]))) if self.is_sentence else 0

    @property
    def is_dateline(self) -> bool:
        """Whether the line, too short for prose, says when or by whom the text was written."""
        if self.is_sentence or len(self.text) > _MAX_HEADING:
            return False
        return bool(_DATE.search(self.text) or _BYLINE.fullmatch(self.text))

    @property
    def is_lead_in(self) -> bool:
        """Whether the line announces what follows."""
        return self.last == ":"

    @property
    def is_title_like(self) -> bool:
        """Whether the line could be a heading: short and not punctuated as a sentence."""
        return (
            0 < self.words <= _MAX_HEADING_WORDS
            and len(self.text) <= _MAX_HEADING
            and self.last not in ".;:,…-‐"
        )


def split_lines(text: str) -> list[TextLine]:
    """Return the lines that are not blank; rules of dashes or equal signs count as blank."""
    lines: list[TextLine] = []
    gap = True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped or (len(stripped) > 2 and _RULE.fullmatch(stripped[:_LOOK])):
            gap = True
            continue
        lines.append(make_line(stripped, indent=len(raw) - len(raw.lstrip()), after_gap=gap))
        gap = False
    return lines


def make_line(text: str, *, indent: int = 0, after_gap: bool = False) -> TextLine:
    """Measure one line that has no blanks around it."""
    bullet = _BULLET.match(text)
    number = None if bullet else _NUMBER.match(text)
    cut = bullet.end() if bullet else number.end() if number else 0
    body = text[cut:]
    return TextLine(
        text=body,
        marker="-" if bullet else number[0].strip() if number else "",
        indent=indent,
        after_gap=after_gap,
        words=len(body[:_LOOK].split()),
        last=body[-200:].rstrip(_CLOSING)[-1:],
    )


def announced(lines: Sequence[TextLine]) -> set[int]:
    """Return lead-ins and the items of the lists below them, up to a bullet without text."""
    places: set[int] = set()
    is_announced = False
    for place, line in enumerate(lines):
        is_announced = line.is_lead_in or (is_announced and bool(line.marker) and bool(line.text))
        if is_announced:
            places.add(place)
    return places


def punctuated(lines: Sequence[TextLine]) -> set[int]:
    """Return the items of lists that are punctuated as parts of sentences, and numbered ones."""
    places: set[int] = set()
    for run in item_runs(lines):
        marked = sum(lines[place].last in ".;,:…" or not lines[place].is_bullet for place in run)
        if 3 * marked >= len(run):
            places.update(place for place in run if lines[place].text)
    return places


def item_runs(lines: Sequence[TextLine]) -> Iterator[range]:
    """Yield the ranges of neighbouring items."""
    others = {place for place, line in enumerate(lines) if not line.marker}
    return runs_without(range(len(lines)), others)


def runs_without(places: range, stops: set[int]) -> Iterator[range]:
    """Yield the longest parts of `places` without any of the stops."""
    start = places.start
    for place in range(places.start, places.stop + 1):
        if place == places.stop or place in stops:
            if place > start:
                yield range(start, place)
            start = place + 1
