"""Sentence boundaries by NLTK's Punkt, with abbreviations of French and English medical prose.

Punkt takes every letter with a full stop for the initial of a name; what stands around it tells
"vitamine D. Le scorbut" from "A. Martin", and "4 g. Elle" from the abbreviation of a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from qa.analysis.punkt import punkt
from qa.analysis.stopwords import STOPWORDS
from qa.analysis.words import fold
from qa.models import Span

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_ABBREVIATIONS: Final = """
al approx apr art av bibl c.-à-d ca cf chap co corp dept dr e.g ed
env et.al etc ex fig i.e i.m i.v inc
inj jr ltd m max mg min ml mlle mme mr mrs ms n.b no nos obs op p p.ex p.o par pp pr prof réf resp
s.c sect sp spp st ste subsp suppl tab u.s u.k vol vs
éd rééd trad jan feb aug oct nov dec janv févr juil déc
vit créat hb rx irm ex.compl cliniq biol trt ttt atcd dg s/c ph.d m.d b.sc m.sc d.phil
"""

_PLAIN_END = re.compile(r"([^\W\d_]{2,})\.\s+[^\W\d_]+,?")
_BEFORE_LOWER = re.compile(r"[.…]\s+\Z")
_UNIT = (
    r"(?:[kmµμnpc]?g|[mµμdc]?[lL]|[kcmµμn]?m|h|min|s|j|mois|an|UI|U|[mµμn]?mol|mEq|kcal|[kM]?Hz|mmHg|Gy|kPa"
    r"|°C|C|%)(?:\d|[²³])?"
)
_MEASURE = re.compile(
    # The digit first: the engine finds it without trying the rest at every character.
    rf"\d(?<!\d\d)[\d.,]{{0,12}}\s{{0,3}}{_UNIT}(?:/{_UNIT})*[.]\s{{1,5}}(?=[A-ZÀ-ÝŒ«“\"])"
)
_LETTER = re.compile(
    r"(?<![^\W\d_])(?P<before>[^\W\d_]{1,30})[ \u00a0\u202f'’(-](?P<letter>[A-Z])\.\s{1,5}"
    r"(?=(?P<next>[A-ZÀ-ÝŒ][^\W\d_]{0,30}|[A-Z][’']))"
)
_DOTTED = re.compile(
    r"(?<![A-Za-z.])(?:[A-Za-z]\.-?){1,6}[A-Z]\.\s{1,5}(?P<next>[A-ZÀ-ÝŒ][^\W\d_]{0,30})|Ph\.D\.\s{1,5}(?P<other>[A-Z]\w{0,30})"
)
_ENDS = ".!?"
_CAPITAL_STOP = re.compile(r"[A-Z]\.\s")
_PAUSE = re.compile(r"(?:\.{3}|…)\s{1,5}(?P<next>[A-ZÀ-ÝŒ][^\W\d_]{0,30})")
_NUMBERED = re.compile(r"(?:\b[Aa]rt(?:icles?|\.)\s{1,3}[LRDA]|(?<!\w)[npvt])\.\s{1,3}\Z")
_OPENED = re.compile(r"[«“]\s{0,3}\Z")
_TIGHT_STOP = re.compile("[.!?][A-ZÀ-ÝŒ]")
_TIGHT = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=/[^\W\d_])|(?<=/[^\W\d_]{2})|(?<=[\d%)]))[\"»”)]?[.!?](?P<next>[A-ZÀ-ÝŒ][a-zà-ÿœ]{0,30}(?![\w.]|\()|[CDJLMNST][’'](?=\w))"
)
_TAKES_INITIAL: Final = frozenset(
    "par de du des le la et ou avec selon chez pour dans sur sous vers d l by of and or with from"
    " for to in the after see per docteur professeur monsieur madame doctor professor san saint"
    " sainte".split()
)
"""Words in lower case that stand before the initial of a name."""
_LETTERED: Final = frozenset(
    "vitamine vitamin hépatite hepatitis stade stage grade rang rank type groupe group classe class"
    " facteur factor niveau level annexe appendix phase partie"
    " part point grippe influenza hémophilie"
    " haemophilia hemophilia maladie virus".split()
)
"""Words that a letter goes with, also at the beginning of a sentence."""
_NEVER_NAMED: Final = frozenset(
    "vitamine vitamin hépatite hepatitis influenza hémophilie haemophilia hemophilia".split()
)
"""Those whose letter is no initial, whatever the next sentence begins with."""
_MANY_TIGHT: Final = 2
_PIECE: Final = 4000
"""Characters that are split at once: Punkt looks again at what is around each full stop."""


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    module = punkt()
    parameters = module.PunktParameters()
    parameters.abbrev_types.update(_ABBREVIATIONS.split())
    tokenizer = module.PunktSentenceTokenizer(parameters)
    of_punkt = tokenizer.text_contains_sentbreak

    def is_end(context: str) -> bool:
        """Nearly all are plain words, for which Punkt comes to this by many steps."""
        plain = _PLAIN_END.fullmatch(context)
        if plain is not None and plain[1].lower() not in parameters.abbrev_types:
            return True
        return bool(of_punkt(context))

    tokenizer.text_contains_sentbreak = is_end
    found: PunktSentenceTokenizer = tokenizer
    return found


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of one paragraph, in order."""
    length = len(text.rstrip())
    if length <= _PIECE and all(text.find(stop, 0, length - 1) < 0 for stop in _ENDS):
        return ((0, length),) if length else ()
    starts = {start for start, _ in _spans(text)}
    if not starts:
        return ()
    first = min(starts)
    starts = {start for start in starts if start == first or not _goes_on(text, start)}
    starts.update(start for start in _missed(text) if start > first)
    ordered = sorted({_with_quote(text, start) for start in starts})
    spans = []
    for start, end in zip(ordered, [*ordered[1:], len(text)], strict=True):
        said = text[start:end].rstrip()
        if said:
            spans.append((start, start + len(said)))
    return tuple(spans)


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


def _goes_on(text: str, start: int) -> bool:
    """Whether a sentence is only the rest of one.

    It begins in lower case behind a full stop, or with the number of an article or a page.
    """
    if text[start].isdigit():
        return bool(_NUMBERED.search(text[max(start - 20, 0) : start]))
    return text[start].islower() and bool(_BEFORE_LOWER.search(text[max(start - 4, 0) : start]))


def _with_quote(text: str, start: int) -> int:
    """Where a sentence begins with the quotation mark that opens it."""
    opened = _OPENED.search(text, max(start - 4, 0), start)
    return opened.start() if opened else start


def _missed(text: str) -> set[int]:
    """Where sentences begin that Punkt does not part from the one before."""
    found = {match.end() for match in _MEASURE.finditer(text)}
    # What looks at every word is slow, and few texts have anything for it.
    lettered = _CAPITAL_STOP.search(text) is not None
    for letter in _LETTER.finditer(text) if lettered else ():
        before, after = letter["before"], letter["next"]
        lower = before.lower()
        is_noun = before.islower() and before not in _TAKES_INITIAL and len(before) > 2
        names = is_noun or lower in _LETTERED
        if lower in _NEVER_NAMED or (names and _is_function_word(after)):
            found.add(letter.start("next"))
    for dotted in _DOTTED.finditer(text) if lettered else ():
        group = "next" if dotted["next"] else "other"
        if _is_function_word(dotted[group]):
            found.add(dotted.start(group))
    if "..." in text or "…" in text:
        pauses = _PAUSE.finditer(text)
        found.update(one.start("next") for one in pauses if _is_function_word(one["next"]))
    tight = list(_TIGHT.finditer(text)) if _TIGHT_STOP.search(text) else []
    sure = [one for one in tight if _is_function_word(one["next"])]
    # One name of a program is no sentence; a text without any blank between its sentences has many.
    for one in tight if len(sure) >= _MANY_TIGHT else sure:
        found.add(one.start("next"))
    return found


def _is_function_word(word: str) -> bool:
    folded = fold(word.rstrip("’'"))
    return len(word) > 1 and any(folded in words for words in STOPWORDS.values())
