"""Names of a kind, such as diseases, by their endings and by the words that stand for all of them.

Both are in `facets.toml` beside this module.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import Final, NamedTuple

from qa.analysis.rarity import is_common
from qa.analysis.words import analyser
from qa.models import Language
from qa.retrieval.facets import facet_table

_WORD: Final = re.compile(r"[a-z]{2,}")


class _Kind(NamedTuple):
    words: frozenset[str]
    beginnings: tuple[str, ...]
    ends: tuple[str, ...]


def has_name(kinds: Collection[str], folded: str, language: Language) -> bool:
    """Whether a folded text has a name of one of these kinds."""
    words = _WORD.findall(folded) if kinds else ()
    return any(_is_name(kind, word, language) for word in words for kind in kinds)


@lru_cache(maxsize=1 << 16)
def _is_name(kind: str, word: str, language: Language) -> bool:
    of_kind = _kind(kind)
    singular = word.removesuffix("s")
    if word in of_kind.words or singular in of_kind.words or word.startswith(of_kind.beginnings):
        return True
    # `limite` and `visite` end as `arthrite` does, and any text has them.
    is_like = word.endswith(of_kind.ends) or singular.endswith(of_kind.ends)
    return is_like and not is_common(analyser(language).stem(word), language)


@cache
def _kind(name: str) -> _Kind:
    entry = facet_table()["names"][name]
    words = entry["words"].split()
    return _Kind(
        words=frozenset(word for word in words if not word.endswith("*")),
        beginnings=tuple(word[:-1] for word in words if word.endswith("*")),
        ends=tuple(entry["ends"].split()),
    )
