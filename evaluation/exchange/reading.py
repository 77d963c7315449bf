"""Question sets in any format that is known, checked against the documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from evaluation.errors import DatasetError, QuestionSetError
from evaluation.exchange.drafts import Draft, draft_values, located
from evaluation.exchange.gift import read_gift
from evaluation.exchange.squad import read_squad
from evaluation.exchange.tables import read_csv
from evaluation.jsonlines import Line
from evaluation.question_set import QuestionSet, checked_questions, load_questions
from qa.engine import Engine
from qa.locale.message import Message

SUFFIXES: Final = (".jsonl", ".csv", ".gift", ".json")
FORMATS: Final = "question set (.jsonl or a folder of them), .csv, .gift, SQuAD 2.0 (.json)"


class Located(NamedTuple):
    """Drafts with evidence or without answer, and the identifiers of the others."""

    drafts: tuple[Draft, ...]
    left_out: tuple[str, ...]


class Imported(NamedTuple):
    """A question set, and the questions whose answers no document has word for word."""

    questions: QuestionSet
    left_out: tuple[str, ...] = ()


def import_questions(path: Path, engine: Engine) -> Imported:
    """The questions of a file; raises `QuestionSetError` or `DatasetError` as readers do."""
    if is_question_set(path):
        return Imported(load_questions(path, engine))
    found = locate_drafts(path, engine)
    if found.left_out and not found.drafts:
        raise QuestionSetError(
            [Message("{path}: no document has the answers word for word", path=path)]
        )
    lines = (Line(draft.place or str(path), draft_values(draft)) for draft in found.drafts)
    return Imported(checked_questions(path, lines, engine), found.left_out)


def is_question_set(path: Path) -> bool:
    """Whether it is named as one in our own format."""
    return path.is_dir() or path.suffix == ".jsonl"


def locate_drafts(path: Path, engine: Engine) -> Located:
    """The drafts of a file, their answers looked up in the documents."""
    read = _read(path)
    documents = [engine.document(info.id) for info in engine.documents()]
    drafts = tuple(located(read, documents))
    return Located(
        tuple(draft for draft in drafts if draft.evidence or not draft.answerable),
        tuple(draft.id for draft in drafts if draft.answerable and not draft.evidence),
    )


def _read(path: Path) -> Sequence[Draft]:
    match path.suffix:
        case ".csv":
            return read_csv(path)
        case ".gift":
            return read_gift(path)
        case ".json":
            # Paragraphs of the file are not documents of the corpus: answers are looked up anew.
            return [
                Draft(
                    id=draft.id,
                    question=draft.question,
                    answerable=draft.answerable,
                    place=f"{path}: question {draft.id}",
                    answers=draft.answers,
                )
                for draft in read_squad(path).drafts
            ]
    raise DatasetError(
        "{path}: unknown format {suffix!r}; known are {formats}",
        path=path,
        suffix=path.suffix,
        formats=FORMATS,
    )
