"""Questions as other formats have them, on their way to a set of our own."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import islice
from typing import Any, Final, NamedTuple

from evaluation.quotes import Searchable
from qa.analysis.language import detect_language
from qa.models import Document, Turn
from qa.reading.html_tags import without_tags

_APART: Final = re.compile(r"(?=<(?:br|/p|/div|/li|/h[1-6])\b)", re.IGNORECASE)
_MOST_DOCUMENTS: Final = 5


class Quoted(NamedTuple):
    """A quote and the document it is said to stand in."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A question that was read from another format; an empty string is not known."""

    id: str
    question: str
    answerable: bool
    place: str = ""
    """Where it was read, for messages."""
    answers: tuple[str, ...] = ()
    """Right answers whose place in the documents is not known."""
    evidence: tuple[Quoted, ...] = ()
    language: str = ""
    kind: str = ""
    objective: str = ""
    history: tuple[Turn, ...] = ()


class Bank(NamedTuple):
    """The questions of a file, and the names of those that cannot be asked, with the reason."""

    drafts: tuple[Draft, ...]
    unread: tuple[str, ...] = ()


def without_html(text: str) -> str:
    """The words of a text that may be written with tags; what tags part stays apart."""
    return unescape(without_tags(_APART.sub(" ", text)))


def told_apart(names: Iterable[str]) -> Iterator[str]:
    """The names of questions in a bank, with a number behind one that was there already."""
    counts: Counter[str] = Counter()
    for name in names:
        counts[name] += 1
        yield name if counts[name] == 1 else f"{name} ({counts[name]})"


def located(drafts: Iterable[Draft], documents: Sequence[Document]) -> Iterator[Draft]:
    """Drafts with evidence for their answers, from every document that has one word for word.

    An answer in more than five documents is too common to be evidence; a draft may stay without.
    """
    texts = [(document.id, Searchable(document.text)) for document in documents]
    for draft in drafts:
        if not draft.answerable or draft.evidence:
            yield draft
            continue
        found = [
            Quoted(identifier, answer)
            for answer in draft.answers
            for identifier in _having(answer, texts)
        ]
        yield replace(draft, evidence=tuple(found))


def _having(answer: str, texts: Sequence[tuple[str, Searchable]]) -> list[str]:
    having = (identifier for identifier, text in texts if text.find(answer))
    # The search ends where the answer is known to be too common.
    found = list(islice(having, _MOST_DOCUMENTS + 1))
    return found if len(found) <= _MOST_DOCUMENTS else []


def draft_values(draft: Draft) -> dict[str, Any]:
    """A draft as an object of a question set of our own."""
    return {
        "id": draft.id,
        "question": draft.question,
        "language": draft.language or detect_language(draft.question),
        "kind": draft.kind or "unspecified",
        "answerable": draft.answerable,
        "objective": draft.objective or None,
        "evidence": [quoted._asdict() for quoted in draft.evidence],
        "history": [{"speaker": turn.speaker, "text": turn.text} for turn in draft.history],
    }


def draft_line(draft: Draft) -> str:
    """A draft as a line of a question set of our own."""
    return json.dumps(draft_values(draft), ensure_ascii=False)
