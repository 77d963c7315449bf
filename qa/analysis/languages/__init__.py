"""What is known of each language: a file a language, all of one form."""

from __future__ import annotations

from typing import Final

from qa.analysis.languages.english import ENGLISH
from qa.analysis.languages.french import FRENCH
from qa.analysis.languages.words_of_language import WordsOfLanguage
from qa.models import LANGUAGES, Language

WORDS: Final[dict[Language, WordsOfLanguage]] = dict(zip(LANGUAGES, (FRENCH, ENGLISH), strict=True))
