"""`qa-eval run`: a question set put to the system."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from evaluation.commands.common import Overrides, figure, print_table, settings_with
from evaluation.html_reports import question_page
from evaluation.intervals import Estimate
from evaluation.question_report import SLICED, QuestionReport, measure_questions
from evaluation.question_set import BUILT_IN, load_questions
from evaluation.saved_runs import run_text
from qa.commands.options import (
    AsJson,
    Collection,
    CorpusSource,
    IndexFolder,
    index_of,
    open_engine,
    print_json,
    progress,
    write_text,
)
from qa.commands.shell import interface

_FAILURES_SHOWN = 10


def run(
    questions: Annotated[
        Path | None,
        typer.Argument(help="A question set (.jsonl file or folder); the built-in one."),
    ] = None,
    index: IndexFolder = None,
    collection: Collection = None,
    corpus: CorpusSource = None,
    as_json: AsJson = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to look at.")] = None,
    save: Annotated[Path | None, typer.Option(help="Keep the run for `qa-eval compare`.")] = None,
    overrides: Overrides = None,
) -> None:
    """Ask every question of a set and measure passages, extracts and confidence."""
    settings = settings_with(overrides)
    engine = open_engine(index_of(index, collection, settings), corpus, settings)
    asked = load_questions(questions or BUILT_IN, engine)
    with progress(asked.name) as show:
        report = measure_questions(engine, asked, on_progress=show)
    if save is not None:
        write_text(save, run_text(report))
    if html is not None:
        write_text(html, question_page(report, interface()))
    if as_json:
        print_json(report.as_json())
    else:
        _print(report)


def _with_interval(found: Estimate | None) -> str:
    return f"{found.value:.2f} ({found.low:.2f} – {found.high:.2f})" if found else figure(None)


def _print(report: QuestionReport) -> None:
    write = sys.stdout.write
    rows = [
        [name, figure(e.value), f"{e.low:.3f} – {e.high:.3f}", str(e.size)]
        for name, e in report.estimates()
    ]
    print_table(["measure", "value", "95 % interval", "questions"], rows)
    write("\n")
    print_table(
        ["slice", "questions", *SLICED],
        [
            [f"{s.by}: {s.value}", str(s.size), *(_with_interval(e) for e in s.estimates)]
            for s in report.slices()
        ],
    )
    failures = list(report.failures())
    write(f"\n{len(failures)} of {len(report.outcomes)} questions went wrong")
    write(f"; the first {_FAILURES_SHOWN}:\n" if len(failures) > _FAILURES_SHOWN else ":\n")
    for failure in failures[:_FAILURES_SHOWN]:
        first = failure.outcome.first
        write(f"- {failure.question.id} {failure.question.text}\n  {failure.why}")
        write(f"; found {first.id}" if first else "; found nothing")
        wanted = failure.question.evidence[:1]
        write(f"; wanted {wanted[0].document}: {wanted[0].quote[:80]}\n" if wanted else "\n")
    times = report.timing()
    write("\n" + ", ".join(f"{name} {figure(value)}" for name, value in times.items()) + "\n")
