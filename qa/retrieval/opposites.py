"""Words whose opposite a text says instead: left for right, hypo for hyper.

The closed list is in `opposites.toml` beside this module.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from qa.analysis.words import analyser, fold
from qa.index.lexicon import Lexicon
from qa.models import LANGUAGES
from qa.retrieval.terms import Member, TermClass


def opposites(classes: Sequence[TermClass], lexicon: Lexicon) -> tuple[TermClass, ...]:
    """For each class that of its opposites; most have none."""
    exact = [_terms(c.word) | {lexicon.vocabulary[term] for term in c.own_terms} for c in classes]
    said = frozenset().union(*exact)
    return tuple(
        TermClass(
            word=c.word,
            idf=c.idf,
            members=tuple(
                Member(term=found, weight=1.0, via="exact")
                for found in map(lexicon.number, sorted(_against(terms) - said))
                if found is not None
            ),
        )
        for c, terms in zip(classes, exact, strict=True)
    )


@lru_cache(maxsize=1 << 12)
def opposite_terms(term: str) -> frozenset[str]:
    """The terms that say the opposite of one."""
    swapped = {
        instead + term.removeprefix(prefix)
        for pair in _table()["prefixes"]
        for prefix, instead in (pair, reversed(pair))
        if term.startswith(prefix)
    }
    return _listed().get(term, frozenset()) | swapped


def _against(terms: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(opposite_terms, terms))


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    """The terms of the other side by each term of a pair."""
    found: dict[str, frozenset[str]] = {}
    for pair in _table()["pairs"]:
        one, other = map(_terms, pair)
        for side, against in ((one, other), (other, one)):
            found.update(dict.fromkeys(side - against, against - side))
    return found


@lru_cache(maxsize=1 << 12)
def _terms(words: str) -> frozenset[str]:
    return frozenset(
        term
        for language in LANGUAGES
        for word in words.split()
        for term in analyser(language).terms(fold(word))
    )


@cache
def _table() -> Mapping[str, Any]:
    file = resources.files("qa.retrieval") / "opposites.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
