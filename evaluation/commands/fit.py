"""`qa-eval fit`: the model of answers, fitted to questions whose evidence is known."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

import qa.retrieval
from evaluation.beir import load_beir
from evaluation.commands.common import Overrides, settings_with
from evaluation.confidence_rows import KEPT, read_rows, rows_of, rows_text
from evaluation.fitting import fit_model
from evaluation.question_set import BUILT_IN, CHECK, load_questions
from qa.commands.options import (
    AsJson,
    Collection,
    IndexFolder,
    index_of,
    open_engine,
    progress,
    write_text,
)
from qa.retrieval.model import FILE, FILE_WITH_MEANING

_FOLDER: Final = Path(qa.retrieval.__file__).parent


def fit(
    questions: Annotated[
        Path | None,
        typer.Argument(help="Question sets on the built-in corpus; all that come along."),
    ] = None,
    index: IndexFolder = None,
    collection: Collection = None,
    hidden: Annotated[
        list[Path] | None,
        typer.Option(
            help="BEIR folder with answers, half of whose documents is hidden: the confidence is"
            " fitted to it as well, in place of what is kept of such sets. Repeatable.",
            metavar="FOLDER",
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put the numbers in place of those in use.")
    ] = False,
    as_json: AsJson = False,
    overrides: Overrides = None,
) -> None:
    """Fit which sentence answers, and how sure that is, to questions with known evidence.

    Questions kept for checking (`split` is `check`) are left alone. The index, if one is given, is
    of the built-in corpus; where it has vectors, what answers by them is fitted.
    """
    settings = settings_with(overrides)
    engine = open_engine(index_of(index, collection, settings), None, settings)
    asked = load_questions(questions or BUILT_IN, engine).questions
    chosen = [question for question in asked if question.split != CHECK]
    elsewhere = [] if hidden else read_rows(KEPT)
    for folder in hidden or ():
        with progress(folder.name) as show:
            elsewhere += rows_of(load_beir(folder), settings, show)
    with progress("fit") as show:
        model = fit_model(engine, chosen, elsewhere, show)
    text = json.dumps(model.as_json(), indent=1) + "\n"
    if write and hidden:
        write_text(KEPT, rows_text(elsewhere))
    if write:
        write_text(_FOLDER / (FILE_WITH_MEANING if engine.meaning else FILE), text)
    if as_json or not write:
        sys.stdout.write(text)
