"""`qa-eval digest`: whether two versions answer the same, to the last bit."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from evaluation.beir import is_beir_folder
from evaluation.commands.common import (
    Depth,
    Limit,
    Overrides,
    load_set,
    settings_with,
)
from evaluation.digest import ReplyRecord, digest_of, reply_records
from evaluation.question_set import load_questions
from evaluation.runs import Asked
from qa.builtin import open_builtin
from qa.commands.options import progress, write_text
from qa.engine import Engine
from qa.settings import Settings


def digest(
    sets: Annotated[
        list[Path],
        typer.Argument(help="Question sets on the built-in corpus (.jsonl), or BEIR folders."),
    ],
    lines: Annotated[
        Path | None, typer.Option("--lines", help="Write all replies, one a line, to compare.")
    ] = None,
    k: Depth = 100,
    limit: Limit = None,
    overrides: Overrides = None,
) -> None:
    """Print a digest of all ids, scores, confidences and extracts of some sets.

    Two versions that print the same digests rank and answer the same, to the last bit.
    """
    settings = settings_with(overrides)
    written: list[str] = []
    for path in sets:
        engine, questions = _loaded(path, settings, limit)
        records: list[ReplyRecord] = []
        with progress(path.name) as show:
            for record in reply_records(engine, questions, k=k):
                records.append(record)
                show(len(records), len(questions))
        ranked = digest_of(json.dumps([one.question, one.ranking]) for one in records)
        replied = digest_of(one.line for one in records)
        sys.stdout.write(
            f"{path.stem}  {len(records)} questions  rankings {ranked}  replies {replied}\n"
        )
        written += (one.line for one in records)
    if lines is not None:
        write_text(lines, "".join(f"{line}\n" for line in written))


def _loaded(path: Path, settings: Settings, limit: int | None) -> tuple[Engine, Sequence[Asked]]:
    """The engine that the questions of a set are put to, and the first `limit` of them."""
    if is_beir_folder(path):
        dataset = load_set(path, limit=limit)
        return Engine.over(dataset.documents, settings), dataset.queries
    engine = open_builtin(settings)
    return engine, load_questions(path, engine).questions[:limit]
