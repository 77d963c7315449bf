"""GIFT, the text format of Moodle's question bank: short answers, choices, essays.

https://docs.moodle.org/en/GIFT_format
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from evaluation.exchange.drafts import Bank, Draft, told_apart, without_html
from evaluation.jsonlines import read_lines
from evaluation.question_set import QuestionSet

_SPECIAL: Final = re.compile(r"([\\~=#{}:])")
_ESCAPED: Final = re.compile(r"\\([\\~=#{}:%])")
_TITLE: Final = re.compile(r"::(.*?)(?<!\\)::", re.DOTALL)
_FORMAT: Final = re.compile(r"\[(?:html|plain|markdown|moodle)\]")
_OPEN: Final = re.compile(r"(?<!\\)\{")
_CLOSE: Final = re.compile(r"(?<!\\)\}")
_ANSWER: Final = re.compile(r"(?<!\\)([=~])((?:\\.|[^=~\\])*)", re.DOTALL)
_FEEDBACK: Final = re.compile(r"(?<!\\)#.*", re.DOTALL)
_WEIGHT: Final = re.compile(r"\s*%(-?[\d.]{1,12})%")
_WEIGHT_START: Final = re.compile(r"\A%(?=-?[\d.]+%)")
_TRUTH: Final = frozenset({"t", "f", "true", "false"})
_BRACE: Final = re.compile(r"\{\s?[=~TF#}]")
_UNANSWERABLE: Final = "// no document answers"
"""Stands above the questions of ours that have no answer: an essay of Moodle has one, unstated."""


def read_gift(path: Path) -> Bank:
    """The questions that have words for an answer; raises `DatasetError`.

    Matching, numerical and true-false questions, essays and descriptions have no answer that could
    be quoted: left out by name.
    """
    found = list(_blocks(path))
    drafts: list[Draft] = []
    unread: list[str] = []
    names = told_apart(_name(text, number) for number, (_, text, _) in enumerate(found, start=1))
    for name, (place, text, is_ours) in zip(names, found, strict=True):
        title = _TITLE.match(text)
        start = title.end() if title else 0
        opened = _OPEN.search(text, start)
        closed = _CLOSE.search(text, opened.end()) if opened else None
        if opened is None or closed is None:
            unread.append(f"{name} (description)")
            continue
        inside = text[opened.end() : closed.start()]
        answers, reason = _right_answers(inside)
        if reason and not is_ours:
            unread.append(f"{name} ({reason})")
            continue
        question = f"{text[start : opened.start()]} {text[closed.end() :]}"
        drafts.append(
            Draft(
                id=name,
                question=_plain(_FORMAT.sub("", question)),
                place=place,
                answerable=bool(answers),
                answers=answers,
            )
        )
    return Bank(tuple(drafts), tuple(unread))


def looks_like_gift(text: str) -> bool:
    """Whether a text begins as a bank of questions does."""
    for line in text.split("\n"):
        if line.strip() and not line.startswith(("//", "$CATEGORY:")):
            return line.lstrip().startswith("::") or bool(_BRACE.search(text))
    return False


def _name(text: str, number: int) -> str:
    title = _TITLE.match(text)
    return (_plain(title[1]) if title else "") or f"gift-{number}"


def _blocks(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Place and text of each question, and whether we wrote it unanswerable.

    It goes up to a blank line, or to the title of the next one.
    """
    first, last = "", 0
    lines: list[str] = []
    is_ours = False
    for place, line in read_lines(path):
        number = int(place.rpartition(":")[2])
        begins = line.startswith("::") and not _is_open("\n".join(lines))
        if lines and (number > last + 1 or begins):
            yield first, "\n".join(lines), is_ours
            lines, is_ours = [], False
        last = number
        if line.startswith(("//", "$CATEGORY:")):
            is_ours = is_ours or line.strip() == _UNANSWERABLE
            continue
        if not lines:
            first = place
        lines.append(line)
    if lines:
        yield first, "\n".join(lines), is_ours


def _is_open(text: str) -> bool:
    """Whether the answers of a question go on in the next line."""
    return len(_OPEN.findall(text)) > len(_CLOSE.findall(text))


def _right_answers(inside: str) -> tuple[tuple[str, ...], str]:
    """The right answers, or why there is none that could be quoted."""
    text = inside.strip()
    if not text:
        return (), "essay"
    if text.startswith("#"):
        return (), "number"
    if _FEEDBACK.sub("", text).strip().lower() in _TRUTH:
        return (), "true or false"
    parts = [(sign, _FEEDBACK.sub("", answer)) for sign, answer in _ANSWER.findall(inside)]
    if len(parts) > 1 and all(sign == "=" and "->" in answer for sign, answer in parts):
        return (), "matching"
    answers = tuple(
        plain
        for sign, answer in parts
        if _is_right(sign, answer) and (plain := _plain(_unweighted(answer)))
    )
    return answers, "" if answers else "no right answer"


def _unweighted(answer: str) -> str:
    weight = _WEIGHT.match(answer)
    return answer[weight.end() :] if weight else answer


def _is_right(sign: str, answer: str) -> bool:
    """Whether an answer is right, or one of several that are."""
    weight = _WEIGHT.match(answer)
    return float(weight[1]) > 0 if weight and _is_number(weight[1]) else sign == "="


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _plain(text: str) -> str:
    bare = without_html(text).replace("\\n", " ")
    return " ".join(_ESCAPED.sub(r"\1", bare).split())


def gift_text(questions: QuestionSet) -> str:
    """A question set as short-answer questions; one without answer is an essay question."""
    blocks = []
    for question in questions.questions:
        answers = " ".join(f"={_escaped(e.quote)}" for e in question.evidence)
        mark = "" if question.answerable else f"{_UNANSWERABLE}\n"
        title, text = _escaped(question.id), _escaped(question.text)
        blocks.append(f"{mark}::{title}::{text} {{{answers}}}\n")
    return "\n".join(blocks)


def _escaped(text: str) -> str:
    plain = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    # What looks like the weight of an answer, a tag or a character reference is text here.
    return _WEIGHT_START.sub(r"\\%", plain).replace("&", "&amp;").replace("<", "&lt;")
