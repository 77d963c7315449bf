"""Sentence boundaries by NLTK's Punkt, with abbreviations of French and English medical prose."""

from __future__ import annotations

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


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    # NLTK takes over a second to import, and only indexing needs it.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types.update(_ABBREVIATIONS.split())
    return PunktSentenceTokenizer(parameters)


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of one paragraph, in order."""
    return tuple(_tokenizer().span_tokenize(text))
