"""French-English word pairs, and the file format that users extend them with.

One pair a line, `french<TAB>english`; an entry may have several words. Lines that are blank or
begin with `#` are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from qa.analysis.words import Analyser
from qa.errors import ManifestError
from qa.models import Language

Terms = tuple[str, ...]

_BUILT_IN = "data"
_LINKS = frozenset(
    "a an and at by for from in of on the to with à au aux d de des du en et la le les par pour s se sur un une".split()
)


class Pair(NamedTuple):
    """One line of a two-column file."""

    left: str
    right: str


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a tab-separated file; raises `ManifestError` naming the line."""
    try:
        return tuple(_parse(path.read_text(encoding="utf-8-sig"), str(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path}: {error}; expected a UTF-8 text file") from error


def built_in_pairs() -> tuple[Pair, ...]:
    """The glossary that comes with the package."""
    folder = resources.files("qa.analysis") / _BUILT_IN
    return tuple(
        pair
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.startswith("glossary")
        for pair in _parse(file.read_text(encoding="utf-8"), file.name)
    )


def _parse(text: str, name: str) -> Iterator[Pair]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 2 or not all(cells):
            raise ManifestError(
                f"{name}, line {number}: expected two entries separated by one tab, found {line!r}"
            )
        yield Pair(cells[0], cells[1])


class Glossary:
    """Translations of term sequences, in both directions."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._entries: dict[Language, dict[Terms, list[Terms]]] = {
            "fr": defaultdict(list),
            "en": defaultdict(list),
        }
        french, english = Analyser("fr"), Analyser("en")
        for left, right in pairs:
            source, target = _entry(french, left), _entry(english, right)
            if source and target:
                _append(self._entries["fr"], source, target)
                _append(self._entries["en"], target, source)
        self._longest = {
            language: max(map(len, entries), default=0)
            for language, entries in self._entries.items()
        }

    def translations(
        self, language: Language, terms: Sequence[str]
    ) -> Iterator[tuple[int, int, Terms]]:
        """`(start, end, translation)` of every entry that stands in `terms`."""
        entries = self._entries[language]
        for start in range(len(terms)):
            for end in range(start + 1, min(start + self._longest[language], len(terms)) + 1):
                for translation in entries.get(tuple(terms[start:end]), ()):
                    yield start, end, translation


def _entry(analyser: Analyser, text: str) -> Terms:
    """Terms of an entry, none where they would leave out what it is about (`down syndrome`)."""
    words = text.split()
    terms = tuple(analyser.terms(text))
    if not terms:
        return tuple(analyser.stem(word) for word in words)
    dropped = {word.lower() for word in words if analyser.is_stopword(word)}
    return terms if len(terms) > 1 or dropped <= _LINKS else ()


def _append(entries: dict[Terms, list[Terms]], source: Terms, target: Terms) -> None:
    if target not in entries[source]:
        entries[source].append(target)
