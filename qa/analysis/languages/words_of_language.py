"""The form in which the words of a language are given."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsOfLanguage:
    """What reading, indexing and asking in a language need besides the code that all share."""

    stemmer: str
    """The name of its Snowball algorithm."""
    greek_noun: str = ""
    """An ending that a stem loses its last letter for, so that it is that of the other language:
    `tuberculosis`, `diagnoses` and the French `tuberculose` are then one term."""
    stopwords: frozenset[str]
    """Function words, folded: they carry grammar, not content."""
    framing: frozenset[str]
    """Words that set a task rather than name its subject, folded: they count less in a question."""
    irregular: dict[str, str]
    """By form that no stemmer brings back, the one of its word that the stemmer brings most others
    to: the dictionary form, or the participle (`réduire` goes to `réduit`, as `réduite` does). All
    in lower case, with accents."""
    telling: frozenset[str]
    """Function words that no other language has: they tell the language of a text."""
    ending: re.Pattern[str]
    """Endings that are rarely of another language."""
    letter: re.Pattern[str] | None = None
    """Letters that are."""
    negative: re.Pattern[str]
    """What makes a sentence negative, folded."""
    negating: re.Pattern[str]
    """The same, and the words that it may need for it."""


def words(text: str) -> frozenset[str]:
    """A list of words."""
    return frozenset(text.split())


def forms(text: str) -> dict[str, str]:
    """Forms by their words, of `form form=word form=word`."""
    found: dict[str, str] = {}
    without_word: list[str] = []
    for one in text.split():
        form, _, word = one.partition("=")
        without_word.append(form)
        if word:
            found.update(dict.fromkeys(without_word, word))
            without_word = []
    return found
