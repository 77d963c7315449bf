"""`qa-eval convert`: question sets from and to the formats of others."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from evaluation.commands.common import write_page
from evaluation.commands.run import open_engine
from evaluation.errors import DatasetError
from evaluation.exchange.drafts import Draft, draft_line, located
from evaluation.exchange.gift import gift_text, read_gift
from evaluation.exchange.retrieval_files import (
    judgements_of,
    qrels_text,
    write_questions_as_beir,
    write_squad_as_beir,
)
from evaluation.exchange.squad import read_squad, squad_text
from evaluation.exchange.tables import csv_text, read_csv
from evaluation.question_set import load_questions
from qa.engine import Engine
from qa.settings import Settings

_FORMATS = "question set (.jsonl or a folder of them), .csv, .gift, SQuAD 2.0 (.json)"


def convert(
    source: Annotated[Path, typer.Argument(help=f"What to read: {_FORMATS}.")],
    target: Annotated[
        Path, typer.Argument(help="What to write: as SOURCE, TREC .qrels, or a BEIR folder.")
    ],
    index: Annotated[Path | None, typer.Option(help="An index made by `qa index`.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="The documents of the questions.")] = None,
) -> None:
    """Turn a question set into another format; the suffixes say which."""
    if source.suffix == ".json" and not target.suffix:
        write_squad_as_beir(target, read_squad(source))
        return
    engine = open_engine(index, corpus, Settings())
    documents = [engine.document(info.id) for info in engine.documents()]
    if source.is_dir() or source.suffix == ".jsonl":
        _export(source, target, engine)
        return
    if target.suffix != ".jsonl":
        raise DatasetError(f"{source} can only be turned into a question set: name it *.jsonl")
    drafts = list(located(_read(source), documents))
    kept = [draft for draft in drafts if draft.evidence or not draft.answerable]
    write_page(target, "".join(draft_line(draft) + "\n" for draft in kept))
    lost = [draft.id for draft in drafts if draft not in kept]
    if lost:
        sys.stderr.write(
            f"left out {len(lost)} of {len(drafts)} questions, whose answers no document has word"
            f" for word: {', '.join(lost[:10])}{' …' if len(lost) > 10 else ''}\n"
        )


def _read(source: Path) -> Sequence[Draft]:
    match source.suffix:
        case ".csv":
            return read_csv(source)
        case ".gift":
            return read_gift(source)
        case ".json":
            # Paragraphs of the file are not documents of the corpus: answers are looked up anew.
            return [
                Draft(id=d.id, question=d.question, answerable=d.answerable, answers=d.answers)
                for d in read_squad(source).drafts
            ]
    raise DatasetError(f"{source}: unknown format {source.suffix!r}; known are {_FORMATS}")


def _export(source: Path, target: Path, engine: Engine) -> None:
    questions = load_questions(source, engine)
    match target.suffix:
        case ".csv":
            write_page(target, csv_text(questions))
        case ".gift":
            write_page(target, gift_text(questions))
        case ".json":
            write_page(target, squad_text(questions, engine))
        case ".qrels":
            write_page(target, qrels_text(judgements_of(questions)))
        case "":
            documents = [engine.document(info.id) for info in engine.documents()]
            write_questions_as_beir(target, questions, documents)
        case other:
            raise DatasetError(f"{target}: unknown format {other!r}; known are {_FORMATS}, .qrels")
