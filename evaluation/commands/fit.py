"""`qa-eval fit`: the model of answers, fitted to questions whose evidence is known."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

import qa.retrieval
from evaluation.commands.common import Overrides, settings_with
from evaluation.fitting import fit_model
from evaluation.question_set import BUILT_IN, CHECK, load_questions
from qa.builtin import open_builtin
from qa.commands.options import AsJson, progress, write_text
from qa.retrieval.model import FILE

_PLACE: Final = Path(qa.retrieval.__file__).parent / FILE


def fit(
    questions: Annotated[
        Path | None,
        typer.Argument(help="Question sets on the built-in corpus; all that come along."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put the numbers in place of those in use.")
    ] = False,
    as_json: AsJson = False,
    overrides: Overrides = None,
) -> None:
    """Fit which sentence answers, and how sure that is, to questions with known evidence.

    Questions kept for checking (`split` is `check`) are left alone.
    """
    engine = open_builtin(settings_with(overrides))
    asked = load_questions(questions or BUILT_IN, engine).questions
    chosen = [question for question in asked if question.split != CHECK]
    with progress("fit") as show:
        model = fit_model(engine, chosen, show)
    text = json.dumps(model.as_json(), indent=1) + "\n"
    if write:
        write_text(_PLACE, text)
    if as_json or not write:
        sys.stdout.write(text)
