"""Words to terms: the same code for documents and questions.

A *surface* is a word as written; a *term* is what is indexed: folded (case, accents, elision,
ligatures, Greek letters) and stemmed by the Snowball algorithm of its language.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, chain, pairwise
from string import ascii_lowercase
from typing import Final, Protocol

import Stemmer

from qa.analysis.languages import WORDS
from qa.analysis.marks import without_piles
from qa.analysis.pieces import pieces_of
from qa.analysis.remembered import Remembered
from qa.models import Language

_SURFACE = re.compile(
    r"(?<!\w)\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\w)"
    r"|[^\W_]+(?:[.,'’‘`´‐‑-][^\W_]+)*(?:(?<=[a-zß-öø-ÿ]) A(?![\w'’‘`´‐‑-]))?"
)
"""A word, or a name that ends in the letter `A`, which stands for grammar everywhere else."""
_BLANK_IN_WORD = re.compile(r"\d[\u00a0\u202f]\d|[a-zß-öø-ÿ] A(?![\w'’‘`´‐‑-])")
_ELISION = re.compile(
    r"^(?:[ldjmnstc]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)['’‘`´]", re.IGNORECASE
)
_APOSTROPHE = re.compile(r"['’‘`´]")
_HYPHEN = re.compile(r"[‐‑-]")
_DOTTED = re.compile(r"[A-ZÀ-Ý](?:\.[A-ZÀ-Ý])+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_THOUSANDS = re.compile(r"[\u00a0\u202f]")
"""Spaces, narrow or not, between the digits of one number."""
_WORDS_OF_ONE_LETTER = frozenset("AIYÀÔ")
_AGAINST = ("contre", "contra")
"""What turns a word into its opposite: `contre-indiqué` says nothing of what is `indiqué`."""
_SHORT = 4
_SHORTEST_MISSPELT, _LONGEST_MISSPELT = 3, 16
_LONGEST_JOINED = 12
LONGEST_SURFACE = 64
"""Characters of a surface that are read; a longer one is no word."""
_REMEMBERED = 1 << 18
"""Surfaces that an analyser keeps with their terms."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_GREEK_RUN = re.compile("[" + "".join(_GREEK) + "]")


class _SnowballStemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


def fold(text: str) -> str:
    """Lower case without accents; ligatures and single Greek letters spelt out."""
    text = text.lower()
    if text.isascii():
        return text
    text = text.translate(_COMMON)
    return text if text.isascii() or _OTHER.search(text) is None else _decomposed(text)


def _decomposed(text: str) -> str:
    stripped = "".join(
        c
        for c in unicodedata.normalize("NFKD", without_piles(text))
        if not unicodedata.combining(c)
    )
    return _GREEK_RUN.sub(lambda match: _GREEK[match[0]], stripped.lower())


# What French and English texts are written with is folded by look-up.
_FAMILIAR: Final = [chr(c) for c in (*range(0x80, 0x250), *range(0x2010, 0x2040))]
_COMMON: Final = str.maketrans({c: _LIGATURES.get(ord(c)) or _decomposed(c) for c in _FAMILIAR})
_OTHER: Final = re.compile(f"[^\x00-\x7f{re.escape(''.join(_FAMILIAR))}]")


def surfaces(text: str) -> list[str]:
    """The words of `text` as written, hyphenated and elided ones in one piece."""
    return _SURFACE.findall(text)


def _has_blank_in_word(text: str) -> bool:
    """Whether a surface of `text` goes on behind a blank."""
    if " A" not in text and "\u00a0" not in text and "\u202f" not in text:
        return False
    return _BLANK_IN_WORD.search(text) is not None


def _is_at_blank(text: str, place: int) -> bool:
    """Whether a blank, or an end of the text, is beside a place, so that it parts no surface."""
    around = text[max(place - 1, 0) : place + 1]
    return len(around) < 2 or around[0].isspace() or around[1].isspace()


def without_elision(surface: str) -> str:
    """`l'enfant` without its article."""
    return _ELISION.sub("", surface)


class Analyser:
    """Turns surfaces of one language into terms, remembering those it has met."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        known = WORDS[language]
        self._stemmer: _SnowballStemmer = Stemmer.Stemmer(known.stemmer)
        self._irregular, self._stopwords = known.irregular, known.stopwords
        self._greek_noun = known.greek_noun
        self._known = Remembered(self.analyse, most=_REMEMBERED, longest=LONGEST_SURFACE)
        # Signs and all: what stands between blanks need not be searched for words again.
        self._pieces = Remembered(self._piece, most=_REMEMBERED, longest=LONGEST_SURFACE)

    def terms(self, text: str) -> list[str]:
        """All terms of `text` in order, without stop words."""
        if _has_blank_in_word(text):
            return self._searched(text)
        return list(chain.from_iterable(map(self._pieces.__getitem__, pieces_of(text))))

    def terms_before(self, text: str, places: Sequence[int]) -> tuple[list[str], list[int]]:
        """All terms of `text`, and how many of them begin before each of some rising places."""
        if _has_blank_in_word(text) or not all(_is_at_blank(text, place) for place in places):
            return self._searched_before(text, places)
        terms: list[str] = []
        counts: list[int] = []
        for first, last in pairwise((0, *places, len(text))):
            terms += chain.from_iterable(map(self._pieces.__getitem__, text[first:last].split()))
            counts.append(len(terms))
        return terms, counts[:-1]

    def _piece(self, text: str) -> Sequence[str]:
        return self._known[text] if text.isalpha() else self._searched(text)

    def _searched(self, text: str) -> list[str]:
        return list(chain.from_iterable(map(self._known.__getitem__, _SURFACE.findall(text))))

    def _searched_before(self, text: str, places: Sequence[int]) -> tuple[list[str], list[int]]:
        matches = list(_SURFACE.finditer(text))
        terms = [self._known[match[0]] for match in matches]
        ends = list(accumulate(map(len, terms), initial=0))
        begins = list(map(re.Match.start, matches))
        counts = [ends[bisect_left(begins, place)] for place in places]
        return list(chain.from_iterable(terms)), counts

    def placed_surfaces(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Where each word of `text` begins and ends, without an elided article, and its terms."""
        for match in _SURFACE.finditer(text):
            start = match.end() - len(without_elision(match[0]))
            yield start, match.end(), self.terms_of(match[0])

    def terms_of(self, surface: str) -> tuple[str, ...]:
        """Terms of one surface: none for a stop word, several for a compound."""
        return self._known[surface]

    def analyse(self, surface: str) -> tuple[str, ...]:
        """The same, worked out anew."""
        surface = surface[:LONGEST_SURFACE]
        if surface.isalpha():  # It has no parts.
            terms: Iterable[str] = () if self.is_stopword(surface) else (self.stem(surface),)
        else:
            terms = self._analyse(surface)
        # Cut behind a hyphen, a surface has an empty part.
        return tuple(filter(None, terms))

    def stem(self, word: str) -> str:
        """The term of one folded or unfolded word, stop word or not."""
        word = word.lower()
        word = self._irregular.get(word, word)
        stem = fold(self._stemmer.stemWord(word))
        if self._greek_noun and word.endswith(self._greek_noun) and len(stem) > _SHORT:
            return stem[:-1]
        return stem

    def is_stopword(self, word: str) -> bool:
        """Whether a word only serves grammar; `CAR` or `T` in capitals is a name, not grammar."""
        if word.isupper() and word not in _WORDS_OF_ONE_LETTER:
            return False
        return fold(word) in self._stopwords

    def is_misspelt_stopword(self, word: str) -> bool:
        """Whether one letter more, less, other or exchanged makes it a function word."""
        folded = fold(word)
        if word.isupper() or not _SHORTEST_MISSPELT <= len(folded) <= _LONGEST_MISSPELT:
            return False
        return not edits(folded).isdisjoint(self._stopwords)

    def is_compound(self, surface: str, term: str) -> bool:
        """Whether `term` is the hyphenated `surface` written as one word."""
        joined, hyphens = _HYPHEN.subn("", without_elision(surface))
        return hyphens > 0 and term == self.stem(joined)

    def _analyse(self, surface: str) -> Iterable[str]:
        if _NUMBER.fullmatch(surface):
            yield surface.replace(",", ".")
            return
        surface = _THOUSANDS.sub("", surface)
        if _DOTTED.fullmatch(surface):
            surface = surface.replace(".", "")
        surface, _, letter = surface.partition(" ")
        for part in _words(surface):
            pieces = _HYPHEN.split(part)
            if len(pieces) > 1 and fold(pieces[0]) in _AGAINST:
                yield self.stem("".join(pieces))
                continue
            if len(pieces) > 1 and not all(self.is_stopword(piece) for piece in pieces):
                yield from self._joined(pieces)
            for piece in pieces:
                if not self.is_stopword(piece):
                    yield self.stem(piece)
        if letter:
            yield self.stem(letter)

    def _joined(self, pieces: Sequence[str]) -> Iterable[str]:
        """`B-RAF` is also `braf`: short compounds are written both ways."""
        joined = "".join(pieces)
        if len(joined) <= _LONGEST_JOINED:
            yield self.stem(joined)


def edits(word: str) -> set[str]:
    """All strings at one edit from `word`, over its own letters and the alphabet."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return (
        {left + right[1:] for left, right in splits if right}
        | {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
        | {
            left + letter + right[1:]
            for left, right in splits
            if right
            for letter in ascii_lowercase
        }
        | {left + letter + right for left, right in splits for letter in ascii_lowercase}
    )


def _words(surface: str) -> Iterable[str]:
    """Parts of a surface at dots, commas and apostrophes, elided articles taken off."""
    for part in re.split(r"[.,]", without_elision(surface)):
        for word in _APOSTROPHE.split(part):
            if word:
                yield word


@cache
def analyser(language: Language) -> Analyser:
    """The analyser of a language that a process shares, with what it has met."""
    return Analyser(language)
