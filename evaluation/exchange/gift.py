"""GIFT, the text format of Moodle's question bank: short answers, choices, essays.

https://docs.moodle.org/en/GIFT_format
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from evaluation.errors import DatasetError
from evaluation.exchange.drafts import Draft
from evaluation.jsonlines import read_lines
from evaluation.question_set import QuestionSet

_SPECIAL: Final = re.compile(r"([\\~=#{}:])")
_TITLE: Final = re.compile(r"::(.*?)(?<!\\)::", re.DOTALL)
_FORMAT: Final = re.compile(r"\[(?:html|plain|markdown|moodle)\]")
_OPEN: Final = re.compile(r"(?<!\\)\{")
_CLOSE: Final = re.compile(r"(?<!\\)\}")
_ANSWER: Final = re.compile(r"(?<!\\)([=~])((?:\\.|[^=~\\])*)", re.DOTALL)
_FEEDBACK: Final = re.compile(r"(?<!\\)#.*", re.DOTALL)
_WEIGHT: Final = re.compile(r"^\s*%-?[\d.]+%")
_TAG: Final = re.compile(r"<[^<>]+>")


def read_gift(path: Path) -> tuple[Draft, ...]:
    """The questions that have words for an answer, or none (essays); raises `DatasetError`.

    Matching, numerical and true-false questions have no answer that could be quoted: left out.
    """
    drafts: list[Draft] = []
    for number, (place, text) in enumerate(_blocks(path), start=1):
        opened = _OPEN.search(text)
        closed = _CLOSE.search(text, opened.end()) if opened else None
        if opened is None or closed is None:
            raise DatasetError("{place}: no answers in braces after the question", place=place)
        title = _TITLE.match(text)
        question = text[title.end() if title else 0 : opened.start()] + text[closed.end() :]
        inside = text[opened.end() : closed.start()]
        answers = tuple(_right_answers(inside))
        if answers or not inside.strip():
            drafts.append(
                Draft(
                    id=_plain(title[1]) if title else f"gift-{number}",
                    question=_plain(_FORMAT.sub("", question)),
                    place=place,
                    answerable=bool(answers),
                    answers=answers,
                )
            )
    return tuple(drafts)


def _blocks(path: Path) -> Iterator[tuple[str, str]]:
    """Place and text of each question, up to a blank line, without comments and categories."""
    first, last = "", 0
    lines: list[str] = []
    for place, line in read_lines(path):
        number = int(place.rpartition(":")[2])
        if lines and number > last + 1:
            yield first, "\n".join(lines)
            lines = []
        last = number
        if line.startswith(("//", "$CATEGORY:")):
            continue
        if not lines:
            first = place
        lines.append(line)
    if lines:
        yield first, "\n".join(lines)


def _right_answers(inside: str) -> Iterator[str]:
    if inside.lstrip().startswith("#") or "->" in inside:
        return
    for sign, answer in _ANSWER.findall(inside):
        text = _plain(_WEIGHT.sub("", _FEEDBACK.sub("", answer)))
        if sign == "=" and text:
            yield text


def _plain(text: str) -> str:
    bare = _TAG.sub(" ", text).replace("\\n", " ")
    return " ".join(re.sub(r"\\([\\~=#{}:])", r"\1", bare).split())


def gift_text(questions: QuestionSet) -> str:
    """A question set as short-answer questions; one without answer is an essay question."""
    blocks = []
    for question in questions.questions:
        answers = " ".join(f"={_escaped(e.quote)}" for e in question.evidence)
        blocks.append(f"::{_escaped(question.id)}::{_escaped(question.text)} {{{answers}}}\n")
    return "\n".join(blocks)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
