"""What a question asks for besides its words: identifiers, filters, language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from qa.analysis.language import language_scores
from qa.analysis.lexicon import words_of_one_language
from qa.analysis.marks import without_piles
from qa.analysis.stopwords import STOPWORDS
from qa.analysis.words import LONGEST_SURFACE, fold, surfaces
from qa.errors import QuestionError
from qa.locale.translator import Translator
from qa.models import Filters, Language, languages_from
from qa.retrieval.asking import ReadQuestion, read
from qa.retrieval.facets import asking_words

_OBJECTIVE = re.compile(r"\bOIC[\s_-]*(\d{3})[\s_-]*(\d{2,3})(?:[\s_-]*([A-C]))?\b", re.IGNORECASE)
_ITEM = re.compile(r"\bitem\s*(?:n[o°]\s*)?(\d{1,3})\b", re.IGNORECASE)
_RANK = re.compile(r"\b(?:[Rr]ang|[Rr]ank)\s+([A-C])\b")
LONGEST_QUESTION = 10_000
"""In characters."""
_LETTERS = re.compile(r"[^\W\d_]+")
_UNITS = frozenset("bpm cm dl g h j kcal kg l m mcg meq mg min ml mm mmol mol ng s µg μg".split())
_MOST_ACRONYMS, _LONGEST_ACRONYM = 2, 5
"""A text in capitals that is longer than this, in words or in a word, is not made of acronyms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuestion:
    """A question taken apart."""

    text: str
    words: str
    """The text without its identifiers."""
    asked: ReadQuestion
    """The words, read as framing, facets and subject."""
    languages: tuple[Language, ...]
    """The language it is in first, then the other one."""
    filters: Filters
    identifiers: tuple[str, ...] = ()
    """What the question names by code, as written in the index: these also restrict."""
    carried: tuple[str, ...] = ()
    """What an earlier turn names by code: it restricts likewise, but is no evidence."""

    @property
    def of_pages(self) -> bool:
        """Whether it is put to pages that are named, rather than to all documents."""
        within = self.restrictions
        return any((within.objective, within.item, within.document))

    @property
    def restrictions(self) -> Filters:
        """The given filters and those that the identifiers make."""
        return replace(
            self.filters,
            objective=self.filters.objective + self._named("OIC-"),
            item=self.filters.item + self._named("item "),
            rank=self.filters.rank + self._named("rank "),
        )

    def _named(self, kind: str) -> tuple[str, ...]:
        return tuple(
            name if kind == "OIC-" else name.removeprefix(kind)
            for name in self.identifiers + self.carried
            if name.startswith(kind)
        )


_LETTER: Final = re.compile(r"(?<=[^\W\d_] )[a-z](?![\w'’‘`´-])")
"""A small letter that stands alone behind a word."""
_JOINED_LETTER: Final = re.compile(r"(?<![\w'’-])[a-z]{2,5}-[a-z](?![\w'’-])")
"""A small letter that a hyphen joins to a short word, and no pronoun follows, as in `va-t-il`."""
_SHORTEST_LETTERED: Final = 4
"""Letters of a word that a letter goes with."""


def parse_question(
    text: str, filters: Filters | None = None, *, default: Language = "fr"
) -> ParsedQuestion:
    """Identifiers become filters, the rest stays text; raises `QuestionError`.

    `default`: the language of a question that could be of either.
    """
    if not text.strip():
        raise QuestionError("the question is empty; ask one in French or English")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            "the question has {count} characters; at most {longest} are accepted",
            count=len(text),
            longest=LONGEST_QUESTION,
        )
    objectives = [
        f"OIC-{item}-{number}" + (f"-{rank.upper()}" if rank else "")
        for item, number, rank in _OBJECTIVE.findall(text)
    ]
    words = _OBJECTIVE.sub(" ", as_written(text))
    items = [f"item {number.zfill(3)}" for number in _ITEM.findall(words)]
    words = _ITEM.sub(" ", words)
    ranks = [f"rank {rank}" for rank in _RANK.findall(words)]
    words = _with_names(_RANK.sub(" ", words))
    languages = languages_of(words, default if surfaces(words) else "fr")
    return ParsedQuestion(
        text=text,
        words=words,
        asked=read(words, languages),
        languages=languages,
        filters=filters or Filters(),
        identifiers=(*objectives, *items, *ranks),
    )


def as_written(text: str) -> str:
    """Accents as documents have them, and a text all in capitals in lower case."""
    text = unicodedata.normalize("NFC", without_piles(text))
    words = [word for word in surfaces(text) if not _is_quantity(word)]
    # Names such as `HbA1c`, `pH` and `NSAIDs` keep their small letters in any text.
    capitals = [len(word) for word in words if word.isupper()]
    if not capitals or not all(word.isupper() or _has_inner_capital(word) for word in words):
        return text
    shouted = len(words) > _MOST_ACRONYMS or max(capitals) > _LONGEST_ACRONYM
    return text.lower() if shouted else text


def _with_names(text: str) -> str:
    """Names of one letter in capitals, as in `vitamin d` and `car-t`, which are no grammar."""
    text = _JOINED_LETTER.sub(lambda match: match[0].upper(), text)
    return _LETTER.sub(lambda match: match[0].upper() if _is_name(match) else match[0], text)


def _is_name(letter: re.Match[str]) -> bool:
    """Whether a letter between blanks goes with the word before; `l` of `l urine` does not."""
    before = surfaces(letter.string[max(letter.start() - LONGEST_SURFACE, 0) : letter.start()])
    if not before or len(before[-1]) < _SHORTEST_LETTERED:
        return False
    if any(fold(before[-1]) in stopwords for stopwords in STOPWORDS.values()):
        return False
    follows = letter.string[letter.end() : letter.end() + 2].strip()
    if letter[0] in "asy":
        return not follows.isalnum()
    return not follows or fold(follows)[0] not in "aeiouyh"


def _is_quantity(word: str) -> bool:
    """Whether a word is a number, a unit, or a number with its unit."""
    return _UNITS.issuperset(map(str.lower, _LETTERS.findall(word)))


def _has_inner_capital(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:])


def languages_of(text: str, default: Language = "fr") -> tuple[Language, ...]:
    """The likelier language of a text, then the other."""
    french, english = language_scores(text)
    # Keywords have no function words: what only a French or an English dictionary has tells,
    # and how they ask.
    words = {surface.lower() for surface in surfaces(text)}
    folded = {fold(word) for word in words}
    french += len(words & words_of_one_language("fr") | folded & asking_words("fr"))
    english += len(words & words_of_one_language("en") | folded & asking_words("en"))
    if french == english:
        return languages_from(default)
    return languages_from("fr" if french > english else "en")


def describe(filters: Filters, tr: Translator) -> Sequence[str]:
    """The restrictions in words, for the reason of an abstention."""
    named = {
        tr("objective"): filters.objective,
        tr("item"): filters.item,
        tr("rank"): filters.rank,
        tr("language"): filters.language,
        tr("document"): filters.document,
    }
    return [f"{name} {', '.join(values)}" for name, values in named.items() if values]
