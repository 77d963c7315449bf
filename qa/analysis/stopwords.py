"""Words that a question is not about, by language and of all languages."""

from __future__ import annotations

from typing import Final

from qa.analysis.languages import WORDS
from qa.models import Language

STOPWORDS: Final[dict[Language, frozenset[str]]] = {
    language: words.stopwords for language, words in WORDS.items()
}
"""Function words, folded: they carry grammar, not content."""
FRAMING: Final = frozenset[str]().union(*(words.framing for words in WORDS.values()))
"""Words that set a task rather than name its subject, folded: they count less in a question."""
