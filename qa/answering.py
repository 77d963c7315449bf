"""Read passages to an answer: the units that answer, in their form, each with its citation.

In brackets is how far `citation_precision` and the words of an answer move at most from .6 to 1.5
times each number, on half of the built-in questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from qa.models import Citation, Hit, Passage, Span
from qa.retrieval.copies import told_apart_by
from qa.retrieval.facets import Facet
from qa.retrieval.reading import ReadPassage, best_units
from qa.retrieval.support import Features
from qa.settings import AnsweringSettings

_STOPS: Final = (".", "!", "?", "…")
_FEWEST_WORDS: Final = 4
"""A shorter unit is a label, not an answer (.002, .4)."""
_LEAST_SHARE: Final = 0.15
"""Chance of a further extract, at least, over that of the best one (.033, 2.8)."""
_AS_GOOD: Final = 0.6
"""Chance of another item, over that of the best one, from which on its list answers as a whole
(.002, .6)."""
_LONGEST_LIST: Final = 120
"""Words of a list or table that is cited whole (.010, 2.3)."""
_LONGEST_BRIDGED: Final = 80
"""Words of a table from its header down to the row that answers, cited as one extract
(.006, 1.1)."""
_GOES_ON: Final = 0.3
"""Chance of a sentence, over that of its neighbour, from which on both are one extract
(.002, .2)."""
_WIDEST_GAP: Final = 1
"""Units between two extracts of one passage that are cited along with them (.001, .8)."""

Block = tuple[int, ...]
"""Units of one passage, by number, that are cited together."""
Chosen = Mapping[int, frozenset[int]]
"""Units by the place of their passage, in the order in which the passages were first cited."""


def choose_extracts(
    hits: Sequence[Hit],
    passages: Sequence[ReadPassage],
    facet: Facet | None,
    settings: AnsweringSettings,
) -> tuple[Citation, ...]:
    """The extracts that answer: the surest first, whatever the rank of its passage.

    Those of one passage stand together: the surest first, then the others in the order of reading.
    """
    chosen: Chosen = {}
    count, best = 0, 0.0
    said: set[tuple[str, ...]] = set()
    ranked = best_units(passages)
    for chance, place, unit in ranked:
        if chosen and (chance < _LEAST_SHARE * best or count == settings.extract_sentences):
            break
        if unit in chosen.get(place, ()) or _words_of(passages[place], unit) in said:
            continue
        block = _block(passages[place], unit, facet)
        if _is_label(passages[place], block):
            continue
        more = {**chosen, place: chosen.get(place, frozenset()).union(block)}
        if chosen and not _fits(passages, more, settings):
            continue
        best = best or chance
        chosen, count = more, count + 1
        # What another document says in the same words is shown once.
        said.update(_words_of(passages[place], number) for number in block)
    if not chosen and ranked:
        # Passages of labels only are cited nonetheless: an answer has an extract.
        _, place, unit = ranked[0]
        chosen = {place: frozenset(_block(passages[place], unit, facet))}
    return tuple(_citation(hits[place], span) for place, span in _spans_of(passages, chosen))


def _words_of(read: ReadPassage, unit: int) -> tuple[str, ...]:
    """A unit, whatever its blanks, case, punctuation and articles."""
    return told_apart_by(_unit_text(read.passage, unit))


def _fits(passages: Sequence[ReadPassage], chosen: Chosen, settings: AnsweringSettings) -> bool:
    """Whether so much may be cited."""
    spans = list(_spans_of(passages, chosen))
    words = sum(len(passages[place].passage.text[b:e].split()) for place, (b, e) in spans)
    return words <= settings.extract_words and len(spans) <= settings.extract_sentences


def _spans_of(passages: Sequence[ReadPassage], chosen: Chosen) -> Iterator[tuple[int, Span]]:
    for place, units in chosen.items():
        read = passages[place]
        spans = _spans(read, sorted(units))
        # The likeliest one first, behind what leads into it; then the others as they are read.
        best = max(range(len(spans)), key=lambda number: _chance(read, spans[number]))
        first = best - 1 if best and _leads(read, spans[best - 1]) else best
        ordered = (*spans[first : best + 1], *spans[:first], *spans[best + 1 :])
        yield from ((place, span) for span in ordered)


def _chance(read: ReadPassage, span: Span) -> float:
    """That of the likeliest unit of a stretch of a passage."""
    return max(float(read.chances[number]) for number in _units_of(read, span))


def _leads(read: ReadPassage, span: Span) -> bool:
    """Whether a stretch of a passage leads into the next one."""
    return read.passage.units[_units_of(read, span)[-1]].leads


def _units_of(read: ReadPassage, span: Span) -> list[int]:
    return [n for n, unit in enumerate(read.passage.units) if span[0] <= unit.start < span[1]]


def _block(read: ReadPassage, unit: int, facet: Facet | None) -> Block:
    """A unit with what it needs: its whole list or table, or else its lead-in or header."""
    passage = read.passage
    group = next((group for group in _lists(passage) if unit in group), None)
    if group is None:
        return (unit,)
    short = sum(_word_count(passage, number) for number in group) <= _LONGEST_LIST
    if short and (unit == group[0] or _answers_whole(read, unit, group, facet)):
        return group
    if unit == group[0]:
        # What leads into a long list says nothing without an item.
        unit = max(group[1:], key=lambda number: float(read.chances[number]))
    header = passage.units[unit].header
    if header is None and not passage.units[group[0]].leads:
        return (unit,)
    above = group[0] if header is None else header
    if header is None and _word_count(passage, unit) >= _FEWEST_WORDS:
        # An item that names what is asked about is read by itself.
        features = Features(*read.units[unit].tolist())
        if features.own > features.lead:
            return (unit,)
    # What stands between is read along where it is short: a header or a word says nothing alone.
    between = tuple(range(above, unit + 1))
    short = sum(_word_count(passage, number) for number in between) <= _LONGEST_BRIDGED
    return between if short else (above, unit)


def _answers_whole(read: ReadPassage, unit: int, group: Block, facet: Facet | None) -> bool:
    """Whether a list answers rather than one item: it is asked for, or another is as good."""
    if facet is not None and facet.form in ("list", "comparison"):
        return True
    besides = (unit, read.passage.units[unit].header)
    items = [number for number in group[1:] if number not in besides]
    return any(read.chances[number] >= _AS_GOOD * read.chances[unit] for number in items)


def _lists(passage: Passage) -> Iterator[Block]:
    """Lead-in and items of every list, caption and rows of every table, as unit numbers."""
    run: list[int] = []
    for number, unit in enumerate(passage.units):
        if run and unit.kind in ("item", "row") and not _is_parted(passage, number):
            run.append(number)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = [number] if _begins(passage, number) else []
    if len(run) > 1:
        yield tuple(run)


def _is_parted(passage: Passage, number: int) -> bool:
    """Whether a blank line stands before an item or row: it begins another list or table."""
    before, unit = passage.units[number - 1 : number + 1]
    both = before.kind == unit.kind and unit.kind in ("item", "row")
    return both and "\n\n" in passage.text[before.end : unit.start]


def _begins(passage: Passage, number: int) -> bool:
    """Whether what follows a unit can belong to it: a lead-in, a short title, a caption, a row."""
    unit, text = passage.units[number], _unit_text(passage, number)
    if unit.leads or unit.kind in ("row", "item") or len(text.split()) < 2 * _FEWEST_WORDS:
        return True
    below = passage.units[number + 1 : number + 2]
    return bool(below) and below[0].kind == "row" and not text.endswith(_STOPS)


def _is_label(read: ReadPassage, units: Sequence[int]) -> bool:
    """Whether units say nothing by themselves; `Fever is rare.` does."""
    passage = read.passage
    if len(units) == 1 and Features(*read.units[units[0]].tolist()).label:
        return True
    words = sum(_word_count(passage, unit) for unit in units)
    ended = _unit_text(passage, units[-1]).endswith(_STOPS)
    return words < (_FEWEST_WORDS - 1 if ended else _FEWEST_WORDS)


def _unit_text(passage: Passage, unit: int) -> str:
    span = passage.units[unit]
    return passage.text[span.start : span.end]


def _word_count(passage: Passage, unit: int) -> int:
    return len(_unit_text(passage, unit).split())


def _spans(read: ReadPassage, chosen: Sequence[int]) -> list[Span]:
    """Spans of the chosen units in reading order, neighbours joined and short gaps filled."""
    passage = read.passage
    bridged = set(chosen)
    apart = {right for left, right in pairwise(chosen) if _is_apart(read, left, right)}
    for left, right in pairwise(chosen):
        if right - left - 1 <= _WIDEST_GAP and right not in apart:
            bridged.update(range(left, right))
    spans: list[Span] = []
    last = -2
    for number in sorted(bridged):
        unit = passage.units[number]
        if number == last + 1 and number not in apart:
            spans[-1] = (spans[-1][0], unit.end)
        else:
            spans.append((unit.start, unit.end))
        last = number
    return spans


def _is_apart(read: ReadPassage, left: int, right: int) -> bool:
    """Whether two units are of two lists, or one sentence is so much surer that it stands alone."""
    if any(_is_parted(read.passage, number) for number in range(left + 1, right + 1)):
        return True
    kinds = {read.passage.units[left].kind, read.passage.units[right].kind}
    less, more = sorted((float(read.chances[left]), float(read.chances[right])))
    return kinds == {"sentence"} and less < _GOES_ON * more and not read.passage.units[left].leads


def _citation(hit: Hit, span: Span) -> Citation:
    start, end = span
    passage = hit.passage
    return Citation(
        text=passage.text[start:end],
        source=hit.rank,
        start=passage.start + start,
        end=passage.start + end,
    )
