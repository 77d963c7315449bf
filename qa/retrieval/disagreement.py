"""Sources that say the same sentence with other figures, or with and without a `not`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import Final, Literal, NamedTuple

from qa.analysis.languages import WORDS
from qa.analysis.words import analyser, fold
from qa.models import Citation, Disagreement, Hit, Language, Passage

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_FEWEST_TERMS: Final = 4
"""Sentences with fewer words besides figures may be of different things and equal by chance."""


class _Sentence(NamedTuple):
    terms: Counter[str]
    """Its words, figures and what makes it negative aside."""
    figures: frozenset[str]
    is_negative: bool


def disagreements(extracts: Sequence[Citation], hits: Sequence[Hit]) -> tuple[Disagreement, ...]:
    """Where another document contradicts an extract in so many words; few are found, and surely.

    Compared are sentences of one language with equal words, figures and negations aside.
    """
    texts = {hit.rank: _texts(hit.passage) for hit in hits}
    by_rank = {hit.rank: hit for hit in hits}
    found: dict[frozenset[str], Disagreement] = {}
    for extract, other in product(extracts, hits):
        own = by_rank[extract.source]
        language = own.passage.language
        if other.document.id == own.document.id or other.passage.language != language:
            continue
        first, last = extract.start - own.passage.start, extract.end - own.passage.start
        said = [one for one in texts[own.rank] if first <= one.start < last]
        for one, two in product(said, texts[other.rank]):
            about = _about(one, two, language) if _is_alike(one, two) else None
            if about is not None:
                both, ranks = (one.text, two.text), (own.rank, other.rank)
                made = Disagreement(sources=ranks, texts=both, about=about)
                found.setdefault(frozenset(both), made)
    return tuple(found.values())


class _Text(NamedTuple):
    start: int
    """In the text of its passage."""
    text: str
    words: frozenset[str]


@lru_cache(maxsize=1 << 10)
def _texts(passage: Passage) -> tuple[_Text, ...]:
    texts = [(unit.start, passage.text[unit.start : unit.end]) for unit in passage.units]
    return tuple(
        _Text(start, text, frozenset(text.casefold().split()))
        for start, text in texts
        if not text.rstrip().endswith("?")
    )


def _is_alike(one: _Text, two: _Text) -> bool:
    """Whether two texts are worth a closer look: most are not."""
    return 2 * len(one.words & two.words) >= max(len(one.words), len(two.words))


def _about(one: _Text, two: _Text, language: Language) -> Literal["figures", "negation"] | None:
    first, second = _sentence(one.text, language), _sentence(two.text, language)
    if first.terms != second.terms or first.terms.total() < _FEWEST_TERMS:
        return None
    if first.is_negative != second.is_negative:
        return "negation"
    # A range that has the figure of the other, or one that says more, does not contradict it.
    if first.figures - second.figures and second.figures - first.figures:
        return "figures"
    return None


def _sentence(text: str, language: Language) -> _Sentence:
    folded = fold(text)
    words = _NUMBER.sub(" ", WORDS[language].negating.sub(" ", folded))
    return _Sentence(
        terms=Counter(analyser(language).terms(words)),
        figures=frozenset(one.replace(",", ".") for one in _NUMBER.findall(text)),
        is_negative=bool(WORDS[language].negative.search(folded)),
    )
