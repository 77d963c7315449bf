"""Sentence boundaries by NLTK's Punkt, with abbreviations of French and English medical prose."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from qa.models import Span

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_ABBREVIATIONS: Final = """
al approx art av bibl c.-à-d ca cf chap co corp dept dr e.g ed env et.al etc ex fig i.e i.m i.v inc
inj jr ltd m max mg min ml mlle mme mr mrs ms n.b no nos obs op p p.ex p.o par pp pr prof réf resp
s.c sect sp spp st ste subsp suppl tab u.s u.k vol vs
"""

_PIECE: Final = 4000
"""Characters that are split at once: Punkt looks again at what is around each full stop."""


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    # NLTK takes over a second to import, and only indexing needs it.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types.update(_ABBREVIATIONS.split())
    return PunktSentenceTokenizer(parameters)


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of one paragraph, in order."""
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    """Piece by piece; the last sentence of a piece is read again with what follows it."""
    first = 0
    while len(text) - first > _PIECE:
        # One without a blank is cut anywhere.
        end = text.rfind(" ", first + 1, first + _PIECE)
        spans = _within(text, first, end if end > 0 else first + _PIECE)
        yield from spans[:-1] if len(spans) > 1 else spans
        first = spans[-1][0] if len(spans) > 1 else max(end, 0) or first + _PIECE
    yield from _within(text, first, len(text))


def _within(text: str, first: int, last: int) -> list[Span]:
    found = _tokenizer().span_tokenize(text[first:last])
    return [(first + start, first + end) for start, end in found]
