"""`qa-eval calibrate`: fits the confidence without any test set."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from evaluation.calibration import (
    Fit,
    Row,
    Target,
    as_source,
    fit,
    qualities,
    rows_of,
    single_feature_aurocs,
)
from evaluation.commands.common import (
    Overrides,
    figure,
    load_set,
    print_table,
    read_documents,
    settings_with,
)
from evaluation.made_questions import (
    MadeQuestion,
    foreign_questions,
    given_questions,
    make_questions,
)
from evaluation.question_set import BUILT_IN, Shelf, load_questions
from qa.builtin import corpus_path
from qa.commands.options import AsJson, UsageError, print_json, progress
from qa.logistic import Logistic
from qa.retrieval.confidence import MODEL, Features
from qa.settings import Settings

_HEADER = ("questions", "size", "AUROC answerable", "AUROC right", "ECE")


Sources = Annotated[
    list[Path] | None,
    typer.Argument(help="Document folders; the built-in corpus and its questions."),
]
QuestionFile = Annotated[
    Path | None, typer.Option(help="A question set on the first folder to learn from too.")
]
Goal = Annotated[str, typer.Option(help="right: the passage answers; answerable.")]
Checked = Annotated[
    list[Path] | None, typer.Option(help="BEIR folder to check on; never fitted to.")
]
RowsFile = Annotated[
    Path | None, typer.Option("--rows", help="Write features and labels, tab-separated.")
]
Looseness = Annotated[
    float, typer.Option(min=1e-6, help="The smaller, the smaller the coefficients.")
]
PerDocument = Annotated[int, typer.Option(min=1, help="Questions made of a document.")]
Most = Annotated[int, typer.Option(min=1, help="Most documents of a source.")]


def calibrate(
    sources: Sources = None,
    questions: QuestionFile = None,
    per_document: PerDocument = 12,
    most: Most = 1500,
    target: Goal = "right",
    looseness: Looseness = 0.2,
    check: Checked = None,
    rows_file: RowsFile = None,
    as_json: AsJson = False,
    overrides: Overrides = None,
) -> None:
    """Fit the coefficients of the confidence to questions made from documents."""
    if target not in ("right", "answerable"):
        raise UsageError("--target is 'right' or 'answerable'")
    goal: Target = "right" if target == "right" else "answerable"
    settings = settings_with(overrides)
    if not sources:
        sources, questions = [corpus_path()], questions or BUILT_IN
    made_of = [(source, None if place else questions) for place, source in enumerate(sources)]
    rows = [
        row
        for source, asked in made_of
        for row in _rows_of_source(source, asked, settings, per_document, most)
    ]
    if rows_file is not None:
        _write_rows(rows_file, rows)
    fitted = fit(rows, target=goal, looseness=looseness)
    checked = [(folder, _rows_of_set(folder, settings)) for folder in check or ()]
    if as_json:
        print_json(_json(rows, fitted, checked, goal))
        return
    _print(rows, fitted, checked, goal)


def _rows_of_source(
    source: Path, questions: Path | None, settings: Settings, per_document: int, most: int
) -> list[Row]:
    documents = read_documents(source)[:most]
    made = list(make_questions(documents, per_document=per_document))
    made.extend(foreign_questions(documents, count=len(made) // 3))
    if questions is not None:
        made.extend(given_questions(load_questions(questions, Shelf(documents))))
    with progress(source.name) as show:
        return list(rows_of(documents, made, settings, on_progress=show))


def _rows_of_set(folder: Path, settings: Settings) -> list[Row]:
    dataset = load_set(folder)
    relevant = dataset.relevant
    asked = [
        MadeQuestion(
            text=query.text,
            kind="question",
            group=min(relevant[query.id]),
            documents=relevant[query.id],
            history=query.history,
        )
        for query in dataset.queries
        if relevant.get(query.id) and query.text.strip()
    ]
    with progress(dataset.name) as show:
        return list(rows_of(dataset.documents, asked, settings, on_progress=show))


def _print(
    rows: list[Row], fitted: Fit, checked: list[tuple[Path, list[Row]]], target: Target
) -> None:
    lines = [
        *_table_rows("made", rows, fitted.held_out, target),
        *_table_rows("made, in use", rows, _chances(rows, MODEL), target),
    ]
    for folder, found in checked:
        lines += _table_rows(folder.name, found, _chances(found, fitted.model), target)
        lines += _table_rows(f"{folder.name}, in use", found, _chances(found, MODEL), target)
    print_table(_HEADER, lines)
    sys.stdout.write("\n")
    names = ["made", *(folder.name for folder, _ in checked)]
    alone = [dict(single_feature_aurocs(some)) for some in (rows, *(r for _, r in checked))]
    print_table(
        ["AUROC of one feature", *names],
        [[name, *(figure(one[name]) for one in alone)] for name in Features._fields],
    )
    sys.stdout.write(f"\n{as_source(fitted.model)}\n")


def _chances(rows: list[Row], model: Logistic[Features]) -> list[float]:
    return [model.probability(row.features) for row in rows]


def _table_rows(
    name: str, rows: list[Row], chances: list[float] | tuple[float, ...], target: Target
) -> list[list[str]]:
    found = list(qualities(rows, chances, target))
    return [[f"{name}: {q.kind}", *map(figure, q[1:])] for q in found]


def _json(
    rows: list[Row], fitted: Fit, checked: list[tuple[Path, list[Row]]], target: Target
) -> dict[str, object]:
    return {
        "coefficients": fitted.model.coefficients._asdict(),
        "intercept": fitted.model.intercept,
        "made": [q._asdict() for q in qualities(rows, fitted.held_out, target)],
        "checked": {
            folder.name: [
                q._asdict() for q in qualities(some, _chances(some, fitted.model), target)
            ]
            for folder, some in checked
        },
    }


def _write_rows(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write("\t".join([*Features._fields, "answerable", "right", "kind", "group"]) + "\n")
        for row in rows:
            values = [*(repr(v) for v in row.features), str(int(row.answerable))]
            stream.write("\t".join([*values, str(int(row.right)), row.kind, row.group]) + "\n")
