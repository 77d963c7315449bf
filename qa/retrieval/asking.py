"""A question read as framing, facets and subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple, get_args

from qa.analysis.stopwords import STOPWORDS
from qa.models import LANGUAGES, Language
from qa.retrieval.clauses import Clauses, lists, named_lists
from qa.retrieval.facets import Facet, Kind, facet_table, facets, listed
from qa.retrieval.phrases import Match, Phrases
from qa.retrieval.question_words import Words, key_of, words_of

Span = tuple[int, int]
_FRAMING: Final = "framing"


class _Tag(NamedTuple):
    """What a phrase speaks for: a facet or a kind by name, or framing, and how surely."""

    name: str
    role: Literal["asks", "nouns", "perhaps", "kind", "framing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadQuestion:
    """A question taken apart; spans are offsets in `text`."""

    text: str
    kind: Kind | None
    """What it is instead of a question on the documents."""
    facets: tuple[Facet, ...]
    """What it asks, best first."""
    subject: str
    """The words left: what it asks this of; empty where it names nothing."""
    framing: tuple[Span, ...]
    """Words that set the task and count nothing."""
    asked: tuple[Span, ...]
    """Words that ask for the facets."""

    @property
    def asking(self) -> str:
        """The words that ask for the facets."""
        return " ".join(self.text[first:last] for first, last in self.asked)

    @property
    def facet(self) -> Facet | None:
        """What it asks first."""
        return self.facets[0] if self.facets else None

    @property
    def bare(self) -> bool:
        """Whether it asks something, of nothing that it names."""
        return bool(self.facets) and not self.subject


def read(text: str, languages: Sequence[Language] = LANGUAGES) -> ReadQuestion:
    """Read a question in any of the languages."""
    words = words_of(text)
    matches = _book(tuple(known for known in LANGUAGES if known in languages)).matches(words)
    framed = _uncovered([m for m in matches if m.tag.role == _FRAMING])
    strong = [m for m in matches if m.tag.role == "asks"]
    clauses = Clauses(words, framed, strong)
    nouns = _uncovered([m for m in matches if m.tag.role == "nouns"])
    strong += [noun for noun in nouns if clauses.asks(noun)]
    kept = _uncovered([*framed, *strong])
    asking = [m for m in kept if m.tag.role != _FRAMING]
    weak = _uncovered([m for m in matches if m.tag.role == "perhaps"])
    chosen = _chosen(asking, _without_framed(weak, kept), words)
    kind, spent = _kind(matches, words, asking)
    asked = _places(chosen) - spent
    framing = _places(framed) | spent
    framing |= _plain_beside(asked, words)
    return ReadQuestion(
        text=text,
        kind=kind,
        facets=() if kind else _facets(chosen),
        subject=_subject(text, words, framing | asked),
        framing=_spans(words, framing - asked),
        asked=_spans(words, asked),
    )


def _uncovered(matches: Sequence[Match[_Tag]]) -> list[Match[_Tag]]:
    """Without those whose words all belong to a longer one."""
    by_place: dict[int, list[frozenset[int]]] = {}
    for match in matches:
        for place in match.all_words:
            by_place.setdefault(place, []).append(match.all_words)
    return [
        match
        for match in matches
        if not any(match.all_words < other for other in by_place[min(match.all_words)])
    ]


def _without_framed(
    weak: Sequence[Match[_Tag]], framed: Sequence[Match[_Tag]]
) -> list[Match[_Tag]]:
    return [m for m in weak if not any(m.all_words < f.all_words for f in framed)]


def _chosen(
    asking: Sequence[Match[_Tag]], weak: Sequence[Match[_Tag]], words: Words
) -> list[Match[_Tag]]:
    """What is asked, and what is only perhaps: alone, or before an "and" ("what is x and ...")."""
    if not asking:
        return list(weak)
    first = min(min(match.all_words) for match in asking)
    joined = not lists().joining.isdisjoint(words.keys[max(first - 1, 0) : first + 1])
    return [*(m for m in weak if joined and max(m.all_words) < first - 1), *asking]


def _kind(
    matches: Sequence[Match[_Tag]], words: Words, asking: Sequence[Match[_Tag]]
) -> tuple[Kind | None, set[int]]:
    """What a text is instead of a question, and the words that tell it."""
    told = [match for match in matches if match.tag.role == "kind"]
    tasks = [match for match in told if match.tag.name in ("summary", "quiz")]
    if tasks:
        return _kind_of(tasks[0]), _places(m for m in tasks if m.tag == tasks[0].tag)
    said = _places(told)
    rest = said | _places(m for m in matches if m.tag.role == _FRAMING)
    if not told or any(not m.all_words <= said for m in asking):
        return None, set()
    if any(i not in rest and k not in _function_words() for i, k in enumerate(words.keys)):
        return None, set()
    return _kind_of(max(told, key=lambda match: len(match.words))), said


def _kind_of(match: Match[_Tag]) -> Kind:
    return next(kind for kind in get_args(Kind) if kind == match.tag.name)


def _facets(matches: Sequence[Match[_Tag]]) -> tuple[Facet, ...]:
    """The facets of matches, those of the first words first."""
    order = sorted(matches, key=lambda match: min(match.all_words))
    return tuple(facets()[name] for name in dict.fromkeys(match.tag.name for match in order))


def _places(matches: Iterable[Match[_Tag]]) -> set[int]:
    return {place for match in matches for place in match.words}


def _plain_beside(asked: Iterable[int], words: Words) -> set[int]:
    """Words beside those that ask which add nothing to them: "main", "different"."""
    plain = named_lists()["plain"]
    found = set()
    for place in asked:
        for step in (-1, 1):
            beside = place + step
            while 0 <= beside < len(words.keys) and words.keys[beside] in plain:
                found.add(beside)
                beside += step
    return found


def _spans(words: Words, places: Iterable[int]) -> tuple[Span, ...]:
    return tuple(words.spans[place] for place in sorted(places))


def _subject(text: str, words: Words, taken: set[int]) -> str:
    """What is left of a text without some of its words, and without grammar at its ends."""
    left = [place for place in range(len(words.keys)) if place not in taken]
    content = [place for place in left if not _is_grammar(text, words, place)]
    if not content:
        return ""
    pieces: list[str] = []
    end = None
    for place in left[left.index(content[0]) : left.index(content[-1]) + 1]:
        start = words.spans[place][0]
        if end is not None:
            # What stood between two words stays between them; a gap is a space.
            pieces.append(text[end:start] if place - 1 not in taken else " ")
        pieces.append(text[start : words.spans[place][1]])
        end = words.spans[place][1]
    return " ".join("".join(pieces).split())


def _is_grammar(text: str, words: Words, place: int) -> bool:
    start, end = words.spans[place]
    compound = words.joined[place] or words.joined[place + 1 : place + 2] == (True,)
    # Capitals are a name: `IT`, `vitamin D`, the `T` of `CAR-T`, but not `I`, nor the `A` that
    # opens a sentence.
    inside = not words.opens[place] and text[start:end] != "I"
    named = text[start:end].isupper() and (compound or end - start > 1 or inside)
    return words.keys[place] in _function_words() and not named


@cache
def _function_words() -> frozenset[str]:
    return frozenset(key_of(word) for listed_words in STOPWORDS.values() for word in listed_words)


@cache
def _book(languages: tuple[Language, ...]) -> Phrases[_Tag]:
    table = facet_table()
    book: Phrases[_Tag] = Phrases(lists=named_lists(), little=lists().little)
    for language in languages:
        book.add(_Tag(_FRAMING, "framing"), listed(table["framing"][language]))
        for facet in facets().values():
            wording = facet.wording(language)
            book.add(_Tag(facet.name, "asks"), wording.asks)
            book.add(_Tag(facet.name, "nouns"), wording.nouns)
            book.add(_Tag(facet.name, "perhaps"), wording.perhaps)
    for kind, entry in table["kinds"].items():
        book.add(_Tag(kind, "kind"), listed(entry["phrases"]))
    return book
