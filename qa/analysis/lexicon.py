"""Word pairs that join terms: French and English, acronyms and what they stand for.

Files have one pair a line, `left<TAB>right`; an entry may have several words. Lines that are blank
or begin with `#` are passed over. `glossary.tsv` beside the documents adds `french<TAB>english`
pairs, `acronyms.tsv` adds `acronym<TAB>expansion` pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple
from zipfile import ZipFile

from qa.analysis.words import Analyser, analyser
from qa.errors import ManifestError
from qa.models import LANGUAGES, Language, Via

GLOSSARY_FILE: Final = "glossary.tsv"
ACRONYM_FILE: Final = "acronyms.tsv"
DATA: Final = "data"
COMPILED: Final = "glossary.zip"
"""Within it, what `qa.analysis.compiling` makes of the glossary ahead of time."""
_MOST_LINES: Final = 100_000
"""Of one file; the built-in glossary has 17,600 entries."""
_MOST_CHARACTERS: Final = 10_000_000
_LINKS: Final = frozenset(
    "a an and at by for from in of on the to with à au aux d de des du en et la le les par pour s"
    " se sur un une".split()
)
"""Words that an entry can lose without losing what it is about."""


class Pair(NamedTuple):
    """One line of a two-column file."""

    left: str
    right: str


class Entry(NamedTuple):
    """Terms of a question in one language, and terms of documents that say the same."""

    language: Language
    source: tuple[str, ...]
    target_language: Language
    target: tuple[str, ...]
    via: Via


def built_in_pairs() -> tuple[Pair, ...]:
    """The French-English glossary that comes with the package."""
    files = sorted(data_folder().iterdir(), key=lambda file: file.name)
    return tuple(
        pair
        for file in files
        if file.name.endswith(".tsv")
        for pair in _parse(file.read_text(encoding="utf-8"), file.name)
    )


@cache
def built_in_entries() -> tuple[Entry, ...]:
    """The entries of the built-in glossary, each once."""
    lines = (line.split("\t") for line in compiled("entries"))
    return tuple(
        entry
        for french, english in lines
        for entry in _both_directions(tuple(french.split(" ")), tuple(english.split(" ")))
    )


@cache
def built_in_words() -> frozenset[str]:
    """All words of the built-in glossary, folded: none of them is a slip of the pen."""
    return frozenset(compiled("words"))


@cache
def built_in_terms(language: Language) -> frozenset[str]:
    """The terms of all words that the built-in glossary has in a language, in any inflection."""
    return frozenset(compiled(f"terms-{language}"))


@cache
def words_of_one_language(language: Language) -> frozenset[str]:
    """Words of the built-in glossary, in lower case, that only its side of a language has."""
    return frozenset(compiled(f"only-{language}"))


def project_entries(folder: Path) -> Iterator[Entry]:
    """Entries of the files beside the documents; raises `ManifestError` naming the line."""
    glossary, acronyms = folder / GLOSSARY_FILE, folder / ACRONYM_FILE
    if glossary.is_file():
        yield from glossary_entries(read_pairs(glossary))
    if acronyms.is_file():
        for short, long in read_pairs(acronyms):
            for language, asked in product(LANGUAGES, repeat=2):
                yield from acronym_entries(short, long, language, asked=asked)


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a tab-separated file; raises `ManifestError` naming the line."""
    try:
        with path.open(encoding="utf-8-sig") as stream:
            text = stream.read(_MOST_CHARACTERS + 1)
        if len(text) > _MOST_CHARACTERS:
            raise ManifestError(
                "{path}: more than {most} characters; keep the entries that your documents need",
                path=path,
                most=_MOST_CHARACTERS,
            )
        return tuple(_parse(text, str(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(
            "{path}: {error}; expected a UTF-8 text file", path=path, error=error
        ) from error


def glossary_entries(pairs: Iterable[Pair]) -> Iterator[Entry]:
    """Entries of French-English pairs, in both directions."""
    french, english = Analyser("fr"), Analyser("en")
    for left, right in pairs:
        source, target = terms_of_entry(french, left), terms_of_entry(english, right)
        if source and target:
            yield from _both_directions(source, target)


def acronym_entries(
    short: str, long: str, language: Language, *, asked: Language | None = None
) -> Iterator[Entry]:
    """Entries of an acronym and what it stands for, in both directions.

    `language` is that of the expansion, `asked` that of texts with the acronym, the same if not
    given.
    """
    asked = asked or language
    source, target = tuple(analyser(asked).terms(short)), tuple(analyser(language).terms(long))
    if source and target and source != target:
        yield Entry(asked, source, language, target, "acronym")
        yield Entry(language, target, asked, source, "acronym")


def kind_entries(member: str, kind: str, language: Language) -> Iterator[Entry]:
    """Entries from a name, in either language, to what texts of `language` say that it is."""
    target = terms_of_entry(Analyser(language), kind)
    for asked in LANGUAGES:
        source = terms_of_entry(Analyser(asked), member)
        if source and target and set(source).isdisjoint(target):
            yield Entry(asked, source, language, target, "kind")


def _both_directions(french: tuple[str, ...], english: tuple[str, ...]) -> Iterator[Entry]:
    yield Entry("fr", french, "en", english, "glossary")
    yield Entry("en", english, "fr", french, "glossary")


def data_folder() -> Traversable:
    """Where the built-in word lists are."""
    return resources.files("qa.analysis") / DATA


def table_lines(name: str) -> Iterator[str]:
    """The lines of one of its tables, without blank ones and remarks."""
    for line in (data_folder() / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def compiled(name: str) -> list[str]:
    """The lines of one list that was made ready ahead of time."""
    with (data_folder() / COMPILED).open("rb") as file, ZipFile(file) as archive:
        return archive.read(name).decode().split("\n")


def terms_of_entry(analyser: Analyser, text: str) -> tuple[str, ...]:
    """Terms of an entry, none where they would leave out what it is about (`down syndrome`)."""
    words = text.split()
    terms = tuple(analyser.terms(text))
    if not terms:
        return tuple(analyser.stem(word) for word in words)
    dropped = {word.lower() for word in words if analyser.is_stopword(word)}
    return terms if len(terms) > 1 or dropped <= _LINKS else ()


def _parse(text: str, name: str) -> Iterator[Pair]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(Pair._fields) or not all(cells):
            raise ManifestError(
                "{name}, line {number}: expected two entries separated by one tab, found {line!r}",
                name=name,
                number=number,
                line=line,
            )
        if number > _MOST_LINES:
            raise ManifestError(
                "{name}: more than {most} lines; keep the entries that your documents need",
                name=name,
                most=_MOST_LINES,
            )
        yield Pair(*cells)
