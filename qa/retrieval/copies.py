"""The same text at several places: shown once, with all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from qa.analysis.words import fold
from qa.models import Passage
from qa.retrieval.reading import ReadPassage

_TOKEN: Final = re.compile(r"\w+|-(?=\d)|[^\w\s.,;:!'\"’‘“”«»()\[\]*_…‐‑–—-]")
"""Words, and signs that change what is said: `<` does, a comma or a hyphen between words not."""
_ARTICLES: Final = frozenset({"le", "la", "les", "l", "du", "des", "the"})


@lru_cache(maxsize=1 << 13)
def told_apart_by(text: str) -> tuple[str, ...]:
    """Equal for texts that say the same but for case, accents, punctuation, articles and blanks."""
    return tuple(word for word in _TOKEN.findall(fold(text)) if word not in _ARTICLES)


def once_each(passages: Sequence[ReadPassage]) -> tuple[ReadPassage, ...]:
    """The passages, best first, without those that say what a better one says.

    A passage and its copies have the same headings, too: what stands below others is another text.
    """
    first: dict[str, int] = {}
    kept: list[ReadPassage] = []
    for one in passages:
        key = _key(one.passage)
        if key in first:
            better = kept[first[key]]
            kept[first[key]] = replace(better, copies=(*better.copies, one.passage))
        else:
            if not key.startswith("\n"):
                first[key] = len(kept)
            kept.append(one)
    return tuple(kept)


@lru_cache(maxsize=1 << 12)
def _key(passage: Passage) -> str:
    """The text, then the headings, a line each; words have no blanks in them."""
    texts = (passage.text, *passage.heading)
    return "".join(f"{' '.join(told_apart_by(text))}\n" for text in texts)
