"""Questions made from the documents themselves, to calibrate without any test set.

Each is a piece of a document - its title, a heading, the sentence that leads into a list, a
sentence - made as hard as a real question: words are dropped, one is misspelt, words from
elsewhere are put in. Chance is seeded with the piece, so that the order of documents is no matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from evaluation.question_set import CHECK, QuestionSet
from qa.analysis.lexicon import built_in_pairs
from qa.models import Document, Passage, Turn
from qa.passages import split_passages

Kind = Literal["title", "heading", "lead-in", "sentence", "foreign", "question"]

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\w.,]*")
_LEAST_WORDS = 3
_DROPPED = (0.3, 0.75)
_MISSPELT = 0.2
_FOREIGN = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeQuestion:
    """A question, and the documents that answer it; `group` keeps kindred questions together."""

    text: str
    kind: Kind
    group: str
    documents: frozenset[str]
    history: tuple[Turn, ...] = ()


def make_questions(
    documents: Sequence[Document], *, per_document: int, seed: int = 0
) -> Iterator[MadeQuestion]:
    """At most `per_document` questions a document, and one from its title."""
    words = _words_by_language(documents)
    twins = _twins(documents)
    for document in documents:
        answering = twins[group_of(document)]
        pieces = list(_pieces(document))
        rng = Random(f"{seed}:{document.id}")  # noqa: S311  # not for secrets
        chosen = rng.sample(pieces, min(per_document, len(pieces)))
        for kind, piece in [("title", document.title), *chosen]:
            text = harder(piece, rng, words[document.language], keep_all=kind != "sentence")
            if len(text.split()) >= _LEAST_WORDS:
                yield MadeQuestion(
                    text=text, kind=kind, group=group_of(document), documents=answering
                )


def foreign_questions(
    documents: Sequence[Document], *, count: int, seed: int = 0
) -> Iterator[MadeQuestion]:
    """Questions that no document answers: entries of the glossary among words of the documents."""
    words = _words_by_language(documents)
    pairs = built_in_pairs()
    rng = Random(f"{seed}:foreign")  # noqa: S311  # not for secrets
    for number in range(count):
        language = rng.choice(sorted(words))
        entries = [
            pair.left if language == "fr" else pair.right
            for pair in rng.sample(pairs, rng.randint(1, 3))
        ]
        known = [rng.choice(words[language]) for _ in range(rng.randint(0, 3))]
        parts = [*entries, *known]
        rng.shuffle(parts)
        yield MadeQuestion(
            text=" ".join(parts), kind="foreign", group=f"foreign {number}", documents=frozenset()
        )


def given_questions(questions: QuestionSet) -> Iterator[MadeQuestion]:
    """The questions of a set that may be fitted to, those without answer included."""
    for question in questions.questions:
        if question.split == CHECK:
            continue
        yield MadeQuestion(
            text=question.text,
            kind="question",
            group=question.objective or question.id,
            documents=frozenset(evidence.document for evidence in question.evidence),
            history=question.history,
        )


def group_of(document: Document) -> str:
    """What a document shares with its translations: the objective, where it has one."""
    return document.objective.code if document.objective else document.id


def harder(text: str, rng: Random, others: Sequence[str], *, keep_all: bool) -> str:
    """A text with words dropped (unless `keep_all`), misspelt and added."""
    words = _WORD.findall(text)
    if not keep_all:
        share = 1 - rng.uniform(*_DROPPED)
        keep = max(_LEAST_WORDS, round(len(words) * share))
        words = [words[n] for n in sorted(rng.sample(range(len(words)), min(keep, len(words))))]
    if words and rng.random() < _MISSPELT:
        place = max(range(len(words)), key=lambda n: len(words[n]))
        words[place] = _misspelt(words[place], rng)
    while others and rng.random() < _FOREIGN:
        words.insert(rng.randint(0, len(words)), rng.choice(others))
        if len(words) > 20:
            break
    return " ".join(words)


def _misspelt(word: str, rng: Random) -> str:
    if len(word) < 5:
        return word
    place = rng.randrange(1, len(word) - 2)
    if rng.random() < 0.5:
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _pieces(document: Document) -> Iterator[tuple[Kind, str]]:
    headings = set()
    for passage in split_passages(document, most_words=160):
        if passage.heading and passage.heading not in headings:
            headings.add(passage.heading)
            yield "heading", f"{document.title} {passage.heading[-1]}"
        for unit in _units(passage):
            if len(unit.split()) < 2 * _LEAST_WORDS:
                continue
            yield ("lead-in" if unit.rstrip().endswith(":") else "sentence"), unit


def _units(passage: Passage) -> Iterator[str]:
    for unit in passage.units:
        yield passage.text[unit.start : unit.end]


def _words_by_language(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Words to put into questions: those of the documents, as frequent as they are there."""
    words: dict[str, list[str]] = {}
    for document in documents:
        words.setdefault(document.language, []).extend(
            word for word in _WORD.findall(document.text) if len(word) > 3
        )
    return words


def _twins(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for document in documents:
        found.setdefault(group_of(document), set()).add(document.id)
    return {group: frozenset(identifiers) for group, identifiers in found.items()}
