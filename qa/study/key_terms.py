"""The words that a document is about: by tf-idf, and whole names before the words they are of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final, NamedTuple

from qa.analysis.rarity import rarity
from qa.analysis.words import Analyser, analyser
from qa.index.lexicon import Lexicon
from qa.models import Document, Span

_MOST: Final = 15
_LONGEST: Final = 3
"""Words of a term."""
_TWICE: Final = 2
_SHORTEST: Final = 3
"""Letters of a word that is not in capitals."""
_MARKED: Final = 2.0
"""What a term counts that the source sets in bold or italics."""
_OWN: Final = 0.5
"""Share of its occurrences that a word must have outside longer terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTerm:
    """A term as the document writes it, and where it first does."""

    text: str
    start: int
    end: int
    count: int


class _Word(NamedTuple):
    start: int
    end: int
    terms: tuple[str, ...]
    """What is indexed of it; none for a function word."""


def key_terms(document: Document, lexicon: Lexicon) -> tuple[KeyTerm, ...]:
    """The terms that tell a document from others, the weightiest first."""
    places: defaultdict[tuple[str, ...], list[Span]] = defaultdict(list)
    for run in _runs(document, analyser(document.language)):
        for size in range(1, _LONGEST + 1):
            for first in range(len(run) - size + 1):
                words = run[first : first + size]
                key = tuple(term for word in words for term in word.terms)
                places[key].append((words[0].start, words[-1].end))
    marked = {key for key, spans in places.items() if not set(document.key_terms).isdisjoint(spans)}
    repeated = {k: s for k, s in places.items() if len(s) >= _TWICE or k in marked}
    weighed = {
        key: len(spans) * _worth(key, lexicon, document) * (_MARKED if key in marked else 1.0)
        for key, spans in repeated.items()
    }
    ordered = sorted(weighed, key=lambda key: (-weighed[key], repeated[key][0]))
    chosen: list[tuple[str, ...]] = []
    for key in ordered:
        if weighed[key] > 0 and _stands_alone(repeated[key], [repeated[one] for one in chosen]):
            chosen.append(key)
        if len(chosen) == _MOST:
            break
    return tuple(_as_written(document.text, repeated[key]) for key in chosen)


def _runs(document: Document, words_of: Analyser) -> Iterator[list[_Word]]:
    """Words that follow each other with nothing but a blank between, outside headings."""
    for block in document.blocks:
        if block.kind == "heading":
            continue
        run: list[_Word] = []
        for word in _words(document.text, (block.start, block.end), words_of):
            between = document.text[run[-1].end : word.start] if run else " "
            if not word.terms or between != " ":
                yield run
                run = []
            if word.terms:
                run.append(word)
        yield run


def _words(text: str, span: Span, words_of: Analyser) -> Iterator[_Word]:
    for start, end, terms in words_of.placed_surfaces(text[span[0] : span[1]]):
        said = text[span[0] + start : span[0] + end]
        yield _Word(span[0] + start, span[0] + end, terms if _is_word(said) else ())


def _is_word(word: str) -> bool:
    letters = sum(c.isalpha() for c in word)
    return letters > _SHORTEST or (letters > 1 and word.isupper())


def _worth(key: Sequence[str], lexicon: Lexicon, document: Document) -> float:
    """How much a term says: rare here and in its language, and longer ones say more."""
    values = []
    for term in key:
        number = lexicon.number(term)
        count = int(lexicon.frequencies[number]) if number is not None else 0
        values.append(lexicon.idf(count) * rarity(term, document.language) ** 2)
    return min(values) * (1 + log2(len(values))) if values else 0.0


def _stands_alone(spans: Sequence[Span], chosen: Sequence[Sequence[Span]]) -> bool:
    """Whether a term is more than a part, or more than an extension, of those chosen before."""
    others = [span for one in chosen for span in one]
    apart = [s for s in spans if not any(s[0] < o[1] and o[0] < s[1] for o in others)]
    return len(apart) > _OWN * len(spans)


def _as_written(text: str, spans: Sequence[Span]) -> KeyTerm:
    """A term in its most frequent spelling."""
    spelt = Counter(text[start:end] for start, end in spans)
    best = max(spelt, key=lambda one: (spelt[one], -text.index(one)))
    start, end = next(span for span in spans if text[span[0] : span[1]] == best)
    return KeyTerm(text=best, start=start, end=end, count=len(spans))
