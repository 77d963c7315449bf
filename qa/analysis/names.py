"""Names of a kind, such as diseases, by their endings and by the words that stand for all of them.

Both are in `names.toml` among the data.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from qa.analysis.lexicon import data_folder
from qa.analysis.rarity import is_common
from qa.analysis.words import analyser
from qa.models import Language

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
    of_kind = _table()[kind]
    singular = word.removesuffix("s")
    if word in of_kind.words or singular in of_kind.words or word.startswith(of_kind.beginnings):
        return True
    return ends_as(kind, word, language)


def ends_as(kind: str, word: str, language: Language) -> bool:
    """Whether a folded word ends as the names of a kind do, and is not one of everyday language.

    `limite` and `visite` end as `arthrite` does, and any text has them.
    """
    ends = _table()[kind].ends
    is_like = word.endswith(ends) or word.removesuffix("s").endswith(ends)
    return is_like and not is_common(analyser(language).stem(word), language)


@cache
def _table() -> Mapping[str, _Kind]:
    table = tomllib.loads((data_folder() / "names.toml").read_text(encoding="utf-8"))
    return {
        name: _Kind(
            words=frozenset(word for word in entry["words"].split() if not word.endswith("*")),
            beginnings=tuple(w[:-1] for w in entry["words"].split() if w.endswith("*")),
            ends=tuple(entry["ends"].split()),
        )
        for name, entry in table.items()
    }
