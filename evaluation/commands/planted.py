"""`qa-eval planted`: how far planted documents come."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evaluation.commands.common import print_table
from evaluation.planted import plant
from evaluation.question_set import Shelf, load_questions
from qa.builtin import corpus_path
from qa.commands.options import AsJson, CorpusSource, print_json, progress
from qa.reading import load_corpus
from qa.serialise import plain
from qa.settings import Settings


def planted(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS", help="A question set.")],
    corpus: CorpusSource = None,
    most: Annotated[int, typer.Option("--most", min=1, help="Questions to plant for.")] = 40,
    as_json: AsJson = False,
) -> None:
    """Plant documents that echo questions, and count how often they come first and are shown."""
    documents = load_corpus(corpus or corpus_path())
    asked = load_questions(questions, Shelf(documents)).questions
    with progress("planted") as show:
        found = plant(documents, asked, Settings.load(), most=most, on_progress=show)
    if as_json:
        print_json(plain(found))
        return
    rows = [
        [one.kind, *map(str, (one.questions, one.first, one.shown, one.echoed))] for one in found
    ]
    print_table(["planted", "questions", "first", "lie shown", "echo shown"], rows)
