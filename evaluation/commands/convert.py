"""`qa-eval convert`: question sets from and to the formats of others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from evaluation.errors import DatasetError
from evaluation.exchange.drafts import draft_line
from evaluation.exchange.gift import gift_text
from evaluation.exchange.reading import FORMATS, is_question_set, locate_drafts
from evaluation.exchange.retrieval_files import (
    qrels_text,
    write_questions_as_beir,
    write_squad_as_beir,
)
from evaluation.exchange.squad import read_squad, squad_text
from evaluation.exchange.tables import csv_text
from evaluation.question_set import load_questions
from qa.commands.options import (
    Collection,
    CorpusSource,
    IndexFolder,
    index_of,
    open_engine,
    write_text,
)
from qa.engine import Engine
from qa.settings import Settings

_WRITTEN = ".jsonl, .csv, GIFT (.gift), SQuAD 2.0 (.json), TREC .qrels"


def convert(
    source: Annotated[Path, typer.Argument(help=f"What to read: {FORMATS}.")],
    target: Annotated[Path, typer.Argument(help=f"What to write: {_WRITTEN}, or a BEIR folder.")],
    index: IndexFolder = None,
    collection: Collection = None,
    corpus: CorpusSource = None,
) -> None:
    """Turn a question set into another format; the suffixes say which."""
    if source.suffix.lower() == ".json" and not target.suffix:
        write_squad_as_beir(target, read_squad(source))
        return
    settings = Settings.load()
    engine = open_engine(index_of(index, collection, settings), corpus, settings)
    if is_question_set(source):
        _export(source, target, engine)
        return
    if target.suffix != ".jsonl":
        raise DatasetError(
            "{source} can only be turned into a question set: name it *.jsonl", source=source
        )
    drafts, lost, unread = locate_drafts(source, engine)
    write_text(target, "".join(draft_line(draft) + "\n" for draft in drafts))
    if unread:
        sys.stderr.write(
            f"left out {len(unread)} questions that cannot be asked of documents:"
            f" {', '.join(unread[:10])}{' …' if len(unread) > 10 else ''}\n"
        )
    if lost:
        sys.stderr.write(
            f"left out {len(lost)} of {len(drafts) + len(lost)} questions, whose answers no"
            f" document has word for word: {', '.join(lost[:10])}{' …' if len(lost) > 10 else ''}\n"
        )


def _export(source: Path, target: Path, engine: Engine) -> None:
    questions = load_questions(source, engine)
    match target.suffix:
        case ".csv":
            write_text(target, csv_text(questions))
        case ".gift":
            write_text(target, gift_text(questions))
        case ".json":
            write_text(target, squad_text(questions, engine))
        case ".qrels":
            write_text(target, qrels_text(questions.judgements))
        case "":
            documents = [engine.document(info.id) for info in engine.documents()]
            write_questions_as_beir(target, questions, documents)
        case other:
            raise DatasetError(
                "{target}: unknown format {other!r}; known are {formats}",
                target=target,
                other=other,
                formats=_WRITTEN,
            )
