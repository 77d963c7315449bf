"""Question sets in any format that is known, checked against the documents."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from evaluation.errors import DatasetError, QuestionSetError
from evaluation.exchange.drafts import Bank, Draft, draft_values, located
from evaluation.exchange.gift import looks_like_gift, read_gift
from evaluation.exchange.moodle import read_moodle
from evaluation.exchange.squad import read_squad
from evaluation.exchange.tables import read_csv
from evaluation.jsonlines import Line
from evaluation.question_set import QuestionSet, checked_questions, load_questions
from qa.engine import Engine
from qa.errors import UnreadableDocumentError
from qa.locale.message import Message
from qa.reading.decoding import decode

SUFFIXES: Final = (".jsonl", ".csv", ".tsv", ".xlsx", ".gift", ".txt", ".xml", ".json")
FORMATS: Final = (
    "question set (.jsonl or a folder of them), .csv, .xlsx, GIFT (.gift, .txt), Moodle XML (.xml),"
    " SQuAD 2.0 (.json)"
)
_LOOK: Final = 4096


class Located(NamedTuple):
    """Drafts with evidence or without answer, and the identifiers of the others."""

    drafts: tuple[Draft, ...]
    left_out: tuple[str, ...]
    unread: tuple[str, ...] = ()
    """Names of the questions that cannot be asked, with the reason."""


class Imported(NamedTuple):
    """A question set, and the questions whose answers no document has word for word."""

    questions: QuestionSet
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """Names of the questions that cannot be asked, with the reason."""


def import_questions(path: Path, engine: Engine, *, most: int | None = None) -> Imported:
    """The questions of a file; raises `QuestionSetError` or `DatasetError` as readers do.

    More than `most` are refused, before their answers are looked up.
    """
    if is_question_set(path):
        read = load_questions(path, engine)
        require_at_most(most, len(read.questions), path)
        return Imported(read)
    found = locate_drafts(path, engine, most=most)
    if found.left_out and not found.drafts:
        raise QuestionSetError(
            [Message("{path}: no document has the answers word for word", path=path)]
        )
    lines = (Line(draft.place or str(path), draft_values(draft)) for draft in found.drafts)
    return Imported(checked_questions(path, lines, engine), found.left_out, found.unread)


def is_question_set(path: Path) -> bool:
    """Whether it is named as one in our own format."""
    return path.is_dir() or path.suffix.lower() == ".jsonl"


def require_at_most(most: int | None, count: int, path: Path) -> None:
    """Raise `DatasetError` where there are more questions than are taken."""
    if most is not None and count > most:
        raise DatasetError(
            "{path}: {count} questions; at most {most} are taken here, `qa-eval` takes any number",
            path=path,
            count=count,
            most=most,
        )


def locate_drafts(path: Path, engine: Engine, *, most: int | None = None) -> Located:
    """The drafts of a file, their answers looked up in the documents."""
    read = _read(path)
    require_at_most(most, len(read.drafts) + len(read.unread), path)
    documents = [engine.document(info.id) for info in engine.documents()]
    drafts = tuple(located(read.drafts, documents))
    return Located(
        tuple(draft for draft in drafts if draft.evidence or not draft.answerable),
        tuple(draft.id for draft in drafts if draft.answerable and not draft.evidence),
        read.unread,
    )


def _read(path: Path) -> Bank:
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".xlsx":
            return Bank(read_csv(path))
        case ".gift":
            return read_gift(path)
        case ".txt" if looks_like_gift(_head(path)):
            # Moodle names its exports so.
            return read_gift(path)
        case ".xml":
            return read_moodle(path)
        case ".json":
            # Paragraphs of the file are not documents of the corpus: answers are looked up anew.
            squad = (
                Draft(
                    id=draft.id,
                    question=draft.question,
                    answerable=draft.answerable,
                    place=f"{path}: question {draft.id}",
                    answers=draft.answers,
                )
                for draft in read_squad(path).drafts
            )
            return Bank(tuple(squad))
    raise DatasetError(
        "{path}: unknown format {suffix!r}; known are {formats}",
        path=path,
        suffix=path.suffix,
        formats=FORMATS,
    )


def _head(path: Path) -> str:
    """The beginning of a file; empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return decode(stream.read(_LOOK)).text
    except (OSError, UnreadableDocumentError):
        return ""
