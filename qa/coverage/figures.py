"""Numbers that differ between the languages for the same point: to be looked at by a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.coverage.records import Evidence, FigureCheck, Level
from qa.models import Language

_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,\u202f\u00a0 ]\d+)*(?![\w-])")
_WORDS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze",
    "zero one two three four five six seven eight nine ten eleven twelve",
)
_VALUE = {word: str(value) for words in _WORDS for value, word in enumerate(words.split())}
_NOT_COUNTS = frozenset({"un", "one", "zero"})
"""Articles and pronouns as well."""
_WORD = re.compile(r"[^\W\d_]+")


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text, each once, as `1234.5`; those from two to twelve also in words."""
    found = [_plain(match[0]) for match in _NUMBER.finditer(text)]
    words = (word.lower() for word in _WORD.findall(text))
    found += [_VALUE[word] for word in words if word in _VALUE and word not in _NOT_COUNTS]
    return tuple(dict.fromkeys(found))


def check_figures(evidence: Sequence[Evidence]) -> FigureCheck | None:
    """The best French against the best English evidence that covers the same point.

    They are flagged where each has a number that the other one lacks.
    """
    french, english = _best(evidence, "fr"), _best(evidence, "en")
    if french is None or english is None:
        return None
    ours, theirs = numbers(french.quote), numbers(english.quote)
    if not set(ours) - set(theirs) or not set(theirs) - set(ours):
        return None
    return FigureCheck(french=french, english=english, french_numbers=ours, english_numbers=theirs)


def _best(evidence: Sequence[Evidence], language: Language) -> Evidence | None:
    return next((e for e in evidence if e.language == language and e.level is Level.covered), None)


def _plain(number: str) -> str:
    """Without the separators of thousands, with a decimal point; `2.50` is `2.5`."""
    compact = re.sub(r"[\u202f\u00a0 ]", "", number).replace(",", ".")
    if compact.count(".") > 1:
        return compact.replace(".", "")
    whole, dot, rest = compact.partition(".")
    rest = rest.rstrip("0")
    return f"{whole.lstrip('0') or '0'}{dot if rest else ''}{rest}"
