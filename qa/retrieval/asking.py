"""A question read as framing, facets and subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple, get_args

from qa.analysis.stopwords import STOPWORDS
from qa.models import Language
from qa.retrieval.facets import LANGUAGES, Facet, Kind, facet_table, facets, listed
from qa.retrieval.phrases import Match, Phrases, Words, key_of, words_of

Span = tuple[int, int]
_FRAMING: Final = "framing"
_FEW_BETWEEN: Final = 4
"""Words that may stand between "what is the" and a noun that is asked."""


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
    lists = _lists()
    matches = _book(tuple(languages)).matches(words)
    framed = _uncovered([m for m in matches if m.tag.role == _FRAMING])
    strong = [m for m in matches if m.tag.role == "asks"]
    nouns = [m for m in matches if m.tag.role == "nouns"]
    strong += _asked_nouns(nouns, _Clauses(words, lists, framed, strong))
    kept = _uncovered([*framed, *strong])
    asking = [m for m in kept if m.tag.role != _FRAMING]
    weak = _uncovered([m for m in matches if m.tag.role == "perhaps"])
    chosen = _chosen(asking, _without_framed(weak, kept), words)
    kind, spent = _kind(matches, words, asking)
    asked = _places(chosen) - spent
    framing = _places(m for m in [*framed, *weak] if m not in chosen) | spent
    framing |= _plain_beside(asked, words)
    return ReadQuestion(
        text=text,
        kind=kind,
        facets=() if kind else _facets(chosen),
        subject=_subject(text, words, framing | asked),
        framing=_spans(words, framing - asked),
        asked=_spans(words, asked),
    )


class _Clauses:
    """Tells whether a noun stands where a question asks, by the words around it."""

    def __init__(
        self,
        words: Words,
        lists: _Lists,
        framed: Sequence[Match[_Tag]],
        asks: Sequence[Match[_Tag]],
    ) -> None:
        self._words = words
        self._lists = lists
        self._framed = {place for match in framed for place in match.words}
        self._asked = {place for match in asks for place in match.all_words}
        self._keywords = not asks and lists.interrogatives.isdisjoint(words.keys)

    def asks(self, noun: Match[_Tag]) -> bool:
        """Whether a noun asks; nouns are to be tried from left to right."""
        first, last = min(noun.all_words), max(noun.all_words)
        asks = self._heads(first, last) or self._ends_a_compound(first, last)
        if asks:
            self._asked |= noun.all_words
        return asks

    def _heads(self, first: int, last: int) -> bool:
        """Whether nothing but what asks, or frames, stands before it."""
        lists, keys = self._lists, self._words.keys
        start = self._words.clause_start(first)
        before = first - 1
        while before >= start and keys[before] in lists.light and before not in self._framed:
            before -= 1
        if before < start or lists.little.issuperset(keys[start : before + 1]):
            # "The treatment no longer works" does not ask for a treatment, "the dose of" does.
            return before + 1 == first or lists.verbs.isdisjoint(keys[last + 1 : last + 2])
        if keys[before] in lists.joining:
            return before - 1 in self._asked or keys[before + 1] in lists.possessive
        if keys[before] in lists.partitive and keys[before - 1] in lists.holders:
            return before > start
        if keys[before] in lists.holders or keys[before] in lists.quel:
            return True
        if before in self._framed and keys[before] not in lists.links:
            return True
        return all(p in self._framed or keys[p] in lists.little for p in range(start, before + 1))

    def _closed(self, last: int) -> bool:
        """Whether the noun that ends at `last` is not itself the first part of a name."""
        after = last + 1
        return (
            self._words.opens[after]
            or self._words.keys[after] in self._lists.links
            or after in self._framed
        )

    def _ends_a_compound(self, first: int, last: int) -> bool:
        """Whether it is the head of "what is the x dose", or of "x dose" in bare keywords."""
        lists, keys = self._lists, self._words.keys
        start = self._words.clause_start(first)
        named = self._keywords and last > first and self._words.opens[min(last + 2, len(keys))]
        if not (named or self._closed(last)) or first == start or keys[first - 1] in lists.links | lists.light:
            return False
        if self._keywords:
            return True
        for before in range(first - 1, max(start, first - 1 - _FEW_BETWEEN) - 1, -1):
            if before in self._framed or keys[before] in lists.quel:
                near = first - before <= 2
                return keys[before] in lists.introducing or (near and keys[before] in lists.quel)
            if keys[before] in lists.links:
                return False
        return False


class _Lists(NamedTuple):
    """The named lists of words, as keys."""

    light: frozenset[str]
    """Determiners and the like of a noun."""
    little: frozenset[str]
    """Words that a clause may open with."""
    links: frozenset[str]
    """Words after which a noun belongs to the subject."""
    holders: frozenset[str]
    """Verbs that hold up a noun: "does it have side effects"."""
    verbs: frozenset[str]
    """Verbs of which a noun is the subject: "the treatment has ..."."""
    quel: frozenset[str]
    interrogatives: frozenset[str]
    joining: frozenset[str] = frozenset({"and", "et", "or", "ou"})
    possessive: frozenset[str] = frozenset({"son", "sa", "ses", "leur", "leurs", "its", "their"})
    partitive: frozenset[str] = frozenset({"de", "d", "des", "du"})
    introducing: frozenset[str] = frozenset({"the", "are"})


def _asked_nouns(nouns: Sequence[Match[_Tag]], clauses: _Clauses) -> list[Match[_Tag]]:
    return [noun for noun in _uncovered(nouns) if clauses.asks(noun)]


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
    joined = not _lists().joining.isdisjoint(words.keys[max(first - 1, 0) : first + 1])
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
    plain = _named_lists()["plain"]
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
    if words.joined[place] or (place + 1 < len(words.keys) and words.joined[place + 1]):
        return False
    return words.keys[place] in _function_words() and not (
        end - start > 1 and text[start:end].isupper()
    )


@cache
def _function_words() -> frozenset[str]:
    return frozenset(key_of(word) for listed_words in STOPWORDS.values() for word in listed_words)


@cache
def _lists() -> _Lists:
    named = _named_lists()
    return _Lists(
        light=named["det"] | named["adjectives"],
        little=named["little"],
        links=named["links"],
        holders=named["holders"],
        verbs=named["verbs"],
        quel=named["quel"],
        interrogatives=(named["wh"] | named["be"] | named["do"] | named["can"]) - {"s", "ou", "que"},
    )


@cache
def _named_lists() -> Mapping[str, frozenset[str]]:
    lists = facet_table()["lists"]
    return {name: frozenset(map(key_of, text.split())) for name, text in lists.items()}


@cache
def _book(languages: tuple[Language, ...]) -> Phrases[_Tag]:
    table = facet_table()
    book: Phrases[_Tag] = Phrases(
        lists=_named_lists(), little=_lists().little
    )
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
