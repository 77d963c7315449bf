"""Moodle XML, the format in which Moodle exports whole banks of questions.

https://docs.moodle.org/en/Moodle_XML_format
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from evaluation.errors import DatasetError
from evaluation.exchange.drafts import Bank, Draft, told_apart, without_html
from evaluation.jsonlines import named_errors

if TYPE_CHECKING:
    from lxml.etree import _Element

_ASKED: Final = frozenset({"shortanswer", "multichoice"})
_SILENT: Final = "category"


def read_moodle(path: Path) -> Bank:
    """The short-answer and multiple-choice questions; the others are left out by name.

    Raises `DatasetError`.
    """
    questions = [
        element for element in _root(path).iter("question") if element.get("type") != _SILENT
    ]
    drafts: list[Draft] = []
    unread: list[str] = []
    names = told_apart(
        _text(one.find("name")) or f"moodle-{number}"
        for number, one in enumerate(questions, start=1)
    )
    for name, one in zip(names, questions, strict=True):
        kind = one.get("type", "")
        answers = tuple(
            text
            for answer in one.iterchildren("answer")
            if _weight(answer) > 0 and (text := _text(answer))
        )
        question = _text(one.find("questiontext"))
        if kind not in _ASKED or not answers or not question:
            unread.append(f"{name} ({kind if kind not in _ASKED else 'no right answer'})")
            continue
        drafts.append(
            Draft(
                id=name,
                question=question,
                place=f"{path}:{one.sourceline}",
                answerable=True,
                answers=answers,
            )
        )
    return Bank(tuple(drafts), tuple(unread))


def _root(path: Path) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with named_errors(path):
        data = path.read_bytes()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DatasetError("{path}: {reason}", path=path, reason=error) from error
    if root.tag != "quiz":
        raise DatasetError(
            "{path}: <{tag}> is no bank of Moodle; export it as Moodle XML",
            path=path,
            tag=root.tag,
        )
    return root


def _weight(answer: _Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _text(element: _Element | None) -> str:
    """The words of a `<text>` below an element, without the tags that it may be written with."""
    said = element.findtext("text") or "" if element is not None else ""
    return " ".join(without_html(said).split())
